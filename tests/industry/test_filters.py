"""The questions a list answers beside its plain filters."""

import pytest
from django.urls import reverse

from tests.factories import BusinessFactory, IndustryGroupFactory, KbliFactory, KelurahanFactory

pytestmark = pytest.mark.django_db
ADDRESS = "admin:industry_business_changelist"


def listed(client, **asked):
    response = client.get(reverse(ADDRESS), asked)
    return {business.name for business in response.context["cl"].result_list}


def test_records_that_lack_something_are_listed_apart(admin_client):
    BusinessFactory(
        name="Lengkap",
        owner_name="Ani Contoh",
        address="Jl. Contoh No. 1",
        nib="9120000000001",
        kelurahan=KelurahanFactory(),
        group=IndustryGroupFactory(),
        kbli=KbliFactory(),
        phone="081200000000",
        products="Amplang",
    )
    BusinessFactory(name="Kurang", owner_name="")

    assert listed(admin_client, lengkap="ya") == {"Lengkap"}
    assert listed(admin_client, lengkap="belum") == {"Kurang"}


def test_namesakes_of_one_owner_are_listed(admin_client):
    for owner in ("Ani Contoh", "Ani Contoh", "Budi Contoh"):
        BusinessFactory(name="Kerupuk Maju", owner_name=owner)
    BusinessFactory(name="Lain", owner_name="Ani Contoh")

    response = admin_client.get(reverse(ADDRESS), {"ganda": "ya"})

    assert [b.owner_name for b in response.context["cl"].result_list] == ["Ani Contoh"] * 2
