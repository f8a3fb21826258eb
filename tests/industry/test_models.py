"""What may be stored about an industry, and which of them count in a year."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.regions.models import Kelurahan
from industry.models import Business, BusinessYear
from industry.models.business_year import total_workers
from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
FACTORY = {"business": BusinessFactory, "figures": BusinessYearFactory, "revenue": RevenueFactory}

ACCEPTED = {
    "business": [
        {"nib": "0123456789012"},
        {"nik": "6471010101800001"},
        {"npwp": "012345678901234"},
        {"npwp": "0123456789012345"},
        {"founded_year": THIS_YEAR},
        {"founded_year": 2019, "closed_year": 2019, "status": "closed"},
        {"status": "moved", "closed_year": 2023},
        {"latitude": "-1.25", "longitude": "116.85"},
        {"email": "siti@contoh.example"},
    ],
    "figures": [
        {"investment": 0},
        {"investment": 10**15},
        {"export_percent": 100},
        {"capacity": "99999999998.999"},
        {"workers_male": 0, "workers_female": 0},
    ],
    "revenue": [{"month": 12}, {"target": None, "realised": 0}, {"status": "audited"}],
}
REFUSED = {
    "business": [
        {"name": ""},
        {"nib": "012345678901"},
        {"nib": "01234567890123"},
        {"nib": "01234567890x2"},
        {"nik": "647101010180000"},
        {"npwp": "01234567890123"},
        {"founded_year": THIS_YEAR + 1},
        {"founded_year": 1899},
        {"closed_year": THIS_YEAR + 1, "status": "closed"},
        {"founded_year": 2020, "closed_year": 2019, "status": "closed"},
        {"status": "closed"},
        {"status": "moved"},
        {"latitude": "91"},
        {"longitude": "-181"},
        {"email": "bukan surel"},
        {"name": "x" * 201},
    ],
    "figures": [
        {"year": 2101},
        {"investment": -1},
        {"investment": 10**15 + 1},
        {"export_percent": "100.01"},
        {"capacity": "100000000000"},
        {"workers_total": -1},
        {"capacity_period": "windu"},
    ],
    "revenue": [
        {"month": 13},
        {"month": 0},
        {"source_name": ""},
        {"stage": "apa"},
        {"target": -1},
        {"year": 1899},
    ],
}


def cases(table):
    return [
        pytest.param(kind, values, id=f"{kind} {values}"[:70])
        for kind, rows in table.items()
        for values in rows
    ]


@pytest.mark.parametrize(("kind", "values"), cases(ACCEPTED))
def test_what_an_office_writes_is_accepted(kind, values):
    record = FACTORY[kind].build(**values)
    if kind == "figures":
        record.business = BusinessFactory()

    record.full_clean()


@pytest.mark.parametrize(("kind", "values"), cases(REFUSED))
def test_what_cannot_be_is_refused_in_indonesian(kind, values):
    record = FACTORY[kind].build(**values)
    if kind == "figures":
        record.business = BusinessFactory()

    with pytest.raises(ValidationError) as refusal:
        record.full_clean()

    assert all(text.strip().endswith(".") for text in refusal.value.messages)


# What fills itself


@pytest.mark.usefixtures("reference")
def test_the_kelurahan_brings_its_kecamatan_along():
    ward = Kelurahan.objects.get(name="Manggar")
    business = BusinessFactory.build(kelurahan=ward, kecamatan=None)

    business.full_clean()

    assert business.kecamatan_id == ward.kecamatan_id


@pytest.mark.parametrize(("given", "listed"), [(None, THIS_YEAR), (2019, 2019)])
def test_a_business_is_listed_in_the_year_it_was_typed_unless_another_is_given(given, listed):
    business = BusinessFactory.build(listed_year=given)

    business.full_clean()

    assert business.listed_year == listed


@pytest.mark.parametrize(
    ("male", "female", "total"), [(2, 3, 5), (0, 0, 0), (2, None, None), (None, None, None)]
)
def test_workers_are_added_up_only_where_both_are_known(male, female, total):
    assert total_workers(male, female) == total


def test_a_total_that_was_given_is_kept():
    figures = BusinessYearFactory.build(workers_male=1, workers_female=1, workers_total=9)
    figures.business = BusinessFactory()

    figures.full_clean()

    assert figures.workers_total == 9


def test_the_register_number_is_the_key_in_six_places():
    assert Business(pk=123).number == "IKM-000123"
    assert Business(pk=1_234_567).number == "IKM-1234567"
    assert Business().number == ""


# Uniqueness among the kept


@pytest.mark.parametrize("archived", [False, True], ids=["refused", "accepted"])
def test_one_business_has_one_row_of_a_year_among_the_kept(archived):
    first = BusinessYearFactory(year=2024, archived=archived)
    second = BusinessYear(business=first.business, year=2024)

    if archived:
        second.full_clean()
    else:
        with pytest.raises(ValidationError, match="sudah ada"):
            second.full_clean()


def test_names_may_be_shared():
    BusinessFactory(name="Kue Kering")

    BusinessFactory.build(name="Kue Kering").full_clean()


@pytest.mark.parametrize(
    ("other", "refused"),
    [({}, True), ({"stage": "revised"}, False), ({"source_name": "Lain"}, False),
     ({"year": 2023}, False)],
)  # fmt: skip
def test_pad_is_told_apart_by_year_month_account_source_and_stage(other, refused):
    RevenueFactory(realised=None)
    second = RevenueFactory.build(realised=None, **other)

    if refused:
        with pytest.raises(ValidationError, match="sudah tercatat"):
            second.full_clean()
    else:
        second.full_clean()


# Which count in a year

COUNTING = [
    ({"founded_year": 2020}, True),
    ({"founded_year": 2024}, True),
    ({"founded_year": 2025}, False),
    ({"founded_year": None, "listed_year": 2024}, True),
    ({"founded_year": None, "listed_year": 2025}, False),
    ({"founded_year": 2020, "listed_year": 2025}, True),
    ({"founded_year": None, "listed_year": None}, False),
    ({"closed": 2024}, False),
    ({"closed": 2025}, True),
    ({"archived": True}, False),
]


@pytest.mark.parametrize(("values", "counts"), COUNTING, ids=lambda value: str(value))
def test_a_business_counts_in_a_year_from_its_first_until_the_one_it_closed(values, counts):
    BusinessFactory(**values)

    assert Business.objects.counting_in(2024).exists() is counts


def test_new_and_closed_are_of_that_very_year():
    BusinessFactory(founded_year=2024)
    BusinessFactory(founded_year=2020, closed=2024)
    BusinessFactory(founded_year=None, listed_year=2024)

    assert Business.objects.new_in(2024).count() == 2
    assert Business.objects.movement_in(2024)["ended"] == 1
