"""The menu: the office's work in its order, and to each person only what he can use."""

import re

import pytest
from django.contrib import admin
from django.test import RequestFactory

from balikpapan.navigation.menu import COOKIE, MENU
from tests.cast import permitted
from tests.test_conventions import files, sources

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


def test_who_is_sent_to_a_page_is_told_its_name_in_the_menu(admin_user):
    entries = {
        (part["name"], str(entry["name"]).lower())
        for part in menu_of(admin_user)
        for entry in part["models"]
    }
    ways = re.compile(rf"\b({'|'.join(NAMES)}) › (\w[\w -]*)")
    texts = [*sources(), *files(".html"), *files(".md")]
    named = {
        (section, page.lower())
        for path in texts
        for section, page in ways.findall(path.read_text("utf-8"))
    }

    assert {section for section, _ in named} >= {"IKM", "Pengaturan"}
    assert [
        (section, page)
        for section, page in named
        if not any(section == s and page.startswith(name) for s, name in entries)
    ] == []


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
