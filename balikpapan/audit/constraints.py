"""The constraints registers share, and the one reading of them for rows that are not models yet."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from balikpapan.spreadsheets.cells.dates import EARLIEST, LATEST


class UniqueAmongKept(UniqueConstraint):
    """Unique among records not archived.

    ModelForm skips a conditional constraint whose condition names a field it does not show;
    ``archived_at`` is never shown, so it has to stay in the validation.
    """

    def validate(self, model, instance, exclude=None, **kwargs):
        exclude = set(exclude or ()) - {"archived_at"}
        counts = holds(self.condition, plain_values(instance))
        if counts is False:
            return  # an archived record or a blank number shares nothing with others
        left_out = (fields_of(self.condition) | set(self.fields)) & exclude
        if counts is None or left_out or not self.fields:
            super().validate(model, instance, exclude=exclude, **kwargs)
        elif self._others(model, instance).exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def _others(self, model, instance):
        """The other kept records that share the fields; Django would ask for them in a savepoint."""
        shared = {
            name: getattr(instance, model._meta.get_field(name).attname) for name in self.fields
        }
        if None in shared.values():
            return model._base_manager.none()
        return model._base_manager.filter(self.condition, **shared).exclude(pk=instance.pk)


def unique_among_kept(name, *fields, message, unless_blank=(), condition=None):
    """No two kept records share these fields; blank values of ``unless_blank`` do not count."""
    sharing = Q(archived_at=None)
    for field in unless_blank:
        sharing &= ~Q(**{field: ""})
    if condition is not None:
        sharing &= condition
    return UniqueAmongKept(
        name=name, fields=fields, condition=sharing, violation_error_message=message
    )


def within(prefix, field_class_or_range, *fields):
    """One named range check per field, with the limits of its field class."""
    low, high = (
        field_class_or_range
        if isinstance(field_class_or_range, tuple)
        else (field_class_or_range.low, field_class_or_range.high)
    )
    return [
        CheckConstraint(
            name=f"{prefix}_{field}_range",
            condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
            violation_error_message=f"Nilai di luar batas {low} sampai {high}.",
        )
        for field in fields
    ]


def within_calendar(prefix, *fields):
    """One named range check per day: the years any record may bear."""
    return [
        CheckConstraint(
            name=f"{prefix}_{field}_range",
            condition=Q(**{f"{field}__gte": EARLIEST, f"{field}__lte": LATEST}),
            violation_error_message=f"Tanggal di luar tahun {EARLIEST.year} sampai {LATEST.year}.",
        )
        for field in fields
    ]


def in_order(name, earlier, later, message):
    """``later`` is never before ``earlier``; either may be unknown."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{later}__gte": F(earlier)}),
        violation_error_message=message,
    )


def digits(name, field, lengths, message):
    """Empty or digits of one of the lengths, on both databases and under raw SQL."""
    rest = Func(F(field), Value("0123456789"), function="LTRIM")
    shape = Q()
    for length in lengths:
        shape |= Q(Exact(Length(field), length))
    return CheckConstraint(
        name=name,
        condition=Q(**{field: ""}) | (Q(Exact(rest, Value(""))) & shape),
        violation_error_message=message,
    )


def not_blank(name, field, message):
    """The text is never empty."""
    return CheckConstraint(name=name, condition=~Q(**{field: ""}), violation_error_message=message)


def one_of(name, field, values):
    """The stored word is one of the closed list."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": list(values)}),
        violation_error_message="Pilihan tidak dikenal.",
    )


def plain_values(record) -> dict:
    """What a record says by field name; of a reference, the key."""
    fields = record._meta.concrete_fields
    return {f.name: getattr(record, f.attname) for f in fields if not f.generated}


_COMPARISONS = {
    "exact": lambda a, b: a == b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "in": lambda a, b: a in b,
}


class NotJudged(Exception):
    """A condition uses an expression that only a database can work out."""


def holds(condition, values):
    """Whether a CHECK holds for plain values: True, False, or None for unknown as SQL says.

    ``values`` maps field names to values. A condition with another expression than those that
    registers use counts as unknown.
    """
    try:
        return judge(condition, values)
    except NotJudged:
        return None


def judge(condition, values):
    """What ``holds`` answers, but raises NotJudged where only a database can tell."""
    if isinstance(condition, Exact):
        left, right = (_evaluate(side, values) for side in (condition.lhs, condition.rhs))
        return None if left is None or right is None else left == right
    if not isinstance(condition, Q):
        if not isinstance(condition, tuple):
            raise NotJudged
        return _compare(*condition, values)
    results = [judge(child, values) for child in condition.children]
    if condition.connector == Q.OR:
        outcome = True if True in results else (None if None in results else False)
    elif condition.connector == Q.AND:
        outcome = False if False in results else (None if None in results else True)
    else:
        raise NotJudged
    return outcome if outcome is None or not condition.negated else not outcome


def _compare(path, wanted, values):
    name, _, lookup = path.partition("__")
    if isinstance(wanted, F):
        wanted = values.get(wanted.name)
    value = values.get(name)
    if lookup == "isnull" or (lookup in ("", "exact") and wanted is None):
        return (value is None) is (wanted is not False)
    if value is None or wanted is None:
        return None
    if (lookup or "exact") not in _COMPARISONS:
        raise NotJudged
    return _COMPARISONS[lookup or "exact"](value, wanted)


def _evaluate(expression, values):
    """The value of a column, a literal, or one of the two functions of ``digits``."""
    if isinstance(expression, F):
        return values.get(expression.name)
    if isinstance(expression, Value):
        return expression.value
    if isinstance(expression, int | str):
        return expression
    parts = [_evaluate(e, values) for e in expression.get_source_expressions()]
    if None in parts:
        return None
    if isinstance(expression, Length):
        return len(parts[0])
    if isinstance(expression, Func) and expression.extra.get("function") == "LTRIM":
        return parts[0].lstrip(parts[1])
    raise NotJudged


def fields_of(condition):
    """The names of the fields a CHECK speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in fields_of(child)}
    if isinstance(condition, F):
        return {condition.name}
    if not isinstance(condition, tuple):
        parts = condition.get_source_expressions()
        return {name for part in parts for name in fields_of(part)}
    path, wanted = condition
    names = {path.partition("__")[0]}
    return names | {wanted.name} if isinstance(wanted, F) else names
