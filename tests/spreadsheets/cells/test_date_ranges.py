"""Cells that name a first and a last day."""

import datetime

import pytest

from balikpapan.spreadsheets.cells import DateManner, Read, read_date_range, read_until

MANNER = DateManner(datetime.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("17 - 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17-19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17 s.d. 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17 s/d 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17 sd 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17 sampai dengan 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("17/08/2024 - 19/08/2024", (2024, 8, 17), (2024, 8, 19)),
        ("17-08-2024 s/d 19-08-2024", (2024, 8, 17), (2024, 8, 19)),
        ("17-19/08/2024", (2024, 8, 17), (2024, 8, 19)),
        ("Sabtu - Senin, 17 s.d. 19 Agustus 2024", (2024, 8, 17), (2024, 8, 19)),
        ("28 Juli - 2 Agustus 2024", (2024, 7, 28), (2024, 8, 2)),
        ("30 Desember 2023 – 2 Januari 2024", (2023, 12, 30), (2024, 1, 2)),
        ("Jan 2023 - Des 2023", (2023, 1, 1), (2023, 12, 31)),
        ("Nopember 2023 s.d. Pebruari 2024", (2023, 11, 1), (2024, 2, 29)),
        ("Juli - September 2024", (2024, 7, 1), (2024, 9, 30)),
    ],
)
def test_a_range_gives_its_first_day_and_its_last_beside_it(text, start, end):
    result = read_date_range(text, MANNER)

    assert result.value == datetime.date(*start)
    assert result.related == (("end", datetime.date(*end)),)
    assert [(f.severity, f.code) for f in result.findings] == [("note", "date_range")]


@pytest.mark.parametrize(
    ("text", "day"), [("Mei 2024", 31), ("Bulan Februari 2023", 28), ("Peb. 2024", 29)]
)
def test_a_month_of_a_year_is_its_days_where_that_is_meant(text, day):
    result = read_date_range(text, MANNER, months=True)

    assert result.value.day == 1
    assert [(name, last.day) for name, last in result.related] == [("end", day)]
    assert [finding.code for finding in result.findings] == ["date_range"]
    assert "hanya menyebut bulannya" in read_date_range(text, MANNER).findings[0].message


@pytest.mark.parametrize("text", ["Mei", "05/2024", "2024", "Triwulan I 2024", "Mei 24 2024 x"])
def test_no_other_text_is_taken_for_a_month_of_a_year(text):
    assert read_date_range(text, MANNER, months=True).has_error


@pytest.mark.parametrize("value", ["17 Agustus 2024", "17-08-2024", datetime.date(2024, 8, 17)])
def test_a_single_day_stays_one(value):
    assert read_date_range(value, MANNER) == Read(datetime.date(2024, 8, 17))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("19 - 17 Agustus 2024", "range_reversed"),
        ("17 - 19 - 2024", "not_a_date"),
        ("30 - 31 Februari 2024", "not_a_date"),
        ("17 dan 19 Agustus 2024", "not_a_date"),
        ("Senin - Rabu", "not_a_date"),
        ("Juli - September", "not_a_date"),
        ("17 - 19 Agustus", "not_a_date"),
        ("a - " * 1000, "not_a_date"),
    ],
)
def test_what_is_no_range_is_refused(text, code):
    result = read_date_range(text, MANNER)

    assert result.has_error
    assert [finding.code for finding in result.findings] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "s/d 17 Agustus 2028",
        "s.d. tgl 17-08-2028",
        "Berlaku sampai dengan 17/08/2028",
        "17-08-2024 s/d 17-08-2028",
        "17 Agustus 2024 - 17 Agustus 2028",
    ],
)
def test_the_last_day_is_read_out_of_a_range_and_noted(text):
    read = read_until(text, MANNER)

    assert read.value == datetime.date(2028, 8, 17)
    assert [finding.code for finding in read.findings] == ["until"]


@pytest.mark.parametrize(
    "text", ["5 tahun", "s/d selesai", "s/d", "17 Agustus 2028 s/d 17 Agustus 2024"]
)
def test_what_names_no_last_day_is_refused(text):
    assert read_until(text, MANNER).has_error
