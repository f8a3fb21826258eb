import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from balikpapan.reports import html, pdf, xlsx
from balikpapan.reports.logos import LARGEST_BYTES, check_logo, read_logo
from balikpapan.reports.models import Letterhead, Official

from .books import book_of, head, knowing, letterhead, revenue_table

DAY = datetime.date(2024, 12, 31)


def picture(kind="PNG", side=20):
    stream = io.BytesIO()
    Image.new("RGB", (side, side)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.django_db
def test_the_officials_of_the_day_sign_with_the_head_last():
    head(
        name="Lama", valid_from=datetime.date(2020, 1, 1), valid_until=datetime.date(2023, 12, 31)
    ).save()
    head(name="Kini").save()
    head(name="Nanti", valid_from=datetime.date(2025, 1, 1)).save()
    head(name="Diarsipkan", archived_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)).save()
    knowing(name="Mengetahui").save()

    assert [official.name for official in Official.objects.signing_on(DAY)] == [
        "Mengetahui",
        "Kini",
    ]


@pytest.mark.django_db
def test_an_inventory_card_is_signed_by_the_head_and_who_keeps_the_assets_alone():
    keeper = head(name="Pengurus", role="keeper", position="Pengurus barang")
    keeper.save()
    assert [o.name for o in Official.objects.keeping_on(DAY)] == ["Pengurus"]

    head(name="Kepala").save()
    knowing(name="Sekretaris").save()

    assert [(o.name, o.role) for o in Official.objects.keeping_on(DAY)] == [
        ("Kepala", "knowing"),
        ("Pengurus", "keeper"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        pytest.param(("2024-01-01", None), ("2025-01-01", None), True, id="the first has no end"),
        pytest.param(("2024-01-01", "2024-12-31"), ("2024-12-31", None), True, id="one common day"),
        pytest.param(
            ("2024-01-01", "2024-12-31"), ("2025-01-01", None), False, id="one after another"
        ),
        pytest.param(
            ("2025-01-01", None), ("2024-01-01", "2024-12-31"), False, id="an earlier one"
        ),
    ],
)
def test_one_office_is_held_by_one_person_at_a_time(first, second, clash):
    days = [[d and datetime.date.fromisoformat(d) for d in period] for period in (first, second)]
    head(valid_from=days[0][0], valid_until=days[0][1]).save()
    official = head(name="Penerus", valid_from=days[1][0], valid_until=days[1][1])

    if clash:
        with pytest.raises(ValidationError, match="bertumpuk dengan Budi Contoh"):
            official.full_clean()
    else:
        official.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"nip": "12345"}, id="NIP too short"),
        pytest.param({"nip": "19751229199902200x"}, id="NIP with a letter"),
        pytest.param({"name": ""}, id="no name"),
        pytest.param({"role": "boss"}, id="unknown role"),
        pytest.param({"valid_until": datetime.date(2023, 1, 1)}, id="ends before it begins"),
    ],
)
def test_a_wrong_official_is_refused_by_form_and_database(fields):
    with pytest.raises(ValidationError):
        head(**fields).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        head(**fields).save()


@pytest.mark.django_db
@pytest.mark.parametrize("nip", ["", "197512291999022001"])
def test_a_right_official_is_accepted(nip):
    official = head(nip=nip)

    official.full_clean()
    official.save()

    assert Official.objects.get().printed_nip == ("19751229 199902 2 001" if nip else "")


@pytest.mark.django_db
def test_the_newest_letterhead_of_the_day_heads_the_report():
    letterhead(office="Tanpa masa").save()
    letterhead(office="Lama", valid_from=datetime.date(2020, 1, 1)).save()
    letterhead(office="Kini", valid_from=datetime.date(2024, 1, 1)).save()
    letterhead(office="Nanti", valid_from=datetime.date(2025, 1, 1)).save()

    assert Letterhead.objects.heading_on(DAY).office == "Kini"
    assert Letterhead.objects.heading_on(datetime.date(2019, 1, 1)).office == "Tanpa masa"


@pytest.mark.django_db
def test_without_a_letterhead_there_is_none():
    assert Letterhead.objects.heading_on(DAY) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_small_picture_is_accepted_as_crest(kind):
    check_logo(ContentFile(picture(kind)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"<svg onload='alert(1)'/>", "bukan gambar", id="svg"),
        pytest.param(picture("GIF"), "bukan gambar", id="gif"),
        pytest.param(b"", "bukan gambar", id="nothing"),
        pytest.param(picture()[:20], "rusak", id="cut off"),
        pytest.param(picture(side=200)[:-40], "rusak", id="cut off in a PNG"),
        pytest.param(picture("JPEG", side=200)[:-300], "rusak", id="cut off in a JPEG"),
        pytest.param(picture(side=2_001), "piksel", id="too large to print"),
        pytest.param(picture() + b"\0" * LARGEST_BYTES, "512 KB", id="too heavy"),
    ],
)
def test_what_is_not_a_small_picture_is_refused_as_crest(data, message):
    with pytest.raises(ValidationError, match=message):
        check_logo(ContentFile(data))


def test_a_lost_crest_does_not_stop_a_report(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path

    assert read_logo(letterhead(logo="kop/hilang.png")) is None
    assert read_logo(letterhead()) is None
    assert read_logo(None) is None


def test_the_crest_stands_on_every_rendering(tmp_path, settings):
    folder = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    (tmp_path / "lambang.png").write_bytes(picture())
    book = book_of(revenue_table(), letterhead=letterhead(logo="lambang.png"))
    sheet, paper = io.BytesIO(), io.BytesIO()

    xlsx.write_book(book, sheet)
    pdf.write_book(book, paper)

    assert "xl/media/image1.png" in zipfile.ZipFile(sheet).namelist()
    assert b"/Subtype /Image" in paper.getvalue()
    assert 'src="data:image/png;base64,' in html.render_book(book)
