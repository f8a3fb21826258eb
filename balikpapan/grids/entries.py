"""What was typed into a grid: read as cells are, compared with what the page was opened with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import CheckConstraint

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.constraints import fields_of, holds, plain_values
from balikpapan.audit.models import Change, Record
from balikpapan.audit.store import store

from .layout import Grid, GridColumn, GridRow, Values

NOT_ALLOWED_TO_ADD = "Anda tidak berhak menambah catatan di sini."
NOT_ALLOWED_TO_CHANGE = "Anda tidak berhak mengubah catatan ini."
WRITTEN_MEANWHILE = "Catatan ini baru saja disimpan orang lain. Periksa angkanya, lalu simpan lagi."


@dataclass
class GridCell:
    """One cell: ``current`` is stored, ``value`` would be, ``text`` stands in the box."""

    row: GridRow
    column: GridColumn
    name: str
    current: Any
    value: Any
    text: str
    locked: str = ""
    error: str = ""
    warning: str = ""
    is_changed: bool = False

    @property
    def record(self) -> Record:
        """The record the cell is stored in."""
        return self.row.records[self.column.slot]

    @property
    def label(self) -> str:
        """The name of the cell, as it is read out."""
        return f"{self.row.label}, {self.column.label}"


class NotStored(Exception):
    """A cell was refused, so nothing of the grid is stored; the cells say why."""


class GridEntries:
    """The cells of a grid, with what was typed into them where something was.

    The page carries the texts it was opened with, so that only what was typed since counts: a
    cell that somebody else has changed meanwhile is refused once and shown with both values.
    """

    def __init__(self, grid: Grid, data=None, *, user):
        self.grid = grid
        self._may_add, self._may_change = rights_of(user, grid)
        opened = opened_texts(data)
        #: How many figures were typed into rows that are no longer there.
        self.lost = sum(
            _differs(data.get(f"c-{position}-{column.key}"), texts.get(column.key, ""))
            for key, (position, texts) in opened.items()
            if key not in grid.rows
            for column in grid.columns
        )
        self.cells: dict[tuple[str, str], GridCell] = {}
        for index, row in enumerate(grid.rows.values()):
            position, texts = opened.get(row.key, (index, None))
            for column in grid.columns:
                cell = self._stored_cell(row, column, f"c-{position}-{column.key}")
                if texts is not None:
                    _take_typed(cell, data.get(cell.name), texts.get(column.key, ""))
                self.cells[row.key, column.key] = cell
        if data is not None:
            self._check_records()
        self._check_grid()

    def _stored_cell(self, row, column, name):
        record = row.records[column.slot]
        value = getattr(record, column.model_field.attname)
        return GridCell(
            row, column, name, value, value, column.text_of(value), self._lock_of(row, column)
        )

    def _lock_of(self, row, column):
        if column.key in row.locked:
            return row.locked[column.key]
        is_new = row.records[column.slot].pk is None
        if is_new and not self._may_add:
            return NOT_ALLOWED_TO_ADD
        if not is_new and not self._may_change:
            return NOT_ALLOWED_TO_CHANGE
        return ""

    @property
    def values(self) -> Values:
        """The values of all cells as they would stand after storing."""
        return {key: cell.value for key, cell in self.cells.items()}

    @property
    def opened(self) -> str:
        """What the page shows, to be sent back with what is typed into it."""
        rows = [
            [row.key, {c.key: t for c in self.grid.columns if (t := self._stored_text(row, c))}]
            for row in self.grid.rows.values()
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    def _stored_text(self, row, column):
        return column.text_of(self.cells[row.key, column.key].current)

    def renumber(self) -> None:
        """Names the boxes by the rows of the page about to be shown."""
        for index, row in enumerate(self.grid.rows):
            for column in self.grid.columns:
                self.cells[row, column.key].name = f"c-{index}-{column.key}"

    @property
    def has_errors(self) -> bool:
        """Whether a cell was refused, or something was typed into a row that is gone."""
        return bool(self.lost) or any(cell.error for cell in self.cells.values())

    @property
    def changed(self) -> list[GridCell]:
        """The cells that would be stored."""
        return [cell for cell in self.cells.values() if cell.is_changed and not cell.error]

    def changes(self) -> list[tuple[Record, list[GridCell]]]:
        """The changed cells by their record; those only emptied come first.

        So a figure may move from the year to its months in one go.
        """
        groups: dict[int, tuple[Record, list[GridCell]]] = {}
        for cell in self.changed:
            groups.setdefault(id(cell.record), (cell.record, []))[1].append(cell)
        return sorted(groups.values(), key=lambda group: any(c.value is not None for c in group[1]))

    def _check_records(self):
        """The rules of each record that need no look at others."""
        for record, cells in self.changes():
            values = plain_values(record)
            values.update({cell.column.model_field.name: cell.value for cell in cells})
            for name, message in (*type(record).all_faults(values), *broken_limits(record, values)):
                cell_for(cells, name).error = message

    def _check_grid(self):
        for remark in self.grid.check(self.values):
            cell = self.cells[remark.row, remark.column]
            if remark.is_error:
                cell.error = cell.error or remark.message
            else:
                cell.warning = cell.warning or remark.message

    def store(self, *, by) -> int:
        """Stores what was typed in one transaction; returns how many figures that were.

        Raises NotStored, with nothing written, where a cell is refused.
        """
        changes, count = self.changes(), len(self.changed)
        if self.has_errors:
            raise NotStored
        with trail_transaction():
            for record, cells in changes:
                self._store_record(record, cells, by)
            if self.has_errors:
                raise NotStored
        return count

    def _store_record(self, record, cells, by):
        for cell in cells:
            setattr(record, cell.column.model_field.attname, cell.value)
        try:
            store(record, by=by, channel=Change.Channel.FORM, reason=self.grid.reason)
            if self.grid.after_store:
                self.grid.after_store(record, by)
        except ValidationError as refusal:
            for name, messages in by_field(refusal).items():
                cell_for(cells, name).error = " ".join(messages)
        except IntegrityError:
            cells[0].error = WRITTEN_MEANWHILE


def rights_of(user, grid: Grid) -> tuple[bool, bool]:
    """Whether the user may add and may change the records of a grid."""
    meta = grid.columns[0].model_field.model._meta
    return tuple(
        user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}") for act in ("add", "change")
    )


def opened_texts(data) -> dict[str, tuple[int, dict[str, str]]]:
    """Row key -> its place and the texts that stood in its cells when the page was opened.

    Empty where nothing was sent, or where it is no list of rows.
    """
    try:
        rows = json.loads(data["opened"]) if data is not None else []
        return {
            str(key): (index, {str(name): str(text) for name, text in texts.items()})
            for index, (key, texts) in enumerate(rows)
        }
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _differs(typed: str | None, opened: str) -> bool:
    """Whether a box holds another text than when the page was opened."""
    return typed is not None and typed.strip() != opened.strip()


def _take_typed(cell: GridCell, typed: str | None, opened: str) -> None:
    """Reads what was typed into a cell, unless it is what the page was opened with."""
    if not _differs(typed, opened):
        return
    read = cell.column.form_field.to_python
    try:
        value = read(typed)
    except ValidationError as refusal:
        cell.text, cell.error, cell.is_changed = typed, " ".join(refusal.messages), True
        return
    try:
        before = read(opened)
    except ValidationError:
        before = None
    if value in (before, cell.current):
        return
    cell.text, cell.is_changed = typed, True
    if cell.locked:
        cell.error = cell.locked
        return
    cell.value = value
    if cell.current != before:
        now = cell.column.text_of(cell.current) or "kosong"
        cell.error = (
            f"Sejak halaman ini dibuka, angka ini sudah diubah menjadi {now}. Isian Anda belum "
            "disimpan; simpan lagi bila isian Anda yang benar."
        )


def broken_limits(record, values) -> Iterator[tuple[str, str]]:
    """(field, message) for each CHECK of the record that these values break."""
    for constraint in record._meta.constraints:
        if isinstance(constraint, CheckConstraint) and holds(constraint.condition, values) is False:
            yield min(fields_of(constraint.condition)), constraint.violation_error_message


def by_field(refusal: ValidationError) -> dict[str, list[str]]:
    """The messages of a refusal by the field they are about."""
    if hasattr(refusal, "error_dict"):
        return {name: [m for e in errors for m in e] for name, errors in refusal.error_dict.items()}
    return {NON_FIELD_ERRORS: refusal.messages}


def cell_for(cells: list[GridCell], name: str) -> GridCell:
    """The cell of a field among the changed cells of one record, or else the first of them."""
    return next((cell for cell in cells if cell.column.model_field.name == name), cells[0])
