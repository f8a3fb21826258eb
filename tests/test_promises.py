"""The table of promises that a run of all tests writes."""

from types import SimpleNamespace

from tests.promises import PromiseTable, promise_tests, read_table

PROMISES = {f"{number:02}" for number in range(1, 61)}


def report(name, outcome="passed", duration=0.2):
    return SimpleNamespace(
        nodeid=f"tests/trust/test_a.py::{name}", outcome=outcome, duration=duration
    )


def test_each_promise_has_a_row_per_test_and_database(tmp_path):
    path = tmp_path / "promises.csv"
    names = {f"tests/trust/test_a.py::{name}" for name in ("test_p28_complete", "test_p02_killed")}
    sqlite, postgresql = (PromiseTable(name, path, names) for name in ("sqlite", "postgresql"))
    for _ in range(3):
        sqlite.pytest_runtest_logreport(report("test_p28_complete"))
        postgresql.pytest_runtest_logreport(report("test_p28_complete"))
    sqlite.pytest_runtest_logreport(report("test_p02_killed[a]", "failed", 1))
    sqlite.pytest_runtest_logreport(report("test_p02_killed[b]", "passed", 1))
    sqlite.pytest_runtest_logreport(report("test_something_else"))

    sqlite.write()
    postgresql.write()

    assert path.read_text().splitlines() == [
        "number,test,database,result,seconds",
        "02,tests/trust/test_a.py::test_p02_killed,sqlite,failed,2.0",
        "28,tests/trust/test_a.py::test_p28_complete,postgresql,passed,0.6",
        "28,tests/trust/test_a.py::test_p28_complete,sqlite,passed,0.6",
    ]


def test_a_row_changes_with_its_result_only_and_goes_with_its_test(tmp_path):
    path = tmp_path / "promises.csv"
    test = "tests/trust/test_a.py::test_p28_complete"
    for outcome, seconds in (("passed", 1), ("passed", 5), ("failed", 7)):
        table = PromiseTable("sqlite", path, {test})
        table.pytest_runtest_logreport(report("test_p28_complete", outcome, seconds))
        table.write()
        [row] = read_table(path)
        assert (row["result"], row["seconds"]) == (
            ("failed", "7.0") if outcome == "failed" else ("passed", "1.0")
        )

    PromiseTable("postgresql", path, existing=set()).write()

    assert read_table(path) == []


def test_every_promise_has_a_test_and_has_been_shown():
    tests = promise_tests()

    shown = {r["number"] for r in read_table() if r["test"] in tests and r["result"] == "passed"}
    assert {test.partition("::test_p")[2][:2] for test in tests} == PROMISES
    assert shown == PROMISES, "python3 manage.py test menulis docs/promises.csv"
