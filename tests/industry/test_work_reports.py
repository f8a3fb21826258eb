"""Tables 7, 8 and 13 to 15: every figure equals a query written without the program."""

import datetime

import pytest
from django.db import connection

from industry import reports
from industry.choices import CertificateKind
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    ParticipationFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
)

from .messy import make_register

pytestmark = pytest.mark.django_db

YEAR = 2024
TODAY = datetime.date(2025, 1, 15)
LARGE = """
    EXISTS (
        SELECT 1 FROM industry_businessyear l
        WHERE l.business_id = b.id AND l.archived_at IS NULL AND l.year = {year}
          AND l.workers_total >= 20 AND l.investment > 15000000000
    )
"""
COUNTS = """
    b.archived_at IS NULL AND COALESCE(b.founded_year, b.listed_year) <= {year}
    AND (b.closed_year IS NULL OR b.closed_year > {year})
    AND NOT
"""
COUNTS += LARGE


def sql(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def one(query):
    [[value]] = sql(query)
    return value


def values_of(table):
    return {row.values[0]: tuple(row.values[1:]) for row in table.rows}


@pytest.fixture
def register():
    make_register()


# Table 7


def valid_in(year):
    return f"""
        ({COUNTS.format(year=year)} AND (c.issued_on IS NULL OR c.issued_on <= '{year}-12-31')
        AND (c.status = 'issued' AND (c.expires_on IS NULL OR c.expires_on >= '{year}-12-31')
             OR c.status = 'expired' AND c.expires_on >= '{year}-12-31'))
    """


CERTIFICATES = """
    FROM industry_certificate c JOIN industry_business b ON b.id = c.business_id
    WHERE c.archived_at IS NULL AND b.archived_at IS NULL
"""


def test_table_7_counts_certificates_as_sql_does(register):
    labels = dict(CertificateKind.choices)
    ends = "c.expires_on BETWEEN '2025-01-01' AND '2025-12-31'"
    issued = (
        "c.issued_on BETWEEN '2024-01-01' AND '2024-12-31' AND c.status IN ('issued', 'expired')"
    )
    expected = {
        labels[kind]: tuple(counts)
        for kind, *counts in sql(
            f"""SELECT c.kind,
                SUM(CASE WHEN {valid_in(YEAR)} THEN 1 ELSE 0 END),
                SUM(CASE WHEN {issued} THEN 1 ELSE 0 END),
                SUM(CASE WHEN {valid_in(YEAR)} AND {ends} THEN 1 ELSE 0 END),
                SUM(CASE WHEN c.facilitated_year = {YEAR} THEN 1 ELSE 0 END)
            {CERTIFICATES} GROUP BY c.kind"""
        )
    }
    unseen = {label: (0, 0, 0, 0) for label in labels.values() if label not in expected}

    table = reports.certificate_table(YEAR)

    assert values_of(table) == expected | unseen
    holders = one(f"SELECT COUNT(DISTINCT b.id) {CERTIFICATES} AND {valid_in(YEAR)}")
    assert table.notes[0].startswith(f"{holders} IKM")


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        pytest.param({}, 1, id="issued"),
        pytest.param({"expires_on": datetime.date(2024, 12, 31)}, 1, id="ends on the last day"),
        pytest.param({"expires_on": datetime.date(2024, 12, 30)}, 0, id="ended a day before"),
        pytest.param(
            {"status": "expired", "expires_on": datetime.date(2025, 3, 1)}, 1, id="ended since"
        ),
        pytest.param({"issued_on": datetime.date(2025, 1, 1)}, 0, id="issued later"),
        pytest.param({"status": "in_process"}, 0, id="in process"),
        pytest.param({"business__closed": 2024}, 0, id="of a business that closed"),
        pytest.param({"business__archived": True}, 0, id="of an archived business"),
        pytest.param({"archived": True}, 0, id="archived"),
    ],
)
def test_a_certificate_counts_as_valid_when_it_was_on_the_last_day(fields, valid):
    CertificateFactory(**fields)

    assert values_of(reports.certificate_table(YEAR))["P-IRT"][0] == valid


# Table 8


def test_table_8_lists_the_activities_of_the_year_with_their_participants(register):
    expected = {
        name: tuple(counts)
        for name, *counts in sql(
            f"""SELECT p.name, p.budget, COUNT(t.id), COUNT(DISTINCT b.id)
            FROM industry_programme p LEFT JOIN industry_participation t
              ON t.programme_id = p.id AND t.archived_at IS NULL
            LEFT JOIN industry_business b ON b.id = t.business_id AND b.archived_at IS NULL
            WHERE p.archived_at IS NULL AND p.year = {YEAR} GROUP BY p.id, p.name, p.budget"""
        )
    }

    rows = reports.programme_table(YEAR).rows

    assert {row.values[1]: tuple(row.values[4:]) for row in rows} == expected


def test_table_8_counts_an_ikm_in_two_activities_once():
    business = BusinessFactory()
    ParticipationFactory(business=business)
    ParticipationFactory(business=business)

    [note] = reports.programme_table(YEAR).notes

    assert note.startswith("2 keikutsertaan dari 1 IKM yang berbeda.")


def test_table_8_follows_the_order_of_the_kinds():
    for kind in ("assistance", "training", "market"):
        ProgrammeFactory(kind=kind)

    kinds = [row.values[0] for row in reports.programme_table(YEAR).rows]

    assert kinds == ["Pelatihan", "Akses pasar", "Bantuan"]


def test_table_8_tells_when_an_activity_took_place():
    ProgrammeFactory(start_on=datetime.date(2024, 3, 4), end_on=datetime.date(2024, 3, 6))
    ProgrammeFactory(start_on=datetime.date(2024, 5, 1), end_on=datetime.date(2024, 5, 1))
    ProgrammeFactory(start_on=None)

    times = {row.values[2] for row in reports.programme_table(YEAR).rows}

    assert times == {"4 Maret 2024 – 6 Maret 2024", "1 Mei 2024", ""}


# Table 13


def test_table_13_holds_what_sql_counts_for_each_of_the_four_years(register):
    revenue = {row.values[0]: row.values for row in reports.revenue_table(YEAR).rows}

    for row in reports.achievements_table(YEAR).rows:
        year = row.values[0]
        counting = f"FROM industry_business b WHERE {COUNTS.format(year=year)}"
        figures = (
            f"FROM industry_businessyear y JOIN industry_business b ON b.id = y.business_id "
            f"WHERE y.year = {year} AND y.archived_at IS NULL AND {COUNTS.format(year=year)}"
        )
        condition = f"FROM industry_programme p WHERE p.year = {year} AND p.archived_at IS NULL"
        assert row.values == (
            year,
            one(f"SELECT COUNT(*) {counting}"),
            one(
                "SELECT COUNT(*) FROM industry_business b WHERE b.archived_at IS NULL "
                f"AND COALESCE(b.founded_year, b.listed_year) = {year} "
                f"AND NOT {LARGE.format(year=year)}"
            ),
            one(f"SELECT COUNT(*) {figures}"),
            one(f"SELECT SUM(y.workers_total) {figures}"),
            one(f"SELECT SUM(y.investment) {figures}"),
            one(f"SELECT SUM(y.production_value) {figures}"),
            revenue[year][1],
            revenue[year][2],
            revenue[year][5],
            one(f"SELECT COUNT(*) {CERTIFICATES} AND {valid_in(year)}"),
            one(f"SELECT COUNT(*) {condition}"),
            one(
                "SELECT COUNT(*) FROM industry_participation t "
                "JOIN industry_programme p ON p.id = t.programme_id WHERE t.archived_at IS NULL "
                f"AND p.archived_at IS NULL AND p.year = {year}"
            ),
        )


# Table 14


def test_table_14_sets_a_published_figure_beside_what_the_register_counts():
    BusinessYearFactory()
    BusinessFactory()
    PublishedFigureFactory(value=1_029)
    PublishedFigureFactory(indicator="TENAGA  KERJA", value=10)
    PublishedFigureFactory(indicator="Kapasitas cold storage", value=80, unit="ton")
    ChamberFactory(capacity_ton=60)
    ChamberFactory(capacity_ton=15)

    rows = {row.values[0]: row.values for row in reports.published_figures_table(YEAR).rows}

    assert rows["Jumlah IKM"][3:6] == (1_029, 2, -1_027)
    assert rows["TENAGA  KERJA"][3:6] == (10, 3, -7)
    assert rows["Kapasitas cold storage"][3:6] == (80, 75, -5)


def test_table_14_counts_what_was_published_as_sql_does(register):
    counting = f"FROM industry_business b WHERE {COUNTS.format(year=YEAR)}"
    reported = (
        "FROM industry_businessyear y JOIN industry_business b ON b.id = y.business_id "
        f"WHERE y.year = {YEAR} AND y.archived_at IS NULL AND {COUNTS.format(year=YEAR)}"
    )
    begun = (
        "FROM industry_business b WHERE b.archived_at IS NULL "
        f"AND COALESCE(b.founded_year, b.listed_year) = {YEAR} AND NOT {LARGE.format(year=YEAR)}"
    )
    expected = {
        "Unit usaha": one(f"SELECT COUNT(*) {counting}"),
        "IKM baru": one(f"SELECT COUNT(*) {begun}"),
        "Jumlah tenaga kerja": one(f"SELECT SUM(y.workers_total) {reported}"),
        "Nilai investasi": one(f"SELECT SUM(y.investment) {reported}"),
        "Nilai produksi": one(f"SELECT SUM(y.production_value) {reported}"),
    }
    for number, indicator in enumerate(expected):
        PublishedFigureFactory(indicator=indicator, value=1_000 + number)

    rows = {row.values[0]: row.values[3:6] for row in reports.published_figures_table(YEAR).rows}

    assert rows == {
        indicator: (1_000 + number, counted, counted - 1_000 - number)
        for number, (indicator, counted) in enumerate(expected.items())
    }


def test_table_14_leaves_blank_what_the_registers_do_not_count():
    PublishedFigureFactory(indicator="Nilai ekspor")

    [row] = reports.published_figures_table(YEAR).rows

    assert row.values[4:6] == (None, None)


def test_table_14_looks_back_four_years_and_leaves_out_the_archive():
    for year in (2020, 2021, 2024, 2025):
        PublishedFigureFactory(year=year)
    PublishedFigureFactory(indicator="IKM", archived=True)

    years = [row.values[1] for row in reports.published_figures_table(YEAR).rows]

    assert years == [2021, 2024]


@pytest.mark.parametrize(("value", "shown"), [(1_029, "1.029"), ("85.50", "85,50")])
def test_table_14_writes_whole_figures_whole(value, shown):
    PublishedFigureFactory(value=value)

    [line] = reports.published_figures_table(YEAR).lines

    assert line.cells[4].text == shown


def test_table_14_never_counts_published_revenue_as_measured():
    RevenueFactory(source_name="Publikasi", realised=330, status="published", target=None)

    before = values_of(reports.published_revenue_table(YEAR))
    RevenueFactory(realised=350)
    after = values_of(reports.published_revenue_table(YEAR))

    assert before == {2024: (330, None, None, None)}
    assert after == {2024: (330, 350, 20, None)}


# Table 15


def test_table_15_tells_the_day_the_rules_and_whether_the_year_is_closed(register):
    table = reports.metadata_table(YEAR, today=TODAY, closing="Tahun 2024 belum ditutup.")

    texts = {row.values[0]: row.values[1] for row in table.rows}
    assert texts["Tanggal cetak"] == "15 Januari 2025."
    assert texts["Status data"] == "Tahun 2024 belum ditutup."
    assert texts["Tahun laporan"] == "2024. Posisi 31 Desember 2024."
    assert "Aturan Uji 1/2016" in texts["Skala industri"]
    assert "PP Uji 7/2021" in texts["Kelas UMKM"]


def test_table_15_accounts_for_every_record_of_the_register(register):
    table = reports.chain_table(YEAR)

    first = "COALESCE(founded_year, listed_year)"
    condition = "FROM industry_business WHERE archived_at IS NULL AND"
    steps = [row.values[1] for row in table.rows]
    assert steps == [
        one("SELECT COUNT(*) FROM industry_business"),
        -one("SELECT COUNT(*) FROM industry_business WHERE archived_at IS NOT NULL"),
        -one(f"SELECT COUNT(*) {condition} {first} IS NULL"),
        -one(f"SELECT COUNT(*) {condition} {first} > {YEAR}"),
        -one(f"SELECT COUNT(*) {condition} {first} <= {YEAR} AND closed_year <= {YEAR}"),
        -one(
            f"SELECT COUNT(*) FROM industry_business b WHERE b.archived_at IS NULL AND {first} <= {YEAR}"
            f" AND (closed_year IS NULL OR closed_year > {YEAR}) AND {LARGE.format(year=YEAR)}"
        ),
    ]
    assert table.total_row.values[1] == one(
        f"SELECT COUNT(*) FROM industry_business b WHERE {COUNTS.format(year=YEAR)}"
    )
    assert sum(steps) == table.total_row.values[1]
