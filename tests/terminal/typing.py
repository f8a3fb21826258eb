"""A terminal in which a test types commands of the register, and the transcript that must come of it.

A transcript is compared whole with the text of its name in ``transcripts``. Where what a command
prints was meant to change, ``--write-snapshots`` writes the texts anew; their difference is read
before it is committed.
"""

import builtins
import contextlib
import getpass
import os
import re
import shlex
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connections

from balikpapan.management.terminal import OfficeUtility
from tests.snapshot import compare

TRANSCRIPTS = Path(__file__).with_name("transcripts")
#: What differs from run to run -> what stands for it.
PASSING = {
    r"\bdalam \d+ detik": "dalam N detik",
    r"balikpapan-\d{8}-\d{6}": "balikpapan-WAKTU",
    r"\b\d+-[0-9a-f]{12,}": "UJUNG",
    r"\(\d+,\d MiB\)": "(N MiB)",
    # How argparse writes a usage and quotes differs between versions of Python.
    r"(?m)^! pemakaian: .*\n(?:! {3,}.*\n)*": "",
    r"'([\w-]+)'": r"\1",
}


class Margin:
    """A stream that writes into a transcript, each line behind the mark of the stream."""

    encoding = "utf-8"

    def __init__(self, lines: list[str], mark: str):
        self.lines, self.mark, self.rest = lines, mark, ""

    def write(self, text: str) -> int:
        *whole, self.rest = (self.rest + text).split("\n")
        self.lines += [f"{self.mark}{line}".rstrip() for line in whole]
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False


class Terminal:
    """What was typed and what came of it: ``$`` a command, ``!`` what went to the errors, ``=`` its status."""

    def __init__(self, folder: Path, monkeypatch):
        self.folder, self.patch = folder, monkeypatch
        self.lines: list[str] = []
        #: Pattern -> what stands for it, besides those that pass everywhere.
        self.passing: dict[str, str] = {}

    def types(self, line: str, *answers: str) -> int:
        """Runs a command line, FOLDER in it being the test's own; gives its exit status."""
        self.lines.append(f"$ {line}")
        argv = ["manage.py", *shlex.split(line.replace("FOLDER", str(self.folder)))]
        waiting = list(answers)

        def answer(prompt: str = "") -> str:
            self.lines.append(f"? {prompt}".rstrip())
            return waiting.pop(0)

        output, errors = Margin(self.lines, "  "), Margin(self.lines, "! ")
        with self.patch.context() as patch:
            patch.setattr(builtins, "input", answer)
            patch.setattr(getpass, "getpass", answer)
            # The test's own transaction stays open, and its settings were checked at its start.
            patch.setattr(connections, "close_all", lambda: None)
            patch.setattr(BaseCommand, "check", lambda *args, **options: None)
            patch.setattr(os, "umask", lambda mask: 0)
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
                status = run(argv)
        assert waiting == [], "the command asked for less"
        self.lines += [f"= {status}", ""]
        return status

    def hides(self, year: int, stand_in: str) -> None:
        """A year that goes by the clock gets a word in its place."""
        self.passing[rf"\b{year}\b"] = stand_in

    def notes(self, text: str) -> None:
        """A line about what happened between two commands."""
        self.lines += [f"# {text}"]

    def transcript(self) -> str:
        """All there is to read, without what differs from run to run."""
        text = "\n".join(self.lines).replace(str(self.folder), "FOLDER")
        for pattern, stand_in in (PASSING | self.passing).items():
            text = re.sub(pattern, stand_in, text)
        return text

    def compares(self, name: str) -> None:
        """The whole transcript with the text of that name."""
        compare(TRANSCRIPTS / f"{name}.txt", self.transcript())


def run(argv: list[str]) -> int:
    """The exit status of a command line, run as ``manage.py`` runs it."""
    try:
        OfficeUtility(argv).fetch_command(argv[1]).run_from_argv(argv)
    except SystemExit as ending:
        if isinstance(ending.code, str):
            print(ending.code, file=sys.stderr)
            return 1
        return ending.code or 0
    return 0
