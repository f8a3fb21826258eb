"""The facts for the report of a breach: each sheet row by row, of its period alone."""

from datetime import datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.utils import timezone

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.audit.store import store
from balikpapan.intake.models import Upload
from balikpapan.privacy.incident import sheets_since
from tests.factories import BusinessFactory
from tests.intake.importing import load

pytestmark = pytest.mark.django_db

SINCE = datetime(2026, 3, 1, tzinfo=timezone.get_default_timezone())
UNTIL = SINCE + timedelta(days=2)
LAST = UNTIL - timedelta(microseconds=1)


def sheets(since=SINCE, until=UNTIL):
    return {name: list(rows) for name, rows in sheets_since(since, until)}


def attempted(model, username, address, *times, **values):
    """Attempts at the log-in page at these times; the library writes the time of now itself."""
    for at in times:
        made = model.objects.create(
            username=username, ip_address=address, user_agent=str(at), **values
        )
        model.objects.filter(pk=made.pk).update(attempt_time=at)


def test_who_came_in_and_who_failed_is_counted_within_the_period():
    before, noon = SINCE - timedelta(microseconds=1), SINCE + timedelta(hours=12)
    attempted(AccessLog, "wati", "192.0.2.7", before, SINCE, noon, UNTIL)
    attempted(AccessLog, "wati", "192.0.2.8", LAST)
    attempted(AccessLog, "adi", "192.0.2.8", noon)
    attempted(AccessAttempt, "wati", "192.0.2.9", noon, failures_since_start=3)
    attempted(AccessAttempt, "adi", "192.0.2.6", SINCE, failures_since_start=1)
    attempted(AccessAttempt, "adi", "192.0.2.6", before, UNTIL, failures_since_start=9)

    answer = sheets()

    assert answer["Masuk"] == [
        ["Akun", "Alamat", "Banyaknya", "Pertama", "Terakhir"],
        ["adi", "192.0.2.8", 1, noon, noon],
        ["wati", "192.0.2.7", 2, SINCE, noon],
        ["wati", "192.0.2.8", 1, LAST, LAST],
    ]
    assert answer["Gagal masuk"] == [
        ["Akun", "Alamat", "Gagal", "Terakhir"],
        ["adi", "192.0.2.6", 1, SINCE],
        ["wati", "192.0.2.9", 3, noon],
    ]
    assert ["Masuk yang berhasil", 4] in answer["Ringkasan"]


def test_who_saw_and_who_took_out_what_is_told_one_by_one_and_counted(petugas, verifikator):
    noon = SINCE + timedelta(hours=12)
    label = "industry.business"
    seen = {"kind": "seen", "model": label, "by": petugas}
    ReadAccess.objects.create(**seen, at=SINCE - timedelta(seconds=1), record=7)
    ReadAccess.objects.create(**seen, at=noon, record=8)
    ReadAccess.objects.create(**seen, at=SINCE, record=8)
    ReadAccess.objects.create(**seen, at=LAST, record=7)
    ReadAccess.objects.create(
        kind="exported",
        model=label,
        by=verifikator,
        at=noon,
        count=12,
        columns="nik",
        filter="arsip=ya",
        purpose="undangan",
    )
    ReadAccess.objects.create(kind="fetched", model=label, at=SINCE, count=5)
    ReadAccess.objects.create(kind="fetched", model=label, at=UNTIL, count=100)

    answer = sheets()

    assert answer["Akses data pribadi"][1:] == [
        [noon, "petugas", "dilihat", label, 8, 1, "", "", ""],
        [SINCE, "petugas", "dilihat", label, 8, 1, "", "", ""],
        [LAST, "petugas", "dilihat", label, 7, 1, "", "", ""],
        [noon, "verifikator", "diekspor", label, None, 12, "nik", "undangan", "arsip=ya"],
        [SINCE, "perintah", "berkas diunduh", label, None, 5, "", "", ""],
    ]
    assert answer["Catatan terlihat"] == [
        ["Catatan", "Nomor", "Berapa kali", "Terakhir"],
        [label, 7, 1, LAST],
        [label, 8, 2, noon],
    ]
    assert answer["Ringkasan"][1:6] == [
        ["Kurun", SINCE, UNTIL],
        ["Akun yang melihat atau mengambil data pribadi", 2],
        ["Catatan yang dilihat", 3],
        ["Catatan yang dibawa keluar", 17],
        ["Berkas yang dibawa keluar", 2],
    ]
    # What only the office knows stands empty beside its question.
    assert [row[1:] for row in answer["Ringkasan"] if "Diisi kantor" in row[0]] == [[""]] * 3
    assert all(row[0] for rows in answer.values() for row in rows)


def test_what_was_changed_and_what_was_uploaded_is_told_by_whom(petugas, verifikator):
    began = timezone.now()
    for user, channel in ((verifikator, Change.Channel.FORM), (None, Change.Channel.FORM)):
        store(BusinessFactory.build(kelurahan=None), by=user, channel=channel)
    upload = load([["Nama Usaha"], ["Amplang Uji"], ["Roti Uji"]], user=petugas)
    of_nobody = load([["Nama Usaha"], ["Keripik Uji"]], name="malam.xlsx")
    Upload.objects.filter(pk=of_nobody.pk).update(by=None)

    answer = sheets(began, timezone.now())

    label = "industry.business"
    assert sorted(row for row in answer["Perubahan"][1:] if row[2] == label) == sorted(
        [
            ["petugas", "unggahan", label, "dibuat", 2],
            ["sistem", "formulir", label, "dibuat", 1],
            ["sistem", "unggahan", label, "dibuat", 1],
            ["verifikator", "formulir", label, "dibuat", 1],
        ]
    )
    assert [row[:1] + row[2:] for row in answer["Unggahan"]] == [
        ["Nomor", "Oleh", "Berkas", "Keadaan"],
        [upload.pk, "petugas", "data.xlsx", "Tersimpan"],
        [of_nobody.pk, "perintah", "malam.xlsx", "Tersimpan"],
    ]
