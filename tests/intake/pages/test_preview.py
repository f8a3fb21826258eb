"""What the pages of an upload tell the person who has to decide about it."""

import hashlib
from types import SimpleNamespace

import pytest
from django.urls import reverse

from balikpapan.intake import working_file
from balikpapan.intake.models import HeadingAlias
from tests.cast import member
from tests.intake.importing import hand_in, load
from tests.pages import upload_url

pytestmark = pytest.mark.django_db

LIST = [
    ["DATA IKM TAHUN 2024"],
    ["No", "Nama Usaha", "Nama Pemilik", "Tenaga Kerja"],
    [1, "Amplang Siti", "Siti Contoh", 3],
    [],
    [2, "Roti Ani", "Ani Contoh", 2],
    [3, "Roti Ani", "Ani Contoh", 2],
    [None, "JUMLAH", None, 7],
]
YEARLY = [["Tahun", "Uraian", "Realisasi (Rp)", "Keterangan"], [2024, "Sewa", 30, None]]
MONTHLY = [["Tahun", "Bulan", "Uraian", "Realisasi (Rp)"], [2024, "Maret", "Sewa", 30]]


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def shown(client, upload, group):
    return client.get(upload_url("change", upload), {"kelompok": group})


def text_of(client, page, upload):
    return client.get(upload_url(page, upload)).content.decode()


def test_every_ignored_row_is_listed_with_its_reason(typist, petugas):
    upload = hand_in(LIST, user=petugas)

    listing = shown(typist, upload, "ignored").context["listing"]

    assert {row.row: row.reasons for row, _ in listing["rows"]} == {
        4: ["Baris kosong."],
        6: ["Baris kembar persis dengan baris 5."],
        7: ["Baris jumlah."],
    }
    assert listing["total"] == upload.counts["ignored"] == 3


def test_a_page_reads_the_working_file_through_once(typist, petugas, monkeypatch):
    upload = hand_in(LIST, user=petugas)
    digests = []

    def counted(stream, name):
        digests.append(stream)
        return hashlib.file_digest(stream, name)

    monkeypatch.setattr(working_file, "hashlib", SimpleNamespace(file_digest=counted))

    shown(typist, upload, "new")

    assert len(digests) == 1


def test_a_page_of_rows_reads_no_more_of_a_column_than_lies_around_them(
    typist, petugas, monkeypatch
):
    monkeypatch.setattr(working_file, "PAGE", 50)
    names = [[number, f"Usaha {number}", "Siti Contoh", 3] for number in range(1, 131)]
    upload = hand_in([*LIST[:2], *names], user=petugas)
    opened = []
    read_page = working_file.KeptCells._page
    monkeypatch.setattr(
        working_file.KeptCells, "_page", lambda *args: opened.append(args[1:]) or read_page(*args)
    )

    response = typist.get(upload_url("change", upload), {"kelompok": "new", "hal": 3})

    rows = response.context["listing"]["rows"]
    assert [row.title for row, _ in rows] == [f"Usaha {number}" for number in range(101, 131)]
    assert {number for _, _, number in opened} == {2}


def test_an_ignored_row_shows_its_cells_where_it_has_any(typist, petugas):
    upload = hand_in(LIST, user=petugas)

    rows = shown(typist, upload, "ignored").context["listing"]["rows"]

    assert ["Roti Ani" in row.cells for row, _ in rows] == [False, True, False]


@pytest.mark.parametrize(
    ("sheet", "there", "absent"),
    [
        pytest.param(YEARLY, "Tahun", {"Bulan", "Catatan"}, id="a yearly sheet"),
        pytest.param(MONTHLY, "Bulan", {"Catatan"}, id="a monthly sheet"),
    ],
)
def test_a_column_that_no_row_fills_takes_no_room(typist, petugas, sheet, there, absent):
    upload = hand_in(sheet, "pad", petugas)

    listing = shown(typist, upload, "new").context["listing"]

    headings = {heading for heading, _ in listing["headings"]}
    assert there in headings
    assert not absent & headings


def test_the_result_counts_every_kind_of_record_it_wrote(typist, petugas):
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja", "P-IRT", "Halal"]
    upload = load([heading, ["Amplang Siti", 2024, 3, "2066471010123-28", "Ada"]], user=petugas)

    text = text_of(typist, "change", upload)

    assert "1 usaha IKM baru, 1 data tahunan IKM baru, 2 sertifikat baru" in text


def test_a_result_that_wrote_nothing_else_names_nothing_else(typist, petugas):
    upload = load([["Nama Usaha", "Merek"], ["Amplang Siti", "Siti"]], user=petugas)

    text = text_of(typist, "change", upload)

    assert "Catatan yang tertulis: 1 usaha IKM baru." in text


def test_a_held_row_shows_what_else_it_says(typist, petugas):
    rows = [["Nama Usaha", "Tahun Data", "Tenaga Kerja", "Merek"], ["Roti", 2024, "lima", "Enak"]]
    upload = hand_in(rows, user=petugas)

    text = text_of(typist, "held", upload)

    assert "Merek: Enak" in text
    assert 'value="lima"' in text


@pytest.mark.parametrize(
    ("workers", "words"),
    [
        pytest.param("lima", "Belum ada yang dapat disimpan: 1 baris ditahan", id="held"),
        pytest.param(3, "Tidak ada yang perlu disimpan", id="known"),
    ],
)
def test_a_preview_without_anything_to_store_says_why(typist, petugas, workers, words):
    heading = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]
    load([heading, ["Roti Ani", "Ani Contoh", 2024, 3]], user=petugas)
    upload = hand_in([heading, ["Roti Ani", "Ani Contoh", 2024, workers]], user=petugas)

    assert words in text_of(typist, "change", upload)


def test_a_number_shown_with_asterisks_is_typed_anew(typist, petugas):
    upload = hand_in([["Nama Usaha", "P-IRT"], ["Amplang", 2066471010123280]], user=petugas)

    text = text_of(typist, "held", upload)

    assert "Kolom B «P-IRT»" in text
    assert 'value="****' not in text


def test_an_undo_tells_the_month_from_the_year(typist, petugas):
    target = [["Tahun", "Bulan", "Uraian", "Target Setahun (Rp)", "Realisasi (Rp)"]]
    upload = load([*target, [2024, "Maret", "Sewa", 100, 30]], "pad", petugas)

    text = text_of(typist, "undo", upload)

    assert "<li>Sewa 2024</li>" in text
    assert "<li>Sewa Maret 2024</li>" in text


def test_the_history_is_narrowed_down_by_the_names_of_the_sheets(typist, petugas):
    ikm, pad = hand_in(LIST, user=petugas), hand_in(YEARLY, "pad", petugas)
    address = reverse("admin:intake_upload_changelist")

    text = typist.get(address).content.decode()
    uploads = typist.get(address, {"register": "pad"}).context["cl"].result_list

    assert '<a href="?register=ikm">IKM</a>' in text
    assert list(uploads) == [pad]
    assert ikm not in uploads


@pytest.mark.parametrize(
    ("field", "count"),
    [pytest.param("owner_name", 0, id="of another list"), pytest.param("notes", 1, id="its own")],
)
def test_a_heading_of_the_staff_means_a_column_of_its_own_list(client, field, count):
    client.force_login(member("Administrator"))
    data = {"register": "pad", "heading": "Yang punya", "field": field}

    text = client.post(reverse("admin:intake_headingalias_add"), data).content.decode()

    assert HeadingAlias.objects.count() == count
    assert ("Ini bukan kolom daftar PAD." in text) == (not count)


def test_a_heading_of_the_staff_stands_with_its_meaning_in_words(client):
    HeadingAlias.objects.create(register="ikm", heading="Yang punya", field="owner_name")
    client.force_login(member("Administrator"))

    text = client.get(reverse("admin:intake_headingalias_changelist")).content.decode()

    assert "Nama Pemilik" in text
    assert "owner_name" not in text
