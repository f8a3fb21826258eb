"""The log: one entry, one line."""

import logging

import pytest

from balikpapan.logs import OneLine


def entry(message: str, **more) -> str:
    record = logging.makeLogRecord({"msg": message, "levelname": "WARNING", **more})
    return OneLine("{levelname}: {message}", style="{").format(record)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Amplang “Siti” é", "Amplang “Siti” é"),
        ("a\r\nERROR: palsu", "a\\r\\nERROR: palsu"),
        ("\x1b[31mmerah", "\\x1b[31mmerah"),
        ("a\u2028b\x85c", "a\\x2028b\\x85c"),
    ],
)
def test_what_a_visitor_typed_cannot_start_a_line(typed, written):
    assert entry(typed) == f"WARNING: {written}"


def test_a_traceback_stays_in_its_entry():
    error = ValueError("a\nb")

    line = entry("gagal", exc_info=(ValueError, error, None))

    assert line == "WARNING: gagal\\nValueError: a\\nb"
