import os
import subprocess
import sys

from django.conf import settings
from django.core.management import BaseCommand

from ..terminal import with_indonesian_help

# pytest's own exit statuses
PASSED, NOTHING_COLLECTED = 0, 5
PASSES = {
    "SQLite": ["--database=sqlite"],
    "PostgreSQL": ["--database=postgresql", "--only-database"],
}
WORDS = {PASSED: "lulus", NOTHING_COLLECTED: "tidak ada uji yang cocok"}


HELP = {"-h", "--help"}


class Command(BaseCommand):
    help = "Menjalankan semua uji: di SQLite, lalu yang memakai basis data juga di PostgreSQL."
    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = with_indonesian_help(super().create_parser(prog_name, subcommand, **kwargs))
        parser.epilog = "Kata lain diteruskan ke pytest, misalnya: tests/regions -k nama -x."
        return parser

    def run_from_argv(self, argv):
        """Every further word belongs to pytest, but what the command is for it says itself."""
        if HELP.intersection(argv[2:]):
            self.print_help(argv[0], argv[1])
            return
        sys.exit(self.run(argv[2:]))

    def run(self, arguments) -> int:
        """Both passes, a common summary, and the first exit status that is not a success."""
        statuses = {
            name: self.run_pass(name, options, arguments) for name, options in PASSES.items()
        }
        for name, status in statuses.items():
            self.stdout.write(f"{name}: {WORDS.get(status, 'GAGAL')}")
        return verdict(list(statuses.values()))

    def run_pass(self, name, options, arguments) -> int:
        """One run of pytest on one database."""
        self.stdout.write(f"\n== Uji di {name} ==\n", ending="")
        self.stdout.flush()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "2",
            # Whole modules stay together, and nobody ends up alone with the long ones at the end.
            "--dist=worksteal",
            "--durations=10",
            *options,
            # Only a run of all tests can say which promises hold.
            *([] if arguments else ["--promises"]),
            *arguments,
        ]
        # The tests start many interpreters. Where none may keep what it has compiled, as in many
        # containers, each would compile the whole program and every test again.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(command, cwd=settings.BASE_DIR, env=environ, check=False).returncode


def verdict(statuses: list[int]) -> int:
    """A pass without a matching test is fine as long as the other one had some."""
    failed = [status for status in statuses if status not in WORDS]
    if failed:
        return failed[0]
    return PASSED if PASSED in statuses else NOTHING_COLLECTED
