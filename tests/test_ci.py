"""The commands of ``.ci``: locking packages, and putting faults into a change."""

import runpy
import sys

import pytest
from django.conf import settings

LOCK = runpy.run_path(str(settings.BASE_DIR / ".ci" / "lock.py"))
MUTATE = runpy.run_path(str(settings.BASE_DIR / ".ci" / "mutate.py"))


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (None, []),
        (["pytest"], ["--upgrade-package=pytest"]),
        (["ruff", "django"], ["--upgrade-package=ruff", "--upgrade-package=django"]),
        ([], ["--upgrade"]),
    ],
)
def test_only_the_packages_named_are_renewed(names, options):
    assert LOCK["upgrades"](names) == options


def test_without_uv_the_person_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", ["lock.py"])

    with pytest.raises(SystemExit, match="pip install uv"):
        LOCK["main"]()


@pytest.mark.parametrize(
    ("name", "tests"),
    [
        ("balikpapan/env.py", "tests/test_env.py"),
        ("balikpapan/spreadsheets/cells/dates.py", "tests/spreadsheets/cells/test_dates.py"),
        ("balikpapan/spreadsheets/readers/xlsx/cells.py", "tests/spreadsheets/readers"),
        ("industry/models/business.py", "tests/industry"),
    ],
)
def test_a_file_is_judged_by_the_tests_that_mirror_it(name, tests):
    assert MUTATE["tests_of"](name) == tests
