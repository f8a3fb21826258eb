"""The pages in a real browser: no CSP violation, nothing wider than the screen, axe content."""

import contextlib
import datetime
import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch

from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.contents import BESIDES, yearbook
from industry.models import Business
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    KelurahanFactory,
    LetterheadFactory,
    OfficialFactory,
    PerformanceTargetFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)
from tests.industry.messy import make_register
from tests.intake.importing import hand_in
from tests.pages import upload_url, url
from tests.staff_page import USER, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
YEAR, CLOSED = 2024, 2023
BOOK = f"/laporan/{YEAR}/"
PAGES = ["/", "/industry/business/", "/industry/business/add/", "/tidak-ada/"]


@pytest.fixture
def office(live_server):
    """A few records and an account."""
    get_user_model().objects.create_superuser(USER)
    for _ in range(3):
        BusinessFactory(kelurahan=KelurahanFactory())
    RevenueFactory(year=2023)
    RevenueFactory()
    StorageMonthFactory()
    return live_server.url


def logged_in(browser, office, size):
    """The first page of a logged-in member of staff, and the faults its console tells."""
    width, height = size
    page = signed_in(browser, office, {"width": width, "height": height})
    faults = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content" in message.text else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{office}/")
    return page, faults


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_pages_keep_the_csp_and_the_width_of_the_screen(chromium, office, size):
    page, faults = logged_in(chromium, office, size)

    for address in PAGES:
        page.goto(office + address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address

    assert faults == []


def every_page():
    """The list, the empty form and one filled form of every register and list; other pages."""
    for model in admin.site._registry:
        record = model.objects.first()
        pages = [("changelist", None), ("add", None)]
        pages += [("change", record), ("history", record)] if record else []
        for name, shown in pages:
            # A closed year has pages of its own instead of a form.
            with contextlib.suppress(NoReverseMatch):
                yield url(model, name, shown)
    yield from ["/password_change/", *report_pages()]


def report_pages():
    """Every page a report has: the choice, the book, each table alone, narrowed, compared."""
    yield from [
        "/laporan/",
        f"{BOOK}siaran-pers/",
        BOOK,
        f"{BOOK}?umum=1",
        f"/laporan/{CLOSED}/",
        "/reports/edition/",
    ]
    keys = [table.key for table in yearbook(YEAR, today=datetime.date(2025, 1, 15)).tables]
    yield from (f"{BOOK}{key}/" for key in [*keys, *BESIDES])
    yield from (f"{BOOK}{key}/?banding={CLOSED}" for key in ("ikm-wilayah", "sertifikat", "aset"))
    yield from (f"{BOOK}ikm-wilayah/?{ask}" for ask in ("skala=small", "status=active", "umum=1"))
    yield f"/laporan/{CLOSED}/ikm-kelompok/"
    yield f"/laporan/{CLOSED}/ikm-kelompok/?status=active"


@pytest.fixture
def full_office(office):
    """Every register with something in it, and a closed year with its edition."""
    make_register(24)
    for kib in "ABCDEF":
        AssetFactory(kib=kib, location="Jalan Contoh Raya Nomor 12, Kelurahan Uji")
    for factory in (PublishedFigureFactory, PerformanceTargetFactory, LetterheadFactory):
        factory()
    OfficialFactory()
    close_year(CLOSED, by=get_user_model().objects.get(), channel="form")
    return office


MOST_REQUESTS, MOST_BYTES, MOST_SHIFT = 20, 150 * 1024, 0.1


def weight_of(page, answers, sizes):
    """The bytes of a page that was never opened before, without its pictures.

    Compressed as the program serves them; the server of the tests sends them as they are. ``sizes``
    holds those of addresses met before. The browser may have forgotten what it received, so each is
    asked for once more.
    """
    texts = [a for a in answers if a.request.resource_type != "image" and a.status == 200]
    for answer in texts:
        if answer.url not in sizes:
            sizes[answer.url] = len(gzip.compress(page.request.get(answer.url).body()))
    return sum(sizes[answer.url] for answer in texts)


def test_no_page_is_wider_than_a_phone_or_heavy(chromium, full_office):
    page, faults = logged_in(chromium, full_office, SIZES["phone"])
    wide, heavy, answers, sizes = {}, {}, [], {}
    page.on("response", lambda answer: answers.append(answer))
    for address in every_page():
        answers.clear()
        answer = page.goto(full_office + address)
        if answer.status == 403:
            continue  # nobody may add or change what only happens: uploads, changes, editions
        assert answer.status == 200, address
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES["phone"][0]:
            wide[address] = width
        weight = weight_of(page, answers, sizes)
        if weight > MOST_BYTES or len(answers) > MOST_REQUESTS:
            heavy[address] = weight, len(answers)

    assert wide == {}
    assert heavy == {}
    assert faults == []


def test_every_page_of_a_report_is_accessible(chromium, full_office):
    page, _ = logged_in(chromium, full_office, SIZES["desktop"])

    for address in report_pages():
        page.goto(full_office + address)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{address}\n{results.generate_report()}"


#: What fits between the margins of A4, in CSS pixels: upright, and on its side.
PAPER = {"/": 700, f"{BOOK}": 1000, f"{BOOK}ikm-wilayah/": 1000, f"{BOOK}capaian/": 1000}
PAPER |= {f"{BOOK}{key}/": 1000 for key in ("daftar-ikm", "kib-b", "kib-e", "kertas-kerja")}


@pytest.mark.parametrize("address", PAPER)
def test_on_paper_there_is_no_menu_and_nothing_is_cut_off(chromium, full_office, address):
    page, _ = logged_in(chromium, full_office, (PAPER[address], 1000))
    page.emulate_media(media="print")
    page.goto(full_office + address)

    assert not any(page.locator(part).first.is_visible() for part in ("#nav-sidebar", ".menu-link"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER[address]
    cut = "[...document.querySelectorAll('table')].filter(t => t.offsetWidth > {}).length"
    assert page.evaluate(cut.replace("{}", str(PAPER[address]))) == 0
    heads = "[...document.querySelectorAll('.laporan-table thead')].map(h => getComputedStyle(h))"
    shown = page.evaluate(f"{heads}.map(style => style.display)")
    assert set(shown) <= {"table-header-group"}


WORK_PAGES = [
    "/?tahun=2024",
    "/industry/business/gaps/",
    "/panduan/",
    "/panduan/tur/",
    "/bantuan/?halaman=/industry/business/",
]


def test_work_is_handed_out_and_reminded_of_on_accessible_pages(chromium, office):
    page, faults = logged_in(chromium, office, SIZES["phone"])
    LetterheadFactory(contact="Telepon (0542) 000000")
    wide = {}

    def look(name):
        results = Axe().run(page)
        assert results.violations_count == 0, f"{name}\n{results.generate_report()}"
        width = page.evaluate("document.documentElement.scrollWidth")
        wide.update({name: width} if width > SIZES["phone"][0] else {})

    first, last = Business.objects.order_by("pk").first(), Business.objects.order_by("pk").last()
    BusinessYearFactory(business=first)
    Business.objects.filter(pk=last.pk).update(nib="0123456789012")
    account = url(get_user_model(), "change", get_user_model().objects.get())
    forms = (url(Business, "change", first), f"/industry/business/merge/{first.pk}/{last.pk}/")
    for address in (*WORK_PAGES, *forms, account):
        page.goto(office + address)
        look(address)

    def choose(action):
        page.goto(f"{office}/industry/business/?kurang=phone")
        page.check("#action-toggle")
        page.select_option("select[name=action]", action)
        page.click("button[name=index]")
        page.wait_for_selector(".card form, form.card")

    choose("assign_selected")
    look("assign")
    page.select_option("#id_assignee", index=1)
    page.fill("#id_due_on", "31-12-2099")
    page.click("button[name=assign]")
    page.wait_for_selector(".messagelist .success")
    choose("remind_selected")
    look("remind")
    page.select_option("#id_medium", "whatsapp")
    page.fill("#id_purpose", "kelengkapan data")
    page.click("button[name=remind]")
    page.wait_for_selector("textarea")
    look("messages")
    page.locator("[data-copies]").first.click()
    page.wait_for_selector("[data-copies]:has-text('Tersalin')")
    page.goto(f"{office}/")
    look("first page")
    text = page.locator(".work li").first.inner_text()

    assert text == "3 tugas saya"
    assert wide == {}
    assert faults == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_first_page_and_the_door_are_accessible(chromium, office, size):
    login = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    login.goto(f"{office}/login/")
    page, _ = logged_in(chromium, office, size)

    for shown in (login, page):
        for details in shown.query_selector_all("details.as-table summary"):
            details.click()
        results = Axe().run(shown)
        assert results.violations_count == 0, results.generate_report()


def test_the_menu_of_a_phone_opens_and_closes_without_a_script(chromium, office):
    page, _ = logged_in(chromium, office, SIZES["phone"])
    menu = page.locator("#nav-sidebar")
    assert not menu.is_visible()

    page.click(".menu-link")
    opened = menu.is_visible()
    page.click(".menu-close")
    page.click(".user-menu summary")

    assert opened
    assert not menu.is_visible()
    # As it is shown: no word stands in capitals.
    assert page.locator("#logout-form button").inner_text() == "Keluar"


@pytest.mark.parametrize("address", ["/industry/business/", "/intake/upload/"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_menu_of_sheets_opens_within_the_screen(chromium, office, address, size):
    page, _ = logged_in(chromium, office, size)
    page.goto(office + address)
    page.click(".sheet-menu > summary")

    last = page.locator(".sheet-panel a").last
    frame = page.locator(".sheet-panel").bounding_box()
    # What is cut off receives no click.
    last.click(trial=True, timeout=2000)
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= size[0]


def test_only_a_column_that_is_shown_has_arrows(chromium, office):
    page, _ = logged_in(chromium, office, SIZES["desktop"])
    page.goto(f"{office}/industry/business/")
    page.click(".column-menu > summary")
    arrows = page.locator("#kolom-nib button")

    before = arrows.first.is_visible()
    page.check("#kolom-nib input[type=checkbox]")

    assert (before, arrows.first.is_visible()) == (False, True)
    assert page.locator("#kolom-number button").first.is_visible()


def test_the_reason_of_a_held_row_is_read_on_a_phone_without_scrolling(chromium, office):
    rows = [["Nama Usaha", "Tahun Data", "Tenaga Kerja"], ["Roti Ani", 2024, "belum dihitung lagi"]]
    upload = hand_in(rows, user=get_user_model().objects.get(username=USER))
    page, _ = logged_in(chromium, office, SIZES["phone"])

    page.goto(f"{office}{upload_url('change', upload)}?kelompok=held")

    reason, frame = (
        page.locator(css).bounding_box() for css in (".reasons", ".table-scroll:has(.listing)")
    )
    assert reason["x"] + reason["width"] <= frame["x"] + frame["width"]


def test_twenty_rows_and_the_sums_of_pad_are_seen_on_a_desk_without_scrolling(
    chromium, office, settings
):
    settings.DEMO = True
    page, _ = logged_in(chromium, office, SIZES["desktop"])
    page.goto(f"{office}/industry/business/")
    row = page.locator("#result_list tbody tr").first.bounding_box()
    assert "Peragaan" in page.locator("#header").inner_text()
    assert (SIZES["desktop"][1] - row["y"]) / row["height"] >= 20
    # Paper has every row, and nothing to press.
    page.emulate_media(media="print")
    rows = page.locator("#changelist .results")
    assert rows.evaluate("rows => getComputedStyle(rows).maxHeight") == "none"
    assert not page.locator(".action-checkbox, .column-menu, #toolbar").first.is_visible()
    page.emulate_media(media="screen")

    page.goto(f"{office}/industry/revenue/")

    frame = page.locator("#changelist .results").bounding_box()
    for name in ("targeted", "received"):
        cell = page.locator(f".field-{name}").first.bounding_box()
        assert cell["x"] + cell["width"] <= frame["x"] + frame["width"]


FACES = ["/", "/industry/business/", "/industry/business/add/", "/industry/revenue/grid/"]
FACES += [
    "/industry/businessyear/grid/",
    "/intake/upload/new/ikm/",
    f"{BOOK}ikm-wilayah/",
    "/cari/",
]
FACES += ["/intake/upload/", "/laporan/", "/panduan/", "/login/"]
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


def test_pages_are_light_still_and_accessible_in_light_and_dark(chromium, office):
    page, faults = logged_in(chromium, office, SIZES["desktop"])
    page.wait_for_load_state("networkidle")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    beyond = {}
    for address in FACES:
        if address == "/login/":
            page.context.clear_cookies()
        answers.clear()
        page.goto(office + address)
        page.wait_for_load_state("networkidle")
        size = weight_of(page, answers, {})
        if len(answers) > MOST_REQUESTS or size > MOST_BYTES:
            beyond[address] = (len(answers), size)
        if (shift := page.evaluate(SHIFTS)) > MOST_SHIFT:
            beyond[f"{address} bergeser"] = shift
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page)
            if results.violations_count:
                beyond[f"{address} {scheme}"] = results.generate_report()
        page.emulate_media(color_scheme="light")
        page.keyboard.press("Tab")
        ring = "getComputedStyle(document.activeElement)"
        shown = page.evaluate(f"{ring}.outlineStyle + {ring}.boxShadow")
        if shown == "nonenone":
            beyond[f"{address} fokus"] = shown
        # Twice as large on a desk is half as wide.
        page.set_viewport_size({"width": 683, "height": 384})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 683:
            beyond[f"{address} 200 %"] = width
        page.set_viewport_size({"width": 1366, "height": 768})

    assert beyond == {}
    assert faults == []
