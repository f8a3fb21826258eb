"""One table of a year: which IKM were chosen, what its page offers, and what its files are called."""

import io

import openpyxl
import pytest
from django.utils import timezone

from balikpapan.audit.years import FIRST_YEAR, LAST_YEAR
from balikpapan.yearbook import views
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    KecamatanFactory,
    KelurahanFactory,
    RevenueFactory,
    ScaleRuleFactory,
)
from tests.pages import messages_of

pytestmark = pytest.mark.django_db

YEAR = 2024
TABLE = f"/laporan/{YEAR}/ikm-kelompok/"
LIST = f"/laporan/{YEAR}/daftar-ikm/"


@pytest.fixture
def reader(client, pimpinan):
    client.force_login(pimpinan)
    return client


@pytest.fixture
def chosen(db):
    """Six IKM of which each choice means some; the choice by its name in the address."""
    ScaleRuleFactory(workers_max=19, result="small")
    ScaleRuleFactory(workers_min=20, result="medium", label="Menengah")
    place = KelurahanFactory(kecamatan__name="Barat Uji")
    group = IndustryGroupFactory(name="Pangan Uji")
    firms = [
        BusinessFactory(kelurahan=place, group=group),
        BusinessFactory(kelurahan=place, status="inactive"),
        BusinessFactory(group=group, status="inactive"),
        BusinessFactory(group=group),
        BusinessFactory(),
        BusinessFactory(status="inactive"),
    ]
    for firm, workers in zip(firms, (3, 30, 30, 3, 30, 3), strict=True):
        BusinessYearFactory(
            business=firm, workers_male=None, workers_female=None, workers_total=workers
        )
    BusinessYearFactory(business=firms[0], year=YEAR - 1, workers_male=0, workers_total=40)
    return {
        "kecamatan": place.kecamatan_id,
        "kelompok": group.pk,
        "skala": "medium",
        "status": "inactive",
    }


def units_of(page):
    return page.context["tables"][0]["foot"]["cells"][1]["text"]


@pytest.mark.parametrize(
    ("names", "units", "words"),
    [
        ([], "6", None),
        (["kecamatan"], "2", "Kecamatan Barat Uji"),
        (["kelompok"], "3", "Kelompok Pangan Uji"),
        (["skala"], "3", "Skala menengah"),
        (["status"], "3", "Status tidak aktif"),
        (["kecamatan", "kelompok"], "1", "Kecamatan Barat Uji; Kelompok Pangan Uji"),
        (["kelompok", "skala"], "1", "Kelompok Pangan Uji; Skala menengah"),
        (["skala", "status"], "2", "Skala menengah; Status tidak aktif"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else None,
)
def test_a_table_counts_the_chosen_ikm_and_names_the_choice(names, units, words, chosen, reader):
    page = reader.get(TABLE, {name: chosen[name] for name in names})

    assert units_of(page) == units
    subtitle = page.context["tables"][0]["subtitle"]
    assert words is None or subtitle[-1] == words


def test_nothing_archived_can_be_chosen(chosen, reader):
    gone, group = KecamatanFactory(archived=True), IndustryGroupFactory(archived=True)

    page = reader.get(TABLE, {"kecamatan": gone.pk, "kelompok": group.pk})

    assert set(page.context["form"].errors) == {"kecamatan", "kelompok"}
    assert units_of(page) == "6"


def test_the_choice_goes_on_to_the_files_and_is_none_of_the_public(chosen, reader):
    asked = {"kecamatan": chosen["kecamatan"], "status": "", "banding": YEAR - 1, "lain": "x"}

    page = reader.get(TABLE, asked)
    public = reader.get(TABLE, {**asked, "umum": "1"})

    assert page.context["query"] == f"?banding={YEAR - 1}&kecamatan={chosen['kecamatan']}"
    assert public.context["query"] == f"?umum=1&banding={YEAR - 1}"
    assert (page.context["public"], public.context["public"]) == (False, True)
    assert public.context["form"] is None


def test_the_page_is_called_by_the_number_of_its_table_and_the_list_by_its_name(chosen, reader):
    number, title = reader.get(TABLE).context["title"].split(". ", 1)

    assert number == "Tabel 2"
    assert title.startswith("Jumlah IKM menurut kelompok industri")
    assert "Tabel" not in reader.get(LIST).context["title"]
    compared = reader.get(TABLE, {"banding": YEAR - 1}).context["title"]
    assert compared.endswith(f", perbandingan tahun {YEAR - 1} dan {YEAR}")


def test_the_years_to_compare_with_are_those_on_record_newest_first(chosen, reader):
    RevenueFactory(year=2015)
    RevenueFactory(year=2014, archived=True)
    last = timezone.localdate().year - 1

    page = reader.get(TABLE)

    years = page.context["years"]
    assert years == sorted({last, YEAR - 1, 2015} - {YEAR}, reverse=True)
    assert page.context["may_compare"]
    assert not reader.get(LIST).context["may_compare"]
    assert not reader.get(f"/laporan/{YEAR}/pad/").context["may_compare"]


def test_a_screen_shows_the_first_of_a_list_and_its_workbook_all(reader, monkeypatch):
    monkeypatch.setattr(views, "ON_SCREEN", 2)
    for name in ("Amplang", "Batik", "Cendol"):
        BusinessFactory(name=name)

    page = reader.get(LIST).content.decode()
    file = reader.get(f"{LIST}unduh/xlsx/").content

    assert ("Batik" in page, "Cendol" in page) == (True, False)
    sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Amplang", "Batik", "Cendol"} <= cells


@pytest.mark.parametrize(("count", "is_printed"), [(2, True), (3, False)])
def test_a_list_too_long_for_paper_is_refused_with_the_number(
    count, is_printed, reader, monkeypatch
):
    monkeypatch.setattr(views, "MOST_ON_PAPER", 2)
    BusinessFactory.create_batch(count)

    response = reader.get(f"{LIST}unduh/pdf/", follow=True)

    assert response.content.startswith(b"%PDF") == is_printed
    if not is_printed:
        assert messages_of(response)[0].startswith("Daftar ini lebih dari 2 baris")
        assert response.redirect_chain[-1][0] == LIST
    assert reader.get(f"{LIST}unduh/xlsx/").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("asked", "suffix"), [({}, ""), ({"umum": "1"}, "-umum"), ({"umum": "0"}, "")], ids=str
)
def test_a_file_is_called_by_its_table_and_year(asked, suffix, reader):
    file = reader.get(f"{TABLE}unduh/xlsx/", asked)

    assert file["Content-Disposition"].endswith(f"'ikm-kelompok-{YEAR}{suffix}.xlsx")


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_years_beyond_those_a_record_may_have_have_no_pages(year, reader):
    assert reader.get(f"/laporan/{year}/").status_code == 404


@pytest.mark.parametrize("edition", ["0", "9", "12345", "satu"])
def test_an_edition_there_is_none_of_is_not_shown_from_live_figures(edition, reader):
    response = reader.get(TABLE, {"edisi": edition}, follow=True)

    is_a_number = edition.isdigit() and len(edition) < 5
    assert bool(response.redirect_chain) == is_a_number
