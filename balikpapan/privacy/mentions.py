"""Where a NIK stands outside the fields made for it: in notes, in others' records, in saved questions."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse

from balikpapan.audit import triggers
from balikpapan.audit.erasure import rewrite
from balikpapan.audit.fields import DigitsField
from balikpapan.audit.models import Change, Record
from balikpapan.audit.store import store
from balikpapan.spreadsheets.cells.masking import long_ids, replace_ids

#: What people put between the digits of a number, and how JSON writes it.
SEPARATORS = (" ", ".", ",", "-", "/", "'", "\xa0", "–", "—", "’")
_IN_JSON = (*SEPARATORS, *(f"\\u{ord(mark):04x}" for mark in SEPARATORS if ord(mark) > 127))
#: A NIK's last places; with the field they tell which number of a text is meant, and nobody's name.
TAIL = 4
_SHORTEST_ID = 14
#: Stands where the NIK stood; shorter than it, and no mask, so that the text can still be edited.
REMOVED = "[NIK dihapus]"
REFUSED_BY_DATABASE = "Basis data menolaknya."
TRAIL = Change._meta.label_lower
MINUTES = "privacy.destruction"
#: What a person signs in with is no text: it is for the administrator to change.
ACCOUNTS = get_user_model()._meta.label_lower
NOT_BY_PROGRAM = "Ubah sendiri di halaman ini: program tidak mengubah akun atau nama berkas."


@dataclass(frozen=True, slots=True)
class Mention:
    """One field of one row in which a NIK stands; ``model`` is a label such as industry.business."""

    model: str
    pk: Any
    field: str

    @property
    def line(self) -> list:
        """The mention as minutes and the log keep it."""
        return [self.model, self.pk, self.field]

    @property
    def kind(self) -> str:
        """What the row is, as people read it."""
        return str(apps.get_model(self.model)._meta.verbose_name)

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(apps.get_model(self.model)._meta.get_field(self.field).verbose_name)

    @property
    def address(self) -> str:
        """The page of the row; blank where it has none."""
        try:
            return reverse(f"admin:{self.model.replace('.', '_')}_change", args=[self.pk])
        except NoReverseMatch:
            return ""

    def __str__(self):
        return f"{self.kind} {self.pk}, {self.label} {self.address}".rstrip()


@dataclass(slots=True)
class Masking:
    """What came of masking: how many texts and changes of the trail, and what was left and why."""

    texts: int
    changes: int
    remaining: list[list[str]]


# Looking


def mentions_of(nik: str, emptied: Mapping[str, Iterable[int]]) -> list[Mention]:
    """The fields of all tables in which the NIK stands, however its digits are parted.

    ``emptied`` maps the kinds of the person's own records to their numbers: of those the fields
    that are emptied anyway are left out, in their trail too.
    """
    return [
        Mention(model._meta.label_lower, pk, name)
        for model in apps.get_models()
        if model is not Session and model._meta.label_lower != MINUTES
        for pk, name in _in_table(model, nik, emptied)
    ]


def _in_table(model, nik, emptied) -> Iterator[tuple[Any, str]]:
    fields = [f for f in model._meta.concrete_fields if _holds_text(f)]
    if not fields:
        return
    bare = {f"bare_{field.name}": _bare(field) for field in fields}
    named = Q(*(Q(**{f"{alias}__contains": nik}) for alias in bare), _connector=Q.OR)
    own = set(emptied.get(model._meta.label_lower, ()))
    for row in model._base_manager.alias(**bare).filter(named).order_by("pk"):
        left_out = erased_fields(model) if row.pk in own else ()
        for field in fields:
            value = getattr(row, field.attname)
            if model is Change and field.name in ("before", "after"):
                value = _not_emptied(row, value, emptied)
            if field.name not in left_out and is_named(nik, value):
                yield (row.pk if isinstance(row.pk, int) else str(row.pk)), field.name


def _holds_text(field) -> bool:
    return isinstance(
        field, models.CharField | models.TextField | models.JSONField | models.FileField
    )


class _Bare(Func):
    """A column as text without the marks that part the digits of a number.

    One expression, because Django takes long over nested ones.
    """

    output_field = models.TextField()

    def __init__(self, column, marks):
        super().__init__(column)
        self.marks = marks

    def as_sql(self, compiler, connection):
        sql, params = compiler.compile(self.source_expressions[0])
        for _ in self.marks:
            sql = f"REPLACE({sql}, %s, '')"
        return sql, [*params, *self.marks]


def _bare(field):
    column = Cast(F(field.name), models.TextField())
    return _Bare(column, _IN_JSON if isinstance(field, models.JSONField) else SEPARATORS)


def erased_fields(model: type[models.Model]) -> list[str]:
    """What tells who a person is: the fields that are masked, and those that name or find one."""
    return [*getattr(model, "personal_fields", ()), *getattr(model, "identifying_fields", ())]


def _not_emptied(change, values, emptied):
    if change.record not in emptied.get(change.model, ()):
        return values
    left_out = erased_fields(apps.get_model(change.model))
    return {name: value for name, value in values.items() if name not in left_out}


def is_named(nik: str, value: Any) -> bool:
    """Whether the NIK stands in a text, or in any text or number of what JSON holds."""
    if isinstance(value, dict):
        return any(is_named(nik, part) for part in itertools.chain(value, value.values()))
    if isinstance(value, list):
        return any(is_named(nik, part) for part in value)
    if isinstance(value, bool) or value is None:
        return False
    return any(nik in digits for digits in long_ids(str(value)))


# Masking


def mask_mentions(mentions: Iterable[Mention], tail: str, *, by, channel, reason: str) -> Masking:
    """Masks the numbers that hold ``tail`` in these fields and in their records' trail.

    What cannot be written, because its year is closed say, is left and named.
    """
    result, writer = Masking(0, 0, []), _Writer(tail, by, channel, reason)
    refused: dict[tuple[str, Any], str] = {}
    # The trail last: that of a record that stays as it is must still lead to it.
    ordered = sorted(mentions, key=lambda m: (m.model == TRAIL, m.model, str(m.pk)))
    for (label, pk), group in itertools.groupby(ordered, key=attrgetter("model", "pk")):
        lines = list(group)
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is None:
            continue
        subject = (row.model, row.record) if label == TRAIL else (label, pk)
        try:
            if subject in refused:
                raise ValidationError(refused[subject])
            with transaction.atomic():
                texts, changes = writer.mask(row, [line.field for line in lines])
        except (ValidationError, IntegrityError) as refusal:
            refused[subject] = " ".join(getattr(refusal, "messages", [REFUSED_BY_DATABASE]))
            result.remaining += [[str(line), refused[subject]] for line in lines]
        else:
            result.texts += texts
            result.changes += changes
    return result


@dataclass(frozen=True)
class _Writer:
    """Who masks which number, and under which words the trail has it."""

    tail: str
    by: Any
    channel: str
    reason: str

    def mask(self, row, names) -> tuple[int, int]:
        """Masks fields of one row; how many texts of it, and how many changes of its trail."""
        model = type(row)
        if model is Change:
            return 0, self._rewrite([row])
        altered = self._altered(row, names)
        if altered and (row._meta.label_lower == ACCOUNTS or self._is_file(row, altered)):
            raise ValidationError(NOT_BY_PROGRAM)
        if not isinstance(row, Record):
            self._update(row, altered)
            return len(altered), 0
        for name, value in altered.items():
            setattr(row, name, value)
        store(row, by=self.by, channel=self.channel, reason=self.reason)
        return len(altered), self._rewrite(Change.objects.of(row))

    def _altered(self, row, names):
        masked = {}
        for name in names:
            stored = getattr(row, name)
            value = self._of_field(row._meta.get_field(name), stored)
            if value != stored:
                masked[name] = value
        return masked

    def _is_file(self, row, names):
        return any(isinstance(row._meta.get_field(name), models.FileField) for name in names)

    def _update(self, row, values):
        if not values:
            return
        rows = type(row)._base_manager.filter(pk=row.pk)
        if row._meta.db_table not in triggers.protected_tables():
            rows.update(**values)
            return
        with triggers.lifted():
            rows.update(**values)

    def _of_field(self, field, value):
        if isinstance(field, models.FileField):
            value = value.name
        masked = self._masked(value)
        if masked == value or not isinstance(field, DigitsField):
            return masked
        return None if field.null else ""

    def _masked(self, value):
        """A text or what JSON holds, with the number masked."""
        if isinstance(value, dict):
            return {self._masked(name): self._masked(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._masked(part) for part in value]
        if isinstance(value, str):
            return replace_ids(value, self.tail, REMOVED)
        digits = str(value)
        is_id = isinstance(value, int) and len(digits) >= _SHORTEST_ID and self.tail in digits
        return REMOVED if is_id else value

    def _rewrite(self, changes) -> int:
        def alter(change):
            change.before = self._of_contents(change, change.before)
            change.after = self._of_contents(change, change.after)
            change.reason = self._masked(change.reason)

        details = {"by": self.by, "channel": self.channel, "reason": self.reason}
        return rewrite(changes, alter, **details)

    def _of_contents(self, change, contents):
        model = apps.get_model(change.model)
        return {name: self._of_attribute(model, name, value) for name, value in contents.items()}

    def _of_attribute(self, model, name, value):
        try:
            is_number = isinstance(model._meta.get_field(name), DigitsField)
        except FieldDoesNotExist:  # of an older version
            is_number = False
        masked = self._masked(value)
        return None if is_number and masked != value else masked
