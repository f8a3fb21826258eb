"""Every question a list can be asked narrows it to the records it names, and to no others."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from balikpapan.regions.models import Kecamatan
from facilities.models import Asset, Bill, ConditionCheck, Deposit, Facility, Maintenance
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Participation,
    Programme,
    Revenue,
    ScaleRule,
)
from tests.factories import (
    AssetFactory,
    BillFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    DepositFactory,
    FacilityFactory,
    KbliFactory,
    KecamatanFactory,
    KelurahanFactory,
    MaintenanceFactory,
    ParticipationFactory,
    ProgrammeFactory,
    RevenueFactory,
    ScaleRuleFactory,
    WithdrawalFactory,
)
from tests.pages import url

pytestmark = pytest.mark.django_db
NOTHING = set()


def in_one_order(value) -> str:
    """A name for a case that each process gives alike: sets have no order of their own."""
    return str(sorted(value) if isinstance(value, set | frozenset) else value)


@pytest.fixture
def listed(client, verifikator):
    """What a list shows of each record when it is asked something."""
    client.force_login(verifikator)

    def ask(model, shown, **asked):
        response = client.get(url(model, "changelist"), asked)
        assert response.status_code == 200
        return {shown(record) for record in response.context["cl"].result_list}

    return ask


# Businesses, and the lists of what belongs to them


@pytest.fixture
def businesses(db):
    """One IKM for each answer."""
    ScaleRuleFactory(workers_max=19, result="small")
    ScaleRuleFactory(workers_min=20, result="medium", label="Menengah")
    west, east = KecamatanFactory(name="Barat Uji"), KecamatanFactory(name="Timur Uji")
    KbliFactory(version=2020, code="10", title="Industri Makanan")
    food = KbliFactory(version=2020, code="10799", title="Industri Uji")
    wood = KbliFactory(version=2020, code="16299", title="Industri Kayu Uji")
    ward = KelurahanFactory(kecamatan=west)
    for name, fields in {
        "lama": {"founded_year": 2020, "kelurahan": ward, "kbli": food},
        "baru": {"founded_year": 2024, "listed_year": 2024, "kecamatan": east, "kbli": wood},
        "tutup": {"founded_year": 2020, "closed": 2024},
        "kelak": {"founded_year": 2025, "listed_year": 2025},
        "tanpa": {"founded_year": None, "listed_year": None},
    }.items():
        BusinessYearFactory(
            business=BusinessFactory(name=name, **fields), workers_male=None, workers_female=None,
            workers_total=40 if name == "baru" else 3,
        )  # fmt: skip
    return {"west": west.pk, "east": east.pk}


QUESTIONS = {
    "counting": ({"posisi": "2024"}, {"lama", "baru"}),
    "counting a year before": ({"posisi": "2023"}, {"lama", "tutup"}),
    "begun": ({"baru": "2024"}, {"baru"}),
    "ended": ({"tutup": "2024"}, {"tutup"}),
    "not ended": ({"tutup": "2023"}, NOTHING),
    "without a first year": ({"tidak_terhitung": "tanpa-tahun.2024"}, {"tanpa"}),
    "later": ({"tidak_terhitung": "sesudah.2024"}, {"kelak"}),
    "closed by then": ({"tidak_terhitung": "tutup.2024"}, {"tutup"}),
    "no large one": ({"tidak_terhitung": "besar.2024"}, NOTHING),
    "an unknown reason": ({"tidak_terhitung": "lain.2024"}, NOTHING),
    "a reason without its year": ({"tidak_terhitung": "tutup.2"}, NOTHING),
    "small": ({"skala": "small.2024"}, {"lama", "tutup", "kelak", "tanpa"}),
    "medium": ({"skala": "medium.2024"}, {"baru"}),
    "medium in a year without figures": ({"skala": "medium.2023"}, NOTHING),
    "scale of the position": ({"skala": "medium", "posisi": "2024"}, {"baru"}),
    "division": ({"golongan": "10"}, {"lama"}),
    "no year": ({"posisi": "dua ribu"}, NOTHING),
    "a year too early": ({"posisi": "1899"}, NOTHING),
}


@pytest.mark.parametrize(("asked", "names"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_about_businesses_narrows_their_list_and_that_of_their_figures(
    asked, names, businesses, listed
):
    assert listed(Business, str, **asked) == names
    if not asked.keys() & {"baru", "tutup", "tidak_terhitung"}:
        assert listed(BusinessYear, lambda year: year.business.name, **asked) == names


def test_a_question_without_anything_to_offer_is_answered_all_the_same(listed):
    BusinessFactory(name="lama", kbli=KbliFactory(version=2025, code="10799", title="Uji"))
    BusinessFactory(name="tanpa")

    assert listed(Business, str, golongan="10") == {"lama"}
    assert listed(Business, str, golongan="16") == NOTHING
    assert listed(Business, str, kegiatan="1") == NOTHING


@pytest.mark.parametrize(("place", "names"), [("west", {"lama"}), ("east", {"baru"})])
def test_a_kecamatan_is_that_of_the_kelurahan_or_the_own_one(place, names, businesses, listed):
    # What stands in the record itself yields to the kelurahan.
    Business.objects.filter(name="lama").update(kecamatan=None)
    pk = businesses[place]

    assert listed(Business, str, kecamatan__id__exact=pk) == names
    of_owner = {"business__kecamatan__id__exact": pk}
    assert listed(BusinessYear, lambda year: year.business.name, **of_owner) == names
    assert listed(Business, str, kecamatan__id__exact="x") == NOTHING


def test_the_kecamatan_on_offer_are_those_not_archived(businesses, client, verifikator):
    Kecamatan.objects.filter(pk=businesses["east"]).update(
        archived_at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    )
    client.force_login(verifikator)

    page = client.get(url(Business, "changelist")).content.decode()

    assert f"kecamatan__id__exact={businesses['west']}" in page
    assert f"kecamatan__id__exact={businesses['east']}" not in page


def test_who_took_part_in_an_activity_is_listed_but_for_archived_parts(businesses, listed):
    one, other = ProgrammeFactory(), ProgrammeFactory()
    for programme, name, fields in (
        (one, "lama", {}),
        (one, "baru", {"archived": True}),
        (other, "tutup", {}),
    ):
        business = Business.objects.get(name=name)
        ParticipationFactory(programme=programme, business=business, **fields)
    ParticipationFactory(programme=one, business=None, person="Ani Contoh")

    assert listed(Business, str, kegiatan=one.pk) == {"lama"}
    assert listed(Business, str, kegiatan="satu") == NOTHING


@pytest.mark.parametrize(
    ("fields", "is_listed"),
    [({"year": 2024}, True), ({"year": 2023}, False), ({"year": 2024, "archived": True}, False)],
    ids=["of the year", "of another", "of an archived activity"],
)
def test_who_took_part_in_a_budget_year(fields, is_listed, listed):
    part = ParticipationFactory(programme=ProgrammeFactory(**fields))

    expected = {part.pk} if is_listed else NOTHING
    assert listed(Participation, lambda each: each.pk, tahun="2024") == expected


def test_the_ten_newest_activities_are_on_offer(client, verifikator):
    old = ProgrammeFactory(year=2015)
    ProgrammeFactory(year=2026, archived=True)
    for _ in range(10):
        ProgrammeFactory(year=2024)
    client.force_login(verifikator)

    page = client.get(reverse("admin:industry_business_changelist")).content.decode()

    offered = [p.pk for p in Programme.objects.all() if f"kegiatan={p.pk}&" in page + "&"
               or f'kegiatan={p.pk}"' in page]  # fmt: skip
    assert len(offered) == 10
    assert old.pk not in offered


# Certificates


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"berlaku": "2023"}, {"panjang", "habis"}),
        ({"berlaku": "2024"}, {"panjang"}),
        ({"berlaku": "2022"}, {"habis"}),
        ({"terbit": "2023"}, {"panjang"}),
        ({"terbit": "2021"}, {"habis"}),
        ({"berakhir": "2024"}, {"habis"}),
        ({"berakhir": "2025"}, NOTHING),
        ({"difasilitasi": "2023"}, {"panjang"}),
        ({"difasilitasi": "2021"}, NOTHING),
    ],
    ids=in_one_order,
)
def test_a_question_about_certificates_narrows_their_list(asked, numbers, listed):
    CertificateFactory(
        number="panjang",
        issued_on="2023-05-02",
        expires_on="2028-05-01",
        facilitated_year=2023,
    )
    CertificateFactory(number="habis", issued_on="2021-02-01", expires_on="2024-06-30")
    CertificateFactory(number="dicabut", issued_on="2023-01-01", archived=True)

    assert listed(Certificate, lambda one: one.number, **asked) == numbers


# PAD


def test_the_pad_that_is_counted_is_the_latest_stage_and_nothing_published_only(listed):
    RevenueFactory(source_name="lama", stage="original")
    RevenueFactory(source_name="lama", stage="revised", realised=5)
    RevenueFactory(source_name="lain", stage="original")

    def shown(row):
        return row.source_name, row.stage

    assert listed(Revenue, shown) == {
        ("lama", "original"),
        ("lama", "revised"),
        ("lain", "original"),
    }
    assert listed(Revenue, shown, dihitung="ya") == {("lama", "revised"), ("lain", "original")}
    assert len(listed(Revenue, shown, dihitung="tidak")) == 3


# Places and assets


def test_places_with_a_chamber_that_stood_in_the_year(listed):
    early, late, gone = (
        FacilityFactory(kind="cold_storage", built_year=year) for year in (2024, 2025, 2020)
    )
    for place in (early, late):
        ChamberFactory(facility=place)
    ChamberFactory(facility=gone, archived=True)
    FacilityFactory()

    assert listed(Facility, lambda place: place.pk, penyimpanan="2024") == {early.pk}
    assert listed(Facility, lambda place: place.pk, penyimpanan="2025") == {early.pk, late.pk}


def test_assets_held_by_the_end_of_a_year_and_in_which_condition(listed):
    old, new = AssetFactory(acquired_year=2022), AssetFactory(acquired_year=2024)
    for asset, day, condition in (
        (old, "2023-06-01", "good"),
        (old, "2024-06-01", "light_damage"),
        (new, "2024-06-01", "good"),
    ):
        ConditionCheck.objects.create(asset=asset, checked_on=day, condition=condition)

    def shown(asset):
        return asset.pk

    assert listed(Asset, shown, posisi="2023") == {old.pk}
    assert listed(Asset, shown, posisi="2024") == {old.pk, new.pk}
    assert listed(Asset, shown, kondisi="good", posisi="2024") == {new.pk}
    assert listed(Asset, shown, kondisi="good", posisi="2023") == {old.pk}
    assert listed(Asset, shown, kondisi="light_damage", posisi="2023") == NOTHING


# Bills, deposits, upkeep


def asked_each(listed, model, shown, name, answers):
    """What the list shows for each answer to one question, and without one."""
    return {
        answer: listed(model, shown, **({name: answer} if answer else {}))
        for answer in (*answers, "", "tidak-dikenal")
    }


def test_bills_are_open_paid_or_called_off(listed):
    day = datetime.date(2024, 7, 9)
    BillFactory(notes="terutang")
    BillFactory(notes="lunas", paid_on=day)
    BillFactory(notes="batal", cancelled_on=day, cancel_reason="salah")
    everything = {"terutang", "lunas", "batal"}

    shown = asked_each(listed, Bill, lambda bill: bill.notes, "keadaan", sorted(everything))

    assert shown == {
        **{state: {state} for state in everything},
        "": everything,
        "tidak-dikenal": everything,
    }


def test_deposits_lie_there_until_their_last_kilogram_has_gone(listed):
    names = ("utuh", "sebagian", "habis")
    whole, part, gone = (DepositFactory(commodity=name, kg=10) for name in names)
    for deposit, kg, days in ((part, 9, 1), (gone, 4, 1), (gone, 6, 2)):
        day = deposit.in_on + datetime.timedelta(days)
        WithdrawalFactory(deposit=deposit, kg=kg, out_on=day)
    WithdrawalFactory(deposit=whole, kg=10, out_on=whole.in_on, archived=True)

    shown = asked_each(listed, Deposit, lambda one: one.commodity, "sisa", ("ada", "habis"))

    assert shown == {
        "ada": {"utuh", "sebagian"},
        "habis": {"habis"},
        "": set(names),
        "tidak-dikenal": set(names),
    }


def test_upkeep_is_overdue_from_the_day_after_and_due_for_thirty_days(listed):
    today = timezone.localdate()
    for name, days in (("lewat", -1), ("kini", 0), ("nanti", 30), ("kelak", 31)):
        due = today + datetime.timedelta(days)
        MaintenanceFactory(vendor=name, due_on=due, done_on=None, cost=None)
    MaintenanceFactory(vendor="selesai")
    everything = {"lewat", "kini", "nanti", "kelak", "selesai"}
    answers = ("terlambat", "segera", "rencana", "selesai")

    shown = asked_each(listed, Maintenance, lambda one: one.vendor, "keadaan", answers)

    assert shown == {
        "terlambat": {"lewat"},
        "segera": {"kini", "nanti"},
        "rencana": everything - {"selesai"},
        "selesai": {"selesai"},
        "": everything,
        "tidak-dikenal": everything,
    }


def test_the_umkm_class_follows_the_investment_of_the_year(listed):
    ScaleRule.objects.all().delete()
    for result, low, high in (("small", None, 999), ("medium", 1_000, None)):
        ScaleRuleFactory(kind="umkm", result=result, investment_min=low, investment_max=high)
    for name, year, amount in (
        ("satu", 2024, 999),
        ("dua", 2024, 1_000),
        ("tiga", 2023, 999),
        ("empat", 2024, None),
    ):
        BusinessYearFactory(business__name=name, year=year, investment=amount)

    named = {
        result: listed(Business, str, kelas=f"{result}.2024") for result in ("small", "medium")
    }
    of_the_position = listed(Business, str, kelas="small", posisi="2024")

    assert named == {"small": {"satu"}, "medium": {"dua"}}
    assert of_the_position == {"satu"}
