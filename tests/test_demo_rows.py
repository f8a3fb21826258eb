"""The invented rows: which cells are filled how often, and what must agree within a row."""

import datetime
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from balikpapan.demo.businesses import Firm, lifetime, owner_and_name, year_figures
from balikpapan.demo.support import make_certificates
from balikpapan.demo.trades import read_trades

YEARS = range(2023, 2026)
TODAY = datetime.date(2026, 3, 10)
MANY = 1_500


def rows_of(make):
    dice = Random(7)
    return [make(dice, index) for index in range(1, MANY + 1)]


TRADES = read_trades()


def person(dice, index):
    return owner_and_name(dice, TRADES[index % len(TRADES)], index)


def figures(dice, index):
    return year_figures(dice, TRADES[index % len(TRADES)], dice.random(), 1.0)


@pytest.mark.parametrize(
    ("make", "percents"),
    [
        pytest.param(
            person,
            {
                "name": 100,
                "owner_name": 97,
                "owner_gender": 94,
                "legal_form": 100,
                "nik": 55,
                "nib": 68,
                "npwp": 22,
                "phone": 62,
                "email": 18,
                "social_media": 20,
                "brand": 30,
            },
            id="a business",
        ),
        pytest.param(
            figures,
            {
                "workers_male": 78,
                "workers_female": 78,
                "workers_total": 95,
                "investment": 93,
                "investment_land_building": 12,
                "capacity": 90,
                "production_value": 91,
                "raw_material_value": 80,
                "turnover": 70,
                "export_percent": 4,
            },
            id="its figures of a year",
        ),
        pytest.param(
            lambda dice, index: lifetime(dice, YEARS),
            {"founded_year": 86, "listed_year": 100, "closed_year": 7, "verified_on": 76},
            id="its life",
        ),
    ],
)
def test_a_cell_is_filled_about_as_often_as_in_a_real_list(make, percents):
    rows = rows_of(make)

    filled = {
        name: sum(row[name] not in (None, "") for row in rows) * 100 / MANY for name in percents
    }
    assert {name: round(percent) for name, percent in filled.items()} == {
        name: pytest.approx(percent, abs=4) for name, percent in percents.items()
    }


def test_nothing_in_a_business_contradicts_the_rest():
    rows = rows_of(person)

    assert {row["owner_gender"] for row in rows} == {"female", "male", ""}
    # A woman's NIK has 40 added to the day of her birth.
    for gender, is_woman in (("female", True), ("male", False)):
        numbered = [row["nik"] for row in rows if row["owner_gender"] == gender and row["nik"]]
        assert {int(nik[6:8]) > 40 for nik in numbered} == {is_woman}
    assert all(row["legal_form"] == "cv" for row in rows if row["name"].startswith("CV "))
    assert len({row["nib"] for row in rows if row["nib"]}) == sum(bool(r["nib"]) for r in rows)


def test_the_figures_of_a_year_agree_with_each_other():
    for row in rows_of(figures):
        by_gender = row["workers_male"], row["workers_female"]
        if None not in by_gender:
            assert sum(by_gender) == row["workers_total"] >= 1
        assert (row["export_percent"] is None) is (row["export_countries"] == "")
        assert row["export_percent"] is None or 5 <= row["export_percent"] <= 60
        amounts = [row[n] for n in ("raw_material_value", "production_value", "turnover")]
        if None not in amounts:
            used, made, sold = amounts
            assert used < made
            assert Decimal("0.99") < Decimal(sold) / made < Decimal("1.26")


def test_a_life_is_in_order_and_a_closed_business_says_so():
    for row in rows_of(lambda dice, index: lifetime(dice, YEARS)):
        ended = row["closed_year"]
        assert row["listed_year"] <= YEARS[-1]
        assert row["founded_year"] is None or row["founded_year"] <= row["listed_year"]
        assert (ended is not None) is (row["status"] in ("moved", "closed"))
        assert ended is None or row["listed_year"] < ended <= YEARS[-1]
        assert (row["verified_on"] is not None) is (row["status"] in ("active", "inactive"))


def test_certificates_are_in_process_issued_or_over_as_their_days_say():
    life = {"founded_year": 2015, "listed_year": 2018, "closed_year": None}
    firms = [Firm(TRADES[n % len(TRADES)], life, n) for n in range(MANY)]
    closed = Firm(TRADES[0], life | {"closed_year": 2024}, MANY)

    rows = list(make_certificates(Random(7), [*firms, closed], TODAY))

    share = Counter(row["status"] for row in rows)
    assert 100 * share["in_process"] / len(rows) == pytest.approx(7, abs=2)
    granted = [row for row in rows if row["status"] != "in_process"]
    assert MANY not in {row["business_id"] for row in rows}
    for row in granted:
        until = row["expires_on"]
        assert row["issued_on"] < TODAY
        assert (row["status"] == "expired") is (until is not None and until < TODAY)
        assert until is None or until.year - row["issued_on"].year in (4, 5, 10)
        assert row["facilitated_year"] in (None, row["issued_on"].year)
    helped = sum(row["facilitated_year"] is not None for row in granted)
    assert 100 * helped / len(granted) == pytest.approx(40, abs=4)
    soon = [
        row for row in granted if row["expires_on"] and 0 < (row["expires_on"] - TODAY).days <= 72
    ]
    assert sum(row["kind"] == "pirt" for row in soon) >= 15
