"""How days stand in letters."""

import datetime

import pytest

from balikpapan.reports.formats import day_span


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2025, 1, 5), (2025, 1, 5), "5 Januari 2025"),
        ((2025, 1, 1), (2025, 1, 31), "1 s.d. 31 Januari 2025"),
        ((2025, 2, 28), (2025, 3, 1), "28 Februari s.d. 1 Maret 2025"),
        ((2024, 12, 31), (2025, 1, 1), "31 Desember 2024 s.d. 1 Januari 2025"),
        ((2024, 1, 1), (2025, 1, 31), "1 Januari 2024 s.d. 31 Januari 2025"),
    ],
    ids=["one day", "one month", "one year", "two years", "a month of two years"],
)
def test_days_from_one_to_another_name_what_they_share_once(first, last, text):
    assert day_span(datetime.date(*first), datetime.date(*last)) == text
