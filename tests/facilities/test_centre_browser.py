"""From a unit to its lease, its goods, their bill, the PAD and the reports, in a real browser."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from facilities.models import Chamber, Facility, Lease, ProductionUnit
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


def test_a_unit_its_lease_goods_and_bill_become_pad_and_stand_in_the_reports(visit):  # noqa: F811
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
    # Moved on the plan, by arrow keys and by pointer.
    page.get_by_role("button", name="Geser unit").click()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("[data-plan-state]")).to_contain_text("A-1: 1 dari kiri, 1 dari atas")
    unit = page.locator("[data-unit]")
    square = page.locator("[data-unit] rect").bounding_box()["width"] / 4
    at = [unit.bounding_box()[side] + square for side in ("x", "y")]
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 3 * square, at[1] + 2 * square, steps=4)
    page.mouse.up()
    expect(page.locator("[data-plan-state]")).to_contain_text("A-1: 4 dari kiri, 3 dari atas")
    page.get_by_role("button", name="Simpan letak").click()
    expect(page.locator(".messagelist")).to_contain_text("Letak 1 unit disimpan.")
    assert (unit.get_attribute("data-x"), unit.get_attribute("data-y")) == ("4", "3")
    # A unit without a place is given one, and is told whom it covers.
    other = ProductionUnit.objects.create(facility=centre, number="A-2", kind="house")
    page.reload()
    page.get_by_role("button", name="Geser unit").click()
    page.get_by_label("A-2: kosong, belum di denah").focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("[data-plan-state]")).to_contain_text("Bertumpang tindih dengan A-1.")
    page.get_by_role("button", name="Simpan letak").click()
    expect(page.locator(".notice")).to_contain_text("Bertumpang tindih di denah: A-2 dan A-1.")
    other.refresh_from_db()
    assert (other.plan_x, other.plan_y, other.plan_width, other.plan_height) == (2, 5, 3, 4)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("link", name="Tahu Uji").last.click()
    expect(page.locator("#id_monthly_rent")).to_have_value("250.000")

    # Its goods: three days of half a ton, then 200 kg less until the end of the month.
    page.goto(f"{root}/facilities/deposit/add/")
    page.fill("#id_in_on", "24 Juni 2024")
    page.select_option("#id_chamber", label=str(Chamber.objects.get(purpose="chill")))
    choose(page, "business", "Tahu Uji")
    page.fill("#id_commodity", "Tahu")
    page.fill("#id_kg", "500 kg")
    page.fill("#id_withdrawals-0-out_on", "27-06-2024")
    page.fill("#id_withdrawals-0-kg", "200")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Tahu 500 kg")

    # A month that was typed otherwise is warned of in the grid and decided.
    page.goto(f"{root}/facilities/storagemonth/grid/?tahun=2024")
    page.get_by_label("Juni, Kg-hari").last.fill("2.600")
    expect(page.locator("[data-state]")).to_contain_text("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 angka tahun 2024 disimpan")
    page.goto(f"{root}/facilities/storagemonth/ledger/?tahun=2024")
    row = page.get_by_role("row", name="pendinginan Juni")
    expect(row).to_contain_text("kg-hari: diketik 2.600, menurut buku 2.700")
    row.get_by_role("button", name="Pakai buku penitipan").click()
    expect(page.locator(".messagelist")).to_contain_text("dipakai buku penitipan")

    # The bill: 2.700 kg-days at Rp100 and a month of rent; paid today.
    page.goto(f"{root}/facilities/bill/issue/?tahun=2024&bulan=6")
    expect(page.locator("section", has_text="Tahu Uji")).to_contain_text("520.000")
    page.get_by_role("button", name="Terbitkan yang dipilih").click()
    page.get_by_role("link", name="0001/SKRD/VI/2024").click()
    with page.expect_download() as letter:
        page.get_by_role("link", name="Unduh surat (PDF)").click()
    assert letter.value.path().read_bytes().startswith(b"%PDF")
    page.fill("#id_paid_on", f"{timezone.localdate():%d-%m-%Y}")
    page.fill("#id_receipt", "STS 7")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("0001/SKRD/VI/2024")

    # The PAD of the month of the payment, proposed service by service.
    today = timezone.localdate()
    reconciliation = f"/industry/revenue/reconcile/?tahun={today.year}&bulan={today.month}"
    for amount in ("Rp250.000", "Rp270.000"):
        page.goto(root + reconciliation)
        page.get_by_role("button", name=f"Usulkan PAD {amount}").click()
        expect(page.locator(".messagelist")).to_contain_text("angka sementara")
    page.goto(f"{root}/laporan/{today.year}/pad-bulanan/")
    expect(page.locator("table").first).to_contain_text("520.000")
    page.goto(f"{root}/laporan/2024/cold-storage/")
    # 2.700 kg-days in June, and 300 kg until New Year's Eve: 57.900 at Rp100.
    expect(page.locator("table").first).to_contain_text("5.790.000")
    assert faults == []
