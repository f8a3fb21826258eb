"""What a table says besides its sums: which rows stand in it, in which order, in which words."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from industry import reports
from industry.reports.selection import Selection
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    KbliFactory,
    KecamatanFactory,
    KelurahanFactory,
    RevenueAccountFactory,
    RevenueFactory,
)

pytestmark = pytest.mark.django_db

YEAR = 2024


def column(table, key, kind="row"):
    return [table.value(row, key) for row in table.rows if row.kind == kind]


# The nominative list


def test_the_nominative_list_goes_by_kecamatan_then_kelurahan_then_name():
    west, east = KecamatanFactory(code="64.71.91"), KecamatanFactory(code="64.71.92")
    first = KelurahanFactory(code="64.71.91.1001", kecamatan=west)
    second = KelurahanFactory(code="64.71.91.1002", kecamatan=west)
    other = KelurahanFactory(code="64.71.92.1001", kecamatan=east)
    for name, ward in (("A", other), ("D", second), ("C", first), ("B", first)):
        BusinessFactory(name=name, kelurahan=ward)

    assert column(reports.nominative_table(YEAR), "name") == ["B", "C", "D", "A"]


def test_businesses_of_one_name_in_one_place_stand_as_they_were_recorded():
    ward = KelurahanFactory()
    numbers = ["1111111111111", "2222222222222", "3333333333333"]
    for nib in numbers:
        BusinessFactory(name="Sama", kelurahan=ward, nib=nib)

    assert column(reports.nominative_table(YEAR), "nib") == numbers


@pytest.mark.parametrize(
    "fields", [{"closed": YEAR}, {"founded_year": YEAR + 1}, {"archived": True}], ids=str
)
def test_the_nominative_list_leaves_out_what_does_not_count(fields):
    BusinessFactory(name="Terhitung")
    BusinessFactory(name="Tidak", **fields)

    assert column(reports.nominative_table(YEAR), "name") == ["Terhitung"]


def test_the_nominative_list_takes_the_figures_of_its_year_only():
    business = BusinessFactory()
    BusinessYearFactory(business=business, year=YEAR - 1, investment=1)
    BusinessYearFactory(business=business, year=YEAR, investment=2, archived=True)

    assert column(reports.nominative_table(YEAR), "investment") == [None]


def test_a_screen_shows_so_many_businesses_and_says_how_many_there_are():
    BusinessFactory.create_batch(3)

    part, whole = reports.nominative_table(YEAR, limit=2), reports.nominative_table(YEAR, limit=3)

    assert (len(part.rows), len(whole.rows)) == (2, 3)
    assert part.notes[0].startswith("2 dari 3 IKM ditampilkan.")
    assert part.total_row is None
    assert not any("ditampilkan" in note for note in whole.notes)


# Places and kinds


def test_a_kecamatan_without_movement_stands_in_table_6_with_zeros():
    quiet = KecamatanFactory()

    table = reports.movement_table(YEAR)

    [row] = [row for row in table.body if table.value(row, "label") == quiet.name]
    assert row.values[1:] == (0, 0, 0, 0)


def test_an_archived_kecamatan_stands_in_table_6_only_while_an_ikm_counts_there():
    gone, used = KecamatanFactory(archived=True), KecamatanFactory(archived=True)
    BusinessFactory(kelurahan=KelurahanFactory(kecamatan=used))

    names = column(reports.movement_table(YEAR), "label")

    assert used.name in names
    assert gone.name not in names


def test_a_narrowed_table_6_shows_its_own_kecamatan_only():
    here, elsewhere = KecamatanFactory(), KecamatanFactory()
    for kecamatan in (here, elsewhere):
        BusinessFactory(kelurahan=KelurahanFactory(kecamatan=kecamatan))

    table = reports.movement_table(YEAR, Selection(kecamatan=here))

    assert column(table, "label") == [here.name]
    assert table.total_row.values[1:] == (1, 0, 0, 1)


def test_the_kelompok_stand_in_the_order_of_the_office_and_the_unfilled_last():
    last, first = IndustryGroupFactory(position=99), IndustryGroupFactory(position=98)
    BusinessFactory(group=None)

    names = column(reports.group_table(YEAR), "label")

    assert names.index(first.name) < names.index(last.name)
    assert names[-1] == "Belum diisi"


def test_table_3_names_code_and_title_of_every_division_that_counts():
    KbliFactory(version=2020, code="10", title="Industri Makanan")
    BusinessFactory(kbli=KbliFactory(version=2020, code="10799", title="Industri Lain"))
    BusinessFactory(kbli=None)

    table = reports.division_table(YEAR)

    assert column(table, "code") == ["10", None]
    assert column(table, "label") == ["Industri Makanan", "Belum diisi"]


# Text columns of PAD


def test_the_sources_of_table_9_stand_with_the_codes_of_their_accounts():
    account = RevenueAccountFactory(code="4.1.02.02.20")
    RevenueFactory(year=YEAR, source_name="Retribusi Uji", account=account, realised=5)
    RevenueFactory(year=YEAR, source_name="Tanpa Kode", account=None, realised=6)

    table = reports.revenue_source_table(YEAR)
    pairs = dict(zip(column(table, "source"), column(table, "account"), strict=True))

    assert pairs == {"Retribusi Uji": "4.1.02.02.20", "Tanpa Kode": ""}


def test_the_months_of_pad_stand_in_order_with_those_nothing_is_known_of():
    RevenueFactory(year=YEAR, month=3, target=None, realised=5)
    RevenueFactory(year=YEAR, month=1, target=None, realised=2)

    table = reports.revenue_month_table(YEAR)

    assert column(table, "month")[:3] == ["Januari", "Februari", "Maret"]
    assert column(table, "realised")[:3] == [2, None, 5]
    assert column(table, "cumulative")[:3] == [2, None, 7]


# The list behind a number


def test_the_list_behind_the_pad_of_a_year_leaves_out_what_a_later_stage_replaced(pimpinan):
    replaced = RevenueFactory(year=YEAR, stage="original", target=10, realised=1)
    counted = RevenueFactory(year=YEAR, stage="revised", target=20, realised=2)
    table = reports.revenue_table(YEAR)
    link = table.rows[-1].links["realised"]

    rows = listed(link, pimpinan)

    assert counted in rows
    assert replaced not in rows


def test_the_list_behind_a_division_holds_its_businesses_only(pimpinan):
    KbliFactory(version=2020, code="10", title="Industri Makanan")
    kbli = KbliFactory(version=2020, code="10799", title="Industri Lain")
    inside = BusinessFactory(kbli=kbli)
    BusinessFactory(kbli=None)
    BusinessFactory(kbli=kbli, closed=YEAR)
    table = reports.division_table(YEAR)

    assert list(listed(table.rows[0].links["units"], pimpinan)) == [inside]


def listed(link, user):
    request = RequestFactory().get(link)
    request.user = user
    model_admin = resolve(link.split("?")[0]).func.model_admin
    return model_admin.get_changelist_instance(request).queryset
