"""Opening a file that somebody uploaded: checked first, then parsed in a process of its own."""

import contextlib
import datetime
import json
import math
import os
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ..errors import WorkbookRefused, damaged
from ..model import CellError, Formula, Percent, Sheet, Workbook, WorkbookNote
from ..paged_columns import Columns
from ..readers import csv
from . import file_type

__all__ = ["Limits", "WorkbookRefused", "open_workbook"]

_MIB = 1 << 20
_ROOT = str(Path(__file__).resolve().parents[3])
_CHILD = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from balikpapan.spreadsheets.readers.child import main; main(sys.argv[2])"
)
#: All that the child learns of its surroundings; secrets in the environment stay here.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_CPU_TIME_IS_UP = -24  # SIGXCPU, which Windows does not know
#: Rows of an old .xls sheet: a file that has exactly that many was probably cut by a conversion.
_OLD_SHEET = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; time and memory follow from the rows unless they are given."""

    max_bytes: int = 25 * _MIB
    max_rows: int = 250_000
    max_columns: int = 512
    seconds: float | None = None  # of CPU time
    memory_bytes: int | None = None

    @property
    def cpu_seconds(self) -> int:
        return math.ceil(self.seconds or max(20, self.max_rows / 10_000))

    @property
    def memory(self) -> int:
        return self.memory_bytes or 512 * _MIB + self.max_rows * 1024

    @property
    def max_cells(self) -> int:
        """Rows times columns over all sheets."""
        return max(1_000_000, self.max_rows * 64)

    @property
    def max_inflated(self) -> int:
        """Bytes of a package once unpacked."""
        return max(640 * _MIB, self.max_rows * 2560)


def open_workbook(content: bytes, file_name: str, limits: Limits = Limits()) -> Workbook:  # noqa: B008 (frozen)
    """The workbook in these bytes; raises ``WorkbookRefused`` for what is not read."""
    format = file_type.recognise(content, limits)
    notes = file_type.name_notes(file_name, format)
    if format == "csv":
        sheet, found = csv.read_delimited(content, limits)
        workbook = Workbook("csv", [sheet], notes + found)
    else:
        workbook = _parse(content, format, limits)
        workbook.notes[:0] = notes
    workbook.notes += [
        WorkbookNote(
            "maybe_truncated",
            f"Lembar «{sheet.name}» berisi tepat 65.536 baris, batas format .xls lama, "
            "sehingga isinya mungkin terpotong. Periksa apakah baris terakhirnya ada.",
            "warning",
        )
        for sheet in workbook.sheets
        if sheet.height == _OLD_SHEET
    ]
    return workbook


def _parse(content: bytes, format: str, limits: Limits) -> Workbook:
    """The workbook as the child reads it; whatever happens to the child becomes a refusal."""
    order = {
        "format": format,
        "max_rows": limits.max_rows,
        "max_columns": limits.max_columns,
        "max_cells": limits.max_cells,
        "seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory,
    }
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _CHILD, _ROOT, json.dumps(order)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    )
    patience = limits.cpu_seconds * 2
    clock = threading.Timer(patience, child.kill)
    started = time.monotonic()
    clock.start()
    try:
        with child:
            # The child reads everything before it writes, so neither waits for the other; one
            # that has died closes the pipe, and its exit code says why.
            with contextlib.suppress(OSError):
                child.stdin.write(content)
            with contextlib.suppress(OSError):
                child.stdin.close()
            workbook = _unpack(_frames(child.stdout), format)
    finally:
        clock.cancel()
    if workbook:
        return workbook
    if child.returncode == _CPU_TIME_IS_UP or time.monotonic() - started >= patience:
        raise _too_slow()
    # An exception ends it by 1; memory that ran out, by a signal or the code agreed on.
    raise damaged() if child.returncode == 1 else _too_heavy()


def _unpack(frames: Iterator[bytes], format: str) -> Workbook | None:
    """The workbook that the child's frames describe; None where they end too early."""
    sheets = []
    for head in frames:
        said = json.loads(head)
        if "refused" in said:
            raise WorkbookRefused(*said["refused"])
        if "notes" in said:
            return Workbook(format, sheets, [WorkbookNote(*note) for note in said["notes"]])
        made = Columns()
        columns = [
            _column(values, array("I", next(frames, b"")), made)
            for values in islice(frames, said.pop("columns"))
        ]
        said["merges"] = [tuple(merge) for merge in said["merges"]]
        for name in ("hidden_rows", "hidden_columns"):
            said[name] = frozenset(said[name])
        sheets.append(Sheet(columns=columns, **said))
    return None


def _frames(stream: BinaryIO) -> Iterator[bytes]:
    """The pieces of the answer: a length of eight bytes, then that many bytes."""
    while len(head := stream.read(8)) == 8:
        size = int.from_bytes(head, "big")
        piece = stream.read(size)
        if len(piece) < size:
            return
        yield piece


def _column(values: bytes, codes: array, made: Columns) -> Sequence:
    """The cells of one column from its distinct values and the code of each row."""
    listed = json.loads(values)
    if b"[" in values[1:]:
        listed = [_revived(value) if type(value) is list else value for value in listed]
    return made.of(map(listed.__getitem__, codes), len(codes))


def _revived(tagged: list):
    """The cell that a tagged value stands for."""
    tag, value, *rest = tagged
    if tag == "f":
        stored = rest[0]
        return Formula(value, _revived(stored) if type(stored) is list else stored)
    return _KINDS[tag](value)


_KINDS = {
    "d": datetime.date.fromisoformat,
    "t": datetime.datetime.fromisoformat,
    "h": datetime.time.fromisoformat,
    "e": CellError,
    "p": Percent,
}


def _too_slow() -> WorkbookRefused:
    return WorkbookRefused(
        "too_slow",
        "Berkas terlalu lama dibaca sehingga dihentikan. "
        "Hapus lembar yang tidak perlu atau bagi berkasnya, lalu unggah lagi.",
    )


def _too_heavy() -> WorkbookRefused:
    return WorkbookRefused(
        "too_heavy",
        "Berkas tidak dapat dibaca dalam batas memori yang aman. "
        "Salin isinya ke buku kerja baru yang lebih kecil, lalu unggah lagi.",
    )
