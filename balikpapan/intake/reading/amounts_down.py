"""Tables whose rows name amounts while months stand across: Masuk, Keluar and Sisa down the side."""

from balikpapan.spreadsheets.cells import heading_key
from balikpapan.spreadsheets.cells.months import MONTHS
from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.texts import text_of

from ..resources import REGISTERS, SheetResource

#: So many rows tell what stands where, in so many columns down the side and across.
_ROWS, _COLUMNS, _ACROSS = 30, 4, 40


def register_of_amounts(sheet: Sheet) -> str | None:
    """The register of which rows of the sheet name the amounts, under several months; or None."""
    if not _has_months_across(sheet):
        return None
    for cells in sheet.columns[:_COLUMNS]:
        keys = {heading_key(text) for cell in cells[:_ROWS] if (text := text_of(cell))}
        for register, resource in REGISTERS.items():
            if resource.amounts_down and all(
                keys & _spellings(resource, name) for name in resource.amounts_down
            ):
                return register
    return None


def _has_months_across(sheet: Sheet) -> bool:
    rows = range(min(_ROWS, sheet.height))
    return any(
        sum(
            text_of(column[row]).casefold().strip(" .") in MONTHS
            for column in sheet.columns[:_ACROSS]
        )
        > 1
        for row in rows
    )


def _spellings(resource: type[SheetResource], name: str) -> set[str]:
    column = resource.columns()[name]
    return {heading_key(text) for text in (column.column_name, *column.aliases)}
