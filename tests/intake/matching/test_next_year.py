"""Two hundred invented businesses: the list of the next year, and a masked copy, make no second ones."""

import io
import random

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from balikpapan.intake.models import Upload
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.intake.importing import asked, export, load, look, tally
from tests.pages import upload_url
from tests.sheets import spelled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "any_length")]

COUNT, MOVED, FRESH = 200, 20, 5
HEADING = ["No", "Nama Usaha", "Nama Pemilik", "NIK", "Alamat", "Kelurahan", "No. HP", "Produk"]
HEADING += ["Komoditi", "Tenaga Kerja", "Nilai Investasi (Rp)", "Nilai Produksi (Rp)"]
WARDS = ["Manggar", "Teritip", "Prapatan", "Muara Rapak", "Gunung Bahagia", "Karang Rejo"]
#: Names half a city shares, as "bengkel motor" and "tenun" do.
SHARED = ["Bengkel Motor", "Tenun", "Penjahit", "Warung Kue"]
PRODUCTS = ["Amplang", "Anyaman rotan", "Kue basah", "Servis motor", "Mebel"]
NAME, OWNER, STREET, PHONE = 1, 2, 4, 6


def businesses(count=COUNT, start=1):
    """Rows as offices have them: every third name shared, phones and NIK for some of them."""
    rows = []
    for number in range(start, start + count):
        shared = SHARED[number % len(SHARED)] if number % 3 == 0 else f"Usaha {spelled(number)}"
        rows.append(
            [
                number,
                shared,
                f"Pemilik {spelled(number)}",
                f"647101410180{number:04}" if number % 5 == 0 else None,
                f"Jl. Contoh No. {number} RT {number % 40 + 1:02}",
                WARDS[number % len(WARDS)],
                f"0812550{number:05}" if number % 4 else "-",
                PRODUCTS[number % len(PRODUCTS)],
                "Pangan" if number % 2 else "Kerajinan",
                number % 9 + 1,
                1_000_000 + 125_000 * number,
                4_000_000 + 310_000 * number,
            ]
        )
    return rows


def a_year_later(rows):
    """Last year's list grown: 20 phones and 20 addresses changed, other figures, five new, shuffled."""
    dice = random.Random(64)
    rows = [list(row) for row in rows]
    with_phone = [row for row in rows if row[PHONE] != "-"]
    for row in dice.sample(with_phone, MOVED):
        row[PHONE] = f"0857990{row[0]:05}"
    for row in dice.sample(rows, MOVED):
        row[STREET] = f"Jl. Pindahan No. {row[0] + 700}"
    for row in rows:
        row[-2:] = [row[-2] + 500_000, row[-1] + 900_000]
    rows += businesses(FRESH, start=COUNT + 1)
    dice.shuffle(rows)
    return [[number, *row[1:]] for number, row in enumerate(rows, 1)]


@pytest.fixture
def listed():
    """The list of 2023, stored."""
    rows = businesses()
    upload = load([HEADING, *rows], year=2023)
    assert tally(upload) == (COUNT, 0, 0, 0, 0)
    return rows


def production(year):
    """(name, owner) -> the production of that year."""
    years = BusinessYear.objects.filter(year=year)
    return {
        (name, owner): value
        for name, owner, value in years.values_list(
            "business__name", "business__owner_name", "production_value"
        )
    }


def test_the_next_years_list_asks_once_and_makes_no_second_business(listed):
    later = a_year_later(listed)

    unasked = look([HEADING, *later], year=2024)
    upload = load([HEADING, *later], year=2024, near="update")

    assert asked(unasked) == ["near"]
    assert unasked.counts["new"] == FRESH
    assert unasked.counts["held"] <= 2 * MOVED
    assert upload.counts["new"] == FRESH
    assert upload.counts["held"] == 0
    assert Business.objects.count() == COUNT + FRESH
    # Every figure went to its own business, and what moved is known now.
    assert production(2024) == {(row[NAME], row[OWNER]): row[-1] for row in later}
    assert production(2023) == {(row[NAME], row[OWNER]): row[-1] for row in listed}
    stored = set(Business.objects.values_list("owner_name", "address"))
    assert stored == {(row[OWNER], row[STREET]) for row in later}


def test_the_next_years_list_left_unanswered_still_makes_no_second_business(listed):
    later = a_year_later(listed)

    upload = load([HEADING, *later], year=2024)

    assert upload.counts["new"] == FRESH
    assert Business.objects.count() == COUNT + FRESH
    assert upload.counts["changed"] + upload.counts["held"] == COUNT
    right = {(row[NAME], row[OWNER]): row[-1] for row in later}
    assert production(2024).items() <= right.items()


# A masked copy comes back


@pytest.fixture
def clerk():
    """Somebody who types and uploads but may not see personal data."""
    user = member("Petugas")
    rights = Permission.objects.filter(group__in=user.groups.all())
    user.user_permissions.set(rights.exclude(codename__contains="personal_data"))
    user.groups.clear()
    return user


def everything():
    """All that is stored of every business."""
    return list(Business.objects.order_by("id").values()), list(
        BusinessYear.objects.order_by("id").values()
    )


def without(content, heading):
    """The workbook with one of its columns struck out."""
    book = load_workbook(io.BytesIO(content))
    page = book.active
    for row in page.iter_rows(max_row=10):
        for cell in row:
            if cell.value == heading:
                page.delete_cols(cell.column)
                stream = io.BytesIO()
                book.save(stream)
                return stream.getvalue()
    raise AssertionError(heading)


def test_a_masked_export_uploaded_by_whoever_may_not_see_changes_nothing(listed, client, clerk):
    Business.objects.filter(pk__in=range(1, 500, 2)).update(email="siti@contoh.id")
    before, content = everything(), export(year=2023, personal=False)
    client.force_login(clerk)

    file = SimpleUploadedFile("ikm.xlsx", content)
    shown = client.post(
        reverse("admin:intake_upload_new", args=["ikm"]), {"file": file}, follow=True
    )
    upload = Upload.objects.order_by("-id").first()
    client.post(upload_url("confirm", upload), {"fingerprint": upload.fingerprint}, follow=True)

    assert tally(upload) == (0, 0, COUNT, 0, 0)
    assert "6471014101800005" not in shown.content.decode()
    assert everything() == before


def test_a_masked_export_without_its_register_numbers_makes_no_second_business(listed, clerk):
    before = everything()
    content = without(export(year=2023, personal=False), "Nomor Register")

    upload = load(content, user=clerk)

    assert upload.counts["new"] == upload.counts["changed"] == 0
    assert upload.counts["same"] == COUNT
    assert everything() == before
