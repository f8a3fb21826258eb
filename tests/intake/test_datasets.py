"""django-import-export's own way in: ``import_data`` of a ``tablib.Dataset``."""

import pytest
import tablib
from django.core.exceptions import PermissionDenied
from import_export.exceptions import ImportError as RowImportError
from import_export.results import Result, RowResult

from balikpapan.audit.models import Change
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.undo import undo
from industry.models import Business, BusinessYear
from industry.resources import BusinessResource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

HEADINGS = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "TK LK", "Omzet (Rp)"]
AMPLANG = ["Amplang Siti", "Siti Contoh", 2024, 2, 15_000_000]
ROTI = ["Roti Ani", "Ani Contoh", 2024, 1, 9_000_000]
BROKEN = ["Batik Rumi", "Rumi Contoh", 2024, "anjai", 8_000_000]
NIK = "6471010101800001"


def dataset(*rows, headings=HEADINGS):
    return tablib.Dataset(*rows, headers=headings)


def written():
    """Everything that only storing may add to."""
    models = (Business, BusinessYear, Change, Upload)
    return [model.objects.count() for model in models]


def test_a_dataset_is_stored_with_its_figures_its_trail_and_its_upload():
    result = BusinessResource().import_data(dataset(AMPLANG, ROTI))

    assert isinstance(result, Result)
    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert [row.import_type for row in result] == ["new", "new"]
    assert result.totals[RowResult.IMPORT_TYPE_NEW] == 2
    assert result.total_rows == 2
    amplang = Business.objects.get(name="Amplang Siti")
    assert BusinessYear.objects.get(business=amplang).turnover == 15_000_000
    upload = Upload.objects.get()
    assert upload.status == Upload.Status.STORED
    change = Change.objects.get(model="industry.business", record=amplang.pk)
    assert (change.upload, change.row, change.channel) == (upload.pk, 2, Change.Channel.COMMAND)


def test_the_result_names_the_record_of_each_row():
    [new] = BusinessResource().import_data(dataset(AMPLANG)).rows
    [same] = BusinessResource().import_data(dataset(AMPLANG)).rows

    stored = Business.objects.get()
    assert (new.object_id, new.object_repr) == (stored.pk, str(stored))
    assert (same.import_type, same.object_id) == ("skip", stored.pk)


def test_what_a_dataset_stored_can_be_undone(petugas):
    BusinessResource().import_data(dataset(AMPLANG), user=petugas)

    undo(Upload.objects.get(), by=petugas)

    assert not Business.objects.kept().exists()


def test_a_dry_run_gives_the_result_and_writes_nothing():
    before = written()

    result = BusinessResource().import_data(dataset(AMPLANG, BROKEN), dry_run=True)

    assert [row.import_type for row in result] == ["new", "invalid"]
    assert written() == before


def test_a_changed_row_shows_what_changes():
    BusinessResource().import_data(dataset(AMPLANG))
    changed = [*AMPLANG[:4], 20_000_000]

    result = BusinessResource().import_data(dataset(changed), dry_run=True)

    [row] = result.rows
    shown = dict(zip(result.diff_headers, row.diff, strict=True))
    assert row.import_type == "update"
    assert "<del" in shown["Omzet (Rp)"]
    assert "<ins" in shown["Omzet (Rp)"]
    assert "<del" not in shown["Nama Usaha"]


def test_a_new_row_shows_all_that_is_new():
    result = BusinessResource().import_data(dataset(AMPLANG), dry_run=True)

    shown = dict(zip(result.diff_headers, result.rows[0].diff, strict=True))
    assert "<ins" in shown["Nama Usaha"]
    assert "Amplang Siti" in shown["Nama Usaha"]


def test_a_row_that_is_held_is_invalid_and_the_others_are_stored():
    result = BusinessResource().import_data(dataset(AMPLANG, BROKEN), collect_failed_rows=True)

    [invalid] = result.invalid_rows
    assert (invalid.number, list(invalid.field_specific_errors)) == (2, ["workers_male"])
    assert "anjai" in invalid.field_specific_errors["workers_male"][0]
    assert result.failed_dataset[0][0] == "Batik Rumi"
    assert list(Business.objects.values_list("name", flat=True)) == ["Amplang Siti"]


def test_one_invalid_row_rolls_all_back_where_that_is_asked_for():
    result = BusinessResource().import_data(
        dataset(AMPLANG, BROKEN), rollback_on_validation_errors=True
    )

    assert result.has_validation_errors()
    assert not Business.objects.exists()
    assert Upload.objects.get().status == Upload.Status.REFUSED


def test_with_raise_errors_the_first_invalid_row_is_raised_and_nothing_stored():
    with pytest.raises(RowImportError, match="anjai") as raised:
        BusinessResource().import_data(dataset(AMPLANG, BROKEN), raise_errors=True)

    assert raised.value.number == 2
    assert not Business.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (tablib.Dataset(AMPLANG), "judul kolom"),
        (dataset(["anjai"], headings=["Entah"]), "Entah|Tidak ada lembar"),
        (dataset(["x" * 40_000, *AMPLANG[1:]]), "huruf"),
        (dataset([float("nan"), *AMPLANG[1:]]), "nan"),
    ],
    ids=["no headings", "unknown headings", "a text no cell holds", "no number"],
)
def test_what_is_wrong_with_a_whole_dataset_is_a_base_error(data, message):
    result = BusinessResource().import_data(data)

    assert result.has_errors()
    assert len(result.base_errors) == 1
    assert any(part in str(result.base_errors[0].error) for part in message.split("|"))
    assert not Business.objects.exists()


def test_a_question_is_a_base_error_until_it_is_answered():
    rows = dataset(["Amplang Siti", 2], headings=["Nama Usaha", "TK LK"])

    asked = BusinessResource().import_data(rows)
    answered = BusinessResource().import_data(rows, answers=Answers(year=2024))

    assert "year" in str(asked.base_errors[0].error)
    assert answered.totals[RowResult.IMPORT_TYPE_NEW] == 1
    assert BusinessYear.objects.get().year == 2024


def test_a_base_error_is_raised_where_errors_are_to_be_raised():
    with pytest.raises(RowImportError, match="judul kolom"):
        BusinessResource().import_data(tablib.Dataset(AMPLANG), raise_errors=True)


def test_who_may_not_import_is_refused(pimpinan):
    with pytest.raises(PermissionDenied):
        BusinessResource().import_data(dataset(AMPLANG), user=pimpinan)

    assert not Business.objects.exists()


def test_the_trail_names_who_imported(petugas):
    BusinessResource().import_data(dataset(AMPLANG), user=petugas, file_name="ikm.csv")

    upload = Upload.objects.get()
    assert (upload.by, upload.stored_by, upload.file_name) == (petugas, petugas, "ikm.xlsx")
    assert set(Change.objects.filter(upload=upload.pk).values_list("by", "channel")) == {
        (petugas.pk, Change.Channel.UPLOAD)
    }


def test_rows_the_user_may_not_write_are_invalid(petugas, monkeypatch):
    monkeypatch.setattr(
        type(petugas), "has_perm", lambda user, name, obj=None: name != "industry.add_business"
    )

    result = BusinessResource().import_data(dataset(AMPLANG), user=petugas)

    assert "tidak berhak" in str(result.invalid_rows[0].error)
    assert not Business.objects.exists()


def test_with_four_eyes_nobody_stores_a_dataset_alone(petugas, settings):
    settings.FOUR_EYES = True

    with pytest.raises(PermissionDenied, match="petugas lain"):
        BusinessResource().import_data(dataset(AMPLANG), user=petugas)

    assert BusinessResource().import_data(dataset(AMPLANG), user=petugas, dry_run=True).rows


def test_personal_data_are_masked_in_the_differences_without_the_right():
    rows = dataset(["Amplang Siti", NIK], headings=["Nama Usaha", "NIK"])

    result = BusinessResource().import_data(rows, dry_run=True, answers=Answers(year=2024))

    shown = dict(zip(result.diff_headers, result.rows[0].diff, strict=True))
    assert NIK not in shown["NIK"]
    assert "****" in shown["NIK"]
