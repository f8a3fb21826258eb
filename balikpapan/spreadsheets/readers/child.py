"""The sandboxed task that reads one untrusted workbook and sends its cells back.

Nothing here may import Django or anything heavy: the start of the process is part of every upload.
"""

from collections.abc import Callable
from typing import Any

from ..errors import damaged
from ..opening import ole
from .wire import WRITE_PROTECTED, BookDraft


def run(order: dict[str, Any], content: bytes, send: Callable[[bytes], None]) -> None:
    """Read the content in the order's ``format`` within its limits and send the workbook."""
    book = BookDraft(order["max_rows"], order["max_columns"], order["max_cells"])
    if order["format"] == "xlsx" and content.startswith(ole.SIGNATURE):
        content = _without_write_protection(content, order["max_inflated"], book)
    read(content, order["format"], book)
    del content
    book.ship(send)


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
