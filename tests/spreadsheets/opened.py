"""Opening a file in a test, in one word."""

import io

import pytest

from balikpapan.spreadsheets.model import Sheet, Workbook
from balikpapan.spreadsheets.opening.open import Limits, WorkbookRefused, open_workbook


def opened(content: bytes, file_name: str = "data.xlsx", **limits) -> Workbook:
    """The workbook in these bytes."""
    return open_workbook(content, file_name, Limits(**limits))


def sheet_of(content: bytes, file_name: str = "data.xlsx", **limits) -> Sheet:
    """Its first sheet."""
    return opened(content, file_name, **limits).sheets[0]


def refusal(content: bytes, file_name: str = "data.xlsx", **limits) -> WorkbookRefused:
    """Why these bytes are not read; fails when they are."""
    with pytest.raises(WorkbookRefused) as caught:
        opened(content, file_name, **limits)
    return caught.value


def first_cell(content: bytes):
    """The cell A1 of its first sheet."""
    return sheet_of(content).columns[0][0]


def saved(book) -> bytes:
    """A workbook of openpyxl as a file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def first_row(*cells: str) -> str:
    """The first row of a worksheet's XML."""
    return f'<row r="1">{"".join(cells)}</row>'
