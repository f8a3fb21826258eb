"""The register by keyboard alone, in a real browser: finding, typing and saving an IKM."""

import pytest
from django.utils import timezone

from balikpapan.audit.models import ClosedYear
from industry.models import Business, BusinessYear, ProductUnit, Revenue, RevenueSource
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    KbliFactory,
    KelurahanFactory,
    RevenueFactory,
)
from tests.sheets import xlsx
from tests.staff_page import DESK, staff_page

from .keystrokes import Keystrokes, documented

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]


@pytest.fixture
def page(live_server, monkeypatch):
    """A logged-in member of staff on a desk's screen."""
    with staff_page(live_server.url, monkeypatch) as page:
        yield page
        assert page.faults == []


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

    # A single character is a key that can be turned off.
    page.keyboard.press("Escape")
    for opens in (True, False):
        page.locator("h1").click()
        page.keyboard.press("/")
        assert page.locator("#quick-search[open]").count() == opens
        page.keyboard.press("Escape")
        page.click("#user-tools summary")
        page.click(".slash-toggle")
    assert page.inner_text(".slash-toggle") == "Tombol / membuka Cari: ya"

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
    assert sum(box["y"] + box["height"] <= DESK["height"] for box in seen) >= 15
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


def pick(hands, text):
    """Searches in the picker that has the focus, takes the first answer and is led on."""
    hands.type(text).wait(f".select2-results__option--highlighted:has-text('{text}')")
    assert hands.page.input_value(".select2-search__field") == text
    return hands.press("Enter").wait("input:focus:not(.select2-search__field)")


def test_one_ikm_is_typed_with_few_keys_and_nothing_typed_is_lost(page):
    ward = KelurahanFactory(name="Karang Rejo", kecamatan__name="Balikpapan Tengah")
    kbli = KbliFactory(code="10794", title="Industri Kerupuk")
    group, unit = IndustryGroupFactory(name="Pangan"), ProductUnit.objects.create(name="kilogram")
    double = BusinessFactory(name="Keripik Ida", owner_name="", nib="0123456789012")

    page.goto("/industry/business/add/")
    hands = Keystrokes(page)
    hands.type("keripik ida").press("Enter")
    page.wait_for_selector(f".hint >> text={double.number}")
    hands.type("pe").press("Enter", "Enter").type("Keripik singkong").press("Control+ArrowDown")
    hands.type("Ida Contoh").press("Enter").type("p").press("Enter")
    hands.type("6471015501800001").press("Control+ArrowDown")
    hands.type("0123456789013").press("Enter")
    pick(hands, "10794").press("Enter").type("pa").press("Control+ArrowDown")
    hands.type("Jl. Contoh 5").press("Enter").type("12").press("Enter")
    pick(hands, "Karang Rejo")
    page.wait_for_selector("#select2-id_kecamatan-container:has-text('Balikpapan Tengah')")
    assert focused(page) == "id_phone"
    hands.type("08125550001").press("Control+ArrowDown").type("2019")
    hands.press("Control+ArrowDown", "Control+ArrowDown")
    assert focused(page) == "id_years-0-workers_male"
    hands.type("1").press("Enter").type("3").press("Enter").type("1500000")
    page.wait_for_selector("output.echo:has-text('satu juta lima ratus ribu rupiah')")
    hands.press("Enter").type("250").press("Enter").type("kil").press("Enter").type("b")
    hands.press("Enter").type("24000000").press("Control+s")
    page.wait_for_url("**/industry/business/")

    business = Business.objects.get(name="keripik ida")
    assert (business.kelurahan, business.kecamatan) == (ward, ward.kecamatan)
    assert (business.kbli, business.group, business.founded_year) == (kbli, group, 2019)
    figures = BusinessYear.objects.get(business=business)
    assert (figures.workers_total, figures.investment) == (4, 1_500_000)
    assert (figures.capacity_unit, figures.production_value) == (unit, 24_000_000)
    assert (hands.keys, hands.letters) == documented()["Satu IKM dengan angka tahunannya"]
    assert hands.keys <= 25
    assert hands.seconds < 60


def test_what_was_typed_is_offered_again_without_personal_data_until_it_is_saved(page):
    figures = BusinessYearFactory(year=2023, workers_male=2, investment=7_000_000)
    page.on("dialog", lambda dialog: dialog.accept())
    address = f"/industry/business/{figures.business.pk}/change/"

    # Last year's figures are copied into a new row, below what was typed there.
    page.goto(address)
    page.click("#years-group .add-row a")
    page.wait_for_selector("#id_years-1-year:focus")
    assert page.inner_text("#years-group .add-row a") == "Tambah data tahunan IKM lagi"
    hands = Keystrokes(page).press("Enter").type("5").press("Shift+Tab")
    page.press("#years-1 .copy-year", "Enter")
    assert page.input_value("#id_years-1-year") == "2024"
    assert page.input_value("#id_years-1-workers_male") == "5"
    assert page.input_value("#id_years-1-investment") == "7.000.000"
    page.fill("#id_brand", "Merek Uji")
    page.fill("#id_owner_name", "Budi Contoh")
    page.fill("#id_nik", "6471015501800001")
    page.fill("#id_notes", "NIK 6471 0155 0180 0001")

    # The browser is closed; somebody comes back.
    page.wait_for_timeout(600)
    page.goto("/")
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Merek Uji" in stored
    assert not any(text in stored for text in ("Budi Contoh", "647101550180", "6471 0155"))
    page.goto(address)
    page.click(".draft button:has-text('Pakai isian itu')")
    assert page.input_value("#id_brand") == "Merek Uji"
    assert page.input_value("#id_years-1-investment") == "7.000.000"
    assert page.input_value("#id_owner_name") == figures.business.owner_name
    hands.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    page.wait_for_load_state()

    assert figures.business.years.get(year=2024).investment == 7_000_000
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('isian:'))") == []


def find(hands, words):
    """Finds a page by Ctrl+K and goes to the first answer."""
    hands.press("Control+k").wait("#quick-search[open]").type(words)
    hands.wait(f"#quick-search li a:has-text({words!r})")
    with hands.page.expect_navigation():
        hands.press("Enter")
    return hands


def choose_file(hands, name, rows):
    """Chooses a file as the window of the computer lets one: by typing its name."""
    choosers = []
    hands.page.on("filechooser", lambda chooser: choosers.append(chooser))
    hands.page.wait_for_timeout(100)  # until the browser knows that its window is waited for
    hands.press("Space")
    for _ in range(100):
        if choosers:
            break
        hands.page.wait_for_timeout(50)
    choosers[0].set_files({"name": name, "mimeType": "", "buffer": xlsx(rows)})
    hands.letters += len(name)
    hands.keys += 1
    return hands


def send(hands, key, selector):
    """Presses the key that sends a page, and sees the answer."""
    with hands.page.expect_navigation():
        hands.press(key)
    return hands.wait(selector)


def test_a_month_a_year_an_upload_and_a_closing_are_done_without_a_mouse(page):
    counts = {}

    def begin():
        page.goto("/")
        return Keystrokes(page)

    def done(work, hands):
        counts[work] = hands.keys, hands.letters

    # One month of three sources, the months before filled in.
    this_year = timezone.localdate().year
    for name in ("Retribusi Uji", "Sewa Uji", "Jasa Uji"):
        RevenueSource.objects.create(name=name, key=name.lower().replace(" ", ""))
        RevenueFactory(source_name=name, year=this_year, target=60, realised=None)
        RevenueFactory(source_name=name, year=this_year, month=1, target=None, realised=5)
    hands = find(begin(), "isian bulanan pad")
    hands.wait("table.grid input:focus")
    for amount in ("1250000", "800000", "450000"):
        hands.type(amount).press("Enter")
    send(hands, "Control+s", ".messagelist .success")
    assert Revenue.objects.filter(month=2).count() == 3
    done("Satu bulan PAD, tiga sumber", hands)

    # The figures of a year of three businesses.
    for name in ("Amplang Uji", "Batik Uji", "Roti Uji"):
        BusinessFactory(name=name, founded_year=2019, kelurahan=None)
    hands = find(begin(), "isian tahunan ikm")
    hands.wait("table.grid input:focus")
    for number in range(3):
        for count in (number + 1, number + 2):
            hands.type(str(count)).press("ArrowRight")
        hands.press("ArrowLeft", "ArrowLeft", "ArrowDown")
    send(hands, "Control+s", "button:has-text('Simpan')")  # what changes is shown first
    send(hands, "Control+s", ".notice--ok")
    assert BusinessYear.objects.count() == 3
    done("Tenaga kerja setahun, tiga IKM", hands)

    # A sheet from its file to the register.
    hands = find(begin(), "unggah excel: ikm")
    hands.wait("input[type=file]:focus")
    heads = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]
    choose_file(hands, "ikm.xlsx", [heads, ["Kedai Satu", "Ani Contoh", this_year - 1, 3]])
    send(hands, "Control+s", "button:has-text('Simpan 1 baris baru')")
    send(hands, "Control+s", ".notice--ok")
    assert Business.objects.filter(name="Kedai Satu").count() == 1
    done("Satu lembar Excel dari berkas sampai tersimpan", hands)

    # A record by its name.
    hands = find(begin(), "kedai satu")
    hands.wait("#id_name")
    assert page.input_value("#id_name") == "Kedai Satu"
    done("Satu IKM dicari dan dibuka", hands)

    # A year that is over.
    hands = find(begin(), "tahun tutup buku")
    hands.wait("select:focus")
    send(hands, "Control+s", "input[name=typed_year]:focus")
    hands.type(str(this_year - 1))
    send(hands, "Control+s", ".messagelist")
    assert ClosedYear.objects.get().year == this_year - 1
    done("Satu tahun ditutup", hands)

    assert counts == {work: documented().get(work) for work in counts}
    assert max(keys for keys, _ in counts.values()) <= 25
