"""django-import-export's own way in and out: ``import_data``, ``export`` and its two commands."""

import io
from decimal import Decimal

import pytest
import tablib
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from import_export.exceptions import ImportError as RowImportError
from import_export.results import Result, RowResult

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.resources import REGISTERS
from balikpapan.intake.undo import undo
from industry.models import Business, BusinessYear
from industry.resources import BusinessResource, RevenueResource
from tests.cast import member
from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

HEADINGS = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "TK LK", "Omzet (Rp)"]
AMPLANG = ["Amplang Siti", "Siti Contoh", 2024, 2, 15_000_000]
ROTI = ["Roti Ani", "Ani Contoh", 2024, 1, 9_000_000]
BROKEN = ["Batik Rumi", "Rumi Contoh", 2024, "anjai", 8_000_000]
NIK, PHONE = "6471010101800001", "081255512345"


def dataset(*rows, headings=HEADINGS):
    return tablib.Dataset(*rows, headers=headings)


def written():
    """Everything that only storing may add to."""
    models = (Business, BusinessYear, Change, Upload)
    return [model.objects.count() for model in models]


# In


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


# Out


def test_an_export_is_a_dataset_as_the_sheet_prints_it():
    business = BusinessFactory(name="Amplang Siti")
    BusinessYearFactory(business=business, year=2024, turnover=15_000_000)

    data = BusinessResource().export(Business.objects.all())

    assert isinstance(data, tablib.Dataset)
    [row] = data.dict
    assert (row["Nama Usaha"], row["Omzet (Rp)"]) == ("Amplang Siti", 15_000_000)
    assert row["Nomor Register"] == f"IKM-{business.pk:06}"


def test_an_export_without_a_queryset_holds_all_that_is_not_archived():
    BusinessFactory(name="Amplang Siti")
    BusinessFactory(name="Roti Ani", archived=True)

    assert BusinessResource().export()["Nama Usaha"] == ["Amplang Siti"]


def test_an_export_of_chosen_fields_has_only_those():
    BusinessFactory(name="Amplang Siti")

    data = BusinessResource().export(export_fields=["name", "kelurahan"])

    assert data.headers == ["Nama Usaha", "Kelurahan"]


def test_personal_data_are_masked_unless_asked_for_and_then_recorded():
    BusinessFactory(nik=NIK, phone=PHONE)

    masked = BusinessResource().export()
    unasked = ReadAccess.objects.count()
    unmasked = BusinessResource().export(personal=True)

    assert NIK not in masked["NIK"]
    assert unmasked["NIK"] == [NIK]
    assert unasked == 0
    assert ReadAccess.objects.get().kind == ReadAccess.Kind.EXPORTED


@pytest.mark.parametrize(
    ("group", "personal", "allowed"),
    [("Petugas", False, True), ("Administrator", False, False), ("Petugas", True, False)],
)
def test_an_export_for_a_user_asks_for_the_right(group, personal, allowed):
    BusinessFactory(nik=NIK)
    user = member(group, "seseorang")

    if allowed:
        assert len(BusinessResource().export(user=user, personal=personal)) == 1
    else:
        with pytest.raises(PermissionDenied):
            BusinessResource().export(user=user, personal=personal)


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_every_register_goes_out_and_an_empty_one_comes_back(register):
    resource = REGISTERS[register]()

    data = resource.export()

    assert data.headers == resource.get_export_headers() == resource.get_diff_headers()


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json"])
def test_what_was_exported_comes_back_unchanged_in_any_format(format_name):
    business = BusinessFactory(name="=Amplang 'Siti'", nik=NIK, phone=PHONE)
    BusinessYearFactory(
        business=business, year=2024, turnover=1_500, capacity=Decimal("1.125"), export_percent=50
    )
    RevenueFactory(year=2024, source_name="Sewa kios", target=1_000, realised=900)
    for resource in (BusinessResource(), RevenueResource()):
        content = resource.export(personal=True).export(format_name)
        data = tablib.Dataset().load(content, format=format_name)

        result = resource.import_data(data)

        assert {row.import_type for row in result} == {"skip"}


def test_a_masked_export_changes_nothing_when_it_comes_back():
    BusinessFactory(nik=NIK, phone=PHONE)

    result = BusinessResource().import_data(BusinessResource().export())

    assert [row.import_type for row in result] == ["skip"]
    assert Business.objects.get().nik == NIK


# The library's commands


@pytest.fixture
def run(tmp_path, capsysbinary):
    """Runs a command of the library; gives what it wrote."""

    def run(*arguments, content=None, **options):
        arguments = list(arguments)
        if content is not None:
            path = tmp_path / "data.csv"
            path.write_text(content, encoding="utf-8")
            arguments.append(str(path))
        errors = io.StringIO()
        call_command(*arguments, stderr=errors, **options)
        return capsysbinary.readouterr().out.decode(), errors.getvalue()

    return run


CSV = dataset(AMPLANG, BROKEN).export("csv")


@pytest.mark.parametrize("name", ["industry.resources.BusinessResource", "industry.Business"])
def test_the_import_command_goes_through_plan_and_trail(run, name):
    _, messages = run("import", name, content=CSV, interactive=False)

    assert Business.objects.get().name == "Amplang Siti"
    assert Change.objects.filter(model="industry.business", upload__isnull=False).exists()
    assert "1 baru" in messages
    assert "1 ditahan" in messages
    assert "Baris 2" in messages
    assert "anjai" in messages


def test_the_import_command_tries_without_writing(run):
    before = written()

    _, messages = run("import", "industry.Business", content=CSV, interactive=False, dry_run=True)

    assert written() == before
    assert "--dry-run" in messages


@pytest.mark.parametrize(
    "name", ["auth.User", "industry.BusinessYear", "industry.models.Business", "os.path", "entah"]
)
@pytest.mark.parametrize("command", ["import", "export"])
def test_the_commands_take_nothing_but_registers(run, command, name):
    arguments = (command, "csv", name) if command == "export" else (command, name)
    options = {} if command == "export" else {"content": CSV, "interactive": False}

    with pytest.raises(CommandError, match="industry.resources.BusinessResource"):
        run(*arguments, **options)

    assert not Business.objects.exists()


def test_the_import_command_stops_with_the_question_it_cannot_ask(run):
    content = "Nama Usaha,TK LK\nAmplang Siti,2\n"

    with pytest.raises(CommandError, match="Perlu jawaban"):
        run("import", "industry.Business", content=content, interactive=False)

    run("import", "industry.Business", content=content, interactive=False, year=2024)
    assert BusinessYear.objects.get().year == 2024


def test_the_import_command_asks_first(run, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "no")

    with pytest.raises(CommandError, match="dibatalkan"):
        run("import", "industry.Business", content=CSV)

    assert not Business.objects.exists()


def test_the_import_command_knows_its_user(run):
    member("Pimpinan", "bu.kadis")

    with pytest.raises(PermissionDenied):
        run("import", "industry.Business", content=CSV, interactive=False, user="bu.kadis")
    with pytest.raises(CommandError, match="pengguna aktif"):
        run("import", "industry.Business", content=CSV, interactive=False, user="entah")


def test_the_export_command_writes_a_register_masked(run):
    BusinessFactory(name="=Amplang", nik=NIK)

    written_out, _ = run("export", "csv", "industry.Business")

    assert "'=Amplang" in written_out
    assert NIK not in written_out
