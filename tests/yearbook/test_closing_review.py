"""The page before a year is closed: what it asks to look at, and that the year is typed."""

import datetime

import pytest
from django.urls import reverse

from balikpapan.audit.models import ClosedYear
from balikpapan.yearbook.closing_review import TOPICS, review
from facilities.models import Chamber
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    ChamberFactory,
    ClosedYearFactory,
    FacilityFactory,
    LetterheadFactory,
    OfficialFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)
from tests.intake.importing import hand_in
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db
YEAR = 2023


def remarks(title: str) -> list[str]:
    """What the page says under one title."""
    return [r.text for topic in review(YEAR) if topic.title == title for r in topic.remarks]


def test_a_register_in_order_has_nothing_to_look_at():
    LetterheadFactory(valid_from=None)
    OfficialFactory(valid_from=datetime.date(2020, 1, 1), valid_until=None)
    business = BusinessFactory(listed_year=YEAR, status="active", verified_on="2024-01-05")
    BusinessYearFactory(business=business, year=YEAR)
    for month in range(1, 13):
        RevenueFactory(year=YEAR, month=month, source_name="Sewa", target=None, realised=1_000)

    assert [(topic.title, topic.remarks) for topic in review(YEAR)] == [
        (title, []) for title, _ in TOPICS
    ]


def test_files_that_wait_and_rows_that_are_held_are_named():
    hand_in(xlsx([["Nama Usaha", "Tahun Berdiri"], ["Amplang", 2020], ["Roti", "anjai"]]))

    assert remarks("Baris dan unggahan yang menunggu") == [
        "1 unggahan belum dijawab atau belum disimpan.",
        "1 baris dari berkas unggahan masih ditahan.",
    ]


def test_a_source_and_a_room_with_some_months_only_are_named():
    for month in (1, 2, 3):
        RevenueFactory(year=YEAR, month=month, source_name="Sewa", target=None, realised=1_000)
    RevenueFactory(year=YEAR, month=None, source_name="Lain", target=None, realised=1_000)
    chamber = ChamberFactory()
    StorageMonthFactory(chamber=chamber, year=YEAR, month=4)

    assert remarks("Bulan yang belum terisi") == [
        "PAD Sewa: 3 dari 12 bulan terisi.",
        f"{chamber.facility.name}, {chamber.name}: 1 dari 12 bulan terisi.",
    ]
    assert Chamber.objects.count() == 1


def test_who_did_not_report_or_was_never_verified_is_counted():
    for status in ("active", "unverified"):
        BusinessFactory(listed_year=YEAR, status=status, verified_on=None)
    BusinessYearFactory(
        business=BusinessFactory(listed_year=YEAR, status="active", verified_on="2024-01-05"),
        year=YEAR,
    )
    BusinessFactory(founded_year=YEAR + 1, listed_year=YEAR + 1, verified_on=None)

    assert remarks("IKM yang belum melaporkan") == [
        f"2 dari 3 IKM belum melaporkan data tahun {YEAR}."
    ]
    assert remarks("IKM yang belum diverifikasi") == ["2 IKM belum diverifikasi."]


def test_likely_doubles_are_counted():
    for _ in range(2):
        BusinessFactory(name="Amplang Siti", owner_name="Siti Rekaan", listed_year=YEAR)

    assert remarks("Kemungkinan ganda") == ["2 IKM mungkin tercatat ganda."]


def test_without_letterhead_and_signatory_it_is_said():
    OfficialFactory(valid_from=datetime.date(2020, 1, 1), valid_until=datetime.date(2021, 12, 31))

    assert remarks("Kop surat dan penanda tangan") == [
        "Belum ada kop surat yang berlaku hari ini.",
        "Belum ada pejabat penanda tangan yang menjabat hari ini.",
    ]


def test_what_was_published_otherwise_stands_beside_what_is_counted():
    BusinessFactory(listed_year=YEAR)
    PublishedFigureFactory(indicator="Jumlah IKM", year=YEAR, value=1029)
    PublishedFigureFactory(indicator="IKM", year=YEAR, value=1, as_of=datetime.date(2023, 1, 1))
    RevenueFactory(year=YEAR, status="published", source_name="Terbit", realised=144_000_000)
    RevenueFactory(year=YEAR, status="final", source_name="Sewa", realised=150_000_000)

    assert remarks("Selisih dengan yang pernah dipublikasikan") == [
        "Jumlah IKM: pernah dipublikasikan 1.029, register menghitung 1.",
        "PAD: pernah dipublikasikan Rp144.000.000, register menghitung Rp150.000.000.",
    ]


# The page


@pytest.fixture
def page(client, verifikator):
    client.force_login(verifikator)
    return reverse("admin:audit_closedyear_close")


def test_the_page_shows_every_topic_and_closes_nothing(page, client):
    text = client.get(page, {"year": YEAR}).content.decode()

    assert all(title in text for title, _ in TOPICS)
    assert ClosedYear.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "2022", "dua ribu"])
def test_another_year_typed_closes_nothing_and_says_so(page, client, typed):
    text = client.post(page, {"year": YEAR, "typed_year": typed}).content.decode()

    assert ClosedYear.objects.count() == 0
    assert "Tutup tahun 2023" in text
    assert not typed or "Yang diketik bukan 2023. Tahun belum ditutup." in text


@pytest.mark.parametrize("year", ["", "abc", "1800", "2099"])
def test_a_year_that_cannot_be_closed_has_no_page(page, client, year):
    assert client.get(page, {"year": year}).status_code == 302
    assert client.post(page, {"year": year, "typed_year": year}).status_code == 302
    assert ClosedYear.objects.count() == 0


def test_a_year_closed_already_has_no_page(page, client):
    ClosedYearFactory(year=YEAR)

    assert client.get(page, {"year": YEAR}).status_code == 302


def test_only_the_verifikator_sees_the_page(client, petugas):
    client.force_login(petugas)

    page = reverse("admin:audit_closedyear_close")
    assert client.get(page, {"year": YEAR}).status_code == 403


def test_the_reports_say_which_years_are_closed(client, pimpinan):
    RevenueFactory(year=YEAR)
    ClosedYearFactory(year=YEAR, edition=2)
    client.force_login(pimpinan)

    text = client.get("/laporan/").content.decode()

    assert "ditutup, Edisi 2" in text
    assert text.count("ditutup, Edisi") == 1


def test_what_lacks_months_is_named_by_name_and_rooms_as_their_place_lists_them():
    for name in ("Sewa kios", "Retribusi"):
        RevenueFactory(year=YEAR, month=1, source_name=name, target=None, realised=1_000)
    later, earlier = (
        FacilityFactory(name=name, kind="cold_storage") for name in ("Timur", "Barat")
    )
    rooms = [(later, "A"), (earlier, "B"), (earlier, "A")]
    for place, name in rooms:
        StorageMonthFactory(chamber=ChamberFactory(facility=place, name=name), year=YEAR, month=4)
    gone = FacilityFactory(name="Lama", kind="cold_storage", archived=True)
    StorageMonthFactory(chamber=ChamberFactory(facility=gone), year=YEAR, month=4)

    assert remarks("Bulan yang belum terisi") == [
        "PAD Retribusi: 1 dari 12 bulan terisi.",
        "PAD Sewa kios: 1 dari 12 bulan terisi.",
        "Barat, B: 1 dari 12 bulan terisi.",
        "Barat, A: 1 dari 12 bulan terisi.",
        "Timur, A: 1 dari 12 bulan terisi.",
    ]
