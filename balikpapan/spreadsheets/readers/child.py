"""The child process: reads one untrusted file from stdin, answers in frames, and ends.

Nothing here may import Django or anything heavy: the start of the process is part of every upload.
"""

import json
import sys

from ..errors import WorkbookRefused, damaged
from .wire import BookDraft, dumps, frame

OUT_OF_MEMORY = 3  # any exit but 0 and 1 would do


def main(order: str) -> None:
    """Read stdin as the order says (format and limits, JSON) and write the answer to stdout."""
    asked = json.loads(order)
    restrain(asked["memory_bytes"], asked["seconds"])
    write = sys.stdout.buffer.write
    try:
        content = sys.stdin.buffer.read()
        book = BookDraft(asked["max_rows"], asked["max_columns"], asked["max_cells"])
        read(content, asked["format"], book)
        del content
        book.ship(write)
    except WorkbookRefused as refused:
        frame(write, dumps({"refused": [refused.code, refused.message]}))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.flush()


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


def restrain(memory_bytes: int, seconds: int) -> None:
    """Limit memory and CPU time and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the checked sizes must do
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # At the hard limit the process is killed without a signal that tells why.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
