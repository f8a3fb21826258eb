"""A pytest plugin: which promise which test has shown, on which database, in how many seconds.

A test of a promise is named ``test_pNN_…``. With ``--promises`` the run writes its rows to
``docs/promises.csv`` and leaves those of the other database as they are.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent.parent / "docs" / "promises.csv"
HEADER = ("number", "test", "database", "result", "seconds")
_NAME = re.compile(r"::test_p(\d\d)_")


@dataclass
class Outcome:
    """What has become of one test: its worst phase, and the seconds of all three."""

    result: str = "passed"
    seconds: float = 0.0

    def add(self, report) -> None:
        """Takes one phase of the test in."""
        self.seconds += report.duration
        if report.outcome != "passed" and self.result == "passed":
            self.result = report.outcome


class PromiseTable:
    """Collects the outcomes of the promises' tests and writes them when the run ends."""

    def __init__(self, database: str, path: Path = TABLE):
        self.database, self.path = database, path
        self.outcomes: dict[str, Outcome] = {}

    def pytest_runtest_logreport(self, report):
        if _NAME.search(report.nodeid):
            self.outcomes.setdefault(report.nodeid, Outcome()).add(report)

    def pytest_sessionfinish(self):
        self.write()

    def write(self) -> None:
        """Writes the rows of this database beside those of the other."""
        rows = [row for row in self.earlier() if row["database"] != self.database]
        for test, outcome in self.outcomes.items():
            values = (_NAME.search(test)[1], test, self.database, outcome.result)
            row = dict(zip(HEADER, (*values, f"{outcome.seconds:.1f}"), strict=True))
            rows.append(row)
        rows.sort(key=lambda row: (row["number"], row["test"], row["database"]))
        with self.path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, HEADER, lineterminator="\n")
            table.writeheader()
            table.writerows(rows)

    def earlier(self) -> list[dict]:
        """The rows of the last run."""
        try:
            with self.path.open(newline="", encoding="utf-8") as file:
                return list(csv.DictReader(file))
        except FileNotFoundError:
            return []


def pytest_addoption(parser):
    parser.addoption("--promises", action="store_true", help="Menulis docs/promises.csv.")


def pytest_configure(config):
    # Of two workers' reports the parent process hears, and it alone writes.
    if config.option.promises and not hasattr(config, "workerinput"):
        config.pluginmanager.register(PromiseTable(config.option.database))
