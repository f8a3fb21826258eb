"""PAD of a source is entered monthly or once a year; nothing may be counted twice."""

import pytest
from django.core.exceptions import ValidationError

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from industry.models import Revenue
from industry.reports import revenue_month_table
from tests.factories import RevenueFactory
from tests.intake.importing import load, look, tally

pytestmark = pytest.mark.django_db

HEADINGS = ["Tahun", "Bulan", "Sumber Penerimaan", "Target (Rp)", "Realisasi (Rp)"]
YEARLY, JUNE = None, 6


def keep(**fields):
    return store(
        Revenue(year=2024, source_name="Sewa", **fields), by=None, channel=Change.Channel.FORM
    )


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        pytest.param((JUNE, None, 5), (YEARLY, None, 60), "Realisasi", id="realised monthly"),
        pytest.param((YEARLY, None, 60), (JUNE, None, 5), "Realisasi", id="realised yearly"),
        pytest.param((YEARLY, 60, None), (JUNE, 5, None), "Target", id="target yearly"),
        pytest.param((JUNE, 5, None), (YEARLY, 60, None), "Target", id="target monthly"),
    ],
)
def test_an_amount_is_not_entered_both_ways(first, second, word):
    for (month, target, realised), is_refused in ((first, False), (second, True)):
        fields = {"month": month, "target": target, "realised": realised}
        if not is_refused:
            keep(**fields)
            continue
        with pytest.raises(ValidationError, match=f"{word} .* terhitung dua kali"):
            keep(**fields)

    words = {6: "Juni", None: None}
    rows = [
        [2024, words[month], "Sewa", target, realised]
        for month, target, realised in (first, second)
    ]
    assert tally(look([HEADINGS, rows[1]], "pad")) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((YEARLY, 60, None), (JUNE, None, 5), id="yearly target, monthly realisation"),
        pytest.param((JUNE, 5, 5), (7, 5, 5), id="two months"),
    ],
)
def test_what_is_not_counted_twice_stands_together(first, second):
    for month, target, realised in (first, second):
        keep(month=month, target=target, realised=realised)

    assert Revenue.objects.count() == 2


def test_one_sheet_does_not_state_an_amount_both_ways():
    rows = [[2024, None, "Sewa", 60, None], [2024, "Juni", "Sewa", 5, None]]

    assert tally(look([HEADINGS, *rows], "pad")) == (1, 0, 0, 1, 0)


def test_a_sheet_does_not_give_a_stored_month_a_target_the_year_has():
    keep(month=YEARLY, target=60)
    keep(month=JUNE, realised=5)

    assert tally(look([HEADINGS, [2024, "Juni", "Sewa", 5, 5]], "pad")) == (0, 0, 0, 1, 0)


def test_a_month_may_be_corrected_by_a_sheet():
    keep(month=JUNE, realised=5)

    load([HEADINGS, [2024, "Juni", "Sewa", None, 7]], "pad")

    assert Revenue.objects.get().realised == 7


def test_pad_adds_up_month_by_month_against_the_target_of_the_year():
    RevenueFactory(month=YEARLY, source_name="Sewa", target=1_000, realised=None)
    RevenueFactory(month=1, source_name="Sewa", target=None, realised=100)
    RevenueFactory(month=3, source_name="Sewa", target=None, realised=400)

    table = revenue_month_table(2024)

    lines = {row.values[0]: row.values[1:] for row in table.rows}
    assert lines["Januari"] == (None, 100, 100, 10)
    assert lines["Februari"] == (None, None, None, None)
    assert lines["Maret"] == (None, 400, 500, 50)
    assert lines["Tanpa bulan"] == (1_000, None, None, None)
    assert table.total_row.values == ("Jumlah", 1_000, 500, 500, 50)


def test_the_months_add_up_to_table_9():
    RevenueFactory(month=1, stage="original", realised=100)
    RevenueFactory(month=1, stage="revised", realised=150)
    RevenueFactory(month=2, realised=10, archived=True)
    RevenueFactory(status="published", source_name="Publikasi", realised=999)

    [year] = [sums for sums in Revenue.objects.by_year() if sums["year"] == 2024]
    assert revenue_month_table(2024).total_row.values[2] == year["realised_sum"] == 150
