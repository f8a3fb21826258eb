"""Tables 1 to 6: every figure equals a query written without the program."""

import pytest
from django.db import connection
from django.db.models import F

from industry import reports
from industry.models import Business, BusinessYear
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    KelurahanFactory,
    ScaleRuleFactory,
)

from .messy import make_register

pytestmark = pytest.mark.django_db

YEAR = 2024
COUNTING = """
    FROM industry_business b
    LEFT JOIN industry_businessyear y
      ON y.business_id = b.id AND y.year = 2024 AND y.archived_at IS NULL
    LEFT JOIN regions_kelurahan w ON w.id = b.kelurahan_id
    LEFT JOIN regions_kecamatan d ON d.id = COALESCE(w.kecamatan_id, b.kecamatan_id)
    LEFT JOIN industry_industrygroup g ON g.id = b.group_id
    LEFT JOIN industry_kbli k ON k.id = b.kbli_id
    WHERE b.archived_at IS NULL AND COALESCE(b.founded_year, b.listed_year) <= 2024
      AND (b.closed_year IS NULL OR b.closed_year > 2024)
      AND NOT (COALESCE(y.workers_total, 0) >= 20 AND COALESCE(y.investment, 0) > 15000000000)
"""
SUMS = """
    COUNT(*), SUM(y.workers_male), SUM(y.workers_female), SUM(y.workers_total),
    SUM(y.investment), SUM(y.production_value)
"""
SCALE = """
    CASE WHEN y.workers_total IS NULL OR y.investment IS NULL THEN 'Belum dapat ditentukan'
         WHEN y.workers_total <= 19 AND y.investment < 1000000000 THEN 'Kecil'
         WHEN y.workers_total <= 19 OR y.investment <= 15000000000 THEN 'Menengah'
         ELSE 'Besar' END
"""
CLASS = """
    CASE WHEN y.investment IS NULL THEN 'Belum dapat ditentukan'
         WHEN y.investment <= 1000000000 THEN 'Usaha mikro' ELSE 'Usaha kecil' END
"""


def sql(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def one(query):
    [row] = sql(query)
    return row


def rows_of(table, kind="row"):
    """The lines of a table by their first word, without those where nothing counts."""
    return {row.values[0]: row.values[1:] for row in table.rows if row.kind == kind}


def counted(table, kind="row"):
    return {label: values for label, values in rows_of(table, kind).items() if values[0]}


def grouped(expression, sums=SUMS):
    return {
        label: tuple(values)
        for label, *values in sql(f"SELECT {expression}, {sums} {COUNTING} GROUP BY 1")
    }


@pytest.fixture
def register():
    make_register()


def test_the_messy_register_has_what_a_report_can_stumble_over(register):
    of_2024 = BusinessYear.objects.filter(year=YEAR)

    assert 0 < Business.objects.counting_in(YEAR).count() < Business.objects.kept().count()
    assert Business.objects.kept().filter(founded_year=None, listed_year=None).exists()
    assert Business.objects.kept().filter(closed_year__lte=YEAR).exists()
    assert of_2024.filter(workers_total=None).exists()
    assert of_2024.exclude(archived_at=None).exists()
    moved = Business.objects.counting_in(YEAR).exclude(kelurahan__kecamatan=F("kecamatan"))
    assert moved.filter(kelurahan__isnull=False).exists()


# Table 1


def test_table_1_counts_every_kelurahan_as_sql_does(register):
    expected = grouped("COALESCE(w.name, d.name, '')")
    table = reports.region_table(YEAR)

    wards, unknown = {}, {}
    place = None
    for row in table.rows:
        if row.kind == "section":
            place = row.values[0].removeprefix("Kecamatan ")
        elif row.kind == "row" and row.values[1]:
            here = unknown if row.values[0] == "Belum diketahui" else wards
            key = place.removeprefix("belum diketahui") if here is unknown else row.values[0]
            here[key] = row.values[1:]

    assert wards | unknown == expected
    assert len(unknown) == 2


def test_the_subtotals_of_table_1_are_those_of_the_kecamatan(register):
    expected = grouped("'Jumlah ' || d.name")
    del expected[None]

    assert counted(reports.region_table(YEAR), "subtotal") == expected


def test_the_total_of_table_1_is_the_sum_over_all_that_count(register):
    assert reports.region_table(YEAR).total_row.values[1:] == one(f"SELECT {SUMS} {COUNTING}")


def test_a_kelurahan_without_ikm_stands_in_table_1_with_zero_and_no_figures():
    ward = KelurahanFactory()

    assert rows_of(reports.region_table(YEAR))[ward.name] == (0, None, None, None, None, None)


def test_an_archived_kelurahan_stays_in_table_1_while_an_ikm_counts_there():
    gone, used = KelurahanFactory(archived=True), KelurahanFactory(archived=True)
    BusinessFactory(kelurahan=used)

    labels = rows_of(reports.region_table(YEAR))

    assert used.name in labels
    assert gone.name not in labels


def test_what_nobody_reported_stays_unknown_and_a_reported_zero_is_zero():
    silent, nought = KelurahanFactory(), KelurahanFactory()
    BusinessYearFactory(business__kelurahan=silent, investment=None)
    BusinessYearFactory(business__kelurahan=nought, investment=0)

    rows = rows_of(reports.region_table(YEAR))

    assert rows[silent.name][4] is None
    assert rows[nought.name][4] == 0


def test_the_tables_say_how_many_of_the_ikm_reported(register):
    units, reporting, workers, investment, production = one(
        "SELECT COUNT(*), COUNT(y.id), COUNT(y.workers_total), COUNT(y.investment), "
        f"COUNT(y.production_value) {COUNTING}"
    )
    note = (
        f"Data tahun 2024: {reporting} dari {units} IKM melaporkan (tenaga kerja {workers}, "
        f"nilai investasi {investment}, nilai produksi {production}). "
        "Yang tidak dilaporkan tidak dihitung sebagai nol."
    )

    for table in (
        reports.region_table(YEAR),
        reports.group_table(YEAR),
        reports.division_table(YEAR),
        reports.scale_table(YEAR),
        reports.umkm_table(YEAR),
        reports.figures_table(YEAR),
    ):
        assert table.notes[0] == note


# Tables 2 and 3


def test_table_2_counts_every_kelompok_as_sql_does(register):
    assert counted(reports.group_table(YEAR)) == grouped("COALESCE(g.name, 'Belum diisi')")


def test_an_archived_kelompok_leaves_table_2_when_no_ikm_counts_in_it():
    _, used = IndustryGroupFactory(archived=True), IndustryGroupFactory(archived=True)
    BusinessFactory(group=used)

    assert list(rows_of(reports.group_table(YEAR))) == [used.name]


def test_table_3_groups_both_kbli_versions_by_their_first_two_digits(register):
    titles = {"10": "Makanan 2020", "31": "Golongan pokok 31", "14": "Golongan pokok 14"}
    expected = {
        titles.get(code, "Belum diisi"): values
        for code, values in grouped("SUBSTR(k.code, 1, 2)").items()
    }

    table = reports.division_table(YEAR)

    assert {row.values[1]: row.values[2:] for row in table.rows} == expected
    assert [row.values[0] for row in table.rows] == ["10", "14", "31", None]


def test_table_3_takes_the_titles_of_kbli_2025_from_2026_on(register):
    titles = [row.values[1] for row in reports.division_table(2026).rows]

    assert titles[0] == "Makanan 2025"


# Table 4


@pytest.mark.parametrize(
    ("table", "expression"),
    [
        pytest.param(reports.scale_table, SCALE, id="scale"),
        pytest.param(reports.umkm_table, CLASS, id="class"),
    ],
)
def test_table_4_tells_scale_and_class_as_sql_does(register, table, expression):
    assert counted(table(YEAR)) == grouped(expression)


def test_table_4_names_the_rule_in_force(register):
    notes = " ".join(reports.scale_table(YEAR).notes)

    assert "Aturan Uji 1/2016, berlaku sejak 1 Januari 2016." in notes
    assert "PP Uji 7/2021" not in notes


def test_table_4_takes_the_rule_of_the_year(register):
    assert "Lama" in rows_of(reports.scale_table(2015))
    assert "Lama" not in rows_of(reports.scale_table(2016))


def test_without_a_rule_every_scale_stays_open():
    BusinessYearFactory()
    ScaleRuleFactory(archived=True)

    table = reports.scale_table(YEAR)

    assert {label: values[0] for label, values in rows_of(table).items()} == {
        "Belum dapat ditentukan": 1
    }
    assert "Belum ada aturan yang berlaku pada 31 Desember 2024." in table.notes


# Table 5


def test_table_5_adds_up_what_every_kelompok_reported(register):
    sums = """
        COUNT(*), COUNT(y.id), SUM(y.workers_male), SUM(y.workers_female), SUM(y.workers_total),
        SUM(y.investment), SUM(y.investment_land_building), SUM(y.raw_material_value),
        SUM(y.production_value), SUM(y.turnover)
    """

    table = reports.figures_table(YEAR)

    assert counted(table) == grouped("COALESCE(g.name, 'Belum diisi')", sums)
    assert table.total_row.values[1:] == one(f"SELECT {sums} {COUNTING}")


# Table 6

LARGE = """
    EXISTS (
        SELECT 1 FROM industry_businessyear l
        WHERE l.business_id = b.id AND l.archived_at IS NULL AND l.year = {year}
          AND l.workers_total >= 20 AND l.investment > 15000000000
    )
"""
FLOWS = (
    """
    SUM(CASE WHEN first < {year} AND (closed IS NULL OR closed >= {year}) AND NOT was_large
        THEN 1 ELSE 0 END),
    SUM(CASE WHEN first = {year} AND NOT is_large THEN 1 ELSE 0 END),
    SUM(CASE WHEN closed = {year} AND NOT was_large THEN 1 ELSE 0 END),
    SUM(CASE WHEN first <= {year} AND (closed IS NULL OR closed > {year}) AND NOT is_large
        THEN 1 ELSE 0 END)
    FROM (
        SELECT COALESCE(founded_year, listed_year) AS first, closed_year AS closed,
               COALESCE(d.name, 'Belum diketahui') AS district,
    """
    + LARGE
    + " AS is_large, "
    + LARGE.format(year="{year} - 1")
    + """ AS was_large
        FROM industry_business b LEFT JOIN regions_kelurahan w ON w.id = b.kelurahan_id
        LEFT JOIN regions_kecamatan d ON d.id = COALESCE(w.kecamatan_id, b.kecamatan_id)
        WHERE b.archived_at IS NULL
    ) kept
"""
)


def test_table_6_follows_the_ikm_from_one_year_end_to_the_next(register):
    expected = {
        label: tuple(values)
        for label, *values in sql(f"SELECT district, {FLOWS.format(year=YEAR)} GROUP BY 1")
    }

    assert rows_of(reports.movement_table(YEAR)) == expected


def test_table_6_looks_back_over_four_years(register):
    expected = {year: one(f"SELECT {FLOWS.format(year=year)}") for year in range(2021, 2025)}

    assert rows_of(reports.movement_by_year_table(YEAR)) == expected


def test_table_6_explains_a_closing_position_that_does_not_add_up():
    BusinessFactory(founded_year=None, listed_year=2024, closed=2022)

    notes = reports.movement_table(YEAR).notes

    assert any("mendahului tahun terdatanya" in note for note in notes)


def test_table_6_of_an_orderly_register_needs_no_explanation():
    BusinessFactory(founded_year=2024)
    BusinessFactory(closed=2024)

    [note] = reports.movement_table(YEAR).notes

    assert "mendahului" not in note
