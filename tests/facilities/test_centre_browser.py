"""From a unit to its lease and the page of its centre, in a real browser."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from facilities.models import Facility, Lease
from tests.factories import BusinessFactory
from tests.pages import open_menu
from tests.test_journeys import visit  # noqa: F401  a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]


def choose(page, field: str, text: str) -> None:
    """Picks a record in a box that searches while one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def test_a_unit_is_recorded_let_and_seen_on_the_plan_of_its_centre(visit):  # noqa: F811
    page = visit
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    root = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    centre = Facility.objects.get(code="SIKS")
    BusinessFactory(name="Tahu Uji", centre=centre)

    open_menu(page, "Sarana")
    page.get_by_role("link", name="Unit produksi", exact=True).first.click()
    page.get_by_role("link", name="Tambah unit produksi").click()
    choose(page, "facility", "Somber")
    page.fill("#id_number", "A-1")
    page.fill("#id_area_m2", "36 m²")
    for name, value in (("x", "0"), ("y", "0"), ("width", "4"), ("height", "3")):
        page.fill(f"#id_plan_{name}", value)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("A-1")

    page.goto(f"{root}/facilities/lease/add/")
    choose(page, "unit", "A-1")
    choose(page, "business", "Tahu Uji")
    page.fill("#id_start_on", "1 Januari 2024")
    page.fill("#id_monthly_rent", "250 ribu")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Tahu Uji")
    assert Lease.objects.get().monthly_rent == 250_000

    page.goto(f"{root}/facilities/facility/{centre.pk}/change/")
    page.get_by_role("link", name="Halaman sarana").click()
    expect(page.locator(".plan [aria-label='A-1: terisi, Tahu Uji']")).to_be_visible()
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.get_by_role("link", name="Tahu Uji").last.click()
    expect(page.locator("#id_monthly_rent")).to_have_value("250.000")
    assert faults == []
