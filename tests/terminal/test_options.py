"""What each command of the register is for and takes: its words and options as the text of options has them."""

import argparse
from collections.abc import Iterator

from django.conf import settings
from django.core.management import load_command_class

from balikpapan.intake import work
from balikpapan.management.terminal import ROOT, own_commands
from tests.snapshot import compare

from .typing import TRANSCRIPTS


def described() -> Iterator[str]:
    """Command by command, a line for what it is for and one for each option."""
    for name in own_commands():
        command = load_command_class(ROOT, name)
        parser = command.create_parser("manage.py", name)
        yield f"{name}: {command.help}"
        for action in parser._actions:
            if action.dest not in SHARED:
                yield f"    {option(action)}"
        yield ""


def option(action: argparse.Action) -> str:
    """How an option is written, what it takes, what it is without, and what it is for."""
    parts = [
        "|".join(action.option_strings) or "WORD",
        action.metavar or "",
        "repeated" if isinstance(action, argparse._AppendAction) else "",
        "optional" if action.nargs == "?" else "",
        "required" if action.required and action.option_strings else "",
        getattr(action.type, "__name__", ""),
        f"of {', '.join(map(str, action.choices))}" if action.choices else "",
        f"default {action.default}" if action.default not in (None, [], argparse.SUPPRESS) else "",
    ]
    return f"{' '.join(filter(None, parts))} -- {action.help or ''}".strip()


#: Of every command.
SHARED = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color",
    "force_color", "skip_checks",
}  # fmt: skip


def test_every_command_takes_the_options_of_the_table(monkeypatch):
    monkeypatch.setattr(settings, "PORT", 8000)
    monkeypatch.setattr(work, "identity", lambda: "PEKERJA")
    monkeypatch.setattr(settings, "HOST", "127.0.0.1")

    compare(TRANSCRIPTS / "options.txt", "\n".join(described()))
