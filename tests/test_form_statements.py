"""Saving a form asks the database little: the rules are judged in Python, untouched rows not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from industry.models import Business, BusinessYear
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    KbliFactory,
    KelurahanFactory,
)
from tests.pages import filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def statements_of_saving(client, business, **typed):
    """The statements of one save, and the data as a browser sends them."""
    page = url(Business, "change", business)
    data = filled(client.get(page)) | typed
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.post(page, data).status_code == 302
    return [query["sql"] for query in queries]


def test_a_form_reads_the_records_its_boxes_have_chosen_along_with_its_own(client, petugas):
    client.force_login(petugas)
    place, kbli = KelurahanFactory(name="Tempat Uji"), KbliFactory(version=2020, code="99991")
    page = url(Business, "change", BusinessFactory(kelurahan=place, kbli=kbli))
    with CaptureQueriesContext(connection) as opening:
        shown = client.get(page).content.decode()

    saving = statements_of_saving(client, Business.objects.get(), brand="Baru")

    assert "Tempat Uji" in shown
    business = Business.objects.get()
    assert (business.brand, business.kelurahan, business.kbli) == ("Baru", place, kbli)
    asked = [*(query["sql"] for query in opening), *saving]
    for table in ("regions_kelurahan", "industry_kbli"):
        assert not [sql for sql in asked if f'FROM "{table}"' in sql]


@pytest.mark.parametrize("years", [1, 6])
def test_saving_a_form_takes_few_statements_however_many_rows_it_has(client, petugas, years):
    client.force_login(petugas)
    business = BusinessFactory(nib="0123456789012")
    for year in range(2019, 2019 + years):
        BusinessYearFactory(business=business, year=year)
    CertificateFactory(business=business)

    statements = statements_of_saving(client, business, brand="Baru")

    assert Business.objects.get().brand == "Baru"
    assert len(statements) <= 25


def test_one_touched_row_adds_its_own_statements_only(client, petugas):
    client.force_login(petugas)
    business = BusinessFactory()
    for year in range(2019, 2024):
        BusinessYearFactory(business=business, year=year)

    statements = statements_of_saving(client, business, **{"years-1-workers_total": "12"})

    assert len(statements) <= 32
    assert BusinessYear.objects.filter(workers_total=12).count() == 1
