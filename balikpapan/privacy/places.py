"""The cells of a workbook that are about one person."""

from collections.abc import Callable
from dataclasses import dataclass

from balikpapan.intake.pipeline import limits
from balikpapan.spreadsheets.addresses import cell_address
from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.model import Formula
from balikpapan.spreadsheets.opening.open import open_workbook

from .written_nik import only_digits


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a workbook: sheet and address."""

    sheet: str
    address: str

    def __str__(self):
        return f"{self.sheet}!{self.address}"


def places_where(
    content: bytes, file_name: str, is_meant: Callable[[object], bool]
) -> list[Place] | None:
    """The cells of the workbook that are meant, sheet by sheet; None where it cannot be read."""
    try:
        workbook = open_workbook(content, file_name, limits())
    except WorkbookRefused:
        return None
    return [
        Place(sheet.name, cell_address(row, number))
        for sheet in workbook.sheets
        for number, column in enumerate(sheet.columns)
        for row, cell in enumerate(column)
        if is_meant(cell)
    ]


def holds_nik(cell: object, nik: str) -> bool:
    """Whether a cell holds the NIK: as text with marks between the digits, or as a number.

    A number of sixteen places has lost its last one to Excel, and may have been the NIK.
    """
    value = cell.value if isinstance(cell, Formula) else cell
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return value in (int(nik), int(nik) // 10 * 10)
    return isinstance(value, str) and nik in only_digits(value)
