"""The arithmetic of the ledger against the plain sums over days that it stands for."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facilities.ledger import (
    ONE_DAY,
    Goods,
    MonthOfGoods,
    Rate,
    charges,
    first_above,
    intake_by_day,
    kg_days,
    month_charge,
    month_of_goods,
    months_between,
    stock_on,
)
from facilities.models.deposits import overdrawn

START = datetime.date(2024, 1, 1)
DAYS = st.integers(0, 90).map(lambda days: START + datetime.timedelta(days=days))
KILOGRAMS = st.decimals("0.01", "5000", places=2)


def day(text):
    return datetime.date.fromisoformat(text)


@st.composite
def any_goods(draw):
    """A deposit with withdrawals of which some may be too much or too early."""
    return Goods(
        draw(KILOGRAMS), draw(DAYS), draw(st.lists(st.tuples(DAYS, KILOGRAMS), max_size=4))
    )


@st.composite
def sound_goods(draw):
    """A deposit of which never more goes out than is there."""
    goods = draw(any_goods())
    left, withdrawals = goods.kg, []
    for out_on, kg in goods.withdrawals:
        taken = min(kg, left)
        if taken:
            withdrawals.append((max(out_on, goods.in_on), taken))
        left -= taken
    return Goods(goods.kg, goods.in_on, withdrawals)


@st.composite
def consecutive_rates(draw):
    """Rates that follow each other, the first and the last perhaps open, with gaps between some."""
    cuts = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    rates = []
    for begin, following in zip(cuts, [*cuts[1:], None], strict=True):
        gap = draw(st.integers(0, 3))
        end = None if following is None else max(begin, following - ONE_DAY * (1 + gap))
        rates.append(Rate(draw(st.integers(0, 5000)), begin, end))
    return rates


def every_day(first, last):
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def at_night(goods, on):
    """The plain rule: what is there at the end of the day; what only passed through counts once."""
    came = goods.kg if goods.in_on <= on else 0
    went = sum(kg for out_on, kg in goods.withdrawals if out_on <= on and on >= goods.in_on)
    passed = sum(kg for out_on, kg in goods.withdrawals if out_on <= goods.in_on == on)
    return came - went + passed


@given(sound_goods(), DAYS, DAYS)
def test_kg_days_are_the_sum_over_the_days(goods, one, other):
    first, last = min(one, other), max(one, other)

    assert kg_days(goods, first, last) == sum(at_night(goods, on) for on in every_day(first, last))


@given(sound_goods(), consecutive_rates(), DAYS, DAYS)
def test_the_charge_is_the_hand_formula_across_changes_of_tariff(goods, rates, one, other):
    first, last = min(one, other), max(one, other)
    by_rate, unpriced = {}, 0
    for on in every_day(first, last):
        holding = [rate.amount for rate in rates if rate.holds_on(on)]
        if holding:
            by_rate.setdefault(on, at_night(goods, on) * holding[0])
        else:
            unpriced += at_night(goods, on)

    lines = charges(goods, rates, first, last)

    exact = sum((line.kg_days * line.rate for line in lines if line.rate is not None), Decimal(0))
    assert exact == sum(by_rate.values())
    assert sum(line.kg_days for line in lines if line.rate is None) == unpriced
    for line in lines:
        assert at_night(goods, line.first) > 0 < at_night(goods, line.last)
        if line.rate is not None:
            hand = (line.kg_days * line.rate).quantize(Decimal(1), ROUND_HALF_UP)
            assert line.amount == hand


@given(any_goods())
@example(Goods(Decimal("100"), START, [(START + ONE_DAY, Decimal("100.01"))]))
@example(Goods(Decimal("100"), START, [(START + ONE_DAY, Decimal("60")), (START, Decimal("40"))]))
def test_what_would_leave_less_than_nothing_on_a_day_is_refused(goods):
    end = max([goods.in_on, *(out_on for out_on, _ in goods.withdrawals)])
    least = min(stock_on(goods, on) for on in every_day(START, end))
    is_early = any(out_on < goods.in_on for out_on, _ in goods.withdrawals)

    refusal = overdrawn(goods.kg, goods.in_on, goods.withdrawals)

    assert bool(refusal) is (is_early or least < 0)


@given(st.lists(sound_goods(), max_size=4), st.integers(1, 3))
def test_a_month_ends_with_what_it_began_with_and_what_came_and_went(deposits, month):
    figures = month_of_goods(deposits, 2024, month)

    following = month_of_goods(deposits, 2024, month + 1)
    assert figures.kg_end == figures.kg_before + figures.kg_in - figures.kg_out
    assert figures.kg_end == following.kg_before >= 0


def test_a_deposit_by_hand():
    goods = Goods(Decimal(250), day("2024-06-28"), [(day("2024-07-02"), Decimal(100))])
    rates = [Rate(100, None, day("2024-06-30")), Rate(120, day("2024-07-01"))]

    assert month_of_goods([goods], 2024, 6) == MonthOfGoods(0, 250, 0, 3 * 250)
    assert month_of_goods([goods], 2024, 7) == MonthOfGoods(250, 0, 100, 250 + 30 * 150)
    lines = charges(goods, rates, day("2024-06-01"), day("2024-07-02"))
    assert [(line.kg_days, line.rate, line.amount) for line in lines] == [
        (750, 100, 75_000),
        (400, 120, 48_000),
    ]
    assert [line.first for line in lines] == [day("2024-06-28"), day("2024-07-01")]


def test_goods_that_come_and_go_in_a_day_count_for_that_day():
    goods = Goods(Decimal(500), day("2024-06-05"), [(day("2024-06-05"), Decimal(500))])

    assert stock_on(goods, day("2024-06-05")) == 0
    assert kg_days(goods, day("2024-06-01"), day("2024-06-30")) == 500


def test_a_day_without_a_tariff_has_no_amount():
    goods = Goods(Decimal(10), day("2024-06-05"))

    [line] = charges(goods, [Rate(100, day("2025-01-01"))], day("2024-06-05"), day("2024-06-06"))

    assert (line.kg_days, line.rate, line.amount) == (20, None, None)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        pytest.param("2024-05-14", "2024-05-14", [(2024, 5)], id="a month begun is a whole one"),
        pytest.param("2024-11-30", "2025-01-01", [(2024, 11), (2024, 12), (2025, 1)], id="year"),
        pytest.param("2024-05-02", "2024-04-30", [], id="the other way round"),
    ],
)
def test_months_of_a_whole_building(first, last, months):
    assert list(months_between(day(first), day(last))) == months


def test_a_month_has_the_price_of_its_first_day():
    rates = [Rate(85_000_000, None, day("2024-06-15")), Rate(90_000_000, day("2024-06-16"))]

    assert [month_charge(rates, 2024, month) for month in (6, 7)] == [85_000_000, 90_000_000]
    assert month_charge(rates[1:], 2024, 6) is None


def test_the_first_day_with_too_much_in_stock_counts_all_deposits_and_withdrawals_up_to_it():
    deposits = [
        Goods(Decimal(60), day("2024-01-01"), [(day("2024-01-04"), Decimal(30))]),
        Goods(Decimal(30), day("2024-01-03"), []),
        Goods(Decimal(30), day("2024-01-05"), []),
        Goods(Decimal(20), day("2024-01-05"), []),
    ]

    def first(most, since):
        return first_above(deposits, Decimal(most), day(since))

    assert first(89, "2024-01-01") == (day("2024-01-03"), 90)
    assert first(90, "2024-01-01") == (day("2024-01-05"), 110)
    assert first(110, "2024-01-01") is None
    # What came before the asked days stands there on the first of them.
    assert first(59, "2024-01-02") == (day("2024-01-02"), 60)
    assert intake_by_day(deposits) == {
        day("2024-01-01"): 60,
        day("2024-01-03"): 30,
        day("2024-01-05"): 50,
    }
