import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import DateManner, Read, read_date, read_year
from balikpapan.spreadsheets.model import Percent
from tests.spreadsheets.findings import codes

TODAY = datetime.date(2026, 3, 1)
EVENT = DateManner(TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 Agustus 2021", (2021, 8, 17)),
        ("17-Agt-2021", (2021, 8, 17)),
        ("17 Agu 2021", (2021, 8, 17)),
        ("17Agustus2021", (2021, 8, 17)),
        ("17 August 2021", (2021, 8, 17)),
        ("August 17, 2021", (2021, 8, 17)),
        ("Senin, 2 Mei 2022", (2022, 5, 2)),
        ("Jum'at, 3 Mei 2024", (2024, 5, 3)),
        ("Jum’at 3 Mei 2024", (2024, 5, 3)),
        ("Monday, August 17, 2020", (2020, 8, 17)),
        ("3 Pebruari 2020", (2020, 2, 3)),
        ("3 NOP. 2020", (2020, 11, 3)),
        ("03/04/2021", (2021, 4, 3)),
        ("13/04/2021", (2021, 4, 13)),
        ("3-4-2021", (2021, 4, 3)),
        ("03.04.2021", (2021, 4, 3)),
        ("03 04 2021", (2021, 4, 3)),
        ("03 / 04 / 2021", (2021, 4, 3)),
        ("2021-04-03", (2021, 4, 3)),
        ("2021-04-03T00:00:00", (2021, 4, 3)),
        ("2021-04-03 00:00:00+08:00", (2021, 4, 3)),
        ("'03/04/2021", (2021, 4, 3)),
        (" 03/04/2021\xa0", (2021, 4, 3)),
        ("29/02/2020", (2020, 2, 29)),
    ],
)
def test_a_date_is_read_day_first(text, day):
    assert read_date(text, today=TODAY) == Read(datetime.date(*day))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("04/13/2021", "ambiguous_date"),
        ("13/13/2021", "not_a_date"),
        ("29 Feb 2021", "not_a_date"),
        ("29-02-1900", "not_a_date"),
        ("00/00/0000", "not_a_date"),
        ("0000-00-00", "not_a_date"),
        ("31/04/2021", "not_a_date"),
        ("01/01/0021", "out_of_range"),
        ("01/01/021", "not_a_date"),
        ("01/01/2201", "out_of_range"),
        ("31/12/1899", "out_of_range"),
        ("2024", "not_a_date"),
        ("44425", "not_a_date"),
        ("20240512", "not_a_date"),
        ("44.425", "not_a_date"),
        ("Mei 2022", "not_a_date"),
        ("12 Mei", "not_a_date"),
        ("12 Foo 2022", "not_a_date"),
        ("Balikpapan, 12 Mei 2024", "not_a_date"),
        ("12 s.d. 14 Mei 2024", "not_a_date"),
        ("12/05/2024 25:00", "not_a_date"),
        ("anjai", "not_a_date"),
        ("1/1/1" * 100, "not_a_date"),
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused(text, code):
    result = read_date(text, today=TODAY)

    assert codes(result) == [code]
    assert result.has_error


@pytest.mark.parametrize("value", [44425, 44425.5, 2024, 60])
def test_a_plain_number_is_no_date(value):
    result = read_date(value, today=TODAY)

    assert codes(result) == ["not_a_date"]
    assert "angka, bukan tanggal" in result.findings[0].message


@pytest.mark.parametrize("value", [True, datetime.time(3), Percent(0.5), float("nan")])
def test_a_cell_of_another_kind_is_no_date(value):
    assert codes(read_date(value, today=TODAY)) == ["not_a_date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17-Agt-21", (2021, 8, 17)),
        ("12-05-24", (2024, 5, 12)),
        ("01/03/26", (2026, 3, 1)),
        ("02/03/26", (1926, 3, 2)),
        ("31/12/99", (1999, 12, 31)),
        ("29-02-00", (2000, 2, 29)),
    ],
)
def test_a_year_of_two_digits_is_the_nearest_past_and_noted(text, day):
    result = read_date(text, today=TODAY)

    assert result.value == datetime.date(*day)
    assert codes(result) == ["two_digit_year"]
    assert str(day[0]) in result.findings[0].message


@pytest.mark.parametrize(
    "zone", [None, datetime.UTC, datetime.timezone(datetime.timedelta(hours=8))]
)
def test_the_calendar_day_never_shifts(zone):
    midnight = datetime.datetime(2024, 1, 1, tzinfo=zone)
    evening = datetime.datetime(2024, 1, 1, 23, 59, tzinfo=zone)

    assert read_date(midnight, today=TODAY) == Read(datetime.date(2024, 1, 1))
    assert read_date(evening, today=TODAY).value == datetime.date(2024, 1, 1)
    assert codes(read_date(evening, today=TODAY)) == ["time_dropped"]


@pytest.mark.parametrize(
    "text", ["12/05/2024 23:59", "2024-05-12T08:30:15", "12 Mei 2024 pukul 08.30"]
)
def test_a_time_in_text_is_dropped_and_noted(text):
    result = read_date(text, today=TODAY)

    assert result.value == datetime.date(2024, 5, 12)
    assert codes(result) == ["time_dropped"]


def test_a_weekday_that_does_not_fit_is_a_warning():
    result = read_date("Selasa, 2 Mei 2022", today=TODAY)

    assert result.value == datetime.date(2022, 5, 2)
    assert [(f.severity, f.code) for f in result.findings] == [("warning", "implausible")]


@pytest.mark.parametrize("day", [(1899, 12, 31), (1900, 2, 28), (2101, 1, 1)])
def test_a_date_cell_that_excel_cannot_mean_is_refused(day):
    assert codes(read_date(datetime.date(*day), today=TODAY)) == ["out_of_range"]


@pytest.mark.parametrize("day", [(1900, 3, 1), (2024, 5, 12), (2100, 12, 31)])
def test_a_date_cell_is_taken_as_it_is(day):
    assert read_date(datetime.date(*day), today=TODAY) == Read(datetime.date(*day))


@settings(deadline=None)
@given(
    day=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    form=st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]),
)
def test_a_date_as_it_is_written_comes_back(day, form):
    assert read_date(day.strftime(form), today=TODAY) == Read(day)


@settings(deadline=None)
@given(day=st.dates(datetime.date(1926, 3, 2), TODAY))
def test_a_two_digit_year_never_lies_ahead(day):
    assert read_date(day.strftime("%d/%m/%y"), today=TODAY).value == day


@pytest.mark.parametrize("value", [2024, 2024.0, "2024", " 2024 ", "'2024", "2024."])
def test_a_year_has_four_digits(value):
    assert read_year(value) == Read(2024)


@pytest.mark.parametrize("value", ["TAHUN 2024", "Th. 2024", "thn 2024"])
def test_the_word_before_a_year_is_dropped_and_noted(value):
    result = read_year(value)

    assert result.value == 2024
    assert codes(result) == ["unit_dropped"]


@pytest.mark.parametrize("value", ["Maret 2020", "bulan Mei 2020", "Sept. 2020"])
def test_the_month_before_a_year_is_dropped_only_where_it_may(value):
    read = read_year(value, of_event=EVENT)

    assert (read.value, codes(read)) == (2020, ["unit_dropped"])
    assert codes(read_year(value)) == ["not_a_year"]
    assert codes(read_year("Jalan 2020", of_event=EVENT)) == ["not_a_year"]


@pytest.mark.parametrize(
    "value",
    [datetime.date(2024, 1, 1), "2.024", "24", "2020/2021", "2024,5", 2024.5, True, "dua ribu", ""]
    + [float("inf"), Percent(20.24)],
)
def test_what_is_no_year_is_refused(value):
    result = read_year(value)

    assert codes(result) == (["not_a_year"] if value != "" else [])


@pytest.mark.parametrize(
    ("value", "year", "code"),
    [
        (datetime.date(2015, 5, 12), 2015, "year_of_date"),
        (datetime.datetime(2015, 1, 1), 2015, "year_of_date"),
        ("12 Mei 2015", 2015, "year_of_date"),
        ("12-5-15", 2015, "year_of_date"),
        ("12/05/2015", 2015, "unit_dropped"),
        ("05/2015", 2015, "unit_dropped"),
        ("sejak 2015", 2015, "unit_dropped"),
        ("Berdiri sejak th. 2015", 2015, "unit_dropped"),
        ("± 2015", 2015, "approximate_year"),
        ("sekitar tahun 2015", 2015, "approximate_year"),
        ("awal 2015", 2015, "approximate_year"),
    ],
    ids=str,
)
def test_the_year_of_an_event_is_read_from_its_date_or_with_words(value, year, code):
    read = read_year(value, of_event=EVENT)

    assert (read.value, codes(read)) == (year, [code])
    assert read_year(value).has_error


@pytest.mark.parametrize(
    "value", ["2015-an", "sebelum 2000", "< 2000", "5 tahun", "15", "Jl. 2015"]
)
def test_what_is_no_year_of_an_event_is_refused(value):
    assert codes(read_year(value, of_event=EVENT)) == ["not_a_year"]


@pytest.mark.parametrize("value", ["2023/2024", "2023-24", "2015 s/d 2020", "Th 2015 - sekarang"])
def test_several_years_in_one_cell_are_told_apart(value):
    for manner in (None, EVENT):
        [finding] = read_year(value, of_event=manner).findings
        assert finding.code == "not_a_year"
        assert "lebih dari satu tahun" in finding.message


def test_a_year_typed_into_a_cell_of_dates_is_told():
    [finding] = read_year(datetime.date(1905, 7, 7), of_event=EVENT).findings

    assert "angka 2015 dalam sel berformat tanggal" in finding.message


def test_marks_and_zeros_behind_a_year_are_no_part_of_it():
    assert codes(read_year("2024*)")) == ["unit_dropped"]
    assert read_year("2024.0") == Read(2024)


def test_a_day_where_a_year_belongs_is_told_to_be_a_day():
    [of_day] = read_year(datetime.date(2024, 1, 1)).findings
    [of_word] = read_year("dua ribu").findings

    assert "bukan tahun, melainkan tanggal. Isi empat angka" in of_day.message
    assert "bukan tahun. Isi empat angka" in of_word.message


@pytest.mark.parametrize("value", [1899, "2101", 45000, 0, -5])
def test_a_year_outside_its_limits_is_refused(value):
    assert codes(read_year(value)) == ["out_of_range"]
