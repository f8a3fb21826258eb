"""Lists as offices really keep them, from the first upload to the next year's."""

import pytest

from balikpapan.regions.matching import RegionNames
from industry.models import Business, BusinessYear
from tests.intake.importing import asked, load, look, problems_of, tally
from tests.sheets import city_list, delimited, printed_list, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ANSWERS = {"year": 2023, "unit": "rupiah"}


# The list of another city


def test_it_asks_exactly_for_the_unit_and_the_year():
    outcome = look(city_list())

    assert outcome.status == "needs_answer"
    assert sorted(asked(outcome)) == ["unit", "year"]
    [unit] = [question for question in outcome.questions if question.key == "unit"]
    assert unit.suggestion == "rupiah"


def test_answered_every_row_is_a_new_business_with_its_figures():
    upload = load(city_list(), **ANSWERS)

    assert tally(upload) == (60, 0, 0, 0, 0)
    assert Business.objects.count() == BusinessYear.objects.count() == 60
    first = Business.objects.get(name__startswith="Usaha Contoh Babacido")
    assert first.years.get().investment == 5_250_000


def test_no_ward_of_this_city_is_taken_from_the_addresses_of_another():
    load(city_list(), **ANSWERS)

    assert not Business.objects.exclude(kelurahan=None, kecamatan=None).exists()
    assert RegionNames().find("kelurahan", "Mekar Sari")  # there is one of that name here


def test_the_same_list_again_changes_nothing():
    load(city_list(), **ANSWERS)

    assert tally(look(city_list(), **ANSWERS)) == (0, 0, 60, 0, 0)


@pytest.mark.parametrize("near", [None, "update"])
def test_the_list_of_the_next_year_makes_no_second_business(near):
    load(city_list(), **ANSWERS)

    upload = load(city_list(moved=10), year=2024, unit="rupiah", near=near)

    assert upload.counts["new"] == 0
    assert Business.objects.count() == 60
    assert upload.counts["held"] == (20 if near is None else 0)
    assert BusinessYear.objects.filter(year=2024).count() == (40 if near is None else 60)


def test_a_next_year_doubt_is_one_question_for_the_whole_file():
    load(city_list(), **ANSWERS)

    outcome = look(city_list(moved=10), year=2024, unit="rupiah")

    assert asked(outcome) == ["near"]
    assert "20 baris" in outcome.questions[0].about


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_same_list_as_csv_is_the_same_list(delimiter):
    load(city_list(), **ANSWERS)

    outcome = look(delimited(city_list(), delimiter=delimiter), name="data.csv", **ANSWERS)

    assert tally(outcome) == (0, 0, 60, 0, 0)


# The printed list of this city

BANDS = {
    "Balikpapan Timur": [
        ("Amplang Siti", "Siti Contoh", 1, 2, 300, "kg", 1_500, 20_000),
        ("Batik Rumi", "Rumi Contoh", 0, 2, 20, "lembar", 2_500, 30_000),
    ],
    "Balikpapan Kota": [("Roti Ani", "Ani Contoh", 3, 1, 400, "kg", 3_500, 40_000)],
}


def test_a_printed_list_needs_no_answer():
    outcome = look(printed_list(BANDS))

    assert (outcome.status, asked(outcome)) == ("planned", [])
    assert tally(outcome)[0] == 3
    assert problems_of(outcome, "total_mismatch") == []


def test_its_bands_units_and_year_are_stored():
    load(printed_list(BANDS))

    rows = Business.objects.order_by("name").values_list(
        "name", "kecamatan__name", "years__year", "years__workers_total", "years__investment"
    )
    assert list(rows) == [
        ("Amplang Siti", "Balikpapan Timur", 2024, 3, 1_500_000),
        ("Batik Rumi", "Balikpapan Timur", 2024, 2, 2_500_000),
        ("Roti Ani", "Balikpapan Kota", 2024, 4, 3_500_000),
    ]


def test_every_row_of_it_is_accounted_for_with_a_reason():
    outcome = look(printed_list(BANDS))

    [sheet] = outcome.sheets_json()
    reasons = [entry["reason"] for entry in sheet["ignored"]]
    assert sum(tally(outcome)) == outcome.counts["rows"]
    assert reasons.count("judul kecamatan") == reasons.count("baris jumlah") == 2
    assert "blok tanda tangan" in reasons


def test_one_sheet_per_kecamatan_is_read_as_one_list():
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja"]
    content = workbook(
        {
            "Balikpapan Timur": [heading, ["Amplang", 2024, 3]],
            "Balikpapan Kota": [heading, ["Roti", 2024, 3]],
            "Rekap": [["Uraian", "Jumlah IKM"], ["Timur", 1]],
            "Lama": [heading, ["Kuno", 2020, 1]],
        },
        hidden=["Lama"],
    )

    upload = load(content)

    assert tally(upload) == (2, 0, 0, 0, 0)
    assert dict(Business.objects.values_list("name", "kecamatan__name")) == {
        "Amplang": "Balikpapan Timur",
        "Roti": "Balikpapan Kota",
    }
    unread = {sheet["name"]: sheet["reason"] for sheet in upload.sheets if not sheet["read"]}
    assert set(unread) == {"Rekap", "Lama"}
    assert all(unread.values())


def test_a_hidden_sheet_is_read_when_it_is_named():
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja"]
    content = workbook(
        {"Data": [heading, ["Amplang", 2024, 3]], "Lama": [heading, ["Kuno", 2020, 1]]},
        hidden=["Lama"],
    )

    load(content, sheets=["Lama"])

    assert list(Business.objects.values_list("name", flat=True)) == ["Kuno"]
