"""The pages in a real browser: no CSP violation, nothing wider than the screen, axe content."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from playwright.sync_api import sync_playwright

from tests.chromium import chromium_path
from tests.factories import BusinessFactory, KelurahanFactory, RevenueFactory, StorageMonthFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
PAGES = ["/", "/industry/business/", "/industry/business/add/", "/tidak-ada/"]


@pytest.fixture
def office(live_server, monkeypatch):
    """A few records and an account; the browser's loop must not keep Django from its database."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    get_user_model().objects.create_superuser("sari", password="kata-sandi-uji")
    for _ in range(3):
        BusinessFactory(kelurahan=KelurahanFactory())
    RevenueFactory(year=2023)
    RevenueFactory()
    StorageMonthFactory()
    return live_server.url


@pytest.fixture
def browser(office):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


def logged_in(browser, office, size):
    """A page of a logged-in member of staff, and the faults its console tells."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    faults = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content" in message.text else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{office}/login/")
    page.fill("#id_username", "sari")
    page.fill("#id_password", "kata-sandi-uji")
    page.click("input[type=submit]")
    return page, faults


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_pages_keep_the_csp_and_the_width_of_the_screen(browser, office, size):
    page, faults = logged_in(browser, office, size)

    for address in PAGES:
        page.goto(office + address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address

    assert faults == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_first_page_and_the_door_are_accessible(browser, office, size):
    door = browser.new_page(viewport={"width": size[0], "height": size[1]})
    door.goto(f"{office}/login/")
    page, _ = logged_in(browser, office, size)

    for shown in (door, page):
        for details in shown.query_selector_all("details.as-table summary"):
            details.click()
        results = Axe().run(shown)
        assert results.violations_count == 0, results.generate_report()


def test_the_menu_of_a_phone_opens_and_closes_without_a_script(browser, office):
    page, _ = logged_in(browser, office, SIZES["phone"])
    menu = page.locator("#nav-sidebar")
    assert not menu.is_visible()

    page.click(".menu-link")
    opened = menu.is_visible()
    page.click(".menu-close")

    assert opened
    assert not menu.is_visible()
