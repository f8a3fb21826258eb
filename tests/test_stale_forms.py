"""Stale is stale whoever typed: in a form, in a row below it, on the archive page and in a list."""

import re

import pytest

from balikpapan.audit.models import Change
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory, BusinessYearFactory
from tests.pages import chosen, filled, messages_of, url
from tests.test_forms import change, opened, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def test_p14_the_second_editor_keeps_his_typing_and_sees_all_three_values(typist, verifikator):
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


def test_p14_a_second_tab_of_the_same_account_overwrites_nothing(typist):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    saved(typist, business, {**data, "brand": "Satu"})

    response = saved(typist, business, {**data, "brand": "Dua"})

    assert response.status_code == 200
    assert Business.objects.get().brand == "Satu"
    [line] = response.context["conflict"]
    assert (line["original"], line["current"], line["yours"]) == ("Awal", "Satu", "Dua")
    assert saved(typist, business, filled(response)).status_code == 302
    assert Business.objects.get().brand == "Dua"


def test_p14_what_a_second_tab_did_not_touch_keeps_the_newer_value(typist):
    business = BusinessFactory(brand="Awal", products="kue")
    data = opened(typist, business)
    saved(typist, business, {**data, "products": "amplang"})

    again = filled(saved(typist, business, {**data, "brand": "Dua"}))
    saved(typist, business, again)

    stored = Business.objects.get()
    assert (stored.brand, stored.products) == ("Dua", "amplang")


def test_a_second_tab_saved_as_it_is_changes_nothing(typist):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    saved(typist, business, {**data, "brand": "Satu"})

    response = saved(typist, business, data)

    assert response.status_code == 302
    stored = Business.objects.get()
    assert (stored.brand, stored.version) == ("Satu", 2)


@pytest.mark.parametrize(
    ("theirs", "mine", "now"),
    [("", "Dua", ""), ("Satu", "", "Satu"), ("", "", "")],
    ids=["cleared and typed", "typed and cleared", "cleared twice"],
)
def test_clearing_conflicts_like_typing(typist, verifikator, theirs, mine, now):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    change(business, verifikator, brand=theirs)

    response = saved(typist, business, {**data, "brand": mine})

    assert Business.objects.get().brand == now
    assert response.status_code == (302 if theirs == mine else 200)
    if theirs != mine:
        [line] = response.context["conflict"]
        assert (line["original"], line["current"], line["yours"]) == (
            "Awal",
            theirs or "–",
            mine or "–",
        )


def test_a_row_below_the_form_that_was_not_touched_keeps_the_newer_figure(typist):
    figures = BusinessYearFactory(workers_total=3)
    data = opened(typist, figures.business)
    saved(typist, figures.business, {**data, "years-0-workers_total": "7"})

    response = saved(typist, figures.business, {**data, "brand": "Dua"})

    assert response.status_code == 302
    assert BusinessYear.objects.get().workers_total == 7
    assert Business.objects.get().brand == "Dua"


def test_a_conflict_in_a_row_below_the_form_is_shown_with_its_year(typist):
    figures = BusinessYearFactory(year=2024, workers_total=3)
    data = opened(typist, figures.business)
    saved(typist, figures.business, {**data, "years-0-workers_total": "7"})

    response = saved(typist, figures.business, {**data, "years-0-workers_total": "5"})

    [line] = response.context["conflict"]
    assert (line["label"], line["original"], line["current"], line["yours"]) == (
        "2024: Tenaga kerja seluruhnya",
        3,
        7,
        5,
    )
    assert BusinessYear.objects.get().workers_total == 7


@pytest.mark.parametrize("stale", [True, False], ids=["refused", "accepted"])
def test_p14_the_delete_box_of_a_row_takes_no_newer_figure_away(client, verifikator, stale):
    client.force_login(verifikator)
    figures = BusinessYearFactory(workers_total=3)
    data = opened(client, figures.business)
    if stale:
        saved(client, figures.business, {**data, "years-0-workers_total": "7"})

    response = saved(client, figures.business, {**data, "years-0-DELETE": "on"})

    assert (BusinessYear.objects.get().archived_at is None) is stale
    if stale:
        assert "belum diarsipkan" in response.content.decode()
        again = filled(response)
        assert "years-0-DELETE" not in again
        saved(client, figures.business, {**again, "years-0-DELETE": "on"})
        assert BusinessYear.objects.get().archived_at is not None


def test_a_row_taken_away_is_archived_as_it_is_stored(client, verifikator):
    client.force_login(verifikator)
    figures = BusinessYearFactory(workers_total=3)
    data = opened(client, figures.business)

    saved(
        client,
        figures.business,
        {**data, "years-0-workers_total": "9", "years-0-DELETE": "on"},
    )

    stored = BusinessYear.objects.get()
    assert (stored.workers_total, stored.archived_at is None) == (3, False)


def test_a_row_taken_away_without_its_version_stays(client, verifikator):
    client.force_login(verifikator)
    figures = BusinessYearFactory()
    data = opened(client, figures.business)
    del data["years-0-opened_version"]

    response = saved(client, figures.business, {**data, "years-0-DELETE": "on"})

    assert response.status_code == 200
    assert BusinessYear.objects.get().archived_at is None


def hidden_value(response, name):
    """What a page sends along unseen under a name."""
    [value] = re.findall(rf'type="hidden" name="{name}" value="(\d+)"', response.content.decode())
    return value


@pytest.mark.parametrize("stale", [True, False], ids=["refused", "accepted"])
def test_p14_the_archive_page_takes_no_newer_record_away(client, verifikator, petugas, stale):
    business = BusinessFactory()
    client.force_login(verifikator)
    page = url(Business, "delete", business)
    seen = hidden_value(client.get(page), "opened_version")
    if stale:
        change(business, petugas, brand="Baru")

    response = client.post(page, {"post": "yes", "opened_version": seen}, follow=True)

    assert (Business.objects.get().archived_at is None) is stale
    assert ("sudah diubah oleh petugas" in " ".join(messages_of(response))) is stale


@pytest.mark.parametrize("stale", [True, False], ids=["refused", "accepted"])
def test_p14_a_list_action_leaves_what_changed_since_the_list_was_opened(
    client, verifikator, petugas, stale
):
    business, other = BusinessFactory(), BusinessFactory()
    client.force_login(verifikator)
    name = f"seen-{business.pk}"
    seen = hidden_value(client.get(url(Business, "changelist")), name)
    if stale:
        change(business, petugas, brand="Baru")

    response = client.post(
        url(Business, "changelist"),
        {
            "action": "archive_selected",
            **chosen(business, other),
            name: seen,
        },
        follow=True,
    )

    business.refresh_from_db()
    other.refresh_from_db()
    assert (business.archived_at is None) is stale
    assert other.archived_at is not None
    assert ("sudah diubah oleh petugas" in " ".join(messages_of(response))) is stale


def test_a_form_sent_without_the_version_it_was_opened_with_is_not_stored(typist, verifikator):
    business = BusinessFactory(brand="Awal")
    data = opened(typist, business)
    del data["opened_version"]
    change(business, verifikator, brand="Sekarang")

    response = saved(typist, business, {**data, "brand": "Punya Saya"})

    assert response.status_code == 200
    assert Business.objects.get().brand == "Sekarang"


def test_p14_the_figures_inside_a_business_are_guarded_too(typist, verifikator):
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
