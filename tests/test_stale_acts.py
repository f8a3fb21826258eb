"""Nothing is archived, restored or merged unseen: a page that shows no version does nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive
from industry.models import Business, Merge, ProductUnit, RevenueSource
from industry.models.revenue_sources import name_key
from tests.factories import BusinessFactory, BusinessYearFactory
from tests.pages import as_seen, chosen, messages_of, url
from tests.test_forms import change, opened, saved
from tests.test_stale_forms import hidden_value
from tests.trust.outages import press_together

INCOMPLETE = "tidak lengkap terkirim"


@pytest.fixture
def checker(client, verifikator):
    """A verifikator at the keyboard."""
    client.force_login(verifikator)
    return client


def put_away(record, by):
    archive(record, by=by, channel=Change.Channel.FORM)
    return record


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["delete", "restore"])
@pytest.mark.parametrize("version", [{}, {"opened_version": ""}, {"opened_version": "x"}])
def test_a_page_without_a_version_archives_and_restores_nothing(
    checker, verifikator, page, version
):
    business = BusinessFactory()
    if page == "restore":
        put_away(business, verifikator)

    response = checker.post(url(Business, page, business), {"post": "yes", **version}, follow=True)

    assert (Business.objects.get().archived_at is None) is (page == "delete")
    assert messages_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize("stale", [True, False], ids=["refused", "accepted"])
def test_a_record_changed_since_its_page_was_opened_is_not_brought_back(
    checker, verifikator, petugas, stale
):
    business = put_away(BusinessFactory(), verifikator)
    seen = hidden_value(checker.get(url(Business, "change", business)), "opened_version")
    if stale:
        change(business, petugas, brand="Baru")

    response = checker.post(
        url(Business, "restore", business), {"opened_version": seen}, follow=True
    )

    assert (Business.objects.get().archived_at is None) is not stale
    assert ("sudah diubah oleh petugas" in " ".join(messages_of(response))) is stale


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["archive_selected", "restore_selected"])
@pytest.mark.parametrize("across", [{}, {"select_across": "1"}], ids=["ticked", "all pages"])
def test_a_list_act_without_a_version_does_nothing(checker, verifikator, action, across):
    business = BusinessFactory()
    if action == "restore_selected":
        put_away(business, verifikator)
    ticked = {"action": action, "_selected_action": [business.pk], **across}

    response = checker.post(url(Business, "changelist") + "?arsip=semua", ticked, follow=True)

    assert (Business.objects.get().archived_at is None) is (action == "archive_selected")
    assert INCOMPLETE in " ".join(messages_of(response))


@pytest.mark.django_db
def test_of_all_pages_of_a_list_only_what_changed_since_is_left(checker, petugas, monkeypatch):
    monkeypatch.setattr("industry.admin.businesses.BusinessAdmin.list_per_page", 1)
    shown, changed, other = (BusinessFactory(name=f"Usaha {letter}") for letter in "ABC")
    page = checker.get(url(Business, "changelist") + "?o=2").content.decode()
    newest = page.split('name="newest_change" value="')[1].split('"')[0]
    assert f'name="seen-{changed.pk}"' not in page
    change(changed, petugas, brand="Baru")

    response = checker.post(
        url(Business, "changelist") + "?o=2",
        {
            "action": "archive_selected",
            "select_across": "1",
            "newest_change": newest,
            **chosen(shown),
        },
        follow=True,
    )

    assert list(Business.objects.kept()) == [changed]
    assert "sudah diubah oleh petugas" in " ".join(messages_of(response))


@pytest.mark.django_db
@pytest.mark.parametrize("stale", [True, False], ids=["refused", "accepted"])
def test_sources_changed_since_the_list_was_opened_are_not_joined(admin_client, petugas, stale):
    sources = [
        RevenueSource.objects.create(name=name, key=name_key(name))
        for name in ("Kios", "Sewa kios")
    ]
    act = {"action": "join_selected", **chosen(*sources)}
    if stale:
        change(sources[0], petugas, name="Kios Somber")

    admin_client.post(reverse("admin:industry_revenuesource_changelist"), act)

    assert RevenueSource.objects.kept().count() == (2 if stale else 1)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["business", "figures", "unseen", "nothing"])
def test_a_comparison_that_is_no_longer_so_merges_nothing(checker, petugas, what):
    kept, dropped = BusinessFactory(), BusinessFactory()
    figures = BusinessYearFactory(business=dropped, year=2023, workers_total=3)
    address = reverse("admin:industry_business_merge", args=[kept.pk, dropped.pk])
    seen = {"versions": checker.get(address).context["versions"]}
    if what == "business":
        change(dropped, petugas, brand="Baru")
    if what == "figures":
        change(figures, petugas, workers_total=7)

    response = checker.post(address, {} if what == "unseen" else seen)

    merged = what == "nothing"
    assert (response.status_code == 302, Merge.objects.exists()) == (merged, merged)
    if not merged:
        assert "belum digabungkan" in " ".join(messages_of(response))
        again = {"versions": response.context["versions"]}
        assert checker.post(address, again).status_code == 302


# Many at once


def typed(unit, browser, name):
    """A tab with the form of a unit, its name typed over; pressing it tells whether it was stored."""
    data = {**opened(browser, unit), "name": name}
    return lambda: saved(browser, unit, data).status_code == 302


def archived_on_its_page(unit, browser, name):
    data = {"post": "yes", **as_seen(unit)}
    return lambda: not refusals(browser.post(url(ProductUnit, "delete", unit), data, follow=True))


def archived_in_the_list(unit, browser, name):
    data = {"action": "archive_selected", **chosen(unit)}
    return lambda: not refusals(browser.post(url(ProductUnit, "changelist"), data, follow=True))


def refusals(response):
    return [str(m) for m in response.context["messages"] if m.level_tag == "error"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_press_together_one_is_stored_and_the_other_told():
    user = get_user_model().objects.create_superuser("kepala", password=None)
    browsers = [Client(raise_request_exception=False) for _ in range(2)]
    for browser in browsers:
        browser.force_login(user)
    kinds = [typed, archived_on_its_page, archived_in_the_list]

    for number in range(50):
        unit = ProductUnit.objects.create(name=f"Satuan {number}")
        acts = [typed, kinds[number % 3]][:: 1 if number % 2 else -1]
        names = [f"Satuan {number} {tab}" for tab in ("kiri", "kanan")]
        tabs = [act(unit, *tab) for act, *tab in zip(acts, browsers, names, strict=True)]

        outcomes = press_together(tabs)

        unit.refresh_from_db()
        trail = Change.objects.of(unit)
        assert sorted(outcomes) == [False, True], (number, outcomes)
        assert (unit.version, trail.count()) == (2, 1)
        first = outcomes.index(True)
        was_typed = acts[first] is typed
        assert (unit.archived_at is None) is was_typed
        assert unit.name == (names[first] if was_typed else f"Satuan {number}")
