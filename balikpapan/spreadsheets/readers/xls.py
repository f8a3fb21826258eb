"""An .xls workbook (Excel 2.0 to 2003) read by xlrd."""

import io
from typing import Any

import xlrd

from ..errors import WorkbookRefused, damaged
from ..opening import ole
from .number_formats import Sent, kind_of_format, shown
from .wire import WRITE_PROTECTED, BookDraft

_VISIBILITIES = {1: "hidden", 2: "very_hidden"}


def read_biff(content: bytes, book: BookDraft) -> None:
    """Read every worksheet of an .xls into ``book``."""
    try:
        workbook = _opened(content, book)
        for sheet in workbook.sheets():
            _read_sheet(sheet, workbook, book)
    except (WorkbookRefused, MemoryError):
        raise
    except Exception as error:  # xlrd has no single way to say that a record is broken
        raise damaged() from error


def _opened(content: bytes, book: BookDraft) -> Any:
    """The workbook; one under the key that everybody has is decrypted, and that is noted."""
    try:
        return _parsed(content)
    except xlrd.XLRDError as error:
        if "encrypted" not in str(error):
            raise damaged() from error
    # The module that decrypts is dear to import.
    from . import biff_protection

    plain = biff_protection.opened(_records_of(content))
    book.note(*WRITE_PROTECTED)
    return _parsed(plain)


def _parsed(content: bytes) -> Any:
    return xlrd.open_workbook(
        file_contents=content,
        logfile=io.StringIO(),
        formatting_info=True,
        ragged_rows=True,
        ignore_workbook_corruption=False,
    )


def _records_of(content: bytes) -> bytes:
    """The stream of the workbook's records, which is the whole file where it is very old."""
    if not content.startswith(ole.SIGNATURE):
        return content
    try:
        return ole.stream(content, "Workbook")
    except KeyError:
        return ole.stream(content, "Book")


def _read_sheet(sheet: Any, workbook: Any, book: BookDraft) -> None:
    draft = book.sheet(sheet.name, visibility=_VISIBILITIES.get(sheet.visibility, "visible"))
    kinds = [_kind(style, workbook) for style in workbook.xf_list]
    struck = {
        index
        for index, style in enumerate(workbook.xf_list)
        if style.font_index < len(workbook.font_list)
        and workbook.font_list[style.font_index].struck_out
    }
    is_1904 = workbook.datemode == 1

    def convert(raw: tuple[int, Any, int]) -> Sent:
        kind, value, style = raw
        if kind == xlrd.XL_CELL_TEXT:
            return value or None
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        if kind == xlrd.XL_CELL_ERROR:
            return ["e", xlrd.error_text_from_code.get(value, "#N/A")]
        return shown(value, kinds[style] if style < len(kinds) else "number", is_1904)

    draft.convert = convert
    draft.is_struck = (lambda raw: raw[2] in struck) if struck else None
    skipped = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    for row in range(min(sheet.nrows, book.sample_rows or sheet.nrows)):
        types, values = sheet.row_types(row), sheet.row_values(row)
        for index, kind in enumerate(types):
            if kind not in skipped:
                draft.put(row, index, (kind, values[index], sheet.cell_xf_index(row, index)))
    for top, bottom, left, right in sheet.merged_cells:
        draft.merge(top, left, bottom - 1, right - 1)
    draft.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    draft.hidden_columns = {index for index, info in sheet.colinfo_map.items() if info.hidden}
    draft.commented = len(sheet.cell_note_map)
    draft.finish()


def _kind(style: Any, workbook: Any) -> str:
    """What a cell style makes of a number."""
    format = workbook.format_map.get(style.format_key)
    return kind_of_format(style.format_key, format.format_str if format else None)
