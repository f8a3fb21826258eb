"""Straight-line depreciation against the formula written by hand, and the tables about goods."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilities.depreciation import straight_line
from facilities.reports import depreciation_table, maintenance_table, value_table
from tests.factories import (
    AssetFactory,
    ConditionCheckFactory,
    FacilityFactory,
    MaintenanceFactory,
    UsefulLifeFactory,
)


@given(st.integers(0, 10**15), st.integers(1950, 2030), st.integers(1, 60), st.integers(1940, 2100))
def test_the_years_add_up_to_the_cost_and_no_year_is_off_by_a_rupiah(cost, acquired, life, year):
    value = straight_line(cost, acquired, life, year)

    used = min(max(year - acquired + 1, 0), life)
    assert abs(Fraction(value.accumulated) - Fraction(cost * used, life)) <= Fraction(1, 2)
    assert value.accumulated + value.remaining == cost
    assert value.remaining == 0 or used < life
    whole = sum(
        straight_line(cost, acquired, life, one).of_the_year
        for one in range(acquired, acquired + life)
    )
    assert whole == cost


def rows_of(table):
    """The rows of a table by the keys of their columns."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.values, strict=True)) for row in table.rows]


@pytest.mark.django_db
def test_the_most_precise_code_decides_and_what_is_unknown_is_named():
    UsefulLifeFactory(code_prefix="1.3.2", name="Mesin", years=10)
    UsefulLifeFactory(code_prefix="1.3.2.10", name="Komputer", years=4, legal_basis="Perwali uji")
    UsefulLifeFactory(code_prefix="1.3.1", name="Tanah", years=None)
    UsefulLifeFactory(code_prefix="1.3.2.02", name="Lama", years=1, valid_until="2020-12-31")
    AssetFactory(item_code="1.3.2.10.01.02.003", acquired_year=2023, acquisition_value=8_000_000)
    AssetFactory(item_code="1.3.2.02.01.01.001", acquired_year=2015, acquisition_value=9_000_000)
    AssetFactory(item_code="1.3.2.1001", acquired_year=2024, acquisition_value=1_000)
    AssetFactory(item_code="1.3.1.01.01.01.001", kib="A", acquisition_value=5_000_000)
    AssetFactory(item_code="1.3.2.02.01.01.002", acquired_year=None, acquisition_value=7)
    AssetFactory(item_code="1.3.3.01.01.01.001", kib="C", acquisition_value=6_000_000)
    AssetFactory(item_code="1.3.2.10.01.02.004", archived=True)

    table = depreciation_table(2024)

    figures = {
        row["group"]: (row["cost"], row["of_the_year"], row["accumulated"], row["remaining"])
        for row in rows_of(table)
    }
    assert figures == {
        "1.3.1 Tanah": (5_000_000, 0, 0, 5_000_000),
        "1.3.2 Mesin": (9_001_007, 900_100, 9_000_100, 900),
        "1.3.2.10 Komputer": (8_000_000, 2_000_000, 4_000_000, 4_000_000),
        "Masa manfaat belum diisi": (6_000_000, None, None, None),
    }
    notes = " ".join(table.notes)
    assert "Perwali uji" in notes
    assert "1 catatan tanpa tahun perolehan" in notes
    assert "1 catatan tanpa masa manfaat" in notes


@pytest.mark.django_db
def test_values_are_told_by_place_card_and_last_condition(django_assert_max_num_queries):
    place = FacilityFactory(name="Sentra A")
    good = AssetFactory(facility=place, acquisition_value=100)
    worn = AssetFactory(facility=place, acquisition_value=30)
    AssetFactory(facility=place, acquisition_value=None)
    AssetFactory(kib="C", acquisition_value=7)
    ConditionCheckFactory(asset=good)
    ConditionCheckFactory(asset=worn)
    ConditionCheckFactory(asset=worn, checked_on="2024-12-01", condition="heavy_damage")
    ConditionCheckFactory(asset=good, checked_on="2025-01-01", condition="light_damage")

    with django_assert_max_num_queries(2):
        first, second = rows_of(value_table(2024))

    assert (first["place"], first["records"]) == ("Sentra A", 3)
    assert (first["value_sum"], first["good"], first["heavy_damage"]) == (130, 100, 30)
    assert (first["light_damage"], first["unknown"]) == (None, None)
    assert (second["place"], second["unknown"]) == ("Sarana belum diketahui", 7)


@pytest.mark.django_db
def test_upkeep_is_added_up_by_the_year_it_was_done_in():
    asset = AssetFactory()
    MaintenanceFactory(asset=asset, cost=5)
    MaintenanceFactory(asset=asset, cost=None)
    MaintenanceFactory(asset=asset, done_on=None, due_on="2024-05-05", cost=9)
    MaintenanceFactory(asset=asset, done_on="2023-12-31", cost=11)

    rows = {
        row["card"][:5]: (row["times"], row["cost_sum"]) for row in rows_of(maintenance_table(2024))
    }

    assert rows["KIB B"] == (2, 5)
    assert rows["KIB A"] == (0, None)


@pytest.mark.django_db
def test_groups_stand_by_code_with_their_years_or_why_there_are_none():
    UsefulLifeFactory(code_prefix="1.3.2.10", name="Komputer", years=4)
    UsefulLifeFactory(code_prefix="1.3.2", name="Mesin", years=10)
    UsefulLifeFactory(code_prefix="1.3.1", name="Tanah", years=None)
    for code in (
        "1.3.3.01.01.01.001",
        "1.3.2.10.01.02.003",
        "1.3.2.02.01.01.001",
        "1.3.1.01.01.01.001",
    ):
        AssetFactory(item_code=code, acquired_year=2020, acquisition_value=1_000)

    assert [(row["group"], row["years"]) for row in rows_of(depreciation_table(2024))] == [
        ("1.3.1 Tanah", "tidak disusutkan"),
        ("1.3.2 Mesin", 10),
        ("1.3.2.10 Komputer", 4),
        ("Masa manfaat belum diisi", None),
    ]
