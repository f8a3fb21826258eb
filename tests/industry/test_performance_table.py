"""The kertas kerja: whose figure stands where, what an unmeasured target says, and each grade."""

from decimal import Decimal

import pytest

from industry.reports.performance import grade, performance_table
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    ParticipationFactory,
    PerformanceTargetFactory,
    ProgrammeFactory,
    RevenueFactory,
)

YEAR = 2024


@pytest.mark.parametrize(
    ("achieved", "name"),
    [
        ("90.01", "Sangat Tinggi"),
        ("90", "Tinggi"),
        ("75.01", "Tinggi"),
        ("75", "Sedang"),
        ("65.01", "Sedang"),
        ("65", "Rendah"),
        ("50.01", "Rendah"),
        ("50", "Sangat Rendah"),
        ("-3", "Sangat Rendah"),
        (None, ""),
    ],
)
def test_a_grade_begins_above_its_bound(achieved, name):
    assert grade(achieved and Decimal(achieved)) == name


def cells(table, *keys):
    return [tuple(table.value(row, key) for key in keys) for row in table.rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"target": 80, "realised": 72}, (72, 90, "Tinggi", "Isian")),
        ({"target": 80, "realised": None}, (None, None, "", "Isian")),
        ({"target": 0, "realised": 5}, (5, None, "", "Isian")),
        ({"target": 80, "realised": 0}, (0, 0, "Sangat Rendah", "Isian")),
        ({"target": 80, "realised": 60, "lower_is_better": True}, (60, 125, "Sangat Tinggi", "Isian")),
        ({"target": 80, "realised": None, "lower_is_better": True}, (None, None, "", "Isian")),
        ({"indicator": " JUMLAH  IKM", "target": 4, "realised": 99}, (2, 50, "Sangat Rendah", "Register")),
        ({"indicator": "PAD", "target": 4, "realised": 99}, (None, None, "", "Register")),
    ],
    ids=str,
)  # fmt: skip
def test_a_target_stands_with_what_was_reached_and_nothing_where_nobody_measured(fields, line):
    BusinessFactory.create_batch(2)
    PerformanceTargetFactory(year=YEAR, **fields)

    table = performance_table(YEAR)

    assert cells(table, "realised", "achieved", "grade", "source") == [line]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("indicator", "reached"),
    [
        ("Jumlah IKM", 1),
        ("PAD sektor industri", 7),
        ("Realisasi PAD", 7),
        ("Sertifikat berlaku", 2),
        ("Kegiatan pembinaan", 3),
        ("Peserta pembinaan", 4),
    ],
)
def test_an_indicator_takes_the_count_of_its_own_register(indicator, reached):
    firm = BusinessFactory()
    CertificateFactory.create_batch(2, business=firm)
    ProgrammeFactory(year=YEAR - 1)
    ProgrammeFactory(year=YEAR, archived=True)
    programmes = ProgrammeFactory.create_batch(3, year=YEAR)
    for person in range(4):
        ParticipationFactory(programme=programmes[0], business=None, person=f"Orang {person}")
    RevenueFactory(year=YEAR, realised=7)
    RevenueFactory(year=YEAR - 1, realised=9)
    target = PerformanceTargetFactory(year=YEAR, indicator=indicator, target=10)

    table = performance_table(YEAR)

    [row] = table.rows
    assert table.value(row, "realised") == reached
    assert str(target.pk) in row.links["target"]
    assert row.links["realised"] == row.links["achieved"] != row.links["target"]


@pytest.mark.django_db
def test_the_targets_of_the_year_stand_by_objective_and_indicator():
    for objective, indicator, fields in (
        ("B", "Satu", {}),
        ("A", "Tiga", {}),
        ("A", "Dua", {}),
        ("A", "Arsip", {"archived": True}),
        ("A", "Lain", {"year": YEAR - 1}),
    ):
        PerformanceTargetFactory(objective=objective, indicator=indicator, **fields)

    table = performance_table(YEAR)

    assert cells(table, "objective", "indicator") == [("A", "Dua"), ("A", "Tiga"), ("B", "Satu")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "realised", "places"),
    [("80", "72", 0), ("80.5", "72", 2), ("80", "72.25", 2), ("80", None, 0)],
)
def test_decimals_are_printed_where_some_figure_has_them(target, realised, places):
    PerformanceTargetFactory(target=Decimal(target), realised=realised and Decimal(realised))

    columns = {column.key: column for column in performance_table(YEAR).columns}

    assert (columns["target"].places, columns["realised"].places) == (places, places)


@pytest.mark.django_db
@pytest.mark.parametrize(("lower", "indicator"), [(True, "Waktu layanan"), (False, "PAD")])
def test_the_notes_name_what_is_better_low_and_only_that(lower, indicator):
    PerformanceTargetFactory(indicator=indicator, lower_is_better=lower)
    RevenueFactory(year=YEAR, month=1, realised=7, target=None)

    notes = " ".join(performance_table(YEAR).notes)

    assert (f"Makin rendah makin baik: {indicator}." in notes) == lower
    assert ("dari 12 bulan" in notes) == (indicator == "PAD")


@pytest.mark.django_db
def test_the_objective_comes_before_its_indicator_and_those_before_the_figures():
    keys = [column.key for column in performance_table(2024).columns]

    assert keys[:6] == ["objective", "indicator", "unit", "target", "realised", "achieved"]
