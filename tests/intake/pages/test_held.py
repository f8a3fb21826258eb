"""Held rows: retyped, decided, checked again, and taken up once the others are stored."""

import pytest
from django.http import QueryDict

from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.intake.pages.held import answers_from
from balikpapan.intake.uploads import answer
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in, load, tally
from tests.pages import upload_url
from tests.trust.previews import logged_in

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Tahun Data", "Tenaga Kerja"]
ROWS = [
    HEADING,
    ["Amplang Siti", 2024, 3],
    ["Roti Ani", 2024, "anjai"],
    ["Batik Rumi", 2024, "dua"],
]
CELL, OTHER_CELL = "Data!3!C", "Data!4!C"


@pytest.fixture
def browser(petugas):
    """A petugas at the keyboard."""
    return logged_in(petugas)


@pytest.fixture
def upload(petugas):
    """A list of which one row can be stored and two are held."""
    return hand_in(ROWS, user=petugas)


def retype(browser, upload, **cells):
    """Types into the boxes of these cells: cell -> what it says now."""
    data = {}
    for cell, text in cells.items():
        data |= {f"fix:{cell}": text, f"was:{cell}": {CELL: "anjai", OTHER_CELL: "dua"}[cell]}
    return browser.post(upload_url("held", upload), data)


# Retyping


def test_a_retyped_cell_frees_its_row_and_the_others_still_wait(browser, upload):
    response = retype(browser, upload, **{CELL: " 4 ", OTHER_CELL: "dua"})

    upload = Upload.objects.get()
    assert tally(upload) == (2, 0, 0, 1, 0)
    assert upload.answers["fixes"] == {CELL: "4"}
    assert response.url == upload_url("held", upload)


def test_a_retyped_figure_is_what_is_stored_and_the_file_stays_as_it_came(browser, upload):
    content = storage.original(upload.sha256)
    retype(browser, upload, **{CELL: "4", OTHER_CELL: "5"})

    browser.post(upload_url("confirm", upload), {"fingerprint": Upload.objects.get().fingerprint})

    figures = BusinessYear.objects.values_list("business__name", "workers_total")
    assert dict(figures) == {"Amplang Siti": 3, "Roti Ani": 4, "Batik Rumi": 5}
    assert storage.original(upload.sha256) == content


def test_what_is_retyped_wrongly_holds_its_row_with_what_was_typed(browser, upload):
    retype(browser, upload, **{CELL: "empat"})

    upload = Upload.objects.get()
    assert tally(upload) == (1, 0, 0, 2, 0)
    page = browser.get(upload_url("held", upload)).content.decode()
    assert 'value="empat"' in page
    assert "&quot;empat&quot;" in page


def test_a_cell_that_is_not_touched_is_not_retyped(browser, upload):
    retype(browser, upload, **{CELL: "anjai"})

    assert Upload.objects.get().answers["fixes"] == {}


def test_once_no_row_waits_the_preview_follows(browser, upload):
    response = retype(browser, upload, **{CELL: "4", OTHER_CELL: "5"})

    assert response.url == upload_url("change", upload)
    assert "Tidak ada lagi baris yang ditahan" in (
        browser.get(upload_url("held", upload)).content.decode()
    )


def test_a_very_long_text_is_cut_before_it_is_kept(browser, upload):
    retype(browser, upload, **{CELL: "9" * 5000})

    assert len(Upload.objects.get().answers["fixes"][CELL]) == 500


def test_an_emptied_box_leaves_the_cell_blank(browser, upload):
    retype(browser, upload, **{CELL: "", OTHER_CELL: "5"})

    assert tally(Upload.objects.get()) == (3, 0, 0, 0, 0)


# Deciding


def test_a_row_that_is_skipped_is_ignored_and_can_be_taken_back(browser, petugas):
    rows = [["Nama Usaha", "NIB"], ["Amplang", "9123456789012"], ["Kerupuk", "9123456789012"]]
    upload = hand_in(rows, user=petugas)
    browser.post(upload_url("held", upload), {"decide:Data!3": "skip"})
    skipped = tally(Upload.objects.get())

    answer(Upload.objects.get(), answers_from(Upload.objects.get(), posted("Data!3")), petugas)

    assert skipped == (1, 0, 0, 0, 1)
    assert tally(Upload.objects.get()) == (0, 0, 0, 2, 0)


def posted(row):
    """What the page sends where this row is to wait again."""
    return QueryDict(f"decide:{row}=")


@pytest.mark.parametrize("forged", ["update:0", "update:x", "delete", "update:" + "9" * 4400])
def test_a_forged_decision_is_no_decision(browser, upload, forged):
    response = browser.post(upload_url("held", upload), {"decide:Data!3": forged})

    assert response.status_code == 302
    assert Upload.objects.get().answers["decisions"] == {}


def test_the_candidates_of_a_doubtful_row_stand_beside_it_with_differences_marked(browser, petugas):
    there = BusinessFactory(name="Amplang Siti", owner_name="Siti", address="Jl. Lama 1")
    rows = [["Nama Usaha", "Nama Pemilik", "Alamat"], ["Amplang Siti", "Siti", "Jl. Baru 2"]]
    upload = hand_in(rows, user=petugas)

    response = browser.get(upload_url("held", upload))

    [row] = response.context["listing"]["rows"]
    lines = {line["heading"]: line for line in row["comparison"]["lines"]}
    assert lines["Alamat"]["cells"] == [("Jl. Lama 1", True)]
    assert lines["Nama Pemilik"]["cells"] == [("Siti", False)]
    assert f'value="update:{there.pk}"' in response.content.decode()


# Taken up later


@pytest.fixture
def stored(petugas):
    """The list with held rows, its good row stored."""
    return load(ROWS, user=petugas)


def test_the_held_rows_of_a_stored_upload_are_taken_up_in_an_upload_of_their_own(browser, stored):
    response = browser.post(upload_url("resume", stored))

    again = Upload.objects.exclude(pk=stored.pk).get()
    assert response.url == upload_url("held", again)
    assert tally(again) == (0, 0, 1, 2, 0)
    assert (again.sha256, again.file_name, again.by) == (stored.sha256, stored.file_name, stored.by)


def test_what_was_retyped_before_is_still_there_when_they_are_taken_up(browser, upload):
    retype(browser, upload, **{CELL: "4"})
    browser.post(upload_url("confirm", upload), {"fingerprint": Upload.objects.get().fingerprint})

    browser.post(upload_url("resume", upload))

    again = Upload.objects.exclude(pk=upload.pk).get()
    assert again.answers["fixes"] == {CELL: "4"}
    assert tally(again) == (0, 0, 2, 1, 0)
    retype(browser, again, **{OTHER_CELL: "5"})
    browser.post(
        upload_url("confirm", again),
        {"fingerprint": Upload.objects.get(pk=again.pk).fingerprint},
    )
    assert Business.objects.count() == BusinessYear.objects.count() == 3


def test_looking_at_the_address_takes_nothing_up(browser, stored):
    response = browser.get(upload_url("resume", stored))

    assert response.url == upload_url("change", stored)
    assert Upload.objects.count() == 1


def test_only_who_handed_it_in_takes_it_up(stored):
    other = logged_in(member("Petugas", "petugas-dua"))

    assert other.post(upload_url("resume", stored)).status_code == 404
    assert Upload.objects.count() == 1


def test_without_its_file_nothing_is_taken_up(browser, stored):
    storage.forget(stored.sha256)

    assert browser.post(upload_url("resume", stored)).url == upload_url("change", stored)
    assert Upload.objects.count() == 1
