"""The menu: the office's work in its order, and to each person only what he can use."""

import re

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from balikpapan.menu import COOKIE, MENU
from tests.cast import permitted
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db

NAMES = [section.name for section in MENU]


def menu_of(user, path="/", **cookies):
    """The parts of the menu as this person sees them on a page."""
    request = RequestFactory().get(path)
    request.user = user
    request.COOKIES.update(cookies)
    return admin.site.get_app_list(request)


def open_parts(parts):
    return [part["name"] for part in parts if part["open"]]


def test_the_parts_follow_the_work_and_begin_with_the_daily_one(admin_user):
    parts = menu_of(admin_user)

    assert [part["name"] for part in parts] == NAMES
    assert NAMES[:3] == ["IKM", "PAD", "Sarana"]
    assert parts[0]["models"][0]["object_name"] == "Business"


def test_every_list_of_ours_has_one_place(admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user
    ours = {
        model._meta.label
        for model, keeper in admin.site._registry.items()
        if model.__module__.startswith(("balikpapan.", "industry.", "facilities.", "django."))
        # A part of another record is typed within that one's form.
        and keeper.has_module_permission(request)
    }
    named = [page for section in MENU for page in section.pages if not page.startswith("admin:")]

    assert len(named) == len(set(named))
    assert set(named) == ours


def test_a_person_sees_only_parts_with_something_in_them():
    assert [part["name"] for part in menu_of(permitted("industry.view_revenue"))] == ["PAD"]


def test_the_list_beside_a_register_comes_after_it(petugas):
    [money] = [part for part in menu_of(petugas) if part["name"] == "PAD"]

    names = [str(entry["name"]) for entry in money["models"]]
    assert names[:2] == ["PAD", "Isian bulanan PAD"]


@pytest.mark.parametrize(
    ("path", "marked", "how"),
    [
        ("/industry/business/", "Usaha IKM", "page"),
        ("/industry/business/1/change/", "Usaha IKM", "true"),
        ("/industry/businessyear/", "Data tahunan IKM", "page"),
    ],
)
def test_the_page_one_is_on_is_marked_and_its_part_open(admin_user, path, marked, how):
    parts = menu_of(admin_user, path)

    current = {
        str(entry["name"]).casefold(): entry["current"]
        for part in parts
        for entry in part["models"]
        if entry.get("current")
    }
    assert current == {marked.casefold(): how}
    assert open_parts(parts) == ["IKM"]


def test_parts_that_were_opened_stay_open_and_a_forged_cookie_opens_nothing(admin_user):
    assert open_parts(menu_of(admin_user, **{COOKIE: "pad.sarana"})) == ["PAD", "Sarana"]
    assert open_parts(menu_of(admin_user, **{COOKIE: '"><script>'})) == []


def test_the_page_of_one_app_lists_its_registers(admin_user):
    [industry] = admin.site.get_app_list(_request_of(admin_user), "industry")

    assert industry["models"][0]["object_name"] == "Business"


def _request_of(user):
    request = RequestFactory().get("/industry/")
    request.user = user
    return request


# The search in the header


def found_in(client, words, **more):
    """What the search answers: the names under each heading."""
    page = client.get(reverse("admin:search"), {"q": words, "bagian": "1", **more})
    groups = re.findall(r"<h2>(.*?)</h2>(.*?)</section>", page.content.decode(), re.DOTALL)
    return {name: re.findall(r"<span>(.*?)</span>", body) for name, body in groups}


def test_one_box_leads_to_records_pages_and_actions(client, petugas):
    business = BusinessFactory(name="Roti Ani", nib="1234567890123", phone="08125551003")
    client.force_login(petugas)

    by_name = found_in(client, "roti ani")
    assert by_name == {"Usaha IKM": ["Roti Ani"]}
    for words in (business.number, "1234567890123", "0812-5551-003"):
        assert found_in(client, words)["Usaha IKM"] == ["Roti Ani"], words
    assert "Tambah usaha IKM" in found_in(client, "usaha")["Halaman"]
    assert found_in(client, "tidak ada yang bernama begini") == {}


def test_the_search_shows_nothing_of_a_list_one_may_not_open(client, administrator):
    BusinessFactory(name="Roti Ani")
    client.force_login(administrator)

    assert "Usaha IKM" not in found_in(client, "roti")


def test_no_more_than_five_of_a_list_and_the_way_to_the_others(client, petugas):
    for number in range(7):
        BusinessFactory(name=f"Roti {number}")
    client.force_login(petugas)

    names = found_in(client, "roti")["Usaha IKM"]
    page = client.get(reverse("admin:search"), {"q": "roti"}).content.decode()

    assert names[:-1] == [f"Roti {number}" for number in range(5)]
    assert names[-1] == "Lihat semua yang cocok"
    assert "/industry/business/?q=roti" in page


def test_without_words_the_box_offers_what_one_changed_last(client, petugas):
    client.force_login(petugas)
    client.post(reverse("admin:industry_productunit_add"), {"name": "lusin"}, follow=True)
    BusinessFactory(name="Roti orang lain")

    assert "Roti orang lain" not in str(found_in(client, ""))


@pytest.mark.parametrize("words", ["x" * 5000, "\x00", "%_'\"<script>", "IKM-" + "9" * 4400])
def test_odd_words_find_nothing_and_break_nothing(client, petugas, words):
    client.force_login(petugas)

    page = client.get(reverse("admin:search"), {"q": words})

    assert page.status_code == 200
    assert b"<script>&" not in page.content


def test_the_search_asks_as_much_of_many_records_as_of_few(
    client, petugas, django_assert_max_num_queries
):
    BusinessFactory(name="Roti")
    client.force_login(petugas)
    found_in(client, "roti")
    for number in range(12):
        BusinessFactory(name=f"Roti {number}")

    with django_assert_max_num_queries(40):
        found_in(client, "roti")
