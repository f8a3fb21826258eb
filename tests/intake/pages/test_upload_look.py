"""The pages of an upload in a real browser: accessible in light and dark, and as wide as a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model

from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import receive
from tests.factories import BusinessFactory, KelurahanFactory
from tests.intake.importing import hand_in, load
from tests.pages import upload_url
from tests.sheets import xlsx
from tests.staff_page import PHONE, staff_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]

HEADS = ["Nama Usaha", "Nama Pemilik", "Alamat", "Kelurahan", "Telepon", "Tahun Data", "TK"]
#: One row new, one changed, and held ones: a word, a number, a likely double, two of one name.
MIXED = [
    HEADS,
    ["Roti Ani", "Ani Contoh", "Jl. Contoh 1", "Manggar", "081255500001", 2024, 3],
    ["Batik Uji", "Budi Contoh", "Jl. Uji 2", "Manggar", "081255500002", 2024, 4],
    ["Tahu Uji", "Tono Contoh", "Jl. Uji 3", "Mangar", "081255500003", 2024, 2],
    ["Kopi Uji", "Kiki Contoh", "Jl. Uji 4", "Manggar", "081255500004", 2024, "dua"],
    ["Amplang Uji", "Siti Contoh", "Jl. Lain 9", "Manggar", "081255500077", 2024, 5],
    ["Sambal Uji", "Sari Contoh", "Jl. Uji 6", "Manggar", "081255500006", 2024, 1],
    ["Sambal Uji", "Sari Contoh", "Jl. Uji 6", "Manggar", "081255500006", 2024, 9],
    ["Jumlah", None, None, None, None, None, 24],
]
HEADLESS = [row[:1] + row[6:] + row[1:4] for row in MIXED[1:5]]


@pytest.fixture
def page(live_server, monkeypatch):
    """A logged-in member of staff on a phone."""
    with staff_page(live_server.url, monkeypatch, PHONE) as page:
        yield page


def violations(results):
    """Each broken rule of WCAG with the element that breaks it."""
    broken = results.response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in broken for node in rule["nodes"]]


def faults_of(page):
    """What is wrong with the look of the page that is open: rules of WCAG, and its width."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    faults = violations(Axe().run(page))
    page.emulate_media(color_scheme="dark")
    # Only the colours differ in the dark.
    dark = Axe().run(page, options={"runOnly": ["color-contrast", "link-in-text-block"]})
    faults += [f"gelap: {fault}" for fault in violations(dark)]
    page.emulate_media(color_scheme="light")
    if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
        faults.append(f"{width} px")
    return faults


def test_every_page_of_an_upload_is_accessible_in_light_and_dark_and_fits_a_phone(page):
    user = get_user_model().objects.get()
    KelurahanFactory(name="Manggar")
    for name, owner in (("Batik Uji", "Budi Contoh"), ("Amplang Uji", "Siti Contoh")):
        BusinessFactory(name=name, owner_name=owner, address="Jl. Uji 2", phone="081255500002")
    asking, _ = receive("ikm", xlsx(HEADLESS), "tanpa-judul.xlsx", Answers(), user)
    assert asking.status == Upload.Status.NEEDS_ANSWER
    mixed = hand_in(MIXED, user=user)
    stored = load([HEADS[:3], ["Keripik Uji", "Kiki Contoh", "Jl. Uji 8"]], user=user)
    refused, _ = receive("ikm", b"bukan berkas Excel", "rusak.xlsx", Answers(), user)
    working, _ = receive("ikm", xlsx([HEADS[:1], ["Sirup Uji"]]), "kerja.xlsx", Answers(), user)
    Upload.objects.filter(pk=working.pk).update(status=Upload.Status.WORKING)
    preview = upload_url("change", mixed)
    addresses = [
        "/intake/upload/",
        "/intake/upload/new/ikm/",
        upload_url("change", asking),
        *(f"{preview}?kelompok={name}" for name in ("new", "changed", "held", "ignored")),
        *(upload_url(name, mixed) for name in ("words", "held", "problems")),
        *(upload_url(name, stored) for name in ("change", "undo", "history", "file")),
        *(upload_url("change", upload) for upload in (refused, working)),
        "/industry/business/export/ikm/",
    ]

    faults = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        assert page.url.endswith(address)
        if problems := faults_of(page):
            faults[address] = problems

    assert faults == {}
    assert page.faults == []
