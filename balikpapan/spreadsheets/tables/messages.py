"""Tables as they travel between the child that finds them and the parent that reads them."""

from array import array
from collections.abc import Iterable
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any

from ..model import Sheet
from .kinds import Doubt, RowKind
from .table import Ignored, SheetTable, StatedValue, SumRow, TableColumn

#: A table or its rows as JSON carries them.
Message = dict[str, Any]

_COLUMN = [field.name for field in fields(TableColumn)]
_STATED = [field.name for field in fields(StatedValue)]
_PLACES = ("header_rows", "first_row", "last_row", "titles", "span", "lead", "banded", "resumed")


def table_message(table: SheetTable) -> Message:
    """A table before its rows are sorted, without its sheet."""
    message: Message = {name: getattr(table, name) for name in _PLACES}
    message["columns"] = list(map(attrgetter(*_COLUMN), table.columns))
    message["ignored"] = _ignored_message(table)
    stated = table.stated
    message["stated"] = stated and [getattr(stated, name) for name in _STATED]
    message["whole"] = [[getattr(value, name) for name in _STATED] for value in table.whole]
    return message


def table_from(message: Message, sheet: Sheet) -> SheetTable:
    """The table of the sheet that a message describes."""
    columns = [TableColumn(**dict(zip(_COLUMN, c, strict=True))) for c in message["columns"]]
    for column in columns:
        column.others = tuple(column.others)
    places = {name: message[name] for name in _PLACES} | {"span": tuple(message["span"])}
    table = SheetTable(sheet, columns=columns, **places)
    table.ignored = _ignored_from(message["ignored"])
    if message["stated"]:
        table.stated = StatedValue(*message["stated"])
    table.whole = [StatedValue(*values) for values in message["whole"]]
    return table


def rows_message(table: SheetTable) -> Message:
    """What became of the rows of a table once they are sorted."""
    return {
        "rows": table.rows.tolist(),
        "ignored": _ignored_message(table),
        "bands": list(table.bands.items()),
        "totals": [(total.row, total.starts, total.end) for total in table.totals],
        "continued": list(table.continued.items()),
        "doubtful": list(table.doubtful.items()),
        "far_rows": table.far_rows,
        "carried": list(table.carried.items()),
        "not_repeated": list(table.not_repeated.items()),
        "copies": table.copies,
        "turned": table.turned,
    }


def take_rows(table: SheetTable, message: Message) -> None:
    """Puts the sorted rows of a message into the table."""
    table.rows = array("I", message["rows"])
    table.ignored = _ignored_from(message["ignored"])
    table.bands = dict(message["bands"])
    table.totals = [SumRow(row, tuple(starts), end) for row, starts, end in message["totals"]]
    table.continued = dict(message["continued"])
    table.doubtful = {row: Doubt(doubt) for row, doubt in message["doubtful"]}
    table.far_rows = message["far_rows"]
    table.carried, table.not_repeated = dict(message["carried"]), dict(message["not_repeated"])
    table.copies = message["copies"]
    table.turned = message["turned"]


#: Rows one after the other that are left out alike: why, their kind, and which they are.
Run = tuple[str, str, list[int]]


def _ignored_message(table: SheetTable) -> list[Run]:
    return [
        (reason, kind, [entry.row for entry in entries])
        for (reason, kind), entries in groupby(table.ignored, attrgetter("reason", "kind"))
    ]


def _ignored_from(runs: Iterable[Run]) -> list[Ignored]:
    return [
        Ignored(row, reason, own_kind)
        for reason, kind, rows in runs
        for own_kind in [kind and RowKind(kind)]
        for row in rows
    ]
