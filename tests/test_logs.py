"""The log: one entry, one line."""

import logging

import pytest
from django.conf import settings

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
        ("Not Found: /cari/6471015511809977/", "Not Found: /cari/************9977/"),
        (
            "cadangan-20261126-233127.zip Rp 12.500.000",
            "cadangan-20261126-233127.zip Rp 12.500.000",
        ),
    ],
)
def test_p51_what_a_visitor_typed_cannot_start_a_line(typed, written):
    assert entry(typed) == f"WARNING: {written}"


def test_a_traceback_stays_in_its_entry():
    error = ValueError("a\nb")

    line = entry("gagal", exc_info=(ValueError, error, None))

    assert line == "WARNING: gagal\\nValueError: a\\nb"


def test_a_request_that_waits_for_a_thread_is_no_line_and_a_failing_one_is():
    """Eight threads serve twenty people: waitress would warn of each who waits a moment."""
    levels = settings.LOGGING["loggers"]

    assert logging.getLogger("waitress.queue").getEffectiveLevel() == logging.ERROR
    assert logging.getLogger("waitress").isEnabledFor(logging.ERROR)
    assert "waitress" not in levels
