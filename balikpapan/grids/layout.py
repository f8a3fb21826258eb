"""What a grid consists of: columns, rows, the records its cells are stored in, and its rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import models

from balikpapan.audit.fields import CountField
from balikpapan.audit.formfields import TypedField
from balikpapan.audit.models import Record
from balikpapan.audit.reading import typed_formfield
from balikpapan.spreadsheets.cells.masking import mask_free_text

#: Row key and column key -> the value that stands in the cell, None where it is blank.
Values = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class GridColumn:
    """One column: a field of one of the records of each row; ``slot`` tells which of them."""

    key: str
    label: str
    model_field: models.Field
    slot: str
    is_summed: bool = True

    @cached_property
    def form_field(self) -> TypedField:
        """The box that reads a cell of this column as a form reads the field."""
        form_field = self.model_field.formfield(**typed_formfield(self.model_field, {}))
        form_field.required = False
        return form_field

    @property
    def is_narrow(self) -> bool:
        """Whether its figures are short: people and things, not money and weights."""
        return isinstance(self.model_field, CountField)

    def text_of(self, value) -> str:
        """A value as it stands in its cell."""
        return "" if value is None else str(self.form_field.prepare_value(value))


@dataclass
class GridRow:
    """One row: ``records`` by slot, stored or new; two slots may share one record object.

    ``locked`` maps column keys to the reason why nothing can be typed there.
    """

    key: str
    label: str
    records: dict[str, Record]
    locked: dict[str, str] = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True)
class GridBlock:
    """Rows that are added up together, under one title."""

    title: str
    rows: list[GridRow]


@dataclass(frozen=True)
class Remark:
    """What a rule has to say about a cell; an error keeps the grid from being stored."""

    row: str
    column: str
    message: str
    is_error: bool = False


@dataclass(frozen=True)
class DerivedColumn:
    """A column that is worked out: ``text_of`` a row from the values of the whole grid."""

    label: str
    text_of: Callable[[str, Values], str]
    #: The text of the column in the row of totals, from the keys of the rows above it.
    total_of: Callable[[list[str], Values], str] = lambda keys, values: ""


@dataclass
class Grid:
    """One year's figures: what is shown, and the rules they are checked by.

    ``check`` yields remarks about the values as they would stand after storing. ``reason`` is
    written into the trail with every change.
    """

    year: int
    columns: list[GridColumn]
    blocks: list[GridBlock]
    reason: str
    derived: list[DerivedColumn] = field(default_factory=list)
    check: Callable[[Values], Iterable[Remark]] = lambda values: ()
    #: Called with each stored record and who stored it, inside the transaction.
    after_store: Callable[[Record, Any], None] | None = None
    #: What a row's heading is called, such as "Sumber".
    row_label: str = ""
    is_closed: bool = False

    @cached_property
    def rows(self) -> Mapping[str, GridRow]:
        """All rows by their keys, in order."""
        return {row.key: row for block in self.blocks for row in block.rows}

    def mask_titles(self) -> None:
        """Takes the numbers of persons that somebody typed into a name out of what is shown."""
        for row in self.rows.values():
            row.label = mask_free_text(row.label)
        self.blocks = [replace(block, title=mask_free_text(block.title)) for block in self.blocks]

    def close(self) -> None:
        """Lets nothing be typed, because the year is closed."""
        self.is_closed = True
        reason = f"Tahun {self.year} sudah ditutup."
        for row in self.rows.values():
            row.locked = dict.fromkeys((column.key for column in self.columns), reason)
