"""What the office does, in a real browser: from typing and uploading to the signed report."""

import base64
import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from industry.models import Business, BusinessYear
from tests.cast import furnish, member
from tests.chromium import chromium_path
from tests.pages import open_menu
from tests.sheets import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kata-sandi-uji-9"
PLAIN = [
    ["Nama Industri", "Nama Pemilik", "Alamat", "No Telp", "Tenaga Kerja", "Nilai Investasi"],
    ["Amplang Siti", "Siti Contoh", "Jl. Contoh No. 1", "081200000001", 3, 15_000_000],
    ["Batik Rumi", "Rumi Contoh", "Jl. Contoh No. 2", "-", 2, 7_500_000],
]
MESSY = [
    ["PEMERINTAH KOTA BALIKPAPAN"],
    ["DATA INDUSTRI KECIL DAN MENENGAH TAHUN 2023"],
    [],
    ["No", "Nama Industri", "Yang Punya", "Kelurahan", "Tenaga Kerja", "Nilai Investasi"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    [1, "Amplang Siti", "Siti Contoh", "Manggar", 3, 15_000],
    [2, "Batik Rumi", "Rumi Contoh", "Gn. Bahagia", "anjai", 7_500],
    ["JUMLAH", None, None, None, 3, 22_500],
]


@pytest.fixture
def visit(live_server, monkeypatch):
    """A petugas, logged in, in a browser of the office's size."""
    # The browser's own event loop must not keep Django from its database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    furnish()
    user = member("Petugas")
    user.set_password(PASSWORD)
    user.save()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(15_000)
        page.goto(f"{live_server.url}/login/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_load_state()
        yield page
        browser.close()


def hand_in(page, rows, tmp_path):
    """Uploads a sheet through the page of the IKM register."""
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(xlsx(rows))
    root = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    page.goto(f"{root}/industry/business/")
    page.locator(".sheet-menu > summary").click()
    page.get_by_role("link", name="Unggah Excel: IKM", exact=True).click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Unggah dan periksa").click()


def test_a_petugas_types_uploads_answers_stores_and_takes_out_the_report(visit, tmp_path):
    page = visit
    open_menu(page, "IKM")
    page.get_by_role("link", name="Usaha IKM", exact=True).first.click()
    page.get_by_role("link", name="Tambah usaha IKM").click()
    page.fill("#id_name", "Kerupuk Ani")
    page.fill("#id_owner_name", "Ani Contoh")
    page.get_by_role("button", name="Simpan", exact=True).dblclick()  # as hasty hands do
    expect(page.locator(".messagelist")).to_contain_text("Kerupuk Ani")
    assert Business.objects.count() == 1

    hand_in(page, PLAIN, tmp_path)
    page.select_option("#id_year", "2023")
    page.get_by_label("rupiah penuh").check()
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("button", name="Simpan 2 baris baru").click()
    expect(page.locator(".notice--ok")).to_contain_text("2 baru")
    assert Business.objects.count() == 3
    assert BusinessYear.objects.get(business__name="Amplang Siti").investment == 15_000_000

    open_menu(page, "Laporan")
    page.get_by_role("link", name="Laporan tahunan").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel", exact=True).first.click()
    report = tmp_path / download.value.suggested_filename
    download.value.save_as(report)
    assert report.read_bytes()[:2] == b"PK"


def test_a_messy_workbook_is_mapped_answered_fixed_stored_and_undone(visit, tmp_path):
    page = visit
    hand_in(page, MESSY, tmp_path)
    page.get_by_label("ribu rupiah").check()
    page.get_by_role("button", name="Lanjutkan").click()

    page.get_by_text("Arti tiap kolom").click()
    page.get_by_label("C «Yang Punya»").select_option(label="Nama Pemilik")
    page.get_by_role("button", name="Terapkan dan periksa lagi").last.click()

    page.get_by_role("link", name="1 Ditahan").click()
    page.get_by_role("link", name="Perbaiki baris yang ditahan").click()
    page.get_by_label("Kolom E «Tenaga Kerja»").fill("4")
    page.get_by_role("button", name="Terapkan dan periksa lagi").click()
    assert not Business.objects.exists()
    page.get_by_role("button", name="Simpan 2 baris baru").click()
    expect(page.locator(".notice--ok")).to_contain_text("2 baru")
    fixed = Business.objects.get(name="Batik Rumi")
    assert fixed.owner_name == "Rumi Contoh"
    assert fixed.kelurahan.name == "Gunung Bahagia"
    figures = fixed.years.get(year=2023)
    assert (figures.workers_total, figures.investment) == (4, 7_500_000)

    page.get_by_role("link", name="Batalkan unggahan").click()
    page.get_by_role("button", name="Ya, batalkan unggahan ini").click()
    expect(page.locator(".notice--warn")).to_contain_text("dibatalkan")
    assert not Business.objects.kept().exists()
    assert not BusinessYear.objects.kept().exists()


DROPPED = """async (content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], "daftar.xlsx"));
  return dropped;
}"""


def test_a_file_dropped_on_a_list_finds_its_register_and_the_save_bar_stays_in_sight(visit):
    page = visit
    open_menu(page, "Sarana")
    page.get_by_role("link", name="Aset", exact=True).first.click()
    # The first page has a place for files too; the file belongs on the list.
    page.wait_for_url("**/facilities/asset/")
    page.wait_for_load_state()
    rows = [["Nama Usaha", "Nama Pemilik"], *([f"Usaha {n}a", f"Pemilik {n}"] for n in range(40))]

    content = base64.b64encode(xlsx(rows)).decode()
    page.dispatch_event(
        "[data-dropzone]", "drop", {"dataTransfer": page.evaluate_handle(DROPPED, content)}
    )
    expect(page.get_by_role("heading", name="Unggahan IKM")).to_be_visible()
    save = page.get_by_role("button", name="Simpan 40 baris baru")

    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 768})
        for place in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            page.evaluate(f"window.scrollTo(0, {place})")
            expect(save).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="0 Ditahan").click()
    expect(page.get_by_role("heading", name="Ditahan")).to_be_in_viewport()
