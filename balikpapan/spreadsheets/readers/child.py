"""The sandboxed task that reads one untrusted file, sends its cells back and finds its tables.

Nothing here may import Django or anything heavy: the start of the process is part of every upload.
"""

from collections.abc import Callable
from typing import Any

from ..errors import damaged
from ..opening import ole
from ..sandbox_child import WorkClock
from .grid import sheet_of
from .wire import WRITE_PROTECTED, BookDraft

#: What each row may take to get its kind beyond what any file may, and to be passed over in search of
#: a heading. A row of which most cells are blank is looked at closely, for up to 1.6e-4 s where this
#: was measured; a slower computer must not refuse a list for it.
SECONDS_PER_ROW, SECONDS_PER_ROW_PASSED = 3e-4, 2e-5
#: What each cell of the file may take for what is done with all of them at once.
SECONDS_PER_CELL = 1e-7


def run(
    order: dict[str, Any], content: bytes, send: Callable[[bytes], None]
) -> Callable[[bytes, Callable[[bytes], None]], None]:
    """Read the content in the order's ``format`` within its limits and send the workbook.

    Returns what answers the parent's requests about the tables of the workbook.
    """
    book = BookDraft(order["max_rows"], order["max_columns"], order["max_cells"])
    book.sample_rows = order.get("sample_rows", 0)
    if order["format"] == "xlsx" and content.startswith(ole.SIGNATURE):
        content = _without_write_protection(content, order["max_inflated"], book)
    read(content, order["format"], book)
    del content
    book.ship(send)
    finder: list[Any] = []

    def answer(request: bytes, send: Callable[[bytes], None]) -> None:
        from ..tables.requests import TableFinder

        if not finder:
            sheets = [sheet_of(sheet) for sheet in book.sheets]
            clock = WorkClock(order["table_seconds"] + book.area * SECONDS_PER_CELL)
            finder.append(
                TableFinder(
                    sheets,
                    lambda rows: clock.earn(rows * SECONDS_PER_ROW_PASSED),
                    lambda rows: clock.earn(rows * SECONDS_PER_ROW),
                )
            )
        finder[0].answer(request, send)

    return answer


def _without_write_protection(content: bytes, max_inflated: int, book: BookDraft) -> bytes:
    """The package of an encrypted workbook, as safe as one that came unencrypted."""
    from ..opening import zip_safety
    from . import write_protection

    package = write_protection.opened(content)
    if zip_safety.recognise(package, max_inflated) != "xlsx":
        raise damaged()
    book.note(*WRITE_PROTECTED)
    return package


def read(content: bytes, format: str, book: BookDraft) -> None:
    """Read the bytes by the reader of their format."""
    if format == "csv":
        from .csv import first_lines, read_delimited

        if book.sample_rows:
            content = first_lines(content)
        read_delimited(content, book)
        return
    if format == "xls":
        from .xls import read_biff

        read_biff(content, book)
        return
    import io
    import struct
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if format == "ods":
                from .ods import read_opendocument

                read_opendocument(archive, book)
            else:
                from .xlsx.package import read_ooxml

                read_ooxml(archive, book)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError) as error:
        raise damaged() from error
    except (NotImplementedError, RuntimeError, UnicodeError) as error:
        raise damaged() from error
