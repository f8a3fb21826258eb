"""The charts of the first page: which figure stands in which of them, and how it is written."""

from datetime import date
from decimal import Decimal

import pytest

from balikpapan.dashboard.data import Board, ChamberUse, Figure, Health, Industries, RevenueYear
from balikpapan.dashboard.figures import (
    chamber_gauge,
    charts,
    industries_by_district,
    industries_by_year,
    percent,
    revenue_against_target,
    rupiah,
    short_rupiah,
    years_of_districts,
)

TODAY = date(2024, 11, 25)


def industries():
    return Industries(
        [2023, 2024],
        [Figure("2023", 1_200, "/23"), Figure("usaha IKM", 1_250, "/24")],
        [100, 2_000],
        {
            "Barat": [Figure("2023", 700, "/b23"), Figure("2024", 750, "/b24")],
            "Timur": [Figure("2023", 500, "/t23"), Figure("2024", 0, "/t24")],
        },
    )


def cells(chart):
    return [(label, [point.text for point in points]) for label, points in chart.rows]


def links(chart):
    return [[point.link for point in points] for _, points in chart.rows]


def test_the_ikm_of_a_year_stand_with_the_new_ones_of_it():
    chart = industries_by_year(industries())

    assert cells(chart) == [("2023", ["1.200", "100"]), ("2024", ["1.250", "2.000"])]
    assert links(chart) == [["/23", ""], ["/24", ""]]
    assert chart.note == "Tahun 2024 sampai hari ini."
    assert [words for _, words in chart.key] == ["tercatat sebelumnya", "baru tahun itu"]


def test_the_ikm_of_today_stand_by_kecamatan():
    chart = industries_by_district(industries())

    assert cells(chart) == [("Barat", ["750"]), ("Timur", ["0"])]
    assert links(chart) == [["/b24"], ["/t24"]]
    assert "2024 sampai hari ini" in chart.unit


def test_the_years_of_every_kecamatan_stand_side_by_side():
    table, small = years_of_districts(industries())

    assert table.headings == ["Kecamatan", "2023", "2024"]
    assert cells(table) == [("Barat", ["700", "750"]), ("Timur", ["500", "0"])]
    assert [name for name, _ in small] == ["Barat", "Timur"]
    assert "IKM Timur" in small[1][1]


def year_of(year, target, realised, compared=(None, None), status="final", months=""):
    return RevenueYear(year, target, realised, compared, status, f"/{year}", months)


def test_pad_stands_against_its_target_with_percent_growth_and_status():
    chart = revenue_against_target(
        [
            year_of(2022, None, 115_000_000, status="published"),
            year_of(2023, 200_000_000, None, status=""),
            year_of(2024, 400_000_000, 100_000_000, (100, 80), months="3 dari 12 bulan"),
        ]
    )

    assert chart.headings == ["Tahun", "Target", "Realisasi", "Capaian", "Pertumbuhan", "Status"]
    assert cells(chart) == [
        ("2022", ["–", "Rp115.000.000", "–", "–", "Angka publikasi"]),
        ("2023", ["Rp200.000.000", "–", "–", "–", "–"]),
        ("2024", ["Rp400.000.000", "Rp100.000.000", "25,0%", "25,0%", "Final, 3 dari 12 bulan"]),
    ]
    assert links(chart)[2] == ["/2024", "/2024", "", "", ""]
    assert "100,0" in chart.drawing


@pytest.mark.parametrize(
    ("compared", "growth"),
    [((150, 100), "0.5"), ((50, 100), "-0.5"), ((0, 100), "-1"), ((5, 0), None), ((None, 1), None)],
)
def test_growth_needs_both_years_and_a_base(compared, growth):
    year = year_of(2024, None, 1, compared)

    assert year.growth == (growth and Decimal(growth))


@pytest.mark.parametrize(
    ("status", "is_published"), [("published", True), ("final", False), ("", False)]
)
def test_pad_known_from_the_papers_only_is_told_apart(status, is_published):
    assert year_of(2024, None, 1, status=status).is_published == is_published


def chamber(*values):
    months = [Figure(f"Bulan {n}", value, f"/{n}") for n, value in enumerate(values, 1)]
    return ChamberUse("Gudang: Ruang A", Decimal("60.0"), months, "/ruang")


def test_a_room_is_as_full_as_in_its_last_known_month():
    chart = chamber_gauge(chamber(Decimal("0.5"), None, Decimal("0.25"), None))

    assert chart.unit == "pemakaian dari 60 ton, Bulan 3"
    assert cells(chart) == [("Bulan 1", ["50,0%"]), ("Bulan 3", ["25,0%"])]
    assert links(chart) == [["/1"], ["/3"]]
    assert "25,0%" in chart.drawing


def test_a_room_nothing_is_known_of_says_so():
    chart = chamber_gauge(chamber(None, None))

    assert (chart.unit, chart.rows) == ("pemakaian dari 60 ton, belum ada data", [])
    assert "–" in chart.drawing


@pytest.mark.parametrize(
    ("board", "names"),
    [
        (Board(TODAY), set()),
        (Board(TODAY, revenue=[], chambers=[]), set()),
        (Board(TODAY, industries=Industries([2024], [Figure("2024", 0)], [0], {})), set()),
        (Board(TODAY, industries=industries()), {"by_year", "by_district", "district_years"}),
        (Board(TODAY, revenue=[year_of(2024, 1, 1)]), {"revenue"}),
        (Board(TODAY, chambers=[chamber(None)]), {"chambers"}),
    ],
    ids=["nothing", "empty parts", "no ikm", "ikm", "pad", "rooms"],
)
def test_a_chart_is_drawn_of_what_the_reader_may_see_and_there_is(board, names):
    assert set(charts(board)) == names


@pytest.mark.parametrize(("total", "is_empty"), [(0, True), (1, False)])
def test_a_register_is_empty_until_its_first_ikm(total, is_empty):
    health = Health(Figure("", total), Figure("", 0), [], Figure("", 0))

    assert Board(TODAY, industries=industries(), health=health).is_empty == is_empty
    assert health.percent == (None if is_empty else 0)
    assert not Board(TODAY).is_empty


def test_money_and_shares_are_written_as_an_office_writes_them():
    assert (rupiah(1_500_000), rupiah(0), rupiah(None)) == ("Rp1.500.000", "Rp0", "–")
    assert (short_rupiah(330_280_000), short_rupiah(None)) == ("330,3", "–")
    assert (percent(Decimal("0.1234")), percent(0), percent(None)) == ("12,3%", "0,0%", "–")
