"""No file stays behind whose record was refused: photographs, crests, books of a year, workbooks."""

import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone
from PIL import Image

from balikpapan.audit import store as storing
from balikpapan.audit.stored_files import StoredFileField
from balikpapan.data_checks.registry import CHECKS, Run
from balikpapan.intake import retention, storage, uploads
from balikpapan.intake.models import Upload
from balikpapan.reports.models import Edition, Letterhead
from balikpapan.yearbook import closing
from tests.cast import member
from tests.pages import filled, url


def test_every_file_field_takes_back_what_is_refused():
    fields = [f for model in apps.get_models() for f in model._meta.concrete_fields]

    assert [f for f in fields if isinstance(f, models.FileField)] != []
    assert [
        str(f)
        for f in fields
        if isinstance(f, models.FileField) and not isinstance(f, StoredFileField)
    ] == []


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of files of its own."""
    settings.DATA_DIR = settings.UPLOAD_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def crest():
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(stream, "PNG")
    return SimpleUploadedFile("lambang.png", stream.getvalue(), "image/png")


@pytest.mark.django_db
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "changed"])
def test_a_crest_whose_letterhead_is_refused_does_not_stay(client, folder, monkeypatch, is_new):
    letterhead = None if is_new else Letterhead.objects.create(office="Dinas Uji")
    client.force_login(member("Administrator", "pengurus"))
    page = url(Letterhead, "add") if is_new else url(Letterhead, "change", letterhead)
    data = {**filled(client.get(page)), "office": "Dinas Uji Baru"}
    written = []

    def refused(change):
        written.extend(files(folder))
        raise ValidationError("Ditolak oleh aturan lain.")

    with monkeypatch.context() as patch:
        patch.setattr(storing, "trace", refused)
        response = client.post(page, {**data, "logo": crest()})
    assert "Ditolak oleh aturan lain." in response.text
    assert written != []
    assert files(folder) == []

    assert client.post(page, {**data, "logo": crest()}).status_code == 302

    [file] = files(folder)
    assert file.name == Letterhead.objects.get(office="Dinas Uji Baru").logo.name.split("/")[1]


@pytest.mark.django_db
def test_the_books_of_a_year_that_is_not_closed_after_all_do_not_stay(folder, monkeypatch):
    keep, written = closing.keep_edition, []

    def broken(*args, **kwargs):
        keep(*args, **kwargs)
        written.extend(files(folder))
        raise RuntimeError

    monkeypatch.setattr(closing, "keep_edition", broken)

    with pytest.raises(RuntimeError):
        closing.close_year(2023, by=None, channel="command")

    assert (len(written), files(folder)) == (2, [])
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_a_workbook_that_cannot_be_recorded_does_not_stay(folder, monkeypatch):
    def refused(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(Upload, "save", refused)
        with pytest.raises(RuntimeError):
            uploads.keep("ikm", b"isi", "data.xlsx")
    assert files(folder) == []

    upload = uploads.keep("ikm", b"isi", "data.xlsx")
    assert {p.stat().st_mode & 0o777 for p in folder.rglob("*") if p.is_dir()} == {0o700}
    assert {p.stat().st_mode & 0o777 for p in files(folder)} == {0o600}
    with monkeypatch.context() as patch:
        patch.setattr(Upload, "save", refused)
        with pytest.raises(RuntimeError):
            uploads.keep("ikm", b"isi", "lagi.xlsx")

    assert storage.original(upload.sha256) == b"isi"


@pytest.mark.django_db
def test_bytes_that_a_lost_database_left_behind_go_a_day_later(folder):
    upload, lost = uploads.keep("ikm", b"isi", "data.xlsx"), storage.keep_original(b"lain")
    assert not retention.is_due()
    tomorrow = timezone.now() + timedelta(days=1, hours=1)

    assert list(retention.unrecorded(tomorrow)) == [lost]
    assert retention.purge_uploads(tomorrow) == 1

    assert (storage.original(upload.sha256), storage.original(lost)) == (b"isi", None)


@pytest.mark.django_db
def test_a_book_of_no_edition_is_named_by_check_data(folder, monkeypatch):
    (folder / "edisi").mkdir()
    (folder / "edisi" / "laporan-2023-edisi-1.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr("balikpapan.data_checks.files.JUST_NOW", timedelta(0))

    assert list(CHECKS["picture_orphans"].find(Run())) == [
        "Berkas edisi/laporan-2023-edisi-1.pdf tidak disebut catatan mana pun."
    ]
