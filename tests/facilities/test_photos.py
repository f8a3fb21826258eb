"""Photographs of goods: made anew, stored privately, shown to whoever may see checks."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from balikpapan.audit.models import Change
from balikpapan.backup.create import stored_files
from facilities import photos
from facilities.models import ConditionCheck
from tests.factories import AssetFactory, ConditionCheckFactory
from tests.pages import filled, url

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def picture(kind="JPEG", size=(2_400, 1_200), **options) -> bytes:
    """A picture as a telephone makes it: with place, maker and the way it was held."""
    image = Image.new("RGB", size, "red")
    if kind == "JPEG":
        exif = image.getexif()
        exif[MAKER], exif[ORIENTATION] = "Telepon Uji", 6
        exif.get_ifd(GPS)[2] = (1.0, 14.0, 16.0)
        options = {"exif": exif, "comment": b"rahasia", **options}
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", photos.FORMATS)
def test_a_photograph_is_made_small_and_tells_nothing_but_its_pixels(kind):
    content = photos.reencoded(io.BytesIO(picture(kind)))

    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert max(image.size) == photos.LONGEST_SIDE
        # It was held upright, so it stands upright without being told so.
        assert (image.height > image.width) is (kind == "JPEG")
        assert not image.getexif()
        assert {"exif", "comment", "xmp", "icc_profile"} & set(image.info) == set()
    assert b"Telepon Uji" not in content
    assert b"rahasia" not in content


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan gambar", picture()[:500], picture("GIF"), b"<svg xmlns='x'/>"],
    ids=["empty", "text", "cut off", "another kind", "svg"],
)
def test_what_is_no_whole_photograph_is_refused(content):
    with pytest.raises(ValidationError, match="bukan foto"):
        photos.reencoded(io.BytesIO(content))


def test_a_picture_too_large_for_the_memory_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 1_000)

    with pytest.raises(ValidationError, match="terlalu besar"):
        photos.reencoded(io.BytesIO(picture(size=(100, 100))))


@pytest.mark.django_db
def test_a_check_is_typed_with_its_photograph_and_shown_to_whom_it_may_be(
    client, petugas, pimpinan, administrator, settings, tmp_path
):
    settings.UPLOAD_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    asset = AssetFactory()
    client.force_login(petugas)
    page = client.get(url(type(asset), "change", asset))
    data = {
        **filled(page),
        "conditions-TOTAL_FORMS": 1,
        "conditions-0-checked_on": "3 Juni 2024",
        "conditions-0-condition": "good",
        "conditions-0-photo": SimpleUploadedFile("IMG_0001.jpg", picture(), "image/jpeg"),
    }

    assert client.post(url(type(asset), "change", asset), data).status_code == 302

    check = ConditionCheck.objects.get()
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file == tmp_path / check.photo.name
    assert file.stat().st_mode & 0o777 == 0o600
    assert stored_files(tmp_path) == [file]  # what a backup takes along
    assert "IMG" not in check.photo.name
    change = Change.objects.of(check).get()
    assert change.after["photo"] == check.photo.name
    address = reverse("admin:facilities_conditioncheck_photo", args=[check.pk])
    shown = client.get(address)
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert shown.content == file.read_bytes()
    assert f'href="{address}"' in client.get(url(type(asset), "change", asset)).content.decode()
    client.force_login(pimpinan)
    assert client.get(address).status_code == 200
    client.force_login(administrator)
    assert client.get(address).status_code == 403


@pytest.mark.django_db
def test_a_refused_photograph_stores_nothing(client, petugas):
    asset = AssetFactory()
    client.force_login(petugas)
    page = client.get(url(type(asset), "change", asset))
    data = {
        **filled(page),
        "conditions-TOTAL_FORMS": 1,
        "conditions-0-checked_on": "3 Juni 2024",
        "conditions-0-condition": "good",
        "conditions-0-photo": SimpleUploadedFile("a.jpg", b"bukan gambar", "image/jpeg"),
    }

    response = client.post(url(type(asset), "change", asset), data)

    assert response.status_code == 200
    assert "bukan foto" in response.content.decode()
    assert not ConditionCheck.objects.exists()


@pytest.mark.django_db
def test_the_photograph_of_a_check_that_is_refused_after_all_does_not_stay(
    client, petugas, monkeypatch
):
    asset = AssetFactory()
    client.force_login(petugas)
    data = {
        **filled(client.get(url(type(asset), "change", asset))),
        "conditions-TOTAL_FORMS": 1,
        "conditions-0-checked_on": "3 Juni 2024",
        "conditions-0-condition": "good",
    }
    written, save = [], ConditionCheck.save

    def refused(check, *args, **kwargs):
        save(check, *args, **kwargs)
        written.append(check.photo.path)
        assert Path(check.photo.path).exists()
        raise ValidationError("Ditolak oleh aturan lain.")

    with monkeypatch.context() as patch:
        patch.setattr(ConditionCheck, "save", refused)
        photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        response = client.post(
            url(type(asset), "change", asset), {**data, "conditions-0-photo": photo}
        )
    assert "Ditolak oleh aturan lain." in response.text

    assert [path for path in written if Path(path).exists()] == []
    assert not ConditionCheck.objects.exists()
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    client.post(url(type(asset), "change", asset), {**data, "conditions-0-photo": photo})
    assert Path(ConditionCheck.objects.get().photo.path).exists()


@pytest.mark.django_db
def test_a_lost_photograph_is_told(client, petugas):
    check = ConditionCheckFactory(photo="foto/hilang.jpg")
    client.force_login(petugas)

    response = client.get(
        reverse("admin:facilities_conditioncheck_photo", args=[check.pk]), follow=True
    )

    assert "tidak ada" in " ".join(map(str, response.context["messages"]))


def test_a_photograph_is_refused_from_its_first_byte_too_many(monkeypatch):
    content = picture()
    monkeypatch.setattr(photos, "LARGEST_BYTES", len(content))
    field = photos.PhotoFormField()

    assert field.clean(SimpleUploadedFile("a.jpg", content)).size > 0
    with pytest.raises(ValidationError, match="melebihi 12 MB"):
        field.clean(SimpleUploadedFile("a.jpg", content + b"x"))
