"""Promises 28 and 29: a backup taken while people work is complete, and restoring brings all back."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from balikpapan.backup import daily
from balikpapan.backup import restore as restoring
from balikpapan.backup.archive import Manifest, opened, written
from balikpapan.backup.create import create
from balikpapan.backup.errors import BackupError
from balikpapan.backup.tables import fingerprint
from balikpapan.intake import storage
from industry.models import Business, ProductUnit
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in
from tests.sheets import delimited
from tests.trust.offices import Writer, drop_replaced, numbered, wipe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    """A folder of its own for everything that is stored."""
    settings.DATA_DIR = tmp_path / "data"
    settings.UPLOAD_DIR = settings.DATA_DIR / "uploads"
    settings.BACKUP_DIR = settings.DATA_DIR / "backups"
    yield settings.DATA_DIR
    drop_replaced()


def test_p28_a_backup_made_while_somebody_writes_has_every_row_up_to_one_moment(tmp_path):
    with Writer() as writer:
        before = writer.committed
        made = create(tmp_path / "a.zip")
        after = writer.committed

    with opened(made.path, "", tmp_path) as backup:
        table = next(t for t in backup.manifest.tables if t.name == "industry_productunit")
        text = b"".join(backup.lines(table)).decode()
    numbers = [int(number) for number in re.findall(r"satuan (\d{6})", text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert before <= len(numbers) <= after + 1
    assert after > before


@pytest.mark.slow
def test_p29_what_was_lost_with_the_computer_comes_back_whole(
    typist, client, tmp_path, capsys, settings
):
    get_user_model().objects.create_superuser("kepala", password="Sandi-Kantor-26")
    upload = hand_in(delimited([["Nama Usaha", "Merek"], ["Amplang Siti", "x"]]), user=typist)
    last = BusinessFactory(name="Keripik “Bu Nur” é")
    taken = BusinessFactory().pk
    Business.objects.filter(pk=taken).delete()
    with Writer():
        made = create(tmp_path / "a.zip", "kata sandi kantor")
    phrase = tmp_path / "sandi.txt"
    phrase.write_text("kata sandi kantor\n")
    settings.BACKUP_PASSPHRASE_FILE = phrase

    wipe()
    # The rows of this test have no trail, which check_data objects to.
    call_command("restore", str(made.path), allow_faults=True)

    assert fingerprint() == made.manifest.fingerprint
    assert numbered()[-1] == f"satuan {len(numbered()):06}"
    assert storage.is_whole(upload.sha256)
    assert Business.objects.get(pk=last.pk).name == "Keripik “Bu Nur” é"
    # A number that was given once is never given again.
    assert BusinessFactory().pk > taken
    person = {"username": "kepala", "password": "Sandi-Kantor-26"}
    assert client.post(reverse("admin:login"), person).status_code == 302
    with connection.cursor() as cursor:
        assert connection.introspection.get_constraints(cursor, "industry_business")
    steps = capsys.readouterr().out.splitlines()
    load = f"Memuat {made.manifest.rows} baris dan {len(made.manifest.files)} berkas."
    wanted = ["Memeriksa cadangan.", load, "Memeriksa data yang dimuat."]
    assert [step for step in steps if step in wanted] == wanted
    assert any("Pulih dalam" in step for step in steps)


def damaged(path):
    path.write_bytes(path.read_bytes()[:-5])


def newer(path):
    with written(path) as new:
        new.add_manifest(Manifest("", "sqlite", [("industry", "9999_later")], ""))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(damaged, "terpotong atau berubah", id="truncated"),
        pytest.param(newer, "versi program yang lebih baru", id="newer"),
    ],
)
def test_p29_what_cannot_be_restored_is_refused_before_anything_is_touched(
    spoil, sentence, tmp_path, office
):
    BusinessFactory()
    made = create(tmp_path / "a.zip")
    before, files = fingerprint(), sorted(office.rglob("*"))
    spoil(made.path)

    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("restore", str(made.path))

    assert "Register tidak diubah." in str(refusal.value)
    assert fingerprint() == before
    assert not restoring.work_folder().exists()
    assert {path.suffix for path in set(office.rglob("*")) - set(files)} <= {".kunci"}


def test_p29_without_room_nothing_is_begun(tmp_path, monkeypatch):
    made = create(tmp_path / "a.zip")
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda path: Full())

    with pytest.raises(BackupError, match="Ruang di"):
        restoring.restore(made.path, "", print)


def test_p29_faults_that_were_in_the_register_already_are_told_and_only_allowed_in_so_many_words(
    tmp_path, monkeypatch
):
    made = create(tmp_path / "a.zip")
    monkeypatch.setattr(restoring, "load", lambda backup, place: None)
    monkeypatch.setattr(restoring, "check_replacement", lambda *_: "SALAH (1) Berkas hilang")
    swaps, words = [], []
    monkeypatch.setattr(restoring, "_swap", lambda *_: swaps.append(1))

    with pytest.raises(BackupError, match="--allow-faults"):
        restoring.restore(made.path, "", words.append)
    restoring.restore(made.path, "", words.append, allow_faults=True)

    assert swaps == [1]
    assert words[-1] == "SALAH (1) Berkas hilang"


class Full:
    """A disk without room."""

    free = total = 1


def test_the_daily_backup_is_noted_and_thinned(office, settings):
    settings.BACKUP_KEEP = (1, 0, 0)
    old = settings.BACKUP_DIR / "balikpapan-20200101-020000.zip"
    settings.BACKUP_DIR.mkdir(parents=True)
    old.touch()
    assert daily.is_due()
    assert daily.status().is_old

    made = daily.make_daily()

    assert not daily.is_due()
    assert not daily.status().is_old
    assert [path.name for path in settings.BACKUP_DIR.iterdir()] == [made.path.name]


def test_a_daily_backup_that_fails_says_why_and_deletes_nothing(office, settings, monkeypatch):
    old = settings.BACKUP_DIR / "balikpapan-20200101-020000.zip"
    settings.BACKUP_DIR.mkdir(parents=True)
    old.touch()

    def full(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(daily, "create", full)
    with pytest.raises(OSError, match="space"):
        daily.make_daily()

    assert "penuh" in daily.status().error
    assert old.exists()


def test_a_damaged_database_is_never_backed_up_over_a_good_one(office, monkeypatch, tmp_path):
    if connection.vendor == "postgresql":
        return
    ProductUnit.objects.bulk_create([ProductUnit(name=f"satuan {n}") for n in range(500)])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = 'industry_productunit'")
        root = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        size = cursor.fetchone()[0]
    name = connection.settings_dict["NAME"]
    with open(name, "r+b") as file:
        file.seek((root - 1) * size)
        page = file.read(size)
        file.seek((root - 1) * size)
        file.write(b"\0" * size)
    try:
        with pytest.raises(BackupError, match="Basis data rusak"):
            create(tmp_path / "a.zip")
    finally:
        with open(name, "r+b") as file:
            file.seek((root - 1) * size)
            file.write(page)

    assert not (tmp_path / "a.zip").exists()
