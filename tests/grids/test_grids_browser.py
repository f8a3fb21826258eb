"""Grids typed by keyboard alone and pasted from a sheet, in a real browser."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from industry.models import BusinessYear, Revenue, RevenueSource
from tests.factories import (
    AssetFactory,
    BusinessYearFactory,
    FacilityFactory,
    InventorySessionFactory,
    RevenueFactory,
)
from tests.pages import open_menu
from tests.test_journeys import visit  # noqa: F401  a fixture

LONG_NAME = "Amplang Uji dari Pantai Manggar Segara Sari Balikpapan Timur dan Sekitarnya"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_block_is_pasted_moved_about_in_and_stored_by_keyboard(visit):  # noqa: F811
    page = visit
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in ("Retribusi pendinginan", "Sewa rumah produksi"):
        RevenueSource.objects.create(name=name, key=name.lower().replace(" ", ""))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_menu(page, "PAD")
    page.get_by_role("link", name="Isian bulanan PAD").first.click()
    page.goto(f"{page.url}?tahun=2024")
    page.evaluate("navigator.clipboard.writeText('1,5 juta\\t2.000.000\\r\\n300.000\\tlima\\r\\n')")

    page.focus("[name=c-0-1]")
    page.keyboard.press("Control+V")

    expect(page.locator("[name=c-0-2]")).to_have_value("2.000.000")
    expect(page.locator("[data-sum=d-0-0]")).to_have_text("3.500.000")
    expect(page.locator("[data-state]")).to_have_text("1 sel perlu diperbaiki")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")  # onto the word that is no number
    expect(page.locator("[name=c-1-2]")).to_be_focused()
    page.keyboard.type("450 ribu")
    expect(page.locator("[data-sum=t-0-2]")).to_have_text("2.450.000")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=c-0-2]")).to_be_focused()
    page.keyboard.press("Control+Enter")

    expect(page.locator(".messagelist")).to_contain_text("4 angka tahun 2024 disimpan")
    assert dict(Revenue.objects.values_list("source_key", "realised").filter(month=2)) == {
        "retribusipendinginan": 2_000_000,
        "sewarumahproduksi": 450_000,
    }
    assert faults == []


def test_the_pages_fit_a_phone_are_accessible_and_a_year_is_typed_to_the_end(visit):  # noqa: F811
    page = visit
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    root = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    session = InventorySessionFactory(facility=AssetFactory(facility=FacilityFactory()).facility)
    BusinessYearFactory(business__name=LONG_NAME)
    RevenueFactory(month=3, target=None)
    entry = f"/facilities/inventorysession/{session.pk}"
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (
        "/industry/revenue/grid/?tahun=2024",
        "/facilities/storagemonth/grid/?tahun=2024",
        f"{entry}/entry/",
        f"{entry}/differences/",
        "/industry/businessyear/grid/?tahun=2024",
    ):
        page.goto(root + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        results = Axe().run(page)
        assert results.violations_count == 0, f"{address}\n{results.generate_report()}"

    # The name of a row stays in its place, and a long one does not make its row high.
    name = page.locator("table.grid tbody th").first
    place = name.bounding_box()
    page.evaluate("document.querySelector('.grid-scroll').scrollLeft = 300")
    assert name.bounding_box()["x"] == place["x"]
    assert place["height"] <= 64
    assert name.get_attribute("title").startswith(LONG_NAME)

    page.goto(f"{root}{entry}/entry/")
    page.get_by_role("button", name="Rusak Ringan").click()
    expect(page.get_by_role("button", name="Rusak Ringan")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{root}/industry/businessyear/grid/?tahun=2024")
    page.focus("[name=c-0-workers_male]")
    for text in ("5", "2"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Simpan").first.click()
    page.wait_for_load_state()

    figures = BusinessYear.objects.get()
    assert (figures.workers_male, figures.workers_female, figures.workers_total) == (5, 2, 7)
    assert faults == []
