"""Taking an import back: old values return, created records go to the archive, edits stay."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, store
from balikpapan.intake.models import Upload
from balikpapan.intake.undo import NotUndone, undo, undo_lists
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory, BusinessYearFactory, ClosedYearFactory
from tests.intake.importing import load, look, tally

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
    lists = undo_lists(upload)

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

    lists = undo_lists(upload)
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

    lists = undo_lists(upload)
    undo(upload, by=petugas)

    new.refresh_from_db()
    assert new.archived_at is None
    assert "Roti Ani" in named(lists)


def test_what_belongs_to_a_year_closed_since_stays(upload, stored, petugas):
    ClosedYearFactory(year=2024)

    lists = undo_lists(upload)
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
