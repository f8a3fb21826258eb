"""Opening a file that somebody uploaded: checked first, then parsed in a process of its own."""

import datetime
import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from ..errors import WorkbookRefused, damaged
from ..model import Cell, CellError, Formula, Percent, Sheet, StoredValue, Workbook, WorkbookNote
from ..paged_columns import Columns
from ..readers import csv
from ..sandbox import Allowance, ChildFailed, Failure, run_task
from . import file_type
from .limits import Limits

__all__ = ["Limits", "WorkbookRefused", "open_workbook"]

_READER = "balikpapan.spreadsheets.readers.child"
#: Rows of an old .xls sheet: a file that has exactly that many was probably cut by a conversion.
_OLD_SHEET = 65_536


def open_workbook(content: bytes, file_name: str, limits: Limits = Limits()) -> Workbook:  # noqa: B008 (frozen)
    """The workbook in these bytes; raises ``WorkbookRefused`` for what is not read."""
    format = file_type.recognise(content, limits)
    notes = file_type.name_notes(file_name, format)
    if format == "csv":
        sheet, csv_notes = csv.read_delimited(content, limits)
        workbook = Workbook("csv", [sheet], notes + csv_notes)
    else:
        workbook = _parse(content, format, limits)
        workbook.notes[:0] = notes
    workbook.notes += [
        WorkbookNote(
            "maybe_truncated",
            f"Lembar «{sheet.name}» berisi tepat 65.536 baris, batas format .xls lama, "
            "sehingga isinya mungkin terpotong. Periksa apakah baris terakhirnya ada.",
            "warning",
        )
        for sheet in workbook.sheets
        if sheet.height == _OLD_SHEET
    ]
    return workbook


def _parse(content: bytes, format: str, limits: Limits) -> Workbook:
    """The workbook as the child reads it; whatever happens to the child becomes a refusal."""
    order = {
        "format": format,
        "max_rows": limits.max_rows,
        "max_columns": limits.max_columns,
        "max_cells": limits.max_cells,
        "max_inflated": limits.max_inflated,
    }
    allowance = Allowance(limits.memory, limits.cpu_seconds)
    try:
        return run_task(_READER, order, content, allowance, partial(_unpack, format))
    except ChildFailed as failed:
        raise _REFUSALS[failed.failure]() from failed


def _unpack(format: str, frames: Iterator[bytes]) -> Workbook:
    """The workbook that the child's frames describe."""
    sheets: list[Sheet] = []
    notes: list[WorkbookNote] = []
    for head in frames:
        description = json.loads(head)
        if "notes" in description:
            notes += [WorkbookNote(*note) for note in description["notes"]]
            continue
        maker = Columns()
        columns = [
            _column(values, array("I", next(frames)), maker)
            for values in islice(frames, description.pop("columns"))
        ]
        description["merges"] = [tuple(merge) for merge in description["merges"]]
        for name in ("hidden_rows", "hidden_columns"):
            description[name] = frozenset(description[name])
        sheets.append(Sheet(columns=columns, **description))
    return Workbook(format, sheets, notes)


def _column(values: bytes, codes: "array[int]", maker: Columns) -> Sequence[Cell]:
    """The cells of one column from its distinct values and the code of each row."""
    listed = json.loads(values)
    if b"[" in values[1:]:
        listed = [_revived(value) if type(value) is list else value for value in listed]
    return maker.of(map(listed.__getitem__, codes), len(codes))


def _revived(tagged: list[Any]) -> Cell:
    """The cell that a tagged value stands for."""
    tag, value, *rest = tagged
    if tag != "f":
        return _KINDS[tag](value)
    stored = rest[0]
    return Formula(value, _KINDS[stored[0]](stored[1]) if type(stored) is list else stored)


_KINDS: dict[str, Callable[[Any], StoredValue]] = {
    "d": datetime.date.fromisoformat,
    "t": datetime.datetime.fromisoformat,
    "h": datetime.time.fromisoformat,
    "e": CellError,
    "p": Percent,
}


def _too_slow() -> WorkbookRefused:
    return WorkbookRefused(
        "too_slow",
        "Berkas terlalu lama dibaca sehingga dihentikan. "
        "Hapus lembar yang tidak perlu atau bagi berkasnya, lalu unggah lagi.",
    )


def _too_heavy() -> WorkbookRefused:
    return WorkbookRefused(
        "too_heavy",
        "Berkas tidak dapat dibaca dalam batas memori yang aman. "
        "Salin isinya ke buku kerja baru yang lebih kecil, lalu unggah lagi.",
    )


_REFUSALS = {
    Failure.BROKEN: damaged,
    Failure.TOO_SLOW: _too_slow,
    Failure.TOO_HEAVY: _too_heavy,
}
