"""Where a NIK stands outside the fields made for it: in notes, in others' records, in saved questions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F, Func, Q
from django.urls import NoReverseMatch, reverse

from balikpapan.audit.models import Change

from .written_nik import WrittenNik

TRAIL = Change._meta.label_lower
MINUTES = "privacy.destruction"


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


def mentions_of(nik: str, emptied: Mapping[str, Iterable[int]]) -> list[Mention]:
    """The fields of all tables in which the NIK stands, however its digits are written and parted.

    ``emptied`` maps the kinds of the person's own records to their numbers: of those the fields
    that are emptied anyway are left out, in their trail too.
    """
    return [
        Mention(model._meta.label_lower, pk, name)
        for model in apps.get_models()
        if model is not Session and model._meta.label_lower != MINUTES
        for pk, name in _in_table(model, nik, emptied)
    ]


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a table in which a number may stand among other words."""
    return [f for f in model._meta.concrete_fields if isinstance(f, _TEXTS)]


_TEXTS = models.CharField | models.TextField | models.JSONField | models.FileField


def _in_table(model, nik, emptied) -> Iterator[tuple[Any, str]]:
    fields = text_fields(model)
    if not fields:
        return
    written = WrittenNik(nik)
    candidates = reduce(or_, (Q(_MayHold(F(field.name), nik)) for field in fields))
    own = set(emptied.get(model._meta.label_lower, ()))
    for row in model._base_manager.filter(candidates).order_by("pk").iterator():
        left_out = erased_fields(model) if row.pk in own else ()
        for field in fields:
            value = getattr(row, field.attname)
            if model is Change and field.name in ("before", "after"):
                value = _not_emptied(row, value, emptied)
            if field.name not in left_out and written.stands_in(value):
                yield (row.pk if isinstance(row.pk, int) else str(row.pk)), field.name


class _MayHold(Func):
    """Whether a column may hold the number; what it does hold is for Python to say.

    Its digits follow one another with anything between them, or there are signs beyond ASCII, as
    JSON on SQLite writes them after a backslash.
    """

    output_field = models.BooleanField()

    def __init__(self, column, nik):
        super().__init__(column)
        self.pattern = "".join(f"%{digit}" for digit in nik) + "%"

    def as_sqlite(self, compiler, connection):
        column, params = compiler.compile(self.source_expressions[0])
        sql = (
            f"({column} LIKE %s OR LENGTH(CAST({column} AS BLOB)) > LENGTH({column}) "
            f"OR INSTR({column}, '\\u') > 0)"
        )
        return sql, [*params, self.pattern, *params, *params, *params]

    def as_postgresql(self, compiler, connection):
        column, params = compiler.compile(self.source_expressions[0])
        text = f"({column})::text"
        sql = f"({text} LIKE %s OR OCTET_LENGTH({text}) > CHAR_LENGTH({text}))"
        return sql, [*params, self.pattern, *params, *params]


def erased_fields(model: type[models.Model]) -> list[str]:
    """What tells who a person is: the fields that are masked, and those that name or find one."""
    return [*getattr(model, "personal_fields", ()), *getattr(model, "identifying_fields", ())]


def _not_emptied(change, values, emptied):
    if change.record not in emptied.get(change.model, ()):
        return values
    left_out = erased_fields(apps.get_model(change.model))
    return {name: value for name, value in values.items() if name not in left_out}
