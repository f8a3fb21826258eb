"""Opening a file that somebody uploaded: checked first, then parsed in a process of its own."""

import json
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from ..errors import WorkbookRefused, damaged
from ..model import Cell, Sheet, Workbook, WorkbookNote
from ..paged_columns import Columns
from ..readers.tagged import revived
from ..sandbox import Allowance, Child, ChildFailed, Failure
from . import file_type
from .limits import Limits
from .opened import OpenedWorkbook

__all__ = ["Limits", "OpenedWorkbook", "WorkbookRefused", "open_workbook", "opened_workbook"]

_READER = "balikpapan.spreadsheets.readers.child"
#: Rows of an old .xls sheet: a file that has exactly that many was probably cut by a conversion.
_OLD_SHEET = 65_536


def open_workbook(content: bytes, file_name: str, limits: Limits = Limits()) -> Workbook:  # noqa: B008 (frozen)
    """The workbook in these bytes; raises ``WorkbookRefused`` for what is not read."""
    with opened_workbook(content, file_name, limits) as opened:
        return opened.workbook


@contextmanager
def opened_workbook(content: bytes, file_name: str, limits: Limits) -> Iterator[OpenedWorkbook]:
    """The workbook in these bytes with the child that has read it, which can find its tables.

    Raises ``WorkbookRefused`` for what is not read; whatever happens to the child becomes one.
    """
    format = file_type.recognise(content, limits)
    notes = file_type.name_notes(file_name, format)
    order = {
        "format": format,
        "max_rows": limits.max_rows,
        "max_columns": limits.max_columns,
        "max_cells": limits.max_cells,
        "max_inflated": limits.max_inflated,
        "table_seconds": limits.table_seconds,
        "sample_rows": limits.sample_rows,
    }
    try:
        with Child(_READER, Allowance(limits.memory, limits.cpu_seconds)) as child:
            workbook = _unpack(format, child.run(order, content))
            del content
            workbook.notes = [*notes, *workbook.notes, *_cut_sheets(workbook)]
            yield OpenedWorkbook(workbook, child)
    except ChildFailed as failed:
        raise _REFUSALS[failed.failure]() from failed


def _cut_sheets(workbook: Workbook) -> list[WorkbookNote]:
    return [
        WorkbookNote(
            "maybe_truncated",
            f"Lembar «{sheet.name}» berisi tepat 65.536 baris, batas format .xls lama, "
            "sehingga isinya mungkin terpotong. Periksa apakah baris terakhirnya ada.",
            "warning",
        )
        for sheet in workbook.sheets
        if sheet.height == _OLD_SHEET
    ]


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
        description["field_counts"] = array("H", description["field_counts"])
        description["merges"] = [tuple(merge) for merge in description["merges"]]
        for name in ("hidden_rows", "hidden_columns"):
            description[name] = frozenset(description[name])
        sheets.append(Sheet(columns=columns, **description))
    return Workbook(format, sheets, notes)


def _column(values: bytes, codes: "array[int]", maker: Columns) -> Sequence[Cell]:
    """The cells of one column from its distinct values and the code of each row."""
    listed = json.loads(values)
    if b"[" in values[1:]:
        listed = revived(listed)
    return maker.of(map(listed.__getitem__, codes), len(codes))


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
