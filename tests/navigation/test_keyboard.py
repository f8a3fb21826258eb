"""The register by keyboard alone, in a real browser: finding, typing and saving an IKM."""

import os

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import sync_playwright

from industry.models import Business
from tests.chromium import chromium_path
from tests.factories import BusinessFactory, KelurahanFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]

SCREEN = {"width": 1366, "height": 768}


@pytest.fixture
def page(live_server, monkeypatch):
    """A logged-in member of staff on a desk's screen."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    get_user_model().objects.create_superuser("sari", password="kata-sandi-uji")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SCREEN, base_url=live_server.url)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto("/login/")
        page.fill("#id_username", "sari")
        page.fill("#id_password", "kata-sandi-uji")
        page.click("input[type=submit]")
        yield page
        assert page.faults == []
        browser.close()


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.name")


def test_the_register_is_found_typed_into_and_read_without_a_mouse(page):
    for number in range(20):
        BusinessFactory(name=f"Roti {number:02}", kelurahan=KelurahanFactory(), phone="")
    Business.objects.filter(name="Roti 07").update(owner_name="Ani")

    # Found from anywhere.
    page.keyboard.press("Control+k")
    page.keyboard.type("roti 07")
    page.wait_for_selector("#quick-search li a:has-text('Roti 07')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/industry/business/*/change/")
    assert page.input_value("#id_owner_name") == "Ani"

    # Enter goes on and saves nothing half; Ctrl+Enter saves and opens the next empty form.
    page.goto("/industry/business/add/")
    page.keyboard.type("Keripik Ida")
    page.keyboard.press("Enter")
    assert page.url.endswith("/add/")
    assert focused(page) == "id_legal_form"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("ul.messagelist .success")
    assert page.url.endswith("/add/")
    assert Business.objects.filter(name="Keripik Ida").count() == 1

    page.fill("#id_name", "Sambal Ida")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/industry/business/")
    assert Business.objects.filter(name="Sambal Ida").count() == 1

    # A list shows many rows of one line, and what narrows it can be taken off.
    page.goto("/industry/business/")
    rows = page.locator("#result_list tbody tr")
    seen = [row.bounding_box() for row in rows.all()]
    assert sum(box["y"] + box["height"] <= SCREEN["height"] for box in seen) >= 15
    page.goto("/industry/business/?status__exact=active")
    page.click(".filter-chips a")
    page.wait_for_url("**/industry/business/*")
    assert "status__exact" not in page.url

    # Whoever leaves something typed is asked.
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/industry/business/add/")
    page.keyboard.type("Belum disimpan")
    page.goto("/")
    assert asked == ["beforeunload"]
