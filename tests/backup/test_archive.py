"""The file of a backup: whole or refused, opened by its pass phrase alone."""

import io
import random
import zipfile

import pyrage
import pytest

from balikpapan.backup.archive import Manifest, opened, written
from balikpapan.backup.errors import DamagedBackup, NewerBackup, WrongPassphrase

LINES = [b'["Amplang Siti",1]\n', b'["Batik Sari",2]\n']


def make(path, passphrase="", **more):
    """A small backup of one table and one file."""
    original = path.with_name("original")
    original.write_bytes(b"isi berkas" * 50)
    with written(path, passphrase) as new:
        manifest = Manifest(
            "2026-11-26T10:00:00+08:00", "sqlite", [("industry", "0001_initial")], "", **more
        )
        manifest.tables.append(new.add_table("industry_business", ["name", "id"], LINES))
        manifest.files.append(new.add_file(original, "ab/cd/original"))
        new.add_manifest(manifest)
    original.unlink()
    return path


def test_what_was_written_is_read_again(tmp_path):
    path = make(tmp_path / "a.zip")

    with opened(path, "", tmp_path) as backup:
        [table], [file] = backup.manifest.tables, backup.manifest.files
        lines = list(backup.lines(table))
        backup.unpack(file, tmp_path / "berkas")

    assert lines == LINES
    assert (tmp_path / "berkas/ab/cd/original").read_bytes() == b"isi berkas" * 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "berkas"]


def test_a_failed_backup_leaves_no_file(tmp_path):
    def lines():
        yield LINES[0]
        raise OSError("penuh")

    with pytest.raises(OSError, match="penuh"), written(tmp_path / "a.zip") as new:
        new.add_table("industry_business", ["name"], lines())

    assert list(tmp_path.iterdir()) == []


def test_every_altered_byte_is_noticed(tmp_path):
    path = make(tmp_path / "a.zip")
    content = path.read_bytes()
    places = random.Random(13).sample(range(len(content)), 60)

    for place in [0, len(content) - 1, *places]:
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        with pytest.raises(DamagedBackup), opened(path, "", tmp_path):
            pass


@pytest.mark.parametrize("length", [0, 10, -1, -200])
def test_a_truncated_file_is_refused(tmp_path, length):
    path = make(tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:length])

    with (
        pytest.raises(DamagedBackup, match=r"terpotong|bukan cadangan"),
        opened(path, "", tmp_path),
    ):
        pass


def test_only_the_pass_phrase_opens_an_encrypted_backup(tmp_path):
    path = make(tmp_path / "a.zip", "kata sandi kantor")

    with pytest.raises(WrongPassphrase, match="sandi cadangan salah"), opened(path, "x", tmp_path):
        pass
    assert b"Amplang" not in path.read_bytes()
    # Any age program opens it too, in two steps.
    with zipfile.ZipFile(path) as outer:
        key = pyrage.passphrase.decrypt(outer.read("key.age"), "kata sandi kantor").decode()
        data = pyrage.decrypt(outer.read("data.age"), [pyrage.x25519.Identity.from_str(key)])
    assert zipfile.ZipFile(io.BytesIO(data)).read("tables/industry_business.jsonl") == b"".join(
        LINES
    )


def test_a_later_format_is_refused_by_name(tmp_path):
    path = make(tmp_path / "a.zip", format=2)

    with pytest.raises(NewerBackup, match="lebih baru"), opened(path, "", tmp_path):
        pass


def test_a_forged_path_writes_nowhere_else(tmp_path):
    path = tmp_path / "a.zip"
    other = tmp_path / "b"
    other.write_bytes(b"x")
    with written(path) as new:
        manifest = Manifest("", "sqlite", [], "")
        manifest.files.append(new.add_file(other, "../keluar"))
        new.add_manifest(manifest)

    with pytest.raises(DamagedBackup), opened(path, "", tmp_path):
        pass
