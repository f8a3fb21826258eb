"""Where an upload's bytes and its typed cells are kept, outside anything the web server serves.

The original lies under its SHA-256; the typed cells of a preview lie beside it, column by column,
so that confirming needs no second parsing and a preview page reads only what it shows.
"""

import contextlib
import datetime
import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
import zlib
from array import array
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import page_length

from .decisions import Decision
from .matching.matches import Matches
from .planning.plan import ACTIONS
from .problems import Problem
from .reading.sheet_rows import SheetRows

#: One letter for what is done with a row: a million words would fill the memory.
_SIGNS = {action: action[0] for action in ACTIONS}
_ACTIONS = {sign: action for action, sign in _SIGNS.items()}


#: Rows of a column that lie together; a page of the preview reads only those it shows.
PAGE = 4_096


def folder(sha256: str) -> Path:
    """The folder of one file's bytes and everything worked out from them."""
    return settings.UPLOAD_DIR / sha256[:2] / sha256


def digest(content: bytes) -> str:
    """The SHA-256 a file is known by."""
    return hashlib.sha256(content).hexdigest()


def keep_original(content: bytes) -> str:
    """Stores the bytes as they came, readable by this program only; returns their SHA-256."""
    sha256 = digest(content)
    with _written(folder(sha256) / "original") as stream:
        stream.write(content)
    return sha256


def original(sha256: str) -> bytes | None:
    """The bytes as they came, or None where they are gone or altered."""
    return (folder(sha256) / "original").read_bytes() if is_whole(sha256) else None


def is_whole(sha256: str) -> bool:
    """Whether the bytes are still there, just as they came."""
    try:
        with (folder(sha256) / "original").open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def _written(path: Path):
    """A file that is there completely or not at all, closed to other accounts (0600)."""
    with _unnamed(path.parent) as (stream, name):
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()  # Windows renames no file that is open
        os.replace(name, path)


@contextlib.contextmanager
def _unnamed(parent: Path):
    """A new file and its passing name; gone afterwards unless it was given another."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=parent)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream, name
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def written_at(sha256: str) -> datetime.datetime | None:
    """When the bytes were last handed in, or None where they are gone."""
    try:
        seconds = (folder(sha256) / "original").stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def forget(sha256: str) -> None:
    """Deletes the bytes and the typed cells; what was counted stays in the database."""
    shutil.rmtree(folder(sha256), ignore_errors=True)


class WorkingFileBroken(Exception):
    """The typed cells of a preview are gone or are not what was written."""


def working_file(upload, working_sha256: str | None = None) -> Path:
    """Where the typed cells of an upload lie: every plan made of it has a file of its own."""
    sha256 = upload.working_sha256 if working_sha256 is None else working_sha256
    # Earlier versions kept no digest, and one file for all plans of an upload.
    name = f"{upload.pk}-{sha256[:16]}.zip" if sha256 else f"{upload.pk}.zip"
    return folder(upload.sha256) / name


def drop_working_file(upload, working_sha256: str) -> None:
    """Deletes the typed cells of a plan that no longer counts."""
    with contextlib.suppress(FileNotFoundError):
        working_file(upload, working_sha256).unlink()


def keep_cells(upload, rows: SheetRows, plan, problems, standing=None) -> str:
    """Stores the typed cells, the plan's row by row outcome and the problems of a preview.

    ``standing`` is all that the plan depends on besides the cells; None where it is not known.
    Returns the SHA-256 of the working file, by which the upload finds it again.
    """
    with _unnamed(folder(upload.sha256)) as (stream, name):
        _write_cells(stream, rows, plan, problems, standing)
        stream.flush()
        os.fsync(stream.fileno())
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.close()  # Windows renames no file that is open
        os.replace(name, working_file(upload, sha256))
    return sha256


def _write_cells(stream, rows, plan, problems, standing):
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


def _says_something(value):
    return value is not None and value != ""


def _encoded_differences(plan):
    return {
        index: [(name, _encode(old), _encode(new)) for name, old, new in entries]
        for index, entries in plan.differences.items()
    }


def _write_column(archive, name, values):
    step = min(PAGE, page_length(len(values)))
    for number, start in enumerate(range(0, len(values), step)):
        _write_page(archive, f"{name}/{number}", values[start : start + step])


def _write_page(archive, name, values):
    distinct = {value: code for code, value in enumerate(dict.fromkeys(values))}
    codes = array(_code_type(distinct), map(distinct.__getitem__, values))
    listed = list(distinct)
    if not _AS_IT_IS.issuperset(map(type, listed)):
        listed = list(map(_encode, listed))
    archive.writestr(f"{name}.json", json.dumps(listed, ensure_ascii=False))
    archive.writestr(f"{name}.codes", codes.tobytes())


#: What JSON carries without a tag.
_AS_IT_IS = {type(None), str, int, bool}


def _code_type(distinct):
    return "H" if len(distinct) <= 0xFFFF else "I"


def _encode(value):
    if value is None or isinstance(value, str | int):
        return value
    if value is ERASE:
        return {"erase": True}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be kept")


def _decode(value):
    if not isinstance(value, dict):
        return value
    if "decimal" in value:
        return Decimal(value["decimal"])
    if "date" in value:
        return datetime.date.fromisoformat(value["date"])
    return ERASE


def has_cells(upload) -> bool:
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

    def __init__(self, upload: Any) -> None:
        self._stream = None
        try:
            self._stream = working_file(upload).open("rb")
            self._archive = zipfile.ZipFile(self._checked(upload))
            self.frame = self._json("frame.json")
        except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError) as failure:
            if self._stream:
                self._stream.close()
            raise WorkingFileBroken from failure

    def _checked(self, upload):
        """The stream, once its bytes are known to be the ones that were written.

        A file that was checked for this very object, and not touched since, is not read again.
        """
        sha256, status = upload.working_sha256, os.fstat(self._stream.fileno())
        checked = (sha256, status.st_ino, status.st_size, status.st_mtime_ns)
        if upload.checked_working_file == checked:
            return self._stream
        if sha256:
            intact = hashlib.file_digest(self._stream, "sha256").hexdigest() == sha256
        else:
            with zipfile.ZipFile(self._stream) as archive:
                intact = archive.testzip() is None and "actions" in archive.namelist()
        if not intact:
            raise zipfile.BadZipFile
        self._stream.seek(0)
        upload.checked_working_file = checked
        return self._stream

    def __enter__(self) -> "KeptCells":
        return self

    def __exit__(self, *exception: object) -> None:
        self._archive.close()
        self._stream.close()

    def _json(self, name):
        return json.loads(self._archive.read(name))

    def actions(self) -> list[str]:
        return list(map(_ACTIONS.__getitem__, self._archive.read("actions").decode()))

    def indexes(self, action: str) -> array:
        """The rows with which this is done."""
        sign = ord(_SIGNS[action])
        signs = self._archive.read("actions")
        return array("I", (index for index, done in enumerate(signs) if done == sign))

    def targets(self) -> list[int | None]:
        return self._json("targets.json")

    def candidates(self) -> dict[int, list[int]]:
        return {int(index): keys for index, keys in self._json("candidates.json").items()}

    def doubles(self) -> dict[int, list[int]]:
        """Rows held as doubles -> a few of the rows each of them contradicts."""
        # Not so in files of earlier versions.
        return {int(index): others for index, others in self.frame.get("doubles", {}).items()}

    def differences(self) -> dict[int, list[tuple]]:
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

    def row_numbers(self) -> array:
        numbers = array("I")
        numbers.frombytes(self._archive.read("row_of"))
        return numbers

    def sheet_indexes(self) -> array:
        indexes = array("H")
        indexes.frombytes(self._archive.read("sheet_of"))
        return indexes

    def cells(self, name: str, indexes: Iterable[int]) -> dict[int, object]:
        """One column's typed values in some rows."""
        step, number, page, by_index = self.frame["page"], None, [], {}
        for index in indexes:
            if number != index // step:
                number = index // step
                page = list(self._page("value", name, number))
            by_index[index] = page[index % step]
        return by_index

    def _page(self, kind, name, number):
        distinct = self._json(f"{kind}/{name}/{number}.json")
        if dict in map(type, distinct):
            distinct = list(map(_decode, distinct))
        codes = array(_code_type(distinct))
        codes.frombytes(self._archive.read(f"{kind}/{name}/{number}.codes"))
        return map(distinct.__getitem__, codes)

    def _column(self, rows, name, kind):
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


def keep_samples(upload, samples: dict[str, str]) -> None:
    """Stores what the columns of an upload hold as long as it is asked about them."""
    path = _samples_path(upload)
    if samples:
        with _written(path) as stream:
            stream.write(json.dumps(samples, ensure_ascii=False).encode())
    else:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def samples(upload) -> dict[str, str]:
    """Column letter -> its first values; empty where nothing is asked about the columns."""
    try:
        return json.loads(_samples_path(upload).read_bytes())
    except FileNotFoundError:
        return {}


def _samples_path(upload) -> Path:
    return folder(upload.sha256) / f"{upload.pk}.samples.json"
