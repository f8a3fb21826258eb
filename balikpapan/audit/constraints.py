"""The constraints registers share, and the one reading of them for rows that are not models yet."""

from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class UniqueAmongKept(UniqueConstraint):
    """Unique among records not archived.

    ModelForm skips a conditional constraint whose condition names a field it does not show;
    ``archived_at`` is never shown, so it has to be kept in the validation.
    """

    def validate(self, model, instance, exclude=None, **kwargs):
        exclude = set(exclude or ()) - {"archived_at"}
        super().validate(model, instance, exclude=exclude, **kwargs)


def unique_among_kept(name, *fields, message, unless_blank=(), condition=None):
    """No two kept records share these fields; blank values of ``unless_blank`` do not count."""
    kept = Q(archived_at=None)
    for field in unless_blank:
        kept &= ~Q(**{field: ""})
    if condition is not None:
        kept &= condition
    return UniqueAmongKept(
        name=name, fields=fields, condition=kept, violation_error_message=message
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


def in_order(name, earlier, later, message):
    """``later`` never lies before ``earlier``; either may be unknown."""
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


_COMPARISONS = {
    "exact": lambda a, b: a == b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "in": lambda a, b: a in b,
}


def holds(condition, values):
    """Whether a CHECK holds for plain values: True, False, or None for unknown as SQL says.

    Only the plain lookups that registers use; an expression (such as the digits pattern, which
    the cell reader enforces itself) is not judged here and counts as unknown.
    """
    if not isinstance(condition, Q):
        if not isinstance(condition, tuple):
            return None
        path, wanted = condition
        name, _, lookup = path.partition("__")
        if isinstance(wanted, F):
            wanted = values.get(wanted.name)
        value = values.get(name)
        if lookup == "isnull" or (lookup in ("", "exact") and wanted is None):
            return (value is None) is (wanted is not False)
        if value is None or wanted is None:
            return None
        return _COMPARISONS[lookup or "exact"](value, wanted)
    results = [holds(child, values) for child in condition.children]
    if condition.connector == Q.OR:
        outcome = True if True in results else (None if None in results else False)
    else:
        outcome = False if False in results else (None if None in results else True)
    return outcome if outcome is None or not condition.negated else not outcome


def fields_of(condition):
    """The names of the fields a CHECK speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in fields_of(child)}
    if not isinstance(condition, tuple):
        return set()
    path, wanted = condition
    names = {path.partition("__")[0]}
    return names | {wanted.name} if isinstance(wanted, F) else names
