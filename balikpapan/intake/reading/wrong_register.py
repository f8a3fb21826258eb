"""Whose list a sheet is, by its headings: for files brought to the wrong register, or to none."""

from collections.abc import Iterable

from balikpapan.spreadsheets.opening.opened import OpenedWorkbook
from balikpapan.spreadsheets.tables.headings import Vocabulary

from ..resources import REGISTERS

#: Of so many sheets at most it is asked whose they are.
MOST_SHEETS = 30


def vocabularies(registers: Iterable[str]) -> dict[str, Vocabulary]:
    """The headings of several registers, by which a sheet is known as a list of one of them."""
    return {name: REGISTERS[name].vocabulary() for name in registers}


def register_of(opened: OpenedWorkbook, registers: Iterable[str]) -> str | None:
    """Which of these registers a workbook is a list of, by the headings of its visible sheets.

    None where no sheet has the headings that any of them needs.
    """
    sheets = [
        sheet
        for sheet in opened.workbook.sheets
        if sheet.kind == "worksheet" and sheet.visibility == "visible" and sheet.height
    ]
    owners = opened.owners_of(sheets[:MOST_SHEETS], vocabularies(registers))
    return max(owners, key=lambda pair: pair[1], default=(None, 0))[0]
