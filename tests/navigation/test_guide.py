"""Help inside the program: each page has its own, the guide is the one of docs/, the tour one's own."""

import re

import pytest
from django.urls import get_resolver, reverse

from balikpapan.accounts.groups import GROUPS
from balikpapan.navigation.guide import TOPICS, TOUR, help_for, sections
from tests.cast import member, permitted

#: Pages with nothing to do on them but read, or that only answer another page.
WITHOUT_HELP = (
    "login",
    "logout",
    "demo_log_in",
    "help",
    "guide",
    "tour",
    "search",
    "privacy_",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "announcements_read",
)


def names():
    [site] = [p for p in get_resolver().url_patterns if hasattr(p, "url_patterns")]
    for pattern in site.url_patterns:
        for leaf in getattr(pattern, "url_patterns", [pattern]):
            if leaf.name:
                yield leaf.name


def test_every_page_where_something_is_done_has_its_help():
    lacking = {n for n in names() if not n.startswith(WITHOUT_HELP) and not help_for(n)}

    assert lacking == set()


def test_help_is_a_part_of_the_guide_and_no_part_brings_a_style_along():
    slugs = [section.slug for section in sections()]

    assert len(set(slugs)) == len(slugs)
    assert {slug for _, own in TOPICS for slug in own} <= set(slugs)
    assert "istilah" in slugs
    assert not re.search(r"<style|<script|style=", "".join(s.html for s in sections()))


@pytest.mark.django_db
def test_the_header_leads_to_the_help_of_the_page_and_back(client):
    client.force_login(member("Petugas"))
    listed = reverse("admin:industry_business_changelist")
    [address] = re.findall(r'class="help-link" href="([^"]+)"', client.get(listed).content.decode())

    page = client.get(address)
    odd = [
        client.get(reverse("admin:help"), {"halaman": place}).context["back"]
        for place in ("//other.example/", "/tidak-ada", "", "javascript:alert(1)", "x" * 3000)
    ]

    assert [s.slug for s in page.context["sections"]] == [
        "memakai-daftar",
        "mengetik-satu-usaha",
        "mengunggah-berkas-excel",
    ]
    assert page.context["back"] == listed
    assert odd == ["/"] * 5


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS)
def test_the_tour_leads_to_pages_one_may_open(client, group):
    client.force_login(member(group))

    stops = client.get(reverse("admin:tour")).context["stops"]

    assert 3 <= len(stops) < len(TOUR)
    assert {client.get(stop["url"]).status_code for stop in stops} == {200}
    assert client.get(reverse("admin:guide")).status_code == 200


@pytest.mark.django_db
def test_who_is_in_no_group_reads_what_is_missing_and_whom_to_ask(client):
    keeper = member("Administrator", "rudi")
    keeper.first_name, keeper.last_name = "Rudi", "Contoh"
    keeper.save()
    client.force_login(permitted())

    page = client.get("/").content.decode()

    assert "belum masuk kelompok mana pun" in page
    assert "Minta Rudi Contoh memilihkan kelompok untuk akun «pengetik»" in page
