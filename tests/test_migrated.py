"""The migrated database of an earlier run serves its own migrations and no others."""

import pytest

from tests.migrated import CALLED, ROOT, digest_of

MIGRATION = "industry/migrations/0001_initial.py"


@pytest.fixture
def tree(tmp_path):
    """A program of one migration and what migrations call."""
    for name in (MIGRATION, *CALLED):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one = 1\n")
    return tmp_path


@pytest.mark.parametrize("name", [MIGRATION, "balikpapan/intake/migrations/0002_b.py", *CALLED])
def test_another_migration_has_another_copy(tree, name):
    before = digest_of(tree)

    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text("one = 2\n")

    assert digest_of(tree) != before


def test_what_is_no_migration_changes_nothing(tree):
    before = digest_of(tree)

    (tree / "industry" / "models.py").write_text("one = 1\n")

    assert digest_of(tree) == before


def test_what_migrations_call_is_there():
    assert all((ROOT / name).is_file() for name in CALLED)
