"""Whose list a sheet is, by its headings: for files brought to the wrong register, or to none."""

from collections.abc import Iterable

from balikpapan.spreadsheets.model import Sheet, Workbook
from balikpapan.spreadsheets.tables.detect import find_table

from ..resources import REGISTERS


def owner_of(sheet: Sheet, but: str) -> str | None:
    """The name of the register this sheet is a list of, other than ``but``; None where of none."""
    return _best(sheet, (name for name in REGISTERS if name != but))[0]


def register_of(workbook: Workbook, registers: Iterable[str]) -> str | None:
    """Which of these registers a workbook is a list of, by the headings of its visible sheets.

    None where no sheet has the headings that any of them needs.
    """
    names = list(registers)
    sheets = (s for s in workbook.sheets if s.kind == "worksheet" and s.visibility == "visible")
    matches = [_best(sheet, names) for sheet in sheets if sheet.height]
    return max(matches, key=lambda pair: pair[1], default=(None, 0))[0]


def _best(sheet, registers):
    """The register with the most of its columns in the sheet, and how many; (None, 0) for none."""
    best, most = None, 0
    for name in registers:
        vocabulary = REGISTERS[name].vocabulary()
        table = find_table(sheet, vocabulary, near=False)
        fields = {column.field for column in table.columns if column.field} if table else set()
        if len(fields) > most and not vocabulary.missing(fields):
            best, most = name, len(fields)
    return best, most
