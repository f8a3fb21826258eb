"""Texts that stand beside the tests, compared whole with what the program says now."""

import difflib
import os
from pathlib import Path


def compare(path: Path, text: str) -> None:
    """A text with the file that holds it, line by line; TRANSCRIPTS=anew writes the file again."""
    if os.environ.get("TRANSCRIPTS") == "anew":
        path.write_text(f"{text.strip()}\n", encoding="utf-8")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    present = text.strip().splitlines()
    difference = difflib.unified_diff(lines, present, path.name, "now", lineterm="", n=2)
    assert lines == present, "\n".join(["the text differs:", *difference])
