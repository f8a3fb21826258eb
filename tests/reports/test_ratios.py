"""Differences and sums of figures of which some are unknown."""

from decimal import Decimal

import pytest

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added, difference, growth, percent
from industry.models import Business, Merge


@pytest.mark.parametrize(
    ("now", "before", "result"),
    [(5, 3, 2), (3, 5, -2), (0, 5, -5), (5, 0, 5), (None, 5, None), (5, None, None)],
)
def test_a_difference_needs_both_figures(now, before, result):
    assert difference(now, before) == result


@pytest.mark.parametrize(
    ("figures", "result"), [([], None), ([None], None), ([0], 0), ([None, 2, 3], 5)]
)
def test_a_sum_leaves_out_what_nobody_said(figures, result):
    assert added(iter(figures)) == result


@pytest.mark.parametrize(
    ("part", "whole", "result"),
    [(1, 4, 25), (0, 4, 0), (5, 4, 125), (1, 0, None), (None, 4, None), (1, None, None)],
)
def test_a_percentage_needs_a_part_and_a_base(part, whole, result):
    assert percent(part, whole) == result


def test_growth_is_of_the_figure_before():
    assert growth(150, 100) == 50
    assert growth(50, 100) == -50
    assert growth(1, 3) == Decimal(-200) / 3


def test_a_figure_leads_to_the_list_of_its_register_or_nowhere():
    assert list_of(Business) == "/industry/business/"
    assert list_of(Business, posisi=2024, q="a b") == "/industry/business/?posisi=2024&q=a+b"
    assert list_of(Merge) == ""
