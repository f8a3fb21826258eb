"""The sandboxed task that reads one untrusted workbook and sends its cells back.

Nothing here may import Django or anything heavy: the start of the process is part of every upload.
"""

from collections.abc import Callable

from ..errors import damaged
from .wire import BookDraft


def run(order: dict, content: bytes, send: Callable[[bytes], None]) -> None:
    """Read the content in the order's ``format`` within its limits and send the workbook."""
    book = BookDraft(order["max_rows"], order["max_columns"], order["max_cells"])
    read(content, order["format"], book)
    del content
    book.ship(send)


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
