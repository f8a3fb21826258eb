"""Taking the place of the register: interrupted at any step, it is finished by whoever comes next."""

import pytest

from balikpapan.backup import renaming
from balikpapan.backup.renaming import Renaming


def swap(folder):
    """An old register with its log and files, a new one beside it, and the renamings between."""
    for name in ("db", "db-wal", "new"):
        (folder / name).write_text(name)
    for name in ("uploads", "pulih"):
        (folder / name).mkdir()
        (folder / name / "berkas").write_text(name)
    pairs = [("db-wal", "lama-wal"), ("db", "lama"), ("new", "db")]
    pairs += [("uploads", "uploads-lama"), ("pulih", "uploads")]
    return [Renaming(str(folder / a), str(folder / b)) for a, b in pairs]


@pytest.mark.parametrize("made", range(6))
def test_a_swap_killed_after_any_step_ends_with_the_new_register(tmp_path, made):
    journal = tmp_path / "pulih.json"
    renaming.write_down(journal, "20261126-100000", swap(tmp_path))
    for step in renaming.read(journal)[1][:made]:
        step.carry_out()

    stamp, steps = renaming.read(journal)
    for _ in range(2):
        for step in steps:
            step.carry_out()

    contents = {
        str(path.relative_to(tmp_path)): path.read_text()
        for path in tmp_path.rglob("*")
        if path.is_file() and path != journal
    }
    assert stamp == "20261126-100000"
    assert contents == {
        "db": "new",
        "lama": "db",
        "lama-wal": "db-wal",
        "uploads/berkas": "pulih",
        "uploads-lama/berkas": "uploads",
    }


def test_without_a_swap_under_way_there_is_nothing_to_finish(tmp_path):
    assert renaming.read(tmp_path / "pulih.json") is None
