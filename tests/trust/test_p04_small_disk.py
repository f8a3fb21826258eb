"""Promise 4 on a disk that is really full: a tmpfs of 800 KB under the folder concerned."""

import errno
import os
import random
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from balikpapan.backup.create import create
from balikpapan.backup.daily import BackupError, make_daily, status
from balikpapan.intake.models import Upload
from balikpapan.server import prepare
from industry.models import ProductUnit
from tests.sheets import delimited
from tests.trust.previews import logged_in

pytestmark = pytest.mark.django_db
ROOM = 800 * 1024


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 800 KB."""
    folder = tmp_path / "kecil"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"tmpfs tidak dapat dipasang: {error}")
    if done.returncode:
        pytest.skip(f"tmpfs tidak boleh dipasang di sini: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder, leave: int):
    """Takes all room but so much; returns the file to be deleted again."""
    filler = folder / "pengisi"
    free = os.statvfs(folder)
    filler.write_bytes(b"0" * (free.f_bavail * free.f_bsize - leave))
    return filler


def test_p04_a_full_disk_of_uploads_is_told_and_leaves_no_half_file(small_disk, petugas, settings):
    settings.UPLOAD_DIR = small_disk / "uploads"
    dice = random.Random(4)
    rows = [["Nama Usaha", "Alamat"]]
    rows += [[f"Usaha {n}", f"Jl. {dice.getrandbits(200)}"] for n in range(1500)]
    content = delimited(rows)
    filler = fill(small_disk, leave=len(content) // 2)
    browser, page = logged_in(petugas), reverse("admin:intake_upload_new", args=["ikm"])

    answer = browser.post(page, {"file": SimpleUploadedFile("a.csv", content)})

    assert answer.status_code == 503
    assert "penuh" in answer.text
    assert Upload.objects.count() == 0
    assert [path for path in small_disk.rglob("*") if path.is_file()] == [filler]
    filler.unlink()
    small = delimited(rows[:20])
    assert browser.post(page, {"file": SimpleUploadedFile("a.csv", small)}).status_code == 302


@pytest.fixture
def wordy(transactional_db):
    """A register whose backup needs more than the room that will be left."""
    dice = random.Random(5)
    names = (f"{n} {dice.getrandbits(128):x}"[:30] for n in range(2500))
    ProductUnit.objects.bulk_create([ProductUnit(name=name) for name in names])


@pytest.mark.usefixtures("wordy")
def test_p04_a_full_disk_of_backups_keeps_the_old_one_and_warns(small_disk, settings, tmp_path):
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", small_disk / "cadangan"
    # A backup holds the uploads too, and other tests have left theirs.
    settings.UPLOAD_DIR = tmp_path / "uploads"
    old = make_daily().path
    before = old.read_bytes()
    assert not status().has_little_room
    filler = fill(small_disk, leave=20_000)

    with pytest.raises((BackupError, OSError)) as caught:
        create(settings.BACKUP_DIR / "kedua.zip")

    assert not isinstance(caught.value, OSError) or caught.value.errno == errno.ENOSPC
    assert old.read_bytes() == before
    assert {path for path in small_disk.rglob("*") if path.is_file()} == {old, filler}
    assert status().has_little_room


class OlderRegister(MigrationExecutor):
    """A register that has not had the newest migrations yet."""

    def migration_plan(self, *targets, **options):
        return [("app", False)]


def test_p31_start_backs_up_before_tables_are_changed_and_not_otherwise(
    settings, tmp_path, monkeypatch
):
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "cadangan"
    lines = []
    prepare.copy_before_migrations(lines.append)
    assert (lines, settings.BACKUP_DIR.exists()) == ([], False)

    monkeypatch.setattr(prepare, "MigrationExecutor", OlderRegister)
    prepare.copy_before_migrations(lines.append)

    [made] = settings.BACKUP_DIR.iterdir()
    assert lines == [
        "Mencadangkan register sebelum tabelnya diperbarui.",
        f"Cadangan: {made}",
        "Menyiapkan tabel basis data, 1 langkah; tunggu sampai selesai.",
    ]
    settings.BACKUP_DIR = made / "berkas-bukan-folder"
    with pytest.raises(CommandError, match="sehingga tabel tidak diubah"):
        prepare.copy_before_migrations(lines.append)
