"""A pytest plugin: which promise which test has shown, on which database, in how many seconds.

A test of a promise is named ``test_pNN_…``. With ``--promises`` the run enters its results in
``docs/promises.csv``, one row per test and database. A row changes only with its result, so that a
run that shows nothing new leaves the file as it was.
"""

import ast
import csv
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "promises.csv"
HEADER = ("number", "test", "database", "result", "seconds")
WORST_FIRST = ("failed", "skipped", "passed")
_NAME = re.compile(r"::test_p(\d\d)_")
_FUNCTION = re.compile(r"test_p\d\d_\w+")


@dataclass
class Outcome:
    """What has become of one test with all its parameters: the worst result, and the seconds."""

    result: str = "passed"
    seconds: float = 0.0

    def add(self, report) -> None:
        """Takes one phase of the test in."""
        self.seconds += report.duration
        self.result = min(self.result, report.outcome, key=WORST_FIRST.index)


class PromiseTable:
    """Collects the outcomes of the promises' tests and enters them when the run ends."""

    def __init__(self, database: str, path: Path = TABLE, existing: set[str] | None = None):
        self.database, self.path = database, path
        self.existing = promise_tests() if existing is None else existing
        self.outcomes: dict[str, Outcome] = {}

    def pytest_runtest_logreport(self, report):
        if _NAME.search(report.nodeid):
            test = report.nodeid.partition("[")[0]
            self.outcomes.setdefault(test, Outcome()).add(report)

    def pytest_sessionfinish(self):
        self.write()

    def write(self) -> None:
        """Enters what this run has shown; rows of tests that are gone are left out."""
        rows = {
            (row["test"], row["database"]): row
            for row in read_table(self.path)
            if row["test"] in self.existing
        }
        for test, outcome in self.outcomes.items():
            key = (test, self.database)
            if key not in rows or rows[key]["result"] != outcome.result:
                values = (_NAME.search(test)[1], *key, outcome.result, f"{outcome.seconds:.1f}")
                rows[key] = dict(zip(HEADER, values, strict=True))
        ordered = sorted(rows.values(), key=lambda row: [row[name] for name in HEADER[:3]])
        with self.path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, HEADER, lineterminator="\n")
            table.writeheader()
            table.writerows(ordered)


def read_table(path: Path = TABLE) -> list[dict]:
    """The rows there are, as column -> text; none before the first run."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        return []


def promise_tests() -> set[str]:
    """The promises' tests there are, as "tests/…/test_file.py::test_pNN_…"."""
    tests = set()
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        if _FUNCTION.search(text):
            place = file.relative_to(ROOT).as_posix()
            names = [n.name for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
            tests |= {f"{place}::{name}" for name in names if _FUNCTION.fullmatch(name)}
    return tests


def pytest_addoption(parser):
    parser.addoption("--promises", action="store_true", help="Menulis docs/promises.csv.")


def pytest_configure(config):
    # Of two workers' reports the parent process hears, and it alone writes.
    if config.option.promises and not hasattr(config, "workerinput"):
        config.pluginmanager.register(PromiseTable(config.option.database))
