"""What an upload's pages lead to: the rows behind a tile, doubles side by side, stored records."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from balikpapan.intake.models import Upload
from industry.models import Business
from tests.intake.importing import hand_in, load, tally
from tests.pages import upload_url, url
from tests.sheets import xlsx
from tests.trust.previews import logged_in, people

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "NIB", "Produk"]
TWICE = [
    HEADING,
    ["Amplang Siti", "Siti", "9123456789012", "Amplang"],
    ["Amplang Siti Jaya", "Siti", "9123456789012", "Amplang"],
    ["Roti Ani", "Ani", "9123456789013", "Roti"],
]
ASSETS = [["Kode Barang", "NUP", "Nama Barang"], ["1.3.2.05.01.04.001", "1", "Lemari"]]
FIRST, SECOND = "Data!2", "Data!3"


@pytest.fixture
def browser(petugas):
    """A petugas at the keyboard."""
    return logged_in(petugas)


# The preview


def test_each_tile_jumps_to_the_rows_of_its_group(browser, petugas):
    upload = hand_in(people(3), user=petugas)

    text = browser.get(upload_url("change", upload)).content.decode()

    assert 'id="baris"' in text
    for group in ("new", "changed", "same", "held"):
        assert f'href="?kelompok={group}#baris"' in text


def test_the_save_bar_comes_after_everything_to_decide_and_stays_in_sight(browser, petugas):
    upload = hand_in(TWICE, user=petugas)

    text = browser.get(upload_url("change", upload)).content.decode()

    assert text.index("Terapkan dan periksa lagi") < text.index('class="savebar"')
    assert text.rindex("Terapkan dan periksa lagi") < text.index("Simpan 1 baris baru")


def test_the_pages_of_a_group_stay_at_its_rows(browser, petugas):
    upload = hand_in(people(120), user=petugas)

    text = browser.get(upload_url("change", upload), {"kelompok": "new"}).content.decode()

    assert 'href="?kelompok=new&amp;hal=2#baris"' in text


# Doubles side by side


def test_doubles_stand_side_by_side_with_differing_cells_marked(browser, petugas):
    upload = hand_in(TWICE, user=petugas)

    response = browser.get(upload_url("held", upload))

    first, second = response.context["listing"]["rows"]
    lines = {line["heading"]: (line["own"], line["cells"]) for line in first["doubles"]}
    assert lines["Nama Usaha"] == ("Amplang Siti", [("Amplang Siti Jaya", True)])
    assert lines["Nama Pemilik"] == ("Siti", [("Siti", False)])
    assert [other["row"] for other in first["others"]] == [3]
    assert [other["row"] for other in second["others"]] == [2]
    assert 'class="differs"' in response.content.decode()


def decide(browser, upload, **decisions):
    """Presses "Terapkan" with these radios chosen: a row's key -> its choice."""
    others = {FIRST: SECOND, SECOND: FIRST}
    data = {f"others:{key}": other for key, other in others.items()}
    data |= {f"decide:{key}": choice for key, choice in decisions.items()}
    return browser.post(upload_url("held", upload), data)


def test_the_chosen_row_of_two_doubles_is_used_and_the_other_is_left_out(browser, petugas):
    upload = hand_in(TWICE, user=petugas)

    decide(browser, upload, **{FIRST: "", SECOND: "use"})
    browser.post(upload_url("confirm", upload), {"fingerprint": Upload.objects.get().fingerprint})

    assert tally(Upload.objects.get()) == (2, 0, 0, 0, 1)
    names = Business.objects.values_list("name", flat=True)
    assert sorted(names) == ["Amplang Siti Jaya", "Roti Ani"]


def test_where_both_are_chosen_neither_is_left_out(browser, petugas):
    upload = hand_in(TWICE, user=petugas)

    decide(browser, upload, **{FIRST: "use", SECOND: "use"})

    assert tally(Upload.objects.get()) == (1, 0, 0, 2, 0)


def test_a_choice_can_be_changed(browser, petugas):
    upload = hand_in(TWICE, user=petugas)

    decide(browser, upload, **{SECOND: "use"})
    decide(browser, upload, **{FIRST: "use"})

    answers = Upload.objects.get().answers["decisions"]
    assert answers == {SECOND: "skip"}


def test_doubles_of_a_register_with_one_key_stand_side_by_side_too(browser, petugas):
    rows = [*ASSETS, ["1.3.2.05.01.04.001", "1", "Kursi"]]
    upload = hand_in(rows, "aset", petugas)

    rows = browser.get(upload_url("held", upload)).context["listing"]["rows"]

    assert [[other["row"] for other in row["others"]] for row in rows] == [[3], [2]]


# Stored


def test_a_stored_upload_leads_to_its_records(browser, petugas):
    upload = load(people(12), user=petugas)

    response = browser.get(upload_url("change", upload))

    records = response.context["records"]
    assert records["list_url"] == url(Business, "changelist")
    assert len(records["entries"]) == 10
    assert records["others"] == 2
    first = Business.objects.order_by("pk").first()
    assert records["entries"][0] == {"name": str(first), "url": url(Business, "change", first)}
    assert browser.get(records["entries"][0]["url"]).status_code == 200


def test_a_refused_upload_leads_to_no_records(browser, petugas):
    browser.post(
        reverse("admin:intake_upload_new", args=["ikm"]),
        {"file": SimpleUploadedFile("a.xlsx", xlsx([["x"], ["y"]]))},
    )

    assert browser.get(upload_url("change", Upload.objects.get())).context["records"] == {}


# The wrong register, or none


def test_the_list_of_another_register_is_refused_with_the_way_there(browser, petugas):
    page = reverse("admin:intake_upload_new", args=["ikm"])

    response = browser.post(page, {"file": SimpleUploadedFile("a.xlsx", xlsx(ASSETS))}, follow=True)

    upload = Upload.objects.get()
    assert (upload.status, upload.reason_code) == ("refused", "wrong_register")
    assert upload.other_register == "aset"
    assert f'href="{reverse("admin:intake_upload_new", args=["aset"])}"' in (
        response.content.decode()
    )


def drop(browser, rows, name="daftar.xlsx"):
    file = SimpleUploadedFile(name, rows if isinstance(rows, bytes) else xlsx(rows))
    return browser.post(reverse("admin:intake_upload_find"), {"file": file}, follow=True)


@pytest.mark.one_database
def test_dropping_nothing_says_what_to_do(browser):
    address = reverse("admin:intake_upload_find")

    response = browser.post(address, {"csrfmiddlewaretoken": "x"}, follow=True)

    assert "Pilih berkas yang akan diunggah." in response.content.decode()


@pytest.mark.parametrize(
    ("rows", "register"),
    [
        pytest.param(people(2), "ikm", id="businesses"),
        pytest.param(ASSETS, "aset", id="assets"),
        pytest.param([["Tahun", "Uraian", "Realisasi (Rp)"], [2024, "Sewa", 30]], "pad", id="pad"),
    ],
)
def test_a_dropped_file_finds_its_register(browser, rows, register):
    response = drop(browser, rows)

    upload = Upload.objects.get()
    assert upload.register == register
    assert response.redirect_chain[-1][0] == upload_url("change", upload)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param([["x", "y"], [1, 2]], "tidak cukup dikenal", id="unknown headings"),
        pytest.param(b"%PDF-1.7", "PDF", id="no workbook"),
    ],
)
def test_a_dropped_file_nobody_knows_is_not_kept_and_says_so(browser, content, word):
    response = drop(browser, content)

    assert word in response.content.decode()
    assert not Upload.objects.exists()


def test_only_registers_one_may_upload_are_found(client, pimpinan):
    client.force_login(pimpinan)

    assert drop(client, people(2)).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("page", ["admin:index", "admin:intake_upload_changelist"])
def test_the_drop_zone_is_there_for_whoever_may_upload(page, browser, client, pimpinan):
    client.force_login(pimpinan)

    assert "data-dropzone" in browser.get(reverse(page)).content.decode()
    assert "data-dropzone" not in client.get(reverse(page)).content.decode()


def test_the_list_of_a_register_has_a_drop_zone_too(browser):
    assert "data-dropzone" in browser.get(url(Business, "changelist")).content.decode()
