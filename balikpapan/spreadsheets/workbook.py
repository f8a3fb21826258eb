"""Opening a file that somebody uploaded: checked first, then parsed in a process of its own."""

import datetime
import json
import math
import os
import subprocess
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path

from . import delimited, guard
from .grid import CellError, Formula, Percent, Sheet, Workbook, WorkbookNote
from .refusal import WorkbookRefused, damaged

__all__ = ["Limits", "WorkbookRefused", "open_workbook"]

_MIB = 1 << 20
_ROOT = str(Path(__file__).resolve().parents[2])
_CHILD = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from balikpapan.spreadsheets.parsing import main; main(sys.argv[2])"
)
#: All that the child learns of its surroundings; secrets in the environment stay here.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
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
    format = guard.recognise(content, limits)
    notes = guard.name_notes(file_name, format)
    if format == "csv":
        sheet, found = delimited.read_delimited(content, limits)
        workbook = Workbook("csv", [sheet], notes + found)
    else:
        workbook = _unpack(_parse(content, format, limits), format, limits)
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


def _parse(content: bytes, format: str, limits: Limits) -> bytes:
    """The child's answer; whatever happens to the child becomes a refusal."""
    order = {
        "format": format,
        "max_rows": limits.max_rows,
        "max_columns": limits.max_columns,
        "max_cells": limits.max_cells,
        "seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory,
    }
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD, _ROOT, json.dumps(order)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            timeout=limits.cpu_seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow() from None
    if child.returncode == 0:
        return child.stdout
    if child.returncode == -24:  # SIGXCPU: its CPU time is used up
        raise _too_slow()
    # A signal means that it ran out of memory; an exit of its own that nothing could be made of it.
    raise _too_heavy() if child.returncode < 0 else damaged()


def _unpack(answer: bytes, format: str, limits: Limits) -> Workbook:
    """The workbook that the child's frames describe."""
    frames = _frames(answer)
    sheets = []
    for head in frames:
        said = json.loads(head)
        if "refused" in said:
            code, message = said["refused"]
            raise WorkbookRefused(code, message) if message else _too_heavy()
        if "notes" in said:
            return Workbook(format, sheets, [WorkbookNote(*note) for note in said["notes"]])
        columns = [_column(next(frames), next(frames)) for _ in range(said["columns"])]
        sheets.append(
            Sheet(
                name=said["name"],
                columns=columns,
                kind=said["kind"],
                visibility=said["visibility"],
                merges=[tuple(merge) for merge in said["merges"]],
                hidden_rows=frozenset(said["hidden_rows"]),
                hidden_columns=frozenset(said["hidden_columns"]),
                commented=said["commented"],
                struck=said["struck"],
            )
        )
    raise _too_heavy()


def _frames(answer: bytes):
    """The pieces of the answer: a length of eight bytes, then that many bytes."""
    position = 0
    while position < len(answer):
        start = position + 8
        position = start + int.from_bytes(answer[position:start], "big")
        yield answer[start:position]


def _column(values: bytes, codes: bytes) -> list:
    """The cells of one column from its distinct values and the code of each row."""
    listed = json.loads(values)
    if b"[" in values[1:]:
        listed = [_revived(value) if type(value) is list else value for value in listed]
    return list(map(listed.__getitem__, array("I", codes)))


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
