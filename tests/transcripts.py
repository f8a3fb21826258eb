"""Texts that stand beside the tests, compared whole with what the program says now."""

import os
from pathlib import Path


def compare(path: Path, text: str) -> None:
    """A text with the file that holds it, line by line; TRANSCRIPTS=anew writes the file again."""
    if os.environ.get("TRANSCRIPTS") == "anew":
        path.write_text(f"{text.strip()}\n", encoding="utf-8")
    assert text.strip().splitlines() == path.read_text("utf-8").splitlines()
