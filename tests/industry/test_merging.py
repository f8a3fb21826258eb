"""Two records of one business become one, and the merge is taken back."""

import pytest
from django.core.exceptions import ValidationError

from balikpapan.audit.models import Change
from balikpapan.audit.store import StaleRecord, store
from industry import merging
from industry.merging import business_pairs, merge, unmerge
from industry.models import Business, BusinessYear, Certificate, Merge, Participation
from tests.factories import (
    BillFactory,
    BuildingRentalFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ClosedYearFactory,
    DepositFactory,
    KelurahanFactory,
    LeaseFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
NIB = "9120000000001"


@pytest.fixture
def pair():
    """One business recorded twice."""
    return (
        BusinessFactory(name="Amplang Uji", owner_name="Ani Contoh"),
        BusinessFactory(name="AMPLANG UJI", owner_name="Ani Contoh"),
    )


def say(business, **values):
    """Stores what somebody types into a business."""
    business.refresh_from_db()
    for name, value in values.items():
        setattr(business, name, value)
    store(business, by=None, channel=Change.Channel.FORM)


def current(record):
    """The record as it is stored now."""
    return type(record).objects.get(pk=record.pk)


def test_blank_fields_are_filled_and_filled_ones_stand(pair, verifikator):
    kept, dropped = pair
    say(kept, brand="Lama")
    say(dropped, brand="Baru", nib=NIB, kelurahan=KelurahanFactory())

    act = merge(kept, dropped, by=verifikator)

    stored = current(kept)
    assert (stored.brand, stored.nib, stored.kelurahan) == ("Lama", NIB, dropped.kelurahan)
    assert stored.kecamatan == dropped.kelurahan.kecamatan
    assert current(dropped).archived_at is not None
    assert (act.kept, act.dropped, act.by, act.undone_at) == (kept, dropped, verifikator, None)


def test_a_kecamatan_without_kelurahan_passes_to_the_kept_record(pair, verifikator):
    kept, dropped = pair
    say(dropped, kecamatan=KelurahanFactory().kecamatan)

    merge(kept, dropped, by=verifikator)

    assert current(kept).kecamatan == dropped.kecamatan


def test_a_chosen_value_of_the_other_record_stands(pair, verifikator):
    kept, dropped = pair
    say(kept, brand="Lama", notes="Satu")
    say(dropped, brand="Baru", notes="Dua")

    merge(kept, dropped, by=verifikator, choices={"brand": "dropped", "notes": "kept"})

    assert (current(kept).brand, current(kept).notes) == ("Baru", "Satu")


@pytest.mark.parametrize("name", merging.FIRST_YEARS)
@pytest.mark.parametrize(("mine", "theirs"), [(2015, 2009), (2009, 2015), (None, 2009)])
def test_the_earlier_first_year_stands(pair, verifikator, name, mine, theirs):
    kept, dropped = pair
    say(kept, **{name: mine})
    say(dropped, **{name: theirs})
    if name == "listed_year" and mine is None:
        kept = current(kept)  # an unknown year of listing is filled with this one

    merge(kept, dropped, by=verifikator)

    assert getattr(current(kept), name) == 2009


def test_years_certificates_participations_and_leases_move(pair, verifikator):
    kept, dropped = pair
    year = BusinessYearFactory(business=dropped, year=2023, turnover=5)
    certificate = CertificateFactory(business=dropped, number="P-IRT 1")
    participation = ParticipationFactory(business=dropped, person="")
    lease = LeaseFactory(business=dropped)

    merge(kept, dropped, by=verifikator)

    assert {current(r).business for r in (year, certificate, participation, lease)} == {kept}


def test_goods_and_rents_move_but_not_those_of_a_closed_year_nor_bills(pair, verifikator):
    kept, dropped = pair
    ClosedYearFactory(year=2022)
    tenant = {"business": dropped, "tenant_name": ""}
    open_ones = [DepositFactory(**tenant), BuildingRentalFactory(**tenant)]
    closed = BuildingRentalFactory(**tenant, year=2022)
    bill = BillFactory(**tenant)

    merge(kept, dropped, by=verifikator)

    assert {current(record).business for record in open_ones} == {kept}
    assert {current(record).business for record in (closed, bill)} == {dropped}


def test_what_the_kept_record_has_already_goes_to_the_archive(pair, verifikator):
    kept, dropped = pair
    for business in pair:
        CertificateFactory(business=business, kind="pirt", number="P-IRT 1")
        BusinessYearFactory(business=business, year=2023, turnover=5)
    own = ParticipationFactory(business=kept, person="")
    ParticipationFactory(business=dropped, person="", programme=own.programme)

    merge(kept, dropped, by=verifikator)

    for model in (Certificate, BusinessYear, Participation):
        assert [record.business for record in model.objects.kept()] == [kept]


def test_differing_figures_of_a_year_are_refused_until_chosen(pair, verifikator):
    kept, dropped = pair
    moving = BusinessYearFactory(business=dropped, year=2022, turnover=5)
    BusinessYearFactory(business=kept, year=2023, turnover=10, investment=None, workers_total=4)
    BusinessYearFactory(business=dropped, year=2023, turnover=20, investment=7, workers_total=4)

    with pytest.raises(ValidationError, match="tahun 2023"):
        merge(kept, dropped, by=verifikator)

    assert current(moving).business == dropped
    assert not Merge.objects.exists()

    merge(kept, dropped, by=verifikator, choices={"2023.turnover": "dropped"})

    stored = BusinessYear.objects.kept().get(business=kept, year=2023)
    assert (stored.turnover, stored.investment, stored.workers_total) == (20, 7, 4)


def test_a_merge_refused_at_its_end_leaves_everything_as_it_was(pair, verifikator):
    kept, dropped = pair
    say(kept, founded_year=None, listed_year=2005, closed_year=2010, status="closed")
    say(dropped, founded_year=2015)
    year = BusinessYearFactory(business=dropped, year=2023)
    before = Change.objects.count()

    with pytest.raises(ValidationError, match="Tahun tutup"):
        merge(current(kept), current(dropped), by=verifikator)

    assert current(year).business == dropped
    assert current(dropped).archived_at is None
    assert (Merge.objects.count(), Change.objects.count()) == (0, before)


def test_a_closed_year_stays_where_it_is_and_open_ones_move(pair, verifikator):
    kept, dropped = pair
    closed = BusinessYearFactory(business=dropped, year=2022)
    opened = BusinessYearFactory(business=dropped, year=2023)
    ClosedYearFactory(year=2022)

    act = merge(kept, dropped, by=verifikator)

    assert (current(closed).business, current(opened).business) == (dropped, kept)
    assert current(closed).archived_at is None

    unmerge(act, by=verifikator)

    assert current(opened).business == dropped
    assert current(dropped).archived_at is None


def test_differing_figures_of_a_closed_year_do_not_hinder(pair, verifikator):
    kept, dropped = pair
    BusinessYearFactory(business=kept, year=2022, turnover=1)
    BusinessYearFactory(business=dropped, year=2022, turnover=2)
    ClosedYearFactory(year=2022)

    merge(kept, dropped, by=verifikator)

    assert set(BusinessYear.objects.kept().values_list("turnover", flat=True)) == {1, 2}


@pytest.mark.parametrize("case", ["itself", "archived kept", "archived dropped"])
def test_only_two_different_kept_businesses_are_merged(pair, verifikator, case):
    kept, dropped = pair
    if case == "itself":
        dropped = kept
    else:
        (kept if case == "archived kept" else dropped).archived_at = "2025-01-01T00:00Z"

    with pytest.raises(ValidationError, match="Pilih dua usaha berbeda"):
        merge(kept, dropped, by=verifikator)


def test_undoing_gives_everything_back(pair, verifikator):
    kept, dropped = pair
    say(dropped, brand="Baru", nib=NIB)
    year = BusinessYearFactory(business=dropped, year=2023)
    act = merge(kept, current(dropped), by=verifikator)

    unmerge(act, by=verifikator)

    act.refresh_from_db()
    assert (act.undone_by, act.undone_at is not None) == (verifikator, True)
    assert (current(kept).brand, current(kept).nib) == ("", "")
    assert (current(dropped).nib, current(dropped).archived_at) == (NIB, None)
    assert current(year).business == dropped


def test_undoing_a_second_merge_leaves_what_was_typed_between_the_two(pair, verifikator):
    kept, dropped = pair
    say(dropped, products="Amplang")
    unmerge(merge(current(kept), current(dropped), by=verifikator), by=verifikator)
    say(kept, brand="Cap Uji")
    second = merge(current(kept), current(dropped), by=verifikator)

    unmerge(second, by=verifikator)

    assert (current(kept).brand, current(kept).products) == ("Cap Uji", "")
    assert list(Merge.objects.standing()) == []


def test_a_merge_edited_since_is_not_undone_and_stands(pair, verifikator):
    kept, dropped = pair
    say(dropped, products="Amplang")
    act = merge(kept, dropped, by=verifikator)
    say(kept, brand="Diketik sesudahnya")

    with pytest.raises(ValidationError, match="sudah diubah sejak itu"):
        unmerge(act, by=verifikator)

    act.refresh_from_db()
    assert (act.undone_at, act.undone_by) == (None, None)
    assert current(dropped).archived_at is not None


def test_a_merge_is_undone_once(pair, verifikator):
    act = merge(*pair, by=verifikator)
    unmerge(act, by=verifikator)
    changes = Change.objects.count()

    with pytest.raises(ValidationError, match="sudah dibatalkan"):
        unmerge(act, by=verifikator)

    assert Change.objects.count() == changes


def test_a_merged_business_is_not_counted_twice(pair, verifikator):
    merge(*pair, by=verifikator)

    assert list(Business.objects.likely_doubles()) == []
    assert list(Business.objects.kept()) == [pair[0]]


def test_the_number_of_a_record_is_no_value_to_choose(pair):
    names = [value.field.name for value in business_pairs(*pair)]

    assert "id" not in names
    assert {"name", "owner_name", "nib"} <= set(names)


def test_a_pair_is_not_merged_the_other_way_round_by_who_read_it_before(pair, verifikator):
    read_before = [current(business) for business in reversed(pair)]
    merge(*pair, by=verifikator)

    with pytest.raises(StaleRecord):
        merge(*read_before, by=verifikator)

    assert (Merge.objects.count(), current(pair[0]).archived_at) == (1, None)
