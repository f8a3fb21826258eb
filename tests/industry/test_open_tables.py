"""The tables behind the open data: every place and kelompok has its row, the unknown only if used."""

import datetime

import pytest

from industry.models import IndustryGroup
from industry.reports import open_counts_table, open_figures_table
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    KecamatanFactory,
    KelurahanFactory,
)

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def places():
    """Two kecamatan and two kelompok, and nothing beside them."""
    IndustryGroup.objects.all().delete()
    west, east = KecamatanFactory(code="99.01.01"), KecamatanFactory(code="99.01.02")
    groups = [IndustryGroupFactory(name="Pangan Uji"), IndustryGroupFactory(name="Sandang Uji")]
    return west, east, groups


def lines(table, *keys):
    ours = {"99.01.01", "99.01.02", ""}
    codes = {code.replace(".", "") for code in ours}
    return [
        tuple(table.value(row, key) for key in keys)
        for row in table.rows
        if table.value(row, "code") in codes
    ]


def test_every_kelompok_of_every_kecamatan_has_its_count_zeros_too(places):
    west, east, (food, cloth) = places
    BusinessFactory.create_batch(2, kelurahan=KelurahanFactory(kecamatan=west), group=food)
    BusinessFactory(kecamatan=east, group=cloth)
    BusinessFactory(kecamatan=east, group=cloth, closed=YEAR)
    BusinessFactory(kecamatan=east, group=cloth, archived=True)

    table = open_counts_table(YEAR)

    assert lines(table, "code", "label", "group", "units") == [
        ("990101", west.name, "Pangan Uji", 2),
        ("990101", west.name, "Sandang Uji", 0),
        ("990102", east.name, "Pangan Uji", 0),
        ("990102", east.name, "Sandang Uji", 1),
    ]
    assert len({row.key for row in table.rows}) == len(table.rows)
    assert f"31 Desember {YEAR}" in table.subtitle[0]


def test_what_is_not_filled_in_has_a_row_only_where_some_ikm_has_it_so(places):
    west, _, (food, _) = places
    BusinessFactory(kecamatan=west, group=None)
    BusinessFactory(group=food)
    BusinessFactory(group=None)

    counts = [line for line in lines(open_counts_table(YEAR), "code", "group", "units") if line[2]]

    assert counts == [
        ("990101", "Belum diisi", 1),
        ("", "Pangan Uji", 1),
        ("", "Belum diisi", 1),
    ]


def test_an_archived_place_or_kelompok_has_rows_only_where_some_ikm_has_it_so(places):
    west, east, (food, cloth) = places
    BusinessFactory(kecamatan=west, group=food)
    moment = datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)
    type(west).objects.filter(code__in=[west.code, east.code]).update(archived_at=moment)
    IndustryGroup.objects.filter(pk__in=[food.pk, cloth.pk]).update(archived_at=moment)

    counts = lines(open_counts_table(YEAR), "code", "group", "units")

    assert counts == [("990101", "Pangan Uji", 1)]
    assert lines(open_figures_table(YEAR), "code") == [("990101",)]


def test_the_figures_of_a_kecamatan_are_those_reported_there_and_unknown_where_none_are(places):
    west, east, _ = places
    for place, workers in ((west, 3), (west, 4)):
        BusinessYearFactory(
            business=BusinessFactory(kecamatan=place),
            year=YEAR,
            workers_male=workers,
            workers_female=0,
            workers_total=workers,
        )
    BusinessYearFactory(business=BusinessFactory(kecamatan=east), year=YEAR - 1)

    table = open_figures_table(YEAR)

    assert lines(table, "code", "label", "workers_total") == [
        ("990101", west.name, 7),
        ("990102", east.name, None),
    ]
    assert table.value(table.total_row, "workers_total") == 7


def test_ikm_without_a_kecamatan_stand_last_in_the_figures(places):
    BusinessYearFactory(business=BusinessFactory(), year=YEAR)

    last = lines(open_figures_table(YEAR), "code", "workers_total")[-1]

    assert last == ("", 3)
