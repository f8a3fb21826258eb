"""Whose list a sheet is, by its headings: for files brought to the wrong register, or to none."""

from collections.abc import Iterable

from balikpapan.spreadsheets.model import Sheet, Workbook
from balikpapan.spreadsheets.tables.heading_rows import SEARCH_ROWS, HeadingArea, heading_in

from ..resources import REGISTERS

#: Of so many sheets at most it is asked whose they are.
MOST_SHEETS = 30


class RegisterHeadings:
    """The headings of several registers, by which a sheet is known as a list of one of them."""

    def __init__(self, registers: Iterable[str]):
        self._vocabularies = {name: REGISTERS[name].vocabulary() for name in registers}

    def owner_of(self, sheet: Sheet) -> tuple[str | None, int]:
        """The register with the most of its columns in the sheet, and how many; (None, 0) for none."""
        area = HeadingArea(sheet, 0, SEARCH_ROWS)
        best, most = None, 0
        for name, vocabulary in self._vocabularies.items():
            heading = heading_in(area, vocabulary, similar=False)
            columns = heading.columns if heading else []
            fields = {column.field for column in columns if column.field}
            if len(fields) > most and not vocabulary.missing(fields):
                best, most = name, len(fields)
        return best, most


def register_of(workbook: Workbook, registers: Iterable[str]) -> str | None:
    """Which of these registers a workbook is a list of, by the headings of its visible sheets.

    None where no sheet has the headings that any of them needs.
    """
    headings = RegisterHeadings(registers)
    sheets = [
        sheet
        for sheet in workbook.sheets
        if sheet.kind == "worksheet" and sheet.visibility == "visible" and sheet.height
    ]
    matches = map(headings.owner_of, sheets[:MOST_SHEETS])
    return max(matches, key=lambda pair: pair[1], default=(None, 0))[0]
