"""The years a list is asked for."""

import datetime

import pytest
from django.utils import timezone

from balikpapan.audit.years import (
    FIRST_YEAR,
    LAST_YEAR,
    last_complete_year,
    year_in,
    years_offered,
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        (str(FIRST_YEAR), FIRST_YEAR),
        (str(LAST_YEAR), LAST_YEAR),
        (str(FIRST_YEAR - 1), None),
        (str(LAST_YEAR + 1), None),
        ("02024", None),
        ("24", None),
        ("2o24", None),
        ("٢٠٢٤", None),
        ("-202", None),
        ("", None),
        (None, None),
    ],
)
def test_a_year_is_four_digits_within_the_bounds(text, year):
    assert year_in(text) == year


@pytest.mark.parametrize("day", [datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)])
def test_the_year_before_this_one_is_complete_and_five_are_offered(day, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: day)

    assert last_complete_year() == 2024
    assert years_offered() == [(str(year), str(year)) for year in (2025, 2024, 2023, 2022, 2021)]
