"""The typed cells of a preview, column by column, beside the file they were read from.

Confirming needs no second parsing of the workbook, and a preview page reads only what it shows.
"""

import contextlib
import datetime
import hashlib
import json
import os
import secrets
import zipfile
import zlib
from array import array
from collections.abc import Iterable, Sequence, Sized
from decimal import Decimal
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import Column, page_length

from .decisions import Decision
from .matching.matches import Matches
from .planning.plan import ACTIONS, Plan
from .problems import Problem, Problems
from .reading.sheet_rows import SheetRows
from .storage import folder, unnamed

if TYPE_CHECKING:
    from .models import Upload

#: One letter for what is done with a row: a million words would fill the memory.
_SIGNS = {action: action[0] for action in ACTIONS}
_ACTIONS = {sign: action for action, sign in _SIGNS.items()}

#: Rows of a column that lie together; a page of the preview reads only those it shows.
PAGE = 4_096


class WorkingFileBroken(Exception):
    """The typed cells of a preview are gone or are not what was written."""


def path(upload: "Upload", working_sha256: str | None = None) -> Path:
    """Where the typed cells of an upload lie: every plan made of it has a file of its own."""
    sha256 = upload.working_sha256 if working_sha256 is None else working_sha256
    # Earlier versions kept no digest, and one file for all plans of an upload.
    name = f"{upload.pk}-{sha256[:16]}.zip" if sha256 else f"{upload.pk}.zip"
    return folder(upload.sha256) / name


def drop(upload: "Upload", working_sha256: str) -> None:
    """Deletes the typed cells of a plan that no longer counts."""
    with contextlib.suppress(FileNotFoundError):
        path(upload, working_sha256).unlink()


def keep_cells(
    upload: "Upload", rows: SheetRows, plan: Plan, problems: Problems, standing: Any = None
) -> str:
    """Stores the typed cells, the plan's row by row outcome and the problems of a preview.

    ``standing`` is all that the plan depends on besides the cells; None where it is not known.
    Returns the SHA-256 of the working file, by which the upload finds it again.
    """
    with unnamed(folder(upload.sha256)) as (stream, name):
        _write_cells(stream, rows, plan, problems, standing)
        stream.flush()
        os.fsync(stream.fileno())
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.close()  # Windows renames no file that is open
        os.replace(name, path(upload, sha256))
    return sha256


def _write_cells(
    stream: BinaryIO, rows: SheetRows, plan: Plan, problems: Problems, standing: Any
) -> None:
    matches = plan.matches
    frame = {
        # Equal plans have files of their own too, so that one may go while the other stays.
        "own": secrets.token_hex(8),
        "standing": standing,
        "same_as": matches.same_as,
        "twins": matches.twins,
        "skipped": sorted(matches.skipped),
        "doubles": matches.doubles,
        "sheets": rows.sheets,
        "places": rows.places,
        "held": sorted(plan.held_by_reading),
        "decisions": {i: decision.as_json() for i, decision in rows.decisions.items()},
        "bands": rows.bands,
        "ignored": rows.ignored,
        "total": rows.total,
        "page": min(PAGE, page_length(len(rows))),
        "columns": list(rows.values),
        "filled": [n for n, v in rows.values.items() if any(map(_says_something, v))],
        "soft": list(rows.fallback),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("frame.json", json.dumps(frame))
        archive.writestr("sheet_of", rows.sheet_of.tobytes())
        archive.writestr("row_of", rows.row_of.tobytes())
        for kind, columns in (("value", rows.values), ("soft", rows.fallback)):
            for name, values in columns.items():
                _write_column(archive, f"{kind}/{name}", values)
        archive.writestr("actions", "".join(map(_SIGNS.__getitem__, plan.actions)))
        archive.writestr("targets.json", json.dumps(plan.matches.target))
        archive.writestr("candidates.json", json.dumps(plan.matches.candidates))
        archive.writestr("differences.json", json.dumps(_encoded_differences(plan)))
        archive.writestr("problems.json", json.dumps([p.as_json() for p in problems.listed]))


def _says_something(value: object) -> bool:
    return value is not None and value != ""


def _encoded_differences(plan: Plan) -> dict[int, list[tuple[str, Any, Any]]]:
    return {
        index: [(name, _encode(old), _encode(new)) for name, old, new in entries]
        for index, entries in plan.differences.items()
    }


def _write_column(archive: zipfile.ZipFile, name: str, values: Sequence[Any]) -> None:
    step = min(PAGE, page_length(len(values)))
    for number, start in enumerate(range(0, len(values), step)):
        _write_page(archive, f"{name}/{number}", values[start : start + step])


def _write_page(archive: zipfile.ZipFile, name: str, values: Sequence[Any]) -> None:
    distinct = {value: code for code, value in enumerate(dict.fromkeys(values))}
    codes = array(_code_type(distinct), map(distinct.__getitem__, values))
    listed = list(distinct)
    if not _AS_IT_IS.issuperset(map(type, listed)):
        listed = list(map(_encode, listed))
    archive.writestr(f"{name}.json", json.dumps(listed, ensure_ascii=False))
    archive.writestr(f"{name}.codes", codes.tobytes())


#: What JSON carries without a tag.
_AS_IT_IS = {type(None), str, int, bool}


def _code_type(distinct: Sized) -> str:
    return "H" if len(distinct) <= 0xFFFF else "I"


def _encode(value: object) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if value is ERASE:
        return {"erase": True}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be kept")


def _decode(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "decimal" in value:
        return Decimal(value["decimal"])
    if "date" in value:
        return datetime.date.fromisoformat(value["date"])
    return ERASE


def has_cells(upload: "Upload") -> bool:
    """Whether the typed cells of an upload's preview are still there, just as written."""
    try:
        with KeptCells(upload):
            return True
    except WorkingFileBroken:
        return False


class KeptCells:
    """The working file of one preview, opened to read just what is asked for.

    Raises WorkingFileBroken where it is gone or is not what was written.
    """

    def __init__(self, upload: "Upload") -> None:
        with contextlib.ExitStack() as opened:
            try:
                stream = opened.enter_context(path(upload).open("rb"))
                self._archive = zipfile.ZipFile(self._checked(stream, upload))
                self.frame = self._json("frame.json")
            except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError) as failure:
                raise WorkingFileBroken from failure
            self._opened = opened.pop_all()

    def _checked(self, stream: BufferedReader, upload: "Upload") -> BufferedReader:
        """The stream, once its bytes are known to be the ones that were written.

        A file that was checked for this very object, and not touched since, is not read again.
        """
        sha256, status = upload.working_sha256, os.fstat(stream.fileno())
        checked = (sha256, status.st_ino, status.st_size, status.st_mtime_ns)
        if upload.checked_working_file == checked:
            return stream
        if sha256:
            intact = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        else:
            with zipfile.ZipFile(stream) as archive:
                intact = archive.testzip() is None and "actions" in archive.namelist()
        if not intact:
            raise zipfile.BadZipFile
        stream.seek(0)
        upload.checked_working_file = checked
        return stream

    def __enter__(self) -> "KeptCells":
        return self

    def __exit__(self, *exception: object) -> None:
        self._archive.close()
        self._opened.close()

    def _json(self, name: str) -> Any:
        return json.loads(self._archive.read(name))

    def actions(self) -> list[str]:
        return list(map(_ACTIONS.__getitem__, self._archive.read("actions").decode()))

    def indexes(self, action: str) -> "array[int]":
        """The rows with which this is done."""
        sign = ord(_SIGNS[action])
        signs = self._archive.read("actions")
        return array("I", (index for index, done in enumerate(signs) if done == sign))

    def targets(self) -> list[int | None]:
        targets: list[int | None] = self._json("targets.json")
        return targets

    def candidates(self) -> dict[int, list[int]]:
        return {int(index): keys for index, keys in self._json("candidates.json").items()}

    def doubles(self) -> dict[int, list[int]]:
        """Rows held as doubles -> a few of the rows each of them contradicts."""
        # Not so in files of earlier versions.
        return {int(index): others for index, others in self.frame.get("doubles", {}).items()}

    def differences(self) -> dict[int, list[tuple[str, Any, Any]]]:
        return {
            int(index): [(name, _decode(old), _decode(new)) for name, old, new in entries]
            for index, entries in self._json("differences.json").items()
        }

    def problems(self) -> list[Problem]:
        return [Problem(**entry) for entry in self._json("problems.json")]

    def matches(self) -> Matches:
        """Which record each row was found to speak of."""
        frame = self.frame
        return Matches(
            target=self.targets(),
            same_as={int(index): root for index, root in frame["same_as"].items()},
            twins={int(index): earlier for index, earlier in frame["twins"].items()},
            skipped=set(frame["skipped"]),
        )

    def row_numbers(self) -> "array[int]":
        numbers = array("I")
        numbers.frombytes(self._archive.read("row_of"))
        return numbers

    def sheet_indexes(self) -> "array[int]":
        indexes = array("H")
        indexes.frombytes(self._archive.read("sheet_of"))
        return indexes

    def cells(self, name: str, indexes: Iterable[int]) -> dict[int, object]:
        """One column's typed values in some rows."""
        step: int = self.frame["page"]
        number: int | None = None
        page: list[Any] = []
        by_index: dict[int, object] = {}
        for index in indexes:
            if number != index // step:
                number = index // step
                page = list(self._page("value", name, number))
            by_index[index] = page[index % step]
        return by_index

    def _page(self, kind: str, name: str, number: int) -> Iterable[Any]:
        distinct = self._json(f"{kind}/{name}/{number}.json")
        if dict in map(type, distinct):
            distinct = list(map(_decode, distinct))
        codes: array[int] = array(_code_type(distinct))
        codes.frombytes(self._archive.read(f"{kind}/{name}/{number}.codes"))
        return map(distinct.__getitem__, codes)

    def _column(self, rows: SheetRows, name: str, kind: str) -> Column:
        numbers = range(-(-len(rows) // self.frame["page"]))
        return rows.hold(chain.from_iterable(self._page(kind, name, n) for n in numbers))

    def rows(self) -> SheetRows:
        """The typed cells as they were when the preview was made."""
        frame = self.frame
        rows = SheetRows(
            sheets=frame["sheets"],
            sheet_of=self.sheet_indexes(),
            row_of=self.row_numbers(),
            held=set(frame["held"]),
            decisions={int(i): Decision.from_json(d) for i, d in frame["decisions"].items()},
            places=[
                {name: tuple(place) for name, place in sheet.items()} for sheet in frame["places"]
            ],
            bands={int(i): text for i, text in frame["bands"].items()},
            ignored=frame["ignored"],
            total=frame["total"],
        )
        rows.values = {name: self._column(rows, name, "value") for name in frame["columns"]}
        rows.fallback = {name: self._column(rows, name, "soft") for name in frame["soft"]}
        return rows
