"""Files of uploads go when their time is over, and only then; what they held stays."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from balikpapan.intake import storage, working_file
from balikpapan.intake.models import Upload
from balikpapan.intake.retention import (
    PREVIEW_HOURS,
    expire_previews,
    is_due,
    purge_uploads,
    purgeable,
)
from balikpapan.intake.undo import undo
from balikpapan.intake.uploads import confirm
from industry.models import Business
from tests.intake.importing import hand_in, load
from tests.pages import upload_url
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

ROWS = xlsx([["Nama Usaha", "Nama Pemilik"], ["Amplang Uji", "Siti Contoh"]])
LONG_AGO = timedelta(days=800)


def aged(upload, age=LONG_AGO):
    """The upload as if everything about it had happened long ago, its bytes included."""
    then = timezone.now() - age
    moments = {name: then for name in ("at", "stored_at", "undone_at") if getattr(upload, name)}
    Upload.objects.filter(pk=upload.pk).update(**moments)
    path = storage.folder(upload.sha256) / "original"
    os.utime(path, (then.timestamp(), then.timestamp()))
    upload.refresh_from_db()
    return upload


def test_a_file_past_its_time_goes_and_its_counts_hash_and_record_stay(client, petugas):
    upload = aged(load(ROWS, user=petugas))

    assert is_due()
    assert purge_uploads() == 1

    upload.refresh_from_db()
    assert upload.purged_at is not None
    assert storage.original(upload.sha256) is None
    assert not storage.folder(upload.sha256).exists()
    assert (upload.status, upload.counts["new"], len(upload.sha256)) == ("stored", 1, 64)
    assert Business.objects.kept().count() == 1
    client.force_login(petugas)
    page = client.get(upload_url("change", upload))
    assert "karena masa simpannya lewat" in page.text
    assert upload_url("file", upload) not in page.text
    assert not is_due()


def test_what_a_purged_file_stored_can_still_be_undone(petugas):
    upload = aged(load(ROWS, user=petugas))
    purge_uploads()
    upload.refresh_from_db()

    undo(upload, by=petugas)

    assert Business.objects.kept().count() == 0


@pytest.mark.parametrize("age", [timedelta(days=0), timedelta(days=729)])
def test_a_file_within_its_time_stays(age):
    upload = aged(load(ROWS), age)

    assert purge_uploads() == 0
    assert storage.original(upload.sha256) is not None


def test_one_open_upload_of_the_same_bytes_keeps_them_for_all():
    aged(load(ROWS))
    waiting = aged(hand_in(ROWS))

    assert purgeable(timezone.now()) == []
    confirm(waiting)
    aged(Upload.objects.get(pk=waiting.pk))
    assert len(purgeable(timezone.now())) == 1


def test_bytes_handed_in_again_a_moment_ago_stay():
    upload = aged(load(ROWS))
    os.utime(storage.folder(upload.sha256) / "original")

    assert purge_uploads() == 0
    assert storage.original(upload.sha256) is not None


def test_a_preview_nobody_came_back_to_ends_with_its_cells_and_says_so(client, petugas):
    upload = aged(hand_in(ROWS, user=petugas), timedelta(hours=PREVIEW_HOURS + 1))
    cells = working_file.path(upload)
    assert cells.exists()

    assert expire_previews() == 1

    upload.refresh_from_db()
    assert (upload.status, upload.reason_code) == ("expired", "preview_expired")
    assert not cells.exists()
    client.force_login(petugas)
    assert "Unggah berkasnya sekali lagi" in client.get(upload_url("change", upload)).text


def test_a_preview_of_this_week_waits():
    upload = aged(hand_in(ROWS), timedelta(hours=PREVIEW_HOURS - 1))

    assert expire_previews() == 0
    assert working_file.path(upload).exists()


def test_the_command_counts_first_and_deletes_when_told(capsys):
    upload = aged(load(ROWS))

    call_command("purge_uploads", "--dry-run")
    assert storage.original(upload.sha256) is not None
    call_command("purge_uploads")

    output = capsys.readouterr().out
    assert "1 berkas lewat masa simpan 730 hari" in output
    assert "0 pratinjau kedaluwarsa, isi 1 berkas dihapus." in output
    assert storage.original(upload.sha256) is None
