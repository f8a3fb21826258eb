"""A month of PAD typed by keyboard alone and pasted from a sheet, in a real browser."""

import pytest
from playwright.sync_api import expect

from industry.models import Revenue, RevenueSource
from tests.test_journeys import visit  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_block_is_pasted_moved_about_in_and_stored_by_keyboard(visit):  # noqa: F811
    page = visit
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in ("Retribusi pendinginan", "Sewa rumah produksi"):
        RevenueSource.objects.create(name=name, key=name.lower().replace(" ", ""))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
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
