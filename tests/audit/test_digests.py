"""The digest of a change is SHA-256 over canonical JSON, whoever works it out."""

import datetime
import decimal
import hashlib
import json

import pytest

from balikpapan.audit.digests import (
    ChangeDigests,
    Entry,
    NewContents,
    canonical,
    canonical_contents,
    digest_of,
)
from balikpapan.audit.models import Change

WITA = datetime.timezone(datetime.timedelta(hours=8))
CONTENTS = {
    "model": "industry.business",
    "record": 71,
    "version": 2,
    "action": "changed",
    "before": {"name": 'Amplang "Ibu"', "nib": ""},
    "after": {"name": "Amplang Ébu\n", "nib": "0123456789012", "active": True, "year": None},
    "at": datetime.datetime(2025, 1, 2, 7, 0, tzinfo=WITA),
    "channel": "upload",
    "reason": "Pembetulan «nama»",
    "upload": 5,
    "sheet": 'Data "IKM"',
    "row": 12,
}


def plainly(contents, salt):
    """The digest as anybody would write it from the description in docs/jejak.md."""
    whole = {**contents, "at": "2025-01-01T23:00:00.000000+00:00", "by": 3}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()


@pytest.mark.parametrize(
    "different",
    [
        pytest.param({}, id="changed"),
        pytest.param({"before": {}, "action": "created"}, id="created"),
        pytest.param({"upload": None, "sheet": "", "row": None, "reason": ""}, id="typed"),
    ],
)
def test_the_digest_is_that_of_the_canonical_json(different):
    contents, salt = {**CONTENTS, **different}, b"s" * 16

    change = Change(**contents, by_id=3, salt=salt)

    assert digest_of(change) == plainly(contents, salt)


@pytest.mark.parametrize("name", [*CONTENTS, "by_id", "salt"])
def test_every_part_of_a_change_is_in_its_digest(name):
    other = {"at": CONTENTS["at"] + datetime.timedelta(microseconds=1), "salt": b"t" * 16}
    change = Change(**CONTENTS, by_id=3, salt=b"s" * 16)
    first = digest_of(change)
    value = getattr(change, name)
    if isinstance(value, dict):
        changed = {**value, "name": "lain"}
    elif isinstance(value, int):
        changed = value + 1
    else:
        changed = other.get(name, "lain")

    setattr(change, name, changed)

    assert digest_of(change) != first


def test_one_digest_maker_serves_many_sheets():
    digests = ChangeDigests(Change(**CONTENTS, by_id=3))
    own = {name: CONTENTS[name] for name in ("record", "version", "action", "row")}
    texts = {name: canonical(CONTENTS[name]) for name in ("before", "after")}

    for sheet in ("Satu", "Dua", "Satu"):
        digest = digests.digest(b"s" * 16, Entry(sheet=sheet, **own, **texts))
        assert digest == plainly({**CONTENTS, "sheet": sheet}, b"s" * 16)


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param({}, id="nothing"),
        pytest.param(
            {"b": 'a"\\\n\u0001\u2028é', "a": 7, "é%s": -(10**15), "c": None, "d": True}, id="plain"
        ),
        pytest.param(
            {
                "status": Change.Action.CREATED,
                "moment": CONTENTS["at"],
                "day": datetime.date(2024, 8, 17),
                "tons": decimal.Decimal("12.500"),
                "aliases": ["Timur", {"z": 1, "y": "x"}],
                "share": 0.5,
            },
            id="read by their fields",
        ),
    ],
)
@pytest.mark.one_database
def test_the_contents_of_a_record_are_written_as_canonical_json(contents):
    assert canonical_contents(contents) == canonical(contents)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "Ani", "year": 2024, "area": decimal.Decimal("1.50")},
        {"name": "", "year": None},
    ],
)
def test_the_contents_of_a_new_record_are_its_values_over_the_defaults_without_blanks(given):
    defaults = {"year": 2020, "status": "baru", "name": "", "area": None, "is_open": False}
    whole = {name: value for name, value in (defaults | given).items() if value not in (None, "")}
    assert NewContents(defaults).text(given) == canonical(whole)
