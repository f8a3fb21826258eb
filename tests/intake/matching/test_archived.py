"""A row whose record is in the archive: held, or revived by one answer for the whole file."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive
from balikpapan.intake.models import Upload
from balikpapan.intake.undo import undo
from facilities.models import Asset
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory
from tests.intake.importing import asked, hand_in, load, look, problems_of, tally
from tests.pages import upload_url
from tests.trust.previews import logged_in, people

pytestmark = pytest.mark.django_db

REVIVE = {"chosen": {"archived": "revive"}}


@pytest.fixture
def undone(petugas):
    """A list that was stored and taken back."""
    upload = load(people(5), user=petugas)
    undo(upload, by=petugas)
    return upload


def test_rows_of_the_archive_are_held_and_asked_about_once_with_their_number(undone):
    outcome = look(people(5))

    assert tally(outcome) == (0, 0, 0, 5, 0)
    assert asked(outcome) == ["archived"]
    assert outcome.questions[0].about.startswith("5 baris cocok")
    assert len(problems_of(outcome, "archived_match")) == 5


def test_import_undo_and_import_again_need_one_answer(undone, petugas):
    again = load(people(5), user=petugas, **REVIVE)

    assert tally(again) == (0, 5, 0, 0, 0)
    assert Business.objects.kept().count() == BusinessYear.objects.kept().count() == 5
    assert Business.objects.count() == BusinessYear.objects.count() == 5
    last = Change.objects.of(Business.objects.first()).first()
    assert (last.action, last.upload) == ("restored", again.pk)


def test_what_is_revived_is_then_the_same(undone, petugas):
    load(people(5), user=petugas, **REVIVE)

    assert tally(look(people(5))) == (0, 0, 5, 0, 0)


def test_a_revived_record_takes_the_new_values_of_its_row(undone, petugas):
    load(people(5, workers=8), user=petugas, **REVIVE)

    assert set(BusinessYear.objects.kept().values_list("workers_total", flat=True)) == {8}
    assert BusinessYear.objects.count() == 5


def test_the_second_upload_can_be_undone_too_and_the_third_revives_again(undone, petugas):
    again = load(people(5), user=petugas, **REVIVE)

    undo(again, by=petugas)

    assert Business.objects.kept().count() == BusinessYear.objects.kept().count() == 0
    load(people(5), user=petugas, **REVIVE)
    assert Business.objects.kept().count() == BusinessYear.objects.kept().count() == 5


def test_of_several_in_the_archive_none_is_chosen(petugas):
    for _ in range(2):
        old = BusinessFactory(name="Amplang Siti", owner_name="Siti")
        archive(old, by=petugas, channel=Change.Channel.FORM)
    rows = [["Nama Usaha", "Nama Pemilik"], ["Amplang Siti", "Siti"]]

    assert tally(look(rows, **REVIVE)) == (0, 0, 0, 1, 0)


def test_where_nothing_is_archived_nothing_is_asked(petugas):
    load(people(5), user=petugas)

    assert asked(look(people(5))) == []


def test_a_register_with_one_key_revives_too(petugas):
    rows = [["Kode Barang", "NUP", "Nama Barang"], ["1.3.2.05.01.04.001", "1", "Lemari"]]
    upload = load(rows, "aset", petugas)
    undo(upload, by=petugas)

    assert asked(look(rows, "aset")) == ["archived"]
    load(rows, "aset", petugas, **REVIVE)

    assert Asset.objects.kept().count() == Asset.objects.count() == 1


def test_the_preview_shows_what_comes_back(undone, petugas):
    upload = hand_in(people(5), user=petugas, **REVIVE)

    page = logged_in(petugas).get(upload_url("change", upload), {"kelompok": "changed"})

    text = page.content.decode()
    assert "Diarsipkan" in text
    assert "dikembalikan" in text


def test_a_pressed_answer_on_the_preview_revives(undone, petugas):
    upload = hand_in(people(5), user=petugas)
    browser = logged_in(petugas)
    assert "Kembalikan dari arsip" in browser.get(upload_url("change", upload)).content.decode()

    browser.post(upload_url("answer", upload), {"archived": "revive"})

    assert tally(Upload.objects.get(pk=upload.pk)) == (0, 5, 0, 0, 0)
