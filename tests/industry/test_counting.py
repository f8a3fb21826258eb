"""When an IKM counts, and what a record lacks."""

import pytest
from django.db.models import F

from industry.models import Business
from industry.models.counting import NEEDED, lacks, needed_field, stands
from tests.factories import BusinessFactory, IndustryGroupFactory, KbliFactory, KelurahanFactory

YEARS = pytest.mark.parametrize(
    ("first", "closed", "is_standing"),
    [
        (2024, None, True),
        (2025, None, False),
        (None, None, False),
        (2020, 2024, False),
        (2020, 2025, True),
        (2020, 2023, False),
        (2024, 2024, False),
    ],
)


@YEARS
def test_an_ikm_stands_from_its_first_year_until_it_closes(first, closed, is_standing):
    assert stands(first, closed, 2024) == is_standing


@pytest.mark.django_db
@YEARS
def test_the_database_counts_the_same_ones(first, closed, is_standing):
    BusinessFactory(founded_year=None, listed_year=first, closed=closed)

    assert Business.objects.counting_in(2024).exists() == is_standing


@pytest.mark.django_db
@pytest.mark.parametrize("name", NEEDED)
def test_each_needed_field_has_a_bit_of_its_own(name):
    complete = {
        "owner_name": "Ani Contoh",
        "address": "Jl. Contoh No. 1",
        "nib": "9120000000001",
        "kelurahan": KelurahanFactory(),
        "group": IndustryGroupFactory(),
        "kbli": KbliFactory(),
        "phone": "081200000000",
        "products": "Amplang",
    }
    field = needed_field(name)
    blank = None if field in ("kelurahan", "group", "kbli") else ""
    whole, lacking = (
        BusinessFactory(**complete),
        BusinessFactory(**{**complete, "nib": "9120000000002", field: blank}),
    )

    bits = dict(Business.objects.annotate(bits=lacks()).values_list("pk", "bits"))

    assert bits == {whole.pk: 0, lacking.pk: 1 << list(NEEDED).index(name)}
    assert dict(Business.objects.values_list("pk", F("lacking"))) == bits


@pytest.mark.django_db
def test_every_record_is_left_out_for_one_reason_on_the_way_to_the_number():
    for first, closed in (
        (2020, None),
        (2020, 2025),
        (2020, 2024),
        (2020, 2023),
        (2021, 2022),
        (2025, None),
    ):
        BusinessFactory(founded_year=None, listed_year=first, closed=closed)
    BusinessFactory(founded_year=None, listed_year=None)
    BusinessFactory(founded_year=None, listed_year=2020, closed=2023, archived=True)

    assert Business.objects.chain_to(2024) == {
        "recorded": 8,
        "archived": 1,
        "undated": 1,
        "later": 1,
        "ended": 3,
        "large": 0,
        "counting": 2,
    }
