"""The dashboard says what the registers hold, and only to who may see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, store
from balikpapan.dashboard.queries import current, overview
from balikpapan.intake.models import Upload
from facilities.models import Asset, Facility, Maintenance, StorageMonth
from industry.models import Business, Certificate, PublishedFigure, Revenue
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    FacilityFactory,
    KecamatanFactory,
    KelurahanFactory,
    LeaseFactory,
    MaintenanceFactory,
    ProductionUnitFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 11, 25)


def everything(model):
    return True


def only(*models):
    return lambda model: model in models


def some_of_everything(numbers):
    """The registers with one record of each kind per number."""
    by = get_user_model().objects.get_or_create(username="petugas")[0]
    for number in numbers:
        business = BusinessFactory(kelurahan=KelurahanFactory())
        BusinessYearFactory(business=business, year=2023)
        CertificateFactory(business=business, expires_on=date(2024, 12, 1))
        ProgrammeFactory()
        RevenueFactory(source_name=f"Sumber {number}")
        RevenueFactory(year=2023, status="published", source_name=f"Sumber {number}")
        PublishedFigureFactory(year=2024 - number)
        StorageMonthFactory(chamber=ChamberFactory())
        MaintenanceFactory(asset=AssetFactory(facility=FacilityFactory()))
        LeaseFactory(business=business)
        Upload.objects.create(
            register="ikm", file_name="a.xlsx", sha256="0" * 64, size=1, by=by, status="stored"
        )


def test_the_number_of_queries_does_not_grow_with_the_registers(django_assert_num_queries):
    # PostgreSQL is also asked whether a write is still on its way.
    number = 29 + (connection.vendor == "postgresql")
    some_of_everything([0])
    with django_assert_num_queries(number):
        overview(everything, TODAY)

    some_of_everything(range(1, 6))
    with django_assert_num_queries(number):
        board = overview(everything, TODAY)

    assert board.industries.now.value == 6


def test_the_page_asks_the_same_number_of_questions_for_few_records_and_for_many(admin_client):
    asked = []
    admin_client.get("/")
    for numbers in ([0], range(1, 9)):
        some_of_everything(numbers)
        cache.clear()  # factories leave no change behind
        with CaptureQueriesContext(connection) as queries:
            page = admin_client.get("/")
        asked.append(len(queries))

    assert page.status_code == 200
    assert asked[0] == asked[1]


def test_nothing_is_asked_for_who_may_see_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        board = overview(only(), TODAY)

    assert board.counts == []
    assert board.industries is None


@pytest.mark.parametrize(
    ("model", "part"),
    [
        (Business, "industries"),
        (Business, "health"),
        (Certificate, "certificates"),
        (Revenue, "revenue"),
        (StorageMonth, "chambers"),
        (Maintenance, "upkeep"),
        (Upload, "uploads"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_part_belongs_to_who_may_view_its_records(model, part):
    assert getattr(overview(only(model), TODAY), part) is not None
    assert getattr(overview(only(Facility, Asset), TODAY), part) is None


def test_a_centre_tells_the_units_let_today_and_a_place_without_units_nothing():
    lease = LeaseFactory(unit__facility__name="Sentra Uji")
    ProductionUnitFactory(facility=lease.unit.facility)
    FacilityFactory()

    [use] = overview(only(Facility), TODAY).occupancy

    assert (use.label, use.units, use.let, use.share * 2) == ("Sentra Uji", 2, 1, 1)
    assert use.link == f"/facilities/facility/{lease.unit.facility_id}/centre/"


def test_published_and_counted_need_the_right_to_both():
    assert overview(only(PublishedFigure), TODAY).compared is None
    assert overview(only(PublishedFigure, Business, Revenue), TODAY).compared is not None


def test_an_ikm_counts_in_a_year_until_it_closes():
    BusinessFactory(founded_year=2021)
    BusinessFactory(founded_year=2022, closed=2024)
    BusinessFactory(founded_year=2020, archived=True)

    industries = overview(only(Business), TODAY).industries

    assert industries.years == [2020, 2021, 2022, 2023, 2024]
    assert [figure.value for figure in industries.standing] == [0, 1, 2, 2, 1]
    assert industries.new == [0, 1, 1, 0, 0]


def test_every_kecamatan_is_shown_and_the_unknown_one_only_when_it_has_ikm():
    kelurahan = KelurahanFactory()
    BusinessFactory(kelurahan=kelurahan)
    by_district = overview(only(Business), TODAY).industries.districts
    BusinessFactory()

    districts = overview(only(Business), TODAY).industries.districts

    assert by_district[kelurahan.kecamatan.name][-1].value == 1
    assert "Belum diketahui" not in by_district
    assert districts["Belum diketahui"][-1].value == 1


def test_a_kelurahan_that_moved_takes_its_ikm_along(admin_client):
    kelurahan = KelurahanFactory()
    BusinessFactory(kelurahan=kelurahan)
    old, kelurahan.kecamatan = kelurahan.kecamatan, KecamatanFactory()
    store(kelurahan, by=None, channel=Change.Channel.FORM)

    districts = overview(only(Business), TODAY).industries.districts
    now, before = districts[kelurahan.kecamatan.name][-1], districts[old.name][-1]

    assert (now.value, before.value) == (1, 0)
    assert admin_client.get(now.link).context["cl"].queryset.count() == 1
    assert admin_client.get(before.link).context["cl"].queryset.count() == 0


def test_the_parts_by_kecamatan_add_up_to_the_whole():
    some_of_everything(range(3))
    BusinessFactory()

    industries = overview(only(Business), TODAY).industries

    assert sum(years[-1].value for years in industries.districts.values()) == industries.now.value


def test_a_record_is_complete_when_the_yearly_book_lacks_nothing_of_it():
    BusinessFactory(owner_name="Siti Contoh", address="Jalan Uji 1")

    health = overview(only(Business), TODAY).health

    lacking = {figure.label: figure.value for figure in health.lacking}
    assert (lacking["Nama pemilik"], lacking["NIB"]) == (0, 1)
    assert health.complete.value == 0
    assert health.percent == 0


def test_the_same_name_and_owner_twice_is_a_likely_double():
    BusinessFactory(name="Amplang Uji", owner_name="Siti Contoh")
    BusinessFactory(name="Amplang Uji", owner_name="Budi Contoh")
    alone = overview(only(Business), TODAY).health.doubles
    BusinessFactory(name="Amplang Uji", owner_name="Siti Contoh")

    doubles = overview(only(Business), TODAY).health.doubles

    assert (alone.value, doubles.value) == (0, 2)


def test_growth_and_percent_are_blank_where_the_base_is_missing():
    RevenueFactory(year=2023, target=None, realised=100_000_000)
    RevenueFactory(year=2024, target=120_000_000, realised=150_000_000)

    first, second = overview(only(Revenue), TODAY).revenue

    assert (first.percent, first.growth) == (None, None)
    assert (second.percent, second.growth) == (Decimal("1.25"), Decimal("0.5"))


def test_a_published_figure_stands_beside_the_counted_one():
    PublishedFigureFactory()
    BusinessFactory()
    RevenueFactory(year=2023, status="published", realised=144_000_000)
    RevenueFactory(year=2024, status="published", realised=330_280_000)
    RevenueFactory(year=2024, source_name="Sewa", status="final", realised=300_000_000)

    compared = overview(everything, TODAY).compared

    assert [(row.label, row.year, row.published, row.counted) for row in compared] == [
        ("Jumlah IKM", 2024, 1029, 1),
        ("Realisasi PAD", 2024, 330_280_000, 300_000_000),
        ("Realisasi PAD", 2023, 144_000_000, None),
    ]


def test_utilisation_is_kg_days_against_what_the_room_could_have_held():
    StorageMonthFactory(chamber=ChamberFactory(capacity_ton=60), kg_days=900_000)

    [chamber] = overview(only(StorageMonth), TODAY).chambers

    assert chamber.latest.label == "Juni 2024"
    assert chamber.latest.value == Decimal("0.5")


def test_a_room_without_months_has_no_utilisation():
    ChamberFactory()

    [chamber] = overview(only(StorageMonth), TODAY).chambers

    assert chamber.latest is None


def test_certificates_expire_within_ninety_days_or_have_expired():
    CertificateFactory(expires_on=date(2025, 2, 23))
    CertificateFactory(expires_on=date(2025, 2, 24))
    CertificateFactory(expires_on=date(2024, 11, 24))
    CertificateFactory(expires_on=None, issued_on=None)

    board = overview(only(Certificate), TODAY)

    assert (board.certificates.soon.value, board.certificates.over.value) == (1, 1)
    assert board.counts[0].value == 3


def test_held_rows_wait_until_their_upload_is_undone():
    for status, held in (("stored", 4), ("planned", 2), ("undone", 9), ("refused", 0)):
        Upload.objects.create(
            register="ikm",
            file_name="a.xlsx",
            sha256="0" * 64,
            size=1,
            status=status,
            counts={"held": held},
        )

    uploads = overview(only(Upload, Business), TODAY).uploads

    assert (uploads.waiting.value, uploads.held.value) == (1, 6)


def test_the_files_of_a_register_are_shown_to_who_may_view_it_only():
    Upload.objects.create(
        register="ikm", file_name="ikm.xlsx", sha256="0" * 64, size=1, counts={"held": 2}
    )

    unseen = overview(only(Upload, Asset), TODAY).uploads

    assert (unseen.waiting.value, unseen.held.value, unseen.latest) == (0, 0, [])


def test_a_register_without_ikm_is_empty_for_who_may_see_it():
    assert overview(only(Business), TODAY).is_empty
    assert not overview(only(Revenue), TODAY).is_empty


def test_every_number_leads_to_a_list():
    some_of_everything([0])

    board = overview(everything, TODAY)

    figures = [*board.counts, *board.industries.standing, *board.health.lacking]
    assert all(figure.link.startswith("/") for figure in figures)


def test_the_kept_figures_follow_every_write():
    business = BusinessFactory.build(founded_year=2020, listed_year=2020, kelurahan=None)
    store(business, by=None, channel=Change.Channel.SYSTEM)
    first = current(only(Business), TODAY).industries.now.value

    with CaptureQueriesContext(connection) as again:
        cached = current(only(Business), TODAY).industries.now.value
    archive(business, by=None, channel=Change.Channel.SYSTEM)

    assert (first, cached, len(again)) == (1, 1, 1)
    assert current(only(Business), TODAY).industries.now.value == 0


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_change_that_arrives_after_a_newer_one_is_not_missed():
    business = BusinessFactory()
    late = connection.copy()
    with late.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE industry_business SET archived_at = now()")
        cursor.execute(
            "INSERT INTO audit_change (model, record, version, action, before, after, at, channel, "
            "reason, sheet, salt, digest, link) VALUES ('industry.business', %s, 2, 'archived', "
            "'{}', '{}', now(), 'system', '', '', '', '', 0)",
            [business.pk],
        )
    store(BusinessFactory.build(), by=None, channel=Change.Channel.SYSTEM)
    before = current(only(Business), TODAY).industries.now.value
    with late.cursor() as cursor:
        cursor.execute("COMMIT")
    late.close()

    assert (before, current(only(Business), TODAY).industries.now.value) == (2, 1)


@pytest.mark.parametrize("way", ["one", "many"])
def test_what_a_record_lacks_is_known_however_it_was_written(way):
    fields = {"name": "Usaha Uji", "owner_name": "Siti Contoh", "nib": "9120001234567"}
    if way == "one":
        store(Business(**fields), by=None, channel=Change.Channel.FORM)
    else:
        create_many(
            Business, [NewRecord(fields | {"status": "active"}, 0)], ChangeSource("command")
        )
    first = lacking()
    business = Business.objects.get()
    business.owner_name, business.address = "", "Jalan Uji 1"
    store(business, by=None, channel=Change.Channel.FORM)

    others = ["Kelurahan", "Kelompok industri", "KBLI", "Telepon", "Produk"]
    assert first == ["Alamat", *others]
    assert lacking() == ["Nama pemilik", *others]


def lacking():
    health = overview(only(Business), TODAY).health
    return [figure.label for figure in health.lacking if figure.value]
