"""The digest of one change: SHA-256 over its salt and its contents as canonical JSON.

Python makes it, never a database, so that it is the one and same after a move to another database.
The salt keeps anybody from guessing contents, a NIK say, that were destroyed.
"""

import datetime
import decimal
import hashlib
import json
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from django.db import models

SALT_BYTES = 16


def traceable(value: Any) -> Any:
    """A value as the trail keeps it in JSON: exact, and the same on both databases."""
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    return value


#: Sorted keys, no spaces, characters as they are.
canonical = json.JSONEncoder(
    default=traceable, ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode


class _Encoders(dict):
    """Type -> what writes its values as ``canonical`` does; records hold a few types only."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return canonical


def _traceable_text(value: Any) -> str:
    return f'"{traceable(value)}"'


_encoders = _Encoders(
    {
        str: encode_basestring,
        int: repr,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): {None: "null"}.__getitem__,
        decimal.Decimal: _traceable_text,
        datetime.date: _traceable_text,
    }
)


def canonical_contents(contents: dict[str, Any]) -> str:
    """What ``canonical`` makes of the contents of a record, in less time: a list has thousands."""
    values = [
        f"{encode_basestring(name)}:{_encoders[type(value)](value)}"
        for name, value in sorted(contents.items())
    ]
    return f"{{{','.join(values)}}}"


class NewContents:
    """The contents of the new records of one model as canonical JSON, blank ones left out."""

    def __init__(self, defaults: dict[str, Any]):
        """``defaults`` has every attribute of the model with what a record holds of itself."""
        self._attributes = [
            (name, f"{encode_basestring(name)}:", value) for name, value in sorted(defaults.items())
        ]

    def text(self, values: dict[str, Any]) -> str:
        """What one record holds that is given these values."""
        contents = [
            prefix + _encoders[type(value)](value)
            for name, prefix, default in self._attributes
            # A decimal takes long to say that it is no text, so most values are asked nothing else.
            if (value := values.get(name, default)) or (value is not None and value != "")
        ]
        return f"{{{','.join(contents)}}}"


def utc(moment: datetime.datetime) -> str:
    """A moment as digests write it, down to the microsecond."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


class Entry(NamedTuple):
    """What tells one change from others of its kind; ``before`` and ``after`` are canonical JSON."""

    record: int
    version: int
    action: str
    before: str
    after: str
    sheet: str
    row: int | None


class ChangeDigests:
    """Digests of changes that share their model, moment, person, channel, reason and upload.

    What is shared is written once; the whole is the canonical JSON of all of it.
    """

    def __init__(self, shared):
        """``shared`` is a change with these values, whatever its other ones."""
        self._shared = (
            f',"at":{canonical(utc(shared.at))},"before":',
            f',"by":{canonical(shared.by_id)},"channel":{canonical(str(shared.channel))},'
            f'"model":{canonical(shared.model)},"reason":{canonical(shared.reason)},"record":',
            f',"upload":{canonical(shared.upload)},"version":',
        )
        self._words: dict[str, str] = {}

    def digest(self, salt: bytes, entry: tuple[int, int, str, str, str, str, int | None]) -> bytes:
        """The 32 bytes of one change; ``entry`` is an Entry, or a plain tuple with its values."""
        moment, person, upload = self._shared
        record, version, action, before, after, sheet, row = entry
        content = (
            f'{{"action":"{action}","after":{after}{moment}{before}{person}{record},"row":'
            f'{"null" if row is None else row},"sheet":{self._word(sheet)}{upload}{version}}}'
        )
        return hashlib.sha256(salt + content.encode()).digest()

    def _word(self, text):
        if text not in self._words:
            self._words[text] = canonical(text)
        return self._words[text]


def digest_of(change) -> bytes:
    """The digest of a change as it stands in the trail."""
    entry = Entry(
        change.record,
        change.version,
        change.action,
        canonical(change.before),
        canonical(change.after),
        change.sheet,
        change.row,
    )
    return ChangeDigests(change).digest(bytes(change.salt), entry)
