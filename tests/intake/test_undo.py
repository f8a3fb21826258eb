"""Taking an import back: old values return, created records go to the archive, edits stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, restore, store
from balikpapan.intake.jobs import dispatch, tasks
from balikpapan.intake.models import Upload, Work
from balikpapan.intake.undo import NotUndone, undo, undo_lists, undo_preview
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory, BusinessYearFactory, ClosedYearFactory
from tests.intake.importing import load, look, tally
from tests.pages import upload_url
from tests.trust.previews import logged_in, people

pytestmark = pytest.mark.django_db

HEADING = ["Nomor Register", "Nama Usaha", "Merek", "Tahun Data", "Tenaga Kerja"]


@pytest.fixture
def stored():
    """A business with figures, as it was before the upload."""
    return BusinessYearFactory(
        business__name="Amplang Siti", business__brand="Siti", year=2024, workers_total=3
    ).business


@pytest.fixture
def upload(stored, petugas):
    """An upload that changed one business and created another."""
    rows = [
        HEADING,
        [stored.number, "Amplang Siti", "Siti Jaya", 2024, 8],
        [None, "Roti Ani", "Ani", 2024, 2],
    ]
    return load(rows, user=petugas)


def edit(record, by, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return store(record, by=by, channel=Change.Channel.FORM)


def lists_now(upload):
    """The three lists of an undo; the page, which counts them in SQL, says the same."""
    lists, page = undo_lists(upload), undo_preview(upload, 50)
    assert page.counts == lists.counts
    for name in ("restored", "archived"):
        assert keys(getattr(page, name)) == keys(getattr(lists, name))
    assert keys(entry for entry, _ in page.left) == keys(entry for entry, _ in lists.left)
    assert [reason for _, reason in page.left] == [reason for _, reason in lists.left]
    for name in ("restored", "archived", "left"):
        assert getattr(undo_preview(upload, 1), name) == getattr(page, name)[:1]
    return lists


def keys(affected):
    return [(one.model, one.record) for one in affected]


def named(lists):
    """What is left because it could not be taken back."""
    return sorted({lists.name_of(change) for change, _ in lists.left})


def test_old_values_return_and_created_records_are_archived(upload, stored, petugas):
    undo(upload, by=petugas)

    stored.refresh_from_db()
    assert (stored.brand, stored.years.get().workers_total) == ("Siti", 3)
    new = Business.objects.get(name="Roti Ani")
    assert new.archived_at
    assert new.years.get().archived_at
    assert Upload.objects.get().status == "undone"


def test_the_lists_say_so_before(upload):
    lists = lists_now(upload)

    assert len(lists.restored) == 2
    assert len(lists.archived) == 2
    assert lists.left == []


def test_an_undo_is_traced_like_any_other_change(upload, stored, petugas):
    undo(upload, by=petugas)

    last = Change.objects.of(stored).first()
    stored.refresh_from_db()
    assert (last.before, last.after) == ({"brand": "Siti Jaya"}, {"brand": "Siti"})
    assert (last.by, last.version) == (petugas, stored.version)
    assert str(upload.pk) in last.reason


def test_what_was_edited_since_stays_and_is_named(upload, stored, petugas, verifikator):
    stored.refresh_from_db()
    edit(stored, verifikator, brand="Disunting")

    lists = lists_now(upload)
    undo(upload, by=petugas)

    stored.refresh_from_db()
    assert stored.brand == "Disunting"
    assert named(lists) == ["Amplang Siti"]
    assert Business.objects.get(name="Roti Ani").archived_at


def test_a_business_is_put_back_although_its_figures_were_edited_since(
    upload, stored, petugas, verifikator
):
    edit(stored.years.get(), verifikator, workers_total=99)

    undo(upload, by=petugas)

    stored.refresh_from_db()
    assert (stored.brand, stored.years.get().workers_total) == ("Siti", 99)


def test_a_created_business_whose_figures_were_edited_since_stays(upload, petugas, verifikator):
    new = Business.objects.get(name="Roti Ani")
    edit(new.years.get(), verifikator, workers_total=99)

    undo(upload, by=petugas)

    new.refresh_from_db()
    assert new.archived_at is None
    assert new.years.get().archived_at is None


def test_a_created_business_that_was_given_other_figures_since_stays(upload, petugas):
    new = Business.objects.get(name="Roti Ani")
    edit(BusinessYear(business=new, year=2025), petugas, workers_total=4)

    lists = lists_now(upload)
    undo(upload, by=petugas)

    new.refresh_from_db()
    assert new.archived_at is None
    assert "Roti Ani" in named(lists)


def test_what_belongs_to_a_year_closed_since_stays(upload, stored, petugas):
    ClosedYearFactory(year=2024)

    lists = lists_now(upload)
    undo(upload, by=petugas)

    assert {reason for _, reason in lists.left} >= {"tahun 2024 sudah ditutup"}
    assert stored.years.get().workers_total == 8
    assert BusinessYear.objects.kept().count() == 2


def test_what_was_archived_since_is_not_touched(upload, petugas, verifikator):
    new = Business.objects.get(name="Roti Ani")
    archive(new, by=verifikator, channel=Change.Channel.FORM)
    version = new.version

    undo(upload, by=petugas)

    new.refresh_from_db()
    assert new.version == version


def test_an_upload_is_undone_once(upload, petugas):
    undo(upload, by=petugas)
    trail = Change.objects.count()

    with pytest.raises(NotUndone):
        undo(upload, by=petugas)

    assert Change.objects.count() == trail


def test_an_old_value_that_another_record_has_taken_since_is_refused_not_a_crash(petugas):
    old, new = "0123456789012", "9120001234567"
    business = BusinessFactory(name="Amplang", nib=old)
    heading = ["Nomor Register", "Nama Usaha", "NIB"]
    upload = load([heading, [business.number, "Amplang", new]], user=petugas)
    BusinessFactory(name="Roti", nib=old)

    with pytest.raises(NotUndone):
        undo(upload, by=petugas)

    business.refresh_from_db()
    assert business.nib == new
    assert Upload.objects.get().status == "stored"


def test_two_years_of_one_upload_are_taken_back_together(petugas):
    rows = [["Nama Usaha", "Merek", "Tahun Data", "Tenaga Kerja"], ["Amplang", "A", 2023, 2]]
    upload = load([*rows, ["Amplang", "B", 2024, 3]], user=petugas)

    undo(upload, by=petugas)

    assert Business.objects.kept().count() == BusinessYear.objects.kept().count() == 0


def test_the_same_file_can_be_loaded_again_after_an_undo_only_once_the_archive_is_settled(upload):
    undo(upload, by=None)

    outcome = look([HEADING[1:], ["Roti Ani", "Ani", 2024, 2]])

    assert tally(outcome) == (0, 0, 0, 1, 0)


# What was itself taken back is no edit


def second(stored, petugas):
    """Another upload that changes what the first one wrote."""
    new = Business.objects.get(name="Roti Ani")
    rows = [
        [stored.number, "Amplang Siti", "Siti Abadi", 2024, 11],
        [new.number, "Roti Ani", "Ani Abadi", 2024, 5],
    ]
    return load([HEADING, *rows], user=petugas)


def test_after_a_later_upload_was_undone_the_earlier_one_restores_everything(
    upload, stored, petugas
):
    later = second(stored, petugas)
    undo(later, by=petugas)

    lists = lists_now(upload)
    undo(upload, by=petugas)

    stored.refresh_from_db()
    assert lists.counts == {"restored": 2, "archived": 2, "left": 0}
    assert (stored.brand, stored.years.get().workers_total) == ("Siti", 3)
    assert Business.objects.get(name="Roti Ani").archived_at


def test_while_a_later_upload_stands_what_it_changed_stays(upload, stored, petugas):
    second(stored, petugas)

    assert lists_now(upload).counts == {"restored": 0, "archived": 0, "left": 4}


def test_an_edit_that_somebody_typed_back_is_none(upload, stored, petugas, verifikator):
    stored.refresh_from_db()
    edit(stored, verifikator, brand="Disunting")
    edit(stored, verifikator, brand="Siti Jaya")

    undo(upload, by=petugas)

    stored.refresh_from_db()
    assert stored.brand == "Siti"


def test_an_edit_of_which_half_was_typed_back_is_one(upload, stored, petugas, verifikator):
    stored.refresh_from_db()
    edit(stored, verifikator, brand="Disunting", products="Kerupuk")
    edit(stored, verifikator, brand="Siti Jaya")

    assert named(lists_now(upload)) == ["Amplang Siti"]


def test_archived_and_brought_back_is_no_edit_either(upload, petugas, verifikator):
    new = Business.objects.get(name="Roti Ani")
    archive(new, by=verifikator, channel=Change.Channel.FORM)
    restore(new, by=verifikator, channel=Change.Channel.FORM)

    assert lists_now(upload).counts == {"restored": 2, "archived": 2, "left": 0}


# As far as it goes, with its three counts, and the rest later


def test_the_rest_can_be_undone_once_nothing_stands_in_its_way(
    upload, stored, petugas, verifikator
):
    stored.refresh_from_db()
    edit(stored, verifikator, brand="Disunting")
    undo(upload, by=petugas)
    assert Upload.objects.get().undone == {"restored": 1, "archived": 2, "left": 1}

    edit(stored, verifikator, brand="Siti Jaya")
    undo(Upload.objects.get(), by=petugas)

    stored.refresh_from_db()
    assert stored.brand == "Siti"
    assert Upload.objects.get().undone == {"restored": 2, "archived": 2, "left": 0}


def test_where_nothing_can_be_taken_back_nothing_is_called_undone(upload, stored, petugas):
    second(stored, petugas)
    trail = Change.objects.count()

    with pytest.raises(NotUndone, match="Tidak ada yang dapat dibatalkan"):
        undo(upload, by=petugas)

    assert Upload.objects.get(pk=upload.pk).status == "stored"
    assert Change.objects.count() == trail


def test_the_page_of_an_undone_upload_says_its_three_counts_and_offers_the_rest(
    upload, stored, petugas, verifikator
):
    stored.refresh_from_db()
    edit(stored, verifikator, brand="Disunting")
    browser = logged_in(petugas)

    browser.post(upload_url("undo", upload))
    text = " ".join(browser.get(upload_url("change", upload)).content.decode().split())

    assert "1 catatan kembali ke nilai lama, 2 catatan baru diarsipkan, 1 tidak dapat" in text
    assert "Batalkan sisanya" in text
    listed = browser.get(upload_url("undo", upload))
    assert "Amplang Siti: sudah diubah sejak itu" in listed.content.decode()
    assert "Ya, batalkan" not in listed.content.decode()


def test_an_undo_that_left_nothing_offers_no_more(upload, petugas):
    browser = logged_in(petugas)
    browser.post(upload_url("undo", upload))

    assert "Batalkan sisanya" not in browser.get(upload_url("change", upload)).content.decode()
    assert browser.get(upload_url("undo", upload)).status_code == 403


def test_the_page_names_the_first_records_and_counts_the_others(petugas, monkeypatch):
    monkeypatch.setattr("balikpapan.intake.pages.result.NAMED", 2)
    upload = load(people(5), user=petugas)

    page = logged_in(petugas).get(upload_url("undo", upload))

    archived = page.context["lists"][1]
    assert page.context["counts"] == {"restored": 0, "archived": 10, "left": 0}
    assert (len(archived["entries"]), archived["others"]) == (2, 8)


# Much of it is the worker's


@pytest.fixture
def few_rows_are_many(monkeypatch):
    monkeypatch.setattr(dispatch, "UNDO_ROWS", 1)


def test_a_long_undo_is_the_workers(upload, stored, petugas, few_rows_are_many):
    browser = logged_in(petugas)

    browser.post(upload_url("undo", upload))
    waiting = Upload.objects.get()
    page = browser.get(upload_url("change", upload)).content.decode()
    tasks.undo_upload.call(Work.objects.get().pk)

    assert waiting.status == "working"
    assert "Sedang dibatalkan" in page
    stored.refresh_from_db()
    assert (Upload.objects.get().status, stored.brand) == ("undone", "Siti")
    assert Change.objects.first().by == petugas
    assert not Work.objects.exists()


def test_a_long_undo_that_cannot_be_leaves_the_upload_stored_and_says_why(
    upload, stored, petugas, few_rows_are_many
):
    second(stored, petugas)
    browser = logged_in(petugas)
    browser.post(upload_url("undo", upload))

    tasks.undo_upload.call(Work.objects.get().pk)

    assert Upload.objects.get(pk=upload.pk).status == "stored"
    page = browser.get(upload_url("change", upload)).content.decode()
    assert "Tidak ada yang dapat dibatalkan" in page


def test_a_long_undo_that_fails_changes_nothing(
    upload, stored, petugas, few_rows_are_many, monkeypatch
):
    browser = logged_in(petugas)
    browser.post(upload_url("undo", upload))
    monkeypatch.setattr("balikpapan.intake.undo.revert", broken)

    with pytest.raises(RuntimeError):
        tasks.undo_upload.call(Work.objects.get().pk)

    stored.refresh_from_db()
    assert (Upload.objects.get().status, stored.brand) == ("stored", "Siti Jaya")
    assert Upload.Reason.FAILED.label in browser.get(upload_url("change", upload)).content.decode()


def broken(*args, **kwargs):
    raise RuntimeError("cakram penuh")


def test_as_many_statements_undo_twenty_and_two_hundred_rows(petugas):
    counts = []
    for size, start in ((20, 1), (200, 500)):
        upload = load(people(size, start=start), user=petugas)
        with CaptureQueriesContext(connection) as statements:
            undo(upload, by=petugas)
        counts.append(len(statements))

    assert counts[0] == counts[1]
