"""Tables 10 to 12: every figure equals a query written without the program."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from balikpapan.reference_data import load_reference
from facilities import reports
from facilities.choices import FacilityKind
from facilities.models import ConditionCheck
from tests.factories import AssetFactory, ChamberFactory, FacilityFactory, StorageMonthFactory

pytestmark = pytest.mark.django_db

YEAR = 2024
COLD = {"kind": FacilityKind.COLD_STORAGE}


def sql(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def centres(year=YEAR, businesses=None):
    def businesses_of(*keys):
        return f"/ikm/?centre={','.join(map(str, keys))}"

    return reports.centre_table(year, businesses or {}, businesses_of)


def rows_of(table):
    return {row.values[0]: tuple(row.values[1:]) for row in table.rows if row.kind == "row"}


# Table 10


def test_table_10_puts_the_parts_below_their_centre():
    late = FacilityFactory(name="Sentra Z")
    first = FacilityFactory(name="Sentra A")
    store = FacilityFactory(name="Gudang beku", parent=first, **COLD)
    FacilityFactory(name="Genset", parent=store, kind=FacilityKind.UTILITY)
    FacilityFactory(name="Balai", kind=FacilityKind.BUILDING)

    names = [row.values[0] for row in centres().rows]

    assert names == ["Sentra A", "– Gudang beku", "– – Genset", late.name, "Balai"]


def test_table_10_counts_the_ikm_of_a_centre_and_leads_to_them():
    full, empty = FacilityFactory(name="A"), FacilityFactory(name="B")

    rows = centres(businesses={full.pk: 12}).rows

    assert [row.values[11] for row in rows] == [12, 0]
    assert [row.links.get("businesses") for row in rows] == [f"/ikm/?centre={full.pk}", None]
    assert empty.name == rows[1].values[0]


def test_table_10_leaves_out_what_was_built_later_or_is_archived():
    FacilityFactory(name="Lama", built_year=2024)
    FacilityFactory(name="Tanpa tahun")
    FacilityFactory(name="Baru", built_year=2025)
    FacilityFactory(name="Arsip", archived=True)

    assert set(rows_of(centres())) == {"Lama", "Tanpa tahun"}


def test_a_part_whose_centre_is_not_shown_still_stands_in_table_10():
    centre = FacilityFactory(archived=True)
    FacilityFactory(name="Gudang", parent=centre, kind=FacilityKind.WAREHOUSE)

    assert list(rows_of(centres())) == ["Gudang"]


def test_a_place_that_opened_after_the_year_was_not_operating_in_it():
    FacilityFactory(name="Cold", operational_on=datetime.date(2024, 5, 14), **COLD)

    assert rows_of(centres(2023))["Cold"][6] == "Belum beroperasi"
    assert rows_of(centres(2024))["Cold"][6] == "Beroperasi"


def test_table_10_shows_the_facilities_of_the_article():
    load_reference()

    rows = rows_of(centres())

    assert list(rows) == [
        "Sentra Industri Kecil Somber (SIKS)",
        "Sentra Industri Kecil Teritip (SIKT)",
        "– Cold Storage SIKT",
    ]
    store = rows["– Cold Storage SIKT"]
    assert (store[4], store[5].year) == (2022, 2024)
    assert rows["Sentra Industri Kecil Teritip (SIKT)"][9] == "belum ada data"


# Table 11

STORAGE = """
    SELECT c.name, c.capacity_ton, COUNT(m.id), SUM(m.kg_in), SUM(m.kg_out), SUM(m.kg_days),
           SUM(m.revenue)
    FROM facilities_chamber c JOIN facilities_facility f ON f.id = c.facility_id
    LEFT JOIN facilities_storagemonth m
      ON m.chamber_id = c.id AND m.year = 2024 AND m.archived_at IS NULL
    WHERE c.archived_at IS NULL AND f.archived_at IS NULL
      AND (f.built_year IS NULL OR f.built_year <= 2024)
    GROUP BY c.id, c.name, c.capacity_ton
"""


def numbers(values):
    return tuple(None if value is None else Decimal(str(value)) for value in values)


def test_table_11_adds_up_the_months_of_every_chamber_as_sql_does():
    chill, freeze = ChamberFactory(), ChamberFactory(purpose="freeze", capacity_ton=20)
    silent = ChamberFactory(facility=chill.facility)
    for month in (1, 2, 3):
        StorageMonthFactory(chamber=chill, month=month, kg_in=month * 1_000)
    StorageMonthFactory(chamber=chill, month=4, kg_in=None, kg_out=None, kg_days=None)
    StorageMonthFactory(chamber=chill, month=5, archived=True)
    StorageMonthFactory(chamber=chill, year=2023, month=6)
    StorageMonthFactory(chamber=freeze, revenue=None, kg_in="12.34")
    ChamberFactory(archived=True)
    ChamberFactory(facility__built_year=2025)
    ChamberFactory(facility__archived=True)

    rows = rows_of(reports.storage_table(YEAR))

    assert {name: numbers((*values[1:6], values[7])) for name, values in rows.items()} == {
        name: numbers(values) for name, *values in sql(STORAGE)
    }
    assert rows[silent.name][2:] == (0, None, None, None, None, None)


def test_utilisation_is_over_the_days_of_the_months_whose_kg_days_are_known():
    chamber = ChamberFactory(capacity_ton=60)
    StorageMonthFactory(chamber=chamber, month=1, kg_days=600_000)
    StorageMonthFactory(chamber=chamber, month=2, kg_days=300_000)
    StorageMonthFactory(chamber=chamber, month=3, kg_days=None)

    [values] = rows_of(reports.storage_table(YEAR)).values()

    # January and February 2024, a leap year, have 60 days.
    assert values[6] == Decimal(900_000) * 100 / (60_000 * 60)


@pytest.mark.parametrize(
    ("kg_days", "capacity", "utilisation"),
    [
        pytest.param(None, 60, None, id="nothing measured"),
        pytest.param(0, 60, 0, id="empty"),
        pytest.param(10, 0, None, id="no capacity"),
        pytest.param(1_800_000, 60, 100, id="full"),
    ],
)
def test_utilisation_needs_kg_days_and_a_capacity(kg_days, capacity, utilisation):
    StorageMonthFactory(chamber__capacity_ton=capacity, kg_days=kg_days)

    [values] = rows_of(reports.storage_table(YEAR)).values()

    assert values[6] == utilisation


@pytest.mark.parametrize(("kg_days", "warned"), [(1_800_000, False), (1_800_001, True)])
def test_table_11_warns_of_a_chamber_fuller_than_full(kg_days, warned):
    StorageMonthFactory(kg_days=kg_days)

    notes = reports.storage_table(YEAR).notes

    assert any("melebihi kapasitas" in note for note in notes) is warned


def test_table_11_adds_up_the_installed_80_ton_and_never_the_utilisation():
    load_reference()

    total = reports.storage_table(YEAR).total_row.values

    assert total[2] == 80
    assert (total[4], total[5]) == (None, None)
    assert total[6] is None
    assert total[7] is None


def test_each_cold_storage_heads_its_chambers():
    store, other = FacilityFactory(name="A", **COLD), FacilityFactory(name="B", **COLD)
    for facility in (store, other, store):
        ChamberFactory(facility=facility)

    kinds = [row.kind for row in reports.storage_table(YEAR).rows]

    assert kinds == ["section", "row", "row", "section", "row"]


# Table 12


def test_table_12_adds_up_the_assets_of_every_card_as_sql_does():
    for kib, value in (("A", 10**9), ("B", None), ("B", 5), ("B", 0), ("C", None), ("", 7)):
        AssetFactory(kib=kib, acquisition_value=value, quantity=3)
    AssetFactory(acquired_year=None)
    AssetFactory(acquired_year=None, acquired_on=datetime.date(2025, 1, 1))
    AssetFactory(acquired_year=2025)
    AssetFactory(archived=True)
    expected = {
        kib: tuple(sums)
        for kib, *sums in sql(
            """SELECT kib, COUNT(*), SUM(quantity), SUM(acquisition_value)
            FROM facilities_asset WHERE archived_at IS NULL AND (acquired_year <= 2024
              OR acquired_year IS NULL AND (acquired_on IS NULL OR acquired_on < '2025-01-01'))
            GROUP BY kib"""
        )
    }

    rows = rows_of(reports.asset_table(YEAR))

    figures = {label: values[:3] for label, values in rows.items()}
    assert figures.pop("KIB belum diketahui") == expected.pop("")
    assert {label[4]: values for label, values in figures.items()} == {
        **dict.fromkeys("ABCDEF", (0, 0, None)),
        **expected,
    }


def test_table_12_tells_the_condition_last_found_as_sql_does():
    for number, kib in enumerate("AABBBC"):
        asset = AssetFactory(kib=kib, archived=number == 4)
        for year, condition in ((2022, "good"), (2024, "light_damage"), (2025, "heavy_damage")):
            if number != 2 and (number + year) % 3:
                ConditionCheck.objects.create(
                    asset=asset, condition=condition, checked_on=datetime.date(year, 3, 1)
                )
    expected = dict.fromkeys("ABC", (0, 0, 0)) | {
        kib: tuple(counts)
        for kib, *counts in sql(
            """SELECT kib, SUM(CASE WHEN condition = 'good' THEN 1 ELSE 0 END),
              SUM(CASE WHEN condition = 'light_damage' THEN 1 ELSE 0 END),
              SUM(CASE WHEN condition = 'heavy_damage' THEN 1 ELSE 0 END)
            FROM facilities_asset a JOIN facilities_conditioncheck c ON c.asset_id = a.id
            WHERE a.archived_at IS NULL AND c.checked_on = (
              SELECT MAX(checked_on) FROM facilities_conditioncheck
              WHERE asset_id = a.id AND checked_on <= '2024-12-31')
            GROUP BY kib"""
        )
    }

    rows = rows_of(reports.asset_table(YEAR))

    assert {label[4]: values[3:] for label, values in rows.items() if label[4] in "ABC"} == expected
    assert any(any(counts) for counts in expected.values())


def test_table_12_says_how_many_assets_have_a_value():
    AssetFactory()
    AssetFactory(acquisition_value=None, acquired_year=None)

    notes = reports.asset_table(YEAR).notes

    assert notes[0] == "Nilai perolehan diketahui untuk 1 dari 2 catatan."
    assert notes[1] == "1 catatan tanpa tahun perolehan ikut dihitung."


def test_the_condition_of_an_asset_is_the_one_last_found_by_the_end_of_the_year():
    asset = AssetFactory(kib="B")
    AssetFactory(kib="B")
    for day, condition in (
        ("2023-05-01", "good"),
        ("2024-05-01", "heavy_damage"),
        ("2025-02-01", "good"),
    ):
        ConditionCheck.objects.create(asset=asset, checked_on=day, condition=condition)

    table = reports.asset_table(2024)

    [machines] = [row.values for row in table.rows if str(row.values[0]).startswith("KIB B")]
    assert machines[-3:] == (0, 0, 1)
    assert any("1 catatan pernah diperiksa" in note for note in table.notes)
