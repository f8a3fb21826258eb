"""The table of promises that a run of all tests writes."""

from types import SimpleNamespace

from tests.promises import PromiseTable


def report(name, outcome="passed", duration=0.2):
    return SimpleNamespace(
        nodeid=f"tests/trust/test_a.py::{name}", outcome=outcome, duration=duration
    )


def test_each_promise_has_a_row_per_test_and_database(tmp_path):
    path = tmp_path / "promises.csv"
    sqlite, postgresql = PromiseTable("sqlite", path), PromiseTable("postgresql", path)
    for _ in range(3):
        sqlite.pytest_runtest_logreport(report("test_p28_complete"))
        postgresql.pytest_runtest_logreport(report("test_p28_complete"))
    sqlite.pytest_runtest_logreport(report("test_p02_killed[a]", "failed", 1))
    sqlite.pytest_runtest_logreport(report("test_something_else"))

    sqlite.write()
    postgresql.write()
    sqlite.write()

    assert path.read_text().splitlines() == [
        "number,test,database,result,seconds",
        "02,tests/trust/test_a.py::test_p02_killed[a],sqlite,failed,1.0",
        "28,tests/trust/test_a.py::test_p28_complete,postgresql,passed,0.6",
        "28,tests/trust/test_a.py::test_p28_complete,sqlite,passed,0.6",
    ]
