"""The lists of the registers: what they show, how they are asked, and what leaves them."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.intake.models import Upload
from balikpapan.reports.models import Edition
from balikpapan.yearbook.closing import close_year
from facilities.models import Deposit
from industry.models import Business, PublishedFigure, Revenue
from tests.factories import BusinessFactory, DepositFactory, RevenueFactory
from tests.intake.importing import export, hand_in
from tests.pages import FACTORIES, FORM_MODELS, label, url

pytestmark = pytest.mark.django_db
BY_MODEL = pytest.mark.parametrize("model", FORM_MODELS, ids=label)


def test_an_export_holds_what_the_list_shows(client, verifikator):
    BusinessFactory(name="Amplang Siti")
    BusinessFactory(name="Roti Ani", closed=2023)
    client.force_login(verifikator)
    address = reverse("admin:industry_business_export", args=["ikm"])

    filtered = client.post(f"{address}?status__exact=closed", {"format": "csv"})
    searched = client.post(f"{address}?q=amplang", {"format": "csv"})
    everything = client.post(f"{address}?nik__startswith=6", {"format": "csv"})

    assert [name in filtered.content.decode() for name in ("Amplang", "Roti")] == [False, True]
    assert [name in searched.content.decode() for name in ("Amplang", "Roti")] == [True, False]
    assert [name in everything.content.decode() for name in ("Amplang", "Roti")] == [True, True]


@pytest.mark.parametrize(
    "query", ["kecamatan__id__exact=abc", "closed_year__exact=x", "group__id__exact=9e9", "p=99"]
)
def test_a_crooked_filter_breaks_neither_list_nor_export(client, verifikator, query):
    BusinessFactory()
    client.force_login(verifikator)
    address = reverse("admin:industry_business_export", args=["ikm"])

    listed = client.get(f"{url(Business, 'changelist')}?{query}", follow=True)
    exported = client.post(f"{address}?{query}", {"format": "csv"})

    assert listed.status_code == 200
    assert exported.status_code < 500


# Lists


def test_uploads_and_editions_are_opened_from_their_lists(client, admin_user):
    upload = hand_in([["Nama Usaha"], ["Roti Ani"]], user=admin_user)
    edition = close_year(2024, by=admin_user, channel="form")
    client.force_login(admin_user)

    for model, record in ((Upload, upload), (Edition, edition)):
        page = client.get(url(model, "changelist")).content.decode()
        assert f'<a href="{url(model, "change", record)}">' in page


def test_a_day_leads_to_its_rows_and_the_filters_stay(client, admin_user):
    for month in (3, 4):
        DepositFactory(in_on=datetime.date(2024, month, 5))
    DepositFactory(in_on=datetime.date(2023, 4, 5))
    client.force_login(admin_user)

    def rows(query):
        return client.get(f"{url(Deposit, 'changelist')}?{query}").context["cl"]

    assert rows("in_on__year=2024").result_count == 2
    assert rows("in_on__year=2024&in_on__month=4").result_count == 1
    assert rows("in_on__year=2024&in_on__month=4&in_on__day=6").result_count == 0
    narrowed = rows("in_on__year=2024&in_on__month=4&arsip=semua")
    assert narrowed.result_count == 1
    # Another filter, and taking one off, leave the month as it is.
    page = client.get(f"{url(Deposit, 'changelist')}?in_on__year=2024&in_on__month=4&arsip=semua")
    choices = [
        c["query_string"]
        for spec in page.context["cl"].filter_specs
        for c in spec.choices(page.context["cl"])
    ]
    assert choices
    assert all("in_on__month=4" in query for query in choices)
    assert 'href="?in_on__month=4&amp;in_on__year=2024"' in page.content.decode()


#: Records of which a dull one exists but once, and what tells another apart.
DISTINCT = {Revenue: "source_name", PublishedFigure: "indicator"}


@BY_MODEL
def test_a_list_asks_the_database_as_often_for_six_rows_as_for_one(client, model):
    client.force_login(get_user_model().objects.create_superuser("kepala"))
    FACTORIES[model]()
    client.get(url(model, "changelist"))  # warms what is asked once per process

    with CaptureQueriesContext(connection) as one:
        client.get(url(model, "changelist"))
    for number in range(5):
        FACTORIES[model](**{DISTINCT[model]: f"Uji {number}"} if model in DISTINCT else {})
    with CaptureQueriesContext(connection) as six:
        response = client.get(url(model, "changelist"))

    assert response.context["cl"].result_count == model._base_manager.count()
    assert len(six) == len(one), "\n".join(query["sql"] for query in six)


def test_no_list_counts_each_choice_of_its_filters(client, petugas, django_assert_num_queries):
    BusinessFactory()
    client.force_login(petugas)
    client.get(url(Business, "changelist"))
    with CaptureQueriesContext(connection) as plain:
        client.get(url(Business, "changelist"))

    with django_assert_num_queries(len(plain)):
        asked = client.get(f"{url(Business, 'changelist')}?_facets=True", follow=True)

    assert asked.context["cl"].add_facets is False


def test_p26_archived_records_are_out_of_the_list_until_asked_for(client, petugas):
    BusinessFactory(archived=True)
    BusinessFactory()
    client.force_login(petugas)

    shown = {
        asked: client.get(url(Business, "changelist"), asked and {"arsip": asked})
        .context["cl"]
        .result_count
        for asked in ("", "ya", "semua")
    }

    assert shown == {"": 1, "ya": 1, "semua": 2}


def test_every_record_of_the_product_is_in_the_admin_with_its_rights():
    from balikpapan.audit.admin import RecordAdmin

    for model in FORM_MODELS:
        assert isinstance(admin.site._registry[model], RecordAdmin), model


def test_export_helper_and_page_agree(client, verifikator):
    BusinessFactory()
    client.force_login(verifikator)

    response = client.post(
        reverse("admin:industry_business_export", args=["ikm"]), {"format": "csv"}
    )

    assert response.content == export(extension="csv", personal=False)


def test_revenue_is_exported_from_its_own_page_only(client, verifikator):
    RevenueFactory()
    client.force_login(verifikator)

    wrong = client.post(reverse("admin:industry_business_export", args=["pad"]))
    right = client.post(reverse("admin:industry_revenue_export", args=["pad"]))

    assert (wrong.status_code, right.status_code) == (404, 200)
