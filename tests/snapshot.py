"""Snapshots: texts that stand beside the tests, compared whole with what the program shows now."""

import difflib
from itertools import islice
from pathlib import Path

import pytest

#: Whether the texts are written instead of compared; the option ``--write-snapshots``.
write_anew = False
#: So many lines of a difference are printed.
LONGEST = 120


def compare(path: Path, text: str) -> None:
    """A text with the file that holds it, line by line."""
    text = text.strip() + "\n"
    if write_anew:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    stored = path.read_text("utf-8") if path.exists() else ""
    if text == stored:
        return
    place = f"{path.parent.name}/{path.name}"
    difference = difflib.unified_diff(
        stored.splitlines(), text.splitlines(), place, "now", lineterm="", n=2
    )
    meant = "If that is meant, write the text anew with --write-snapshots and read its difference."
    pytest.fail("\n".join([*islice(difference, LONGEST), "", meant]), pytrace=False)
