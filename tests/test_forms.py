"""Typing records: nobody's work disappears, nothing is stored twice, every refusal is a sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.regions.models import Kelurahan
from industry.models import Business, BusinessYear, Revenue
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ClosedYearFactory,
    RevenueFactory,
)
from tests.pages import as_seen, filled, messages_of, url

pytestmark = pytest.mark.django_db

NIB = "0123456789012"
NEW = {
    "name": "Amplang Siti",
    "status": "active",
    "years-TOTAL_FORMS": 0,
    "years-INITIAL_FORMS": 0,
    "certificates-TOTAL_FORMS": 0,
    "certificates-INITIAL_FORMS": 0,
}
REVENUE = {
    "year": 2024,
    "source_name": "Sewa unit",
    "stage": "original",
    "status": "provisional",
    "target": "5.000.000",
}


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def opened(client, record):
    """The form as it stood when somebody opened it."""
    return filled(client.get(url(type(record), "change", record)))


def saved(client, record, data):
    return client.post(url(type(record), "change", record), data)


def change(record, by, **values):
    for name, value in values.items():
        setattr(record, name, value)
    store(record, by=by, channel=Change.Channel.FORM)


# Once, and said so


def test_a_nib_typed_twice_is_told(typist):
    BusinessFactory(nib=NIB)

    response = typist.post(url(Business, "add"), {**NEW, "nib": NIB})

    assert response.status_code == 200
    assert "sudah dipakai usaha lain" in response.content.decode()
    assert Business.objects.count() == 1


def test_the_nib_of_an_archived_business_can_be_typed_again(typist):
    BusinessFactory(nib=NIB, archived=True)

    response = typist.post(url(Business, "add"), {**NEW, "nib": NIB})

    assert response.status_code == 302
    assert Business.objects.kept().get().nib == NIB


def test_bringing_back_a_business_whose_nib_is_taken_is_refused_in_a_sentence(client, verifikator):
    business = BusinessFactory(nib=NIB, archived=True)
    BusinessFactory(nib=NIB)
    client.force_login(verifikator)

    response = client.post(url(Business, "restore", business), as_seen(business), follow=True)

    assert "sudah dipakai" in " ".join(messages_of(response))
    assert Business.objects.kept().count() == 1


def test_one_year_typed_twice_for_a_business_is_told(typist):
    figures = BusinessYearFactory(year=2024)

    response = typist.post(
        url(BusinessYear, "add"), {"business": figures.business.pk, "year": 2024}
    )

    assert response.status_code == 200
    assert "sudah ada" in response.content.decode()


def test_one_source_of_pad_typed_twice_is_told(typist):
    typist.post(url(Revenue, "add"), REVENUE)

    response = typist.post(url(Revenue, "add"), REVENUE)

    assert Revenue.objects.count() == 1
    assert "sudah tercatat" in response.content.decode()


@pytest.mark.parametrize(
    ("stored", "typed"), [({"month": 3}, {}), ({}, {"month": 3})], ids=["yearly", "monthly"]
)
def test_a_source_is_realised_by_month_or_by_year_never_both(typist, stored, typed):
    RevenueFactory(source_name="Sewa unit", year=2024, **stored)

    response = typist.post(url(Revenue, "add"), {**REVENUE, "realised": "1", **typed})

    assert response.status_code == 200
    assert Revenue.objects.count() == 1


# Closed years


@pytest.mark.parametrize("closed", [2024, 2023], ids=["refused", "accepted"])
def test_a_closed_year_is_refused_in_the_form_and_the_typing_stays(typist, closed):
    ClosedYearFactory(year=closed)

    response = typist.post(url(Revenue, "add"), {**REVENUE, "notes": "panjang sekali"})

    if closed == 2023:
        assert response.status_code == 302
    else:
        assert response.status_code == 200
        assert "sudah ditutup" in response.content.decode()
        assert filled(response)["notes"] == "panjang sekali"
        assert not Revenue.objects.exists()


def test_figures_of_a_closed_year_inside_a_business_keep_the_rest_of_the_typing(typist):
    figures = BusinessYearFactory(year=2024, workers_total=3)
    data = opened(typist, figures.business)
    ClosedYearFactory(year=2024)

    response = saved(
        typist, figures.business, {**data, "years-0-workers_total": 9, "brand": "Merek Baru"}
    )

    assert response.status_code == 200
    assert "sudah ditutup" in response.content.decode()
    assert filled(response)["brand"] == "Merek Baru"
    assert BusinessYear.objects.get().workers_total == 3
    assert Business.objects.get().brand == ""


def test_a_business_can_be_edited_although_one_of_its_years_is_closed(typist):
    figures = BusinessYearFactory(year=2024)
    ClosedYearFactory(year=2024)
    data = opened(typist, figures.business)

    response = saved(typist, figures.business, {**data, "brand": "Merek Baru"})

    assert response.status_code == 302
    assert Business.objects.get().brand == "Merek Baru"


def test_figures_cannot_be_moved_out_of_a_closed_year(typist):
    figures = BusinessYearFactory(year=2024)
    data = opened(typist, figures)
    ClosedYearFactory(year=2024)

    response = saved(typist, figures, {**data, "year": 2025})

    assert response.status_code == 200
    assert BusinessYear.objects.get().year == 2024


def test_what_is_refused_between_check_and_save_stays_in_the_form(typist, monkeypatch):
    def refuse(record, **_):
        raise ValidationError("Aturan baru menolak.")

    monkeypatch.setattr("balikpapan.audit.admin.store", refuse)

    response = typist.post(url(Business, "add"), {**NEW, "brand": "Merek Siti"})

    assert response.status_code == 200
    assert "Aturan baru menolak." in response.content.decode()
    assert filled(response)["brand"] == "Merek Siti"
    assert not Business.objects.exists()


# One after another


@pytest.mark.usefixtures("reference")
def test_saving_and_adding_another_keeps_what_the_next_one_shares(typist):
    ward = Kelurahan.objects.get(name="Manggar")
    data = {**NEW, "kelurahan": ward.pk, "source": "Pendataan 2024", "_addanother": "1"}

    response = typist.post(url(Business, "add"), data)
    shown = filled(typist.get(response["Location"]))

    assert (int(shown["kelurahan"]), shown["source"]) == (ward.pk, "Pendataan 2024")
    assert "name" not in shown


def test_a_kept_text_with_special_letters_comes_back_whole(typist):
    data = {**NEW, "source": "Dinas & UPTD + 50% #1", "_addanother": "1"}

    response = typist.post(url(Business, "add"), data)

    assert filled(typist.get(response["Location"]))["source"] == "Dinas & UPTD + 50% #1"


@pytest.mark.usefixtures("reference")
def test_the_kelurahan_decides_about_the_kecamatan(typist):
    ward = Kelurahan.objects.get(name="Manggar")

    typist.post(url(Business, "add"), {**NEW, "kelurahan": ward.pk})

    assert Business.objects.get().kecamatan == ward.kecamatan


# What is typed is stored as the sheet would store it


def test_a_text_with_a_control_character_is_refused(typist):
    response = typist.post(url(Business, "add"), {**NEW, "owner_name": "Si\x07ti"})

    assert response.status_code == 200
    assert "karakter kendali" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0812-5550-0001", "081255500001"), ("+62 812 5550 0001", "081255500001"), ("-", "-")],
)
def test_a_phone_is_written_as_the_sheet_writes_it(typist, typed, stored):
    typist.post(url(Business, "add"), {**NEW, "phone": typed})

    assert Business.objects.get().phone == stored


@pytest.mark.parametrize("page", ["years", "certificates"])
def test_a_form_asks_for_its_choices_once_however_many_rows_it_has(
    typist, django_assert_num_queries, page
):
    business = BusinessFactory()
    make = {"years": BusinessYearFactory, "certificates": CertificateFactory}[page]
    make(business=business, **({"year": 2020} if page == "years" else {}))
    address = url(Business, "change", business)
    typist.get(address)
    with CaptureQueriesContext(connection) as one_row:
        typist.get(address)
    for year in (2021, 2022, 2023):
        make(business=business, **({"year": year} if page == "years" else {}))

    with django_assert_num_queries(len(one_row)):
        typist.get(address)
