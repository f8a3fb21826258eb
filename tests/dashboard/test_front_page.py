"""Each number of the front page is the length of the list it leads to, and lists go in their order."""

from datetime import date

import pytest

from balikpapan.dashboard.queries import overview
from balikpapan.intake.models import Upload
from industry.models import Business, Certificate, PublishedFigure, Revenue
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    ConditionCheckFactory,
    FacilityFactory,
    KecamatanFactory,
    KelurahanFactory,
    MaintenanceFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
    ScaleRuleFactory,
    StorageMonthFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 11, 25)


def everything(model):
    return True


def handed_in(status, held=0):
    return Upload.objects.create(
        register="ikm",
        file_name=f"{status}.xlsx",
        sha256="0" * 64,
        size=1,
        status=status,
        counts={"held": held},
    )


@pytest.fixture
def register(db):
    """Records inside and outside of every number."""
    ScaleRuleFactory(workers_max=99, result="small")
    ScaleRuleFactory(workers_min=100, result="large", label="Besar")
    west, east = KecamatanFactory(name="Barat Uji"), KecamatanFactory(name="Timur Uji")
    in_west, in_east = KelurahanFactory(kecamatan=west), KelurahanFactory(kecamatan=east)
    firms = [
        BusinessFactory(kelurahan=in_west),
        BusinessFactory(kelurahan=in_west, nib="9120000000001", owner_name="Ani Contoh"),
        BusinessFactory(kelurahan=in_west, closed=2023),
        BusinessFactory(kelurahan=in_east, founded_year=2024, listed_year=2024),
        BusinessFactory(kecamatan=east, founded_year=None, listed_year=2022, address="Jl. Uji"),
        BusinessFactory(archived=True),
        BusinessFactory(founded_year=None, listed_year=None),
        BusinessFactory(kecamatan=east, name="Besar"),
        *(BusinessFactory(name="Kembar", owner_name="Budi Contoh") for _ in range(2)),
    ]
    for year in (2023, 2024):
        BusinessYearFactory(business=firms[0], year=year)
    BusinessYearFactory(business=firms[1], year=2023, archived=True)
    BusinessYearFactory(
        business=firms[7], year=2024, workers_male=100, workers_female=50, workers_total=150
    )
    for day in ("2024-11-24", "2024-11-25", "2025-02-23", "2025-02-24"):
        CertificateFactory(business=firms[0], expires_on=day)
    CertificateFactory(business=firms[0], expires_on="2024-12-01", status="in_process")
    CertificateFactory(business=firms[0], expires_on="2024-12-01", archived=True)
    for fields in ({}, {"year": 2023}, {"archived": True}):
        ProgrammeFactory(**fields)
        AssetFactory(archived="archived" in fields)
        FacilityFactory(archived="archived" in fields)
    asset = AssetFactory()
    for day, condition in (("2023-05-01", "good"), ("2024-06-01", "light_damage")):
        ConditionCheckFactory(asset=asset, checked_on=day, condition=condition)
    for day in ("2024-11-24", "2024-11-25", "2024-12-25", "2024-12-26"):
        MaintenanceFactory(asset=asset, due_on=day, done_on=None)
    MaintenanceFactory(asset=asset, due_on="2024-11-01")
    for status in ("needs_answer", "planned", "stored", "undone", "refused"):
        handed_in(status, held=2)


def test_every_number_is_the_length_of_its_list(register, admin_client):
    board = overview(everything, TODAY)
    figures = {
        **{figure.label: figure for figure in board.counts},
        **{f"berdiri {figure.label}": figure for figure in board.industries.standing},
        **{
            f"{name} {figure.label}": figure
            for name, row in board.industries.districts.items()
            for figure in row
        },
        **{f"tanpa {figure.label}": figure for figure in board.health.lacking},
        **{
            figure.label: figure
            for figure in (
                board.health.total,
                board.health.complete,
                board.health.doubles,
                board.certificates.soon,
                board.certificates.over,
                board.uploads.waiting,
                board.upkeep.overdue,
                board.upkeep.soon,
                *board.goods.conditions,
            )
        },
    }
    assert [figure.value for figure in board.goods.conditions] == [0, 1, 0]
    assert (board.upkeep.overdue.value, board.upkeep.soon.value) == (1, 2)
    # Its list holds those that have ended as well.
    figures.pop("sertifikat berlaku")

    lengths = {
        label: admin_client.get(figure.link).context["cl"].result_count
        for label, figure in figures.items()
    }

    assert lengths == {label: figure.value for label, figure in figures.items()}
    assert sum(lengths.values()) > len(lengths)


def test_the_ikm_stand_by_kecamatan_and_year(register):
    board = overview(everything, TODAY)

    def row(name):
        return [figure.value for figure in board.industries.districts[name]]

    assert board.industries.years == [2020, 2021, 2022, 2023, 2024]
    assert row("Barat Uji") == [3, 3, 3, 2, 2]
    assert row("Timur Uji") == [1, 1, 2, 2, 2]
    assert row("Belum diketahui") == [2, 2, 2, 2, 2]
    assert board.industries.new == [6, 0, 1, 0, 1]
    assert board.health.percent == board.health.complete.value / board.health.total.value


def test_certificates_that_end_first_stand_first_and_five_are_shown():
    for day in (9, 3, 7, 5, 11, 13):
        CertificateFactory(expires_on=date(2024, 12, day))

    expiring = overview(lambda model: model is Certificate, TODAY).certificates

    assert [each.expires_on.day for each in expiring.next] == [3, 5, 7, 9, 11]


def test_the_five_newest_uploads_are_shown_and_what_waits_is_counted():
    for status in ("refused", "planned", "needs_answer", "stored", "undone", "planned"):
        handed_in(status, held=1)

    uploads = overview(lambda model: model in (Upload, Business), TODAY).uploads
    of_no_register = overview(lambda model: model is Upload, TODAY).uploads

    assert (of_no_register.latest, of_no_register.held.value) == ([], 0)
    assert [each.status for each in uploads.latest] == [
        "planned",
        "undone",
        "stored",
        "needs_answer",
        "planned",
    ]
    assert (uploads.waiting.value, uploads.held.value) == (3, 4)


def test_a_room_is_shown_over_the_twelve_months_to_this_one():
    room = ChamberFactory(capacity_ton=60)
    StorageMonthFactory(chamber=room, year=2024, month=11, kg_days=900_000)
    StorageMonthFactory(chamber=room, year=2023, month=12, kg_days=90_000)
    StorageMonthFactory(chamber=room, year=2023, month=11, kg_days=1)
    StorageMonthFactory(chamber=room, year=2024, month=12, kg_days=1)
    StorageMonthFactory(chamber=room, year=2024, month=10, kg_days=1, archived=True)
    ChamberFactory(archived=True)
    ChamberFactory(facility=FacilityFactory(kind="cold_storage", archived=True))

    [shown] = overview(everything, TODAY).chambers

    assert (shown.months[0].label, shown.months[-1].label) == ("Desember 2023", "November 2024")
    assert len(shown.months) == 12
    assert {month.label for month in shown.months if month.value is not None} == {
        "Desember 2023",
        "November 2024",
    }
    assert shown.latest is shown.months[-1]


def test_pad_is_shown_for_the_last_five_years_known_and_none_to_come():
    for year in (2016, 2018, 2019, 2020, 2022, 2024, 2025):
        RevenueFactory(year=year, target=100, realised=50)

    board = overview(lambda model: model is Revenue, TODAY)

    assert [row.year for row in board.revenue] == [2018, 2019, 2020, 2022, 2024]
    assert {(row.target, row.realised, row.percent) for row in board.revenue} == {(100, 50, 0.5)}


def test_five_published_numbers_of_ikm_stand_beside_those_counted_newest_first():
    BusinessFactory(founded_year=2022)
    for year in (2019, 2020, 2021, 2022, 2023, 2024):
        PublishedFigureFactory(year=year, value=year)
    PublishedFigureFactory(indicator="Nilai investasi", year=2024)
    PublishedFigureFactory(year=2024, value=1, as_of=date(2024, 1, 1), archived=True)
    RevenueFactory(year=2023, status="published", realised=7)

    compared = overview(everything, TODAY).compared

    assert [(each.label, each.year, each.published, each.counted) for each in compared] == [
        ("Jumlah IKM", 2024, 2024, 1),
        ("Jumlah IKM", 2023, 2023, 1),
        ("Jumlah IKM", 2022, 2022, 1),
        ("Jumlah IKM", 2021, 2021, 0),
        ("Jumlah IKM", 2020, 2020, 0),
        ("Realisasi PAD", 2023, 7, None),
    ]
    assert not overview(lambda model: model is PublishedFigure, TODAY).compared


def test_rooms_stand_by_place_and_the_largest_first():
    east, west = (FacilityFactory(name=name, kind="cold_storage") for name in ("Timur", "Barat"))
    for place, name, tons in ((east, "A", 5), (west, "A", 10), (west, "B", 60), (west, "C", 10)):
        ChamberFactory(facility=place, name=name, capacity_ton=tons)

    assert [room.label for room in overview(everything, TODAY).chambers] == [
        "Barat: B",
        "Barat: A",
        "Barat: C",
        "Timur: A",
    ]
