"""Typing records: nobody's work disappears, nothing is stored twice, every refusal is a sentence."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.regions.models import Kelurahan
from industry.models import Business, BusinessYear, Certificate, Revenue
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ClosedYearFactory,
    RevenueFactory,
)
from tests.pages import filled, said, url

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


# Two editors


def test_the_second_editor_keeps_his_typing_and_sees_all_three_values(typist, verifikator):
    business = BusinessFactory(brand="Awal", products="kue")
    data = opened(typist, business)
    change(business, verifikator, brand="Sekarang")

    response = saved(typist, business, {**data, "brand": "Punya Saya"})

    assert response.status_code == 200
    assert Business.objects.get().brand == "Sekarang"
    [line] = response.context["conflict"]
    assert (line["original"], line["current"], line["yours"]) == ("Awal", "Sekarang", "Punya Saya")
    assert filled(response)["brand"] == "Punya Saya"
    assert "verifikator" in str(response.context["errors"])


def test_saving_once_more_after_the_conflict_page_stores_it(typist, verifikator):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    change(business, verifikator, brand="Sekarang")
    again = filled(saved(typist, business, {**data, "brand": "Punya Saya"}))

    response = saved(typist, business, again)

    assert response.status_code == 302
    assert Business.objects.get().brand == "Punya Saya"


def test_what_only_the_other_editor_changed_survives_the_second_save(typist, verifikator):
    business = BusinessFactory(brand="Awal", products="kue")
    data = opened(typist, business)
    change(business, verifikator, products="amplang")
    again = filled(saved(typist, business, {**data, "brand": "Punya Saya"}))

    saved(typist, business, again)

    stored = Business.objects.get()
    assert (stored.brand, stored.products) == ("Punya Saya", "amplang")


def test_ones_own_second_save_is_no_conflict(typist):
    business = BusinessFactory()
    data = opened(typist, business)
    saved(typist, business, {**data, "brand": "Satu"})

    response = saved(typist, business, {**data, "brand": "Dua"})

    assert response.status_code == 302
    assert Business.objects.get().brand == "Dua"


def test_a_form_sent_without_the_version_it_was_opened_with_is_not_stored(typist, verifikator):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    del data["opened_version"]
    change(business, verifikator, brand="Sekarang")

    response = saved(typist, business, {**data, "brand": "Punya Saya"})

    assert response.status_code == 200
    assert Business.objects.get().brand == "Sekarang"


def test_the_figures_inside_a_business_are_guarded_too(typist, verifikator):
    figures = BusinessYearFactory(workers_total=3)
    data = opened(typist, figures.business)
    change(figures, verifikator, workers_total=7)

    response = saved(typist, figures.business, {**data, "years-0-workers_total": 5})

    assert response.status_code == 200
    assert BusinessYear.objects.get().workers_total == 7
    assert "verifikator" in response.content.decode()


def test_figures_inside_a_business_are_stored_when_nobody_else_was_there(typist):
    figures = BusinessYearFactory(workers_total=3)
    data = opened(typist, figures.business)

    response = saved(typist, figures.business, {**data, "years-0-workers_total": 5})

    assert response.status_code == 302
    assert BusinessYear.objects.get().workers_total == 5
    assert Change.objects.get().model == "industry.businessyear"


def test_saving_without_a_change_leaves_no_trace(typist):
    business = BusinessFactory(products="kue, roti", phone="081255500001")

    saved(typist, business, opened(typist, business))

    assert Business.objects.get().version == 1
    assert not Change.objects.exists()


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

    response = client.post(url(Business, "restore", business), follow=True)

    assert "sudah dipakai" in " ".join(said(response))
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


# Archiving


def test_archiving_hides_and_bringing_back_gives_the_same(client, verifikator):
    business = BusinessFactory(brand="Siti", nib=NIB)
    before = Business.objects.values().get()
    client.force_login(verifikator)

    client.post(url(Business, "delete", business), {"post": "yes"})
    gone = Business.objects.get().archived_at
    client.post(url(Business, "restore", business))

    after = Business.objects.values().get()
    assert gone
    assert {**after, "version": 1, "updated_at": before["updated_at"]} == before
    assert list(Change.objects.order_by("id").values_list("action", flat=True)) == [
        "archived",
        "restored",
    ]


def test_deleting_inside_a_business_archives(client, verifikator):
    certificate = CertificateFactory()
    client.force_login(verifikator)
    data = opened(client, certificate.business)

    saved(client, certificate.business, {**data, "certificates-0-DELETE": "on"})

    assert Certificate.objects.get().archived_at is not None


def test_a_petugas_cannot_delete_inside_a_business(typist):
    certificate = CertificateFactory()
    data = opened(typist, certificate.business)

    saved(typist, certificate.business, {**data, "certificates-0-DELETE": "on"})

    assert Certificate.objects.get().archived_at is None
    assert not any(name.endswith("-DELETE") for name in data)


def test_the_action_archives_what_is_selected_and_names_what_it_could_not(client, verifikator):
    open_year, closed_year = RevenueFactory(year=2024), RevenueFactory(year=2023)
    ClosedYearFactory(year=2023)
    client.force_login(verifikator)
    chosen = [open_year.pk, closed_year.pk]

    response = client.post(
        url(Revenue, "changelist"),
        {"action": "archive_selected", "_selected_action": chosen},
        follow=True,
    )

    assert list(Revenue.objects.kept()) == [closed_year]
    assert "2023 sudah ditutup" in " ".join(said(response))


def test_a_petugas_is_not_offered_the_action(typist):
    business = BusinessFactory()

    typist.post(
        url(Business, "changelist"),
        {"action": "archive_selected", "_selected_action": [business.pk]},
    )

    assert Business.objects.get().archived_at is None


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
