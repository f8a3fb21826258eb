"""Where an upload's bytes and its typed cells are kept, outside anything the web server serves.

The original lies under its SHA-256; the typed cells of a preview lie beside it, column by column,
so that confirming needs no second parsing and a preview page reads only what it shows.
"""

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from array import array
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from pathlib import Path

from django.conf import settings

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import page_length, pages

from .decisions import Decision
from .matching.matches import Matches
from .planning.plan import ACTIONS
from .problems import Problem
from .reading.cells import SheetRows

#: One letter for what is done with a row: a million words would fill the memory.
_SIGNS = {action: action[0] for action in ACTIONS}
_ACTIONS = {sign: action for action, sign in _SIGNS.items()}


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
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


def forget(sha256: str) -> None:
    """Deletes the bytes and the typed cells; what was counted stays in the database."""
    shutil.rmtree(folder(sha256), ignore_errors=True)


def drop_working_files(upload) -> None:
    """Deletes the typed cells of one upload that is over."""
    with contextlib.suppress(FileNotFoundError):
        _path(upload).unlink()


def _path(upload) -> Path:
    return folder(upload.sha256) / f"{upload.pk}.zip"


def keep_cells(upload, rows: SheetRows, plan, problems, standing=None) -> None:
    """Stores the typed cells, the plan's row by row outcome and the problems of a preview.

    ``standing`` is all that the plan depends on besides the cells; None where it is not known.
    """
    matches = plan.matches
    frame = {
        "standing": standing,
        "same_as": matches.same_as,
        "twins": matches.twins,
        "skipped": sorted(matches.skipped),
        "sheets": rows.sheets,
        "places": rows.places,
        "held": sorted(plan.held_by_reading),
        "decisions": {i: decision.as_json() for i, decision in rows.decisions.items()},
        "bands": rows.bands,
        "ignored": rows.ignored,
        "total": rows.total,
        "page": page_length(len(rows)),
        "columns": list(rows.values),
        "filled": [n for n, v in rows.values.items() if any(map(_says_something, v))],
        "soft": list(rows.fallback),
    }
    with (
        _written(_path(upload)) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
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
        archive.writestr("problems.json", json.dumps([p.as_json() for p in problems.kept]))


def _says_something(value):
    return value is not None and value != ""


def _encoded_differences(plan):
    return {
        index: [(name, _encode(old), _encode(new)) for name, old, new in entries]
        for index, entries in plan.differences.items()
    }


def _write_column(archive, name, values):
    for number, page in enumerate(pages(len(values))):
        _write_page(archive, f"{name}/{number}", values[page.start : page.stop])


def _write_page(archive, name, values):
    distinct = {value: code for code, value in enumerate(dict.fromkeys(values))}
    codes = array(_code_type(distinct), [distinct[value] for value in values])
    archive.writestr(f"{name}.json", json.dumps([_encode(v) for v in distinct], ensure_ascii=False))
    archive.writestr(f"{name}.codes", codes.tobytes())


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
    """Whether the typed cells of an upload's preview are still there to be read."""
    try:
        with zipfile.ZipFile(_path(upload)) as archive:
            return "actions" in archive.namelist()  # not so in files of earlier versions
    except (OSError, zipfile.BadZipFile):
        return False


class KeptCells:
    """The working file of one preview, opened to read just what is asked for."""

    def __init__(self, upload):
        self._archive = zipfile.ZipFile(_path(upload))
        self.frame = self._json("frame.json")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._archive.close()

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
        step, number, page, found = self.frame["page"], None, [], {}
        for index in indexes:
            if number != index // step:
                number = index // step
                page = list(self._page("value", name, number))
            found[index] = page[index % step]
        return found

    def _page(self, kind, name, number):
        distinct = [_decode(value) for value in self._json(f"{kind}/{name}/{number}.json")]
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
