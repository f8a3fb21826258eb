"""Closing and reopening a year, and that a closed year is closed to every door."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import DateField
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.bulk import ChangedRecord, ChangeSource, NewRecord, change_many, create_many
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import FrozenYear, archive, restore, store
from balikpapan.intake.undo import undo
from balikpapan.reports.models import Edition
from balikpapan.yearbook.closing import close_year, reopen_year
from facilities.models import (
    BuildingRental,
    Deposit,
    Outage,
    StorageMonth,
    TemperatureReading,
    Withdrawal,
)
from industry.merging import merge
from industry.models import BusinessYear, PerformanceTarget, Revenue
from tests.factories import (
    BuildingRentalFactory,
    BusinessFactory,
    BusinessYearFactory,
    ClosedYearFactory,
    DepositFactory,
    OutageFactory,
    PerformanceTargetFactory,
    RevenueFactory,
    StorageMonthFactory,
    TemperatureReadingFactory,
    WithdrawalFactory,
)
from tests.intake.importing import load, look
from tests.pages import chosen
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

CHANNEL = Change.Channel.COMMAND
CLOSED = 2023
#: Every record of a year with something to change in it.
RECORDS = pytest.mark.parametrize(
    ("factory", "field", "value"),
    [
        pytest.param(BusinessYearFactory, "investment", 1, id="BusinessYear"),
        pytest.param(RevenueFactory, "realised", 1, id="Revenue"),
        pytest.param(StorageMonthFactory, "revenue", 1, id="StorageMonth"),
        pytest.param(PerformanceTargetFactory, "target", 1, id="PerformanceTarget"),
        pytest.param(DepositFactory, "kg", 1, id="Deposit"),
        pytest.param(WithdrawalFactory, "kg", 1, id="Withdrawal"),
        pytest.param(BuildingRentalFactory, "notes", "Diubah", id="BuildingRental"),
        pytest.param(TemperatureReadingFactory, "degrees", 1, id="TemperatureReading"),
        pytest.param(OutageFactory, "hours", 1, id="Outage"),
    ],
)


def of_year(model, year):
    """What makes a record of a model one of the year: the year itself or a day of it."""
    name = model.year_field
    is_day = isinstance(model._meta.get_field(name), DateField)
    return {name: datetime.date(year, 6, 3) if is_day else year}


def made(factory, year, **values):
    """A stored record of the year that shares its key with no other."""
    model = factory._meta.model
    if model is Revenue:
        values["source_name"] = f"Sumber uji {Revenue.objects.count()}"
    if model is Withdrawal:
        values["deposit__in_on"] = datetime.date(CLOSED - 1, 1, 3)
    return factory(**of_year(model, year), **values)


def close(year=CLOSED):
    return close_year(year, by=None, channel=CHANNEL)


def as_it_was(record):
    stored = type(record).objects.get(pk=record.pk)
    return stored.version == record.version and stored.archived_at == record.archived_at


def test_every_record_that_belongs_to_a_year_is_tried_here():
    from django.apps import apps

    yearly = {model for model in apps.get_models() if getattr(model, "year_field", None)}

    assert yearly == {case.values[0]._meta.model for case in RECORDS.args[1]}


# Closing


def test_p27_closing_a_year_keeps_its_book_as_the_first_edition(verifikator):
    edition = close_year(
        CLOSED, by=verifikator, channel=Change.Channel.FORM, notes="Sudah diperiksa."
    )

    closed = ClosedYear.objects.kept().get(year=CLOSED)
    assert (edition.year, edition.number, edition.made_by) == (CLOSED, 1, verifikator)
    assert (closed.edition, closed.closed_by, closed.notes) == (1, verifikator, "Sudah diperiksa.")
    assert edition.figures
    assert edition.workbook.size
    assert edition.document.size


def test_a_year_that_is_not_over_is_not_closed():
    year = timezone.localdate().year

    with pytest.raises(ValidationError, match="belum berakhir"):
        close(year)

    assert not ClosedYear.objects.exists()


def test_a_closed_year_is_not_closed_again():
    close()

    with pytest.raises(ValidationError, match="sudah ditutup"):
        close()

    assert Edition.objects.count() == 1


def test_p25_reopening_needs_a_reason_and_leads_to_the_next_edition(verifikator):
    close()
    closed = ClosedYear.objects.kept().get()

    with pytest.raises(ValidationError, match="alasan"):
        reopen_year(closed, by=verifikator, channel=CHANNEL, reason="  ")
    reopen_year(closed, by=verifikator, channel=CHANNEL, reason="Realisasi Desember terlambat.")
    again = close()

    assert again.number == 2
    assert Edition.objects.filter(year=CLOSED).count() == 2
    assert Change.objects.filter(reason="Realisasi Desember terlambat.").exists()


def test_the_command_closes_a_year_and_refuses_with_a_remedy(capsys):
    call_command("close_year", CLOSED)

    assert "Edisi 1 tersimpan" in capsys.readouterr().out
    with pytest.raises(CommandError, match="sudah ditutup"):
        call_command("close_year", CLOSED)


# The pages


@pytest.mark.parametrize("name", ["petugas", "pimpinan", "administrator"])
def test_only_the_verifikator_closes_and_reopens(name, client, request):
    client.force_login(request.getfixturevalue(name))
    close(2022)

    page = reverse("admin:audit_closedyear_close")
    assert client.post(page, {"year": CLOSED}).status_code == 403
    again = reverse("admin:audit_closedyear_reopen", args=[ClosedYear.objects.get().pk])
    assert client.post(again, {"reason": "Ingin saja."}).status_code == 403

    assert ClosedYear.objects.frozen() == {2022}


def test_the_verifikator_closes_and_reopens_on_the_page(client, verifikator):
    client.force_login(verifikator)

    close = reverse("admin:audit_closedyear_close")
    client.post(close, {"year": CLOSED, "typed_year": str(CLOSED)})
    assert ClosedYear.objects.frozen() == {CLOSED}

    again = reverse("admin:audit_closedyear_reopen", args=[ClosedYear.objects.get().pk])
    client.post(again, {"reason": ""})
    assert ClosedYear.objects.frozen() == {CLOSED}
    client.get(again)
    assert ClosedYear.objects.frozen() == {CLOSED}
    client.post(again, {"reason": "Ada koreksi."})
    assert ClosedYear.objects.frozen() == set()


# Frozen


@RECORDS
def test_p25_a_record_of_a_closed_year_is_not_written(factory, field, value):
    record, archived = made(factory, CLOSED), made(factory, CLOSED, archived=True)
    mine = factory.build(**vars_of(record), **of_year(type(record), CLOSED))
    ClosedYearFactory(year=CLOSED)
    setattr(record, field, value)

    for act in (
        lambda: store(record, by=None, channel=CHANNEL),
        lambda: store(mine, by=None, channel=CHANNEL),
        lambda: archive(type(record).objects.get(pk=record.pk), by=None, channel=CHANNEL),
        lambda: restore(archived, by=None, channel=CHANNEL),
    ):
        with pytest.raises(ValidationError, match="sudah ditutup"):
            act()

    assert as_it_was(record)
    assert type(record).objects.count() == 2


def vars_of(record):
    """What makes a second record of the same kind valid."""
    kinds = {
        BusinessYear: lambda: {"business": BusinessFactory()},
        Revenue: lambda: {"source_name": "Sumber lain"},
        StorageMonth: lambda: {"chamber": record.chamber, "month": 7},
        PerformanceTarget: lambda: {"indicator": "Indikator lain"},
        Deposit: lambda: {"chamber": record.chamber},
        Withdrawal: lambda: {"deposit": DepositFactory(in_on=datetime.date(CLOSED - 1, 1, 3))},
        BuildingRental: lambda: {"facility": record.facility, "month": 7},
        TemperatureReading: lambda: {"chamber": record.chamber, "hour": 9},
        Outage: lambda: {"chamber": record.chamber},
    }
    return kinds[type(record)]()


@RECORDS
def test_a_record_is_neither_moved_into_a_closed_year_nor_out_of_it(factory, field, value):
    inside, outside = made(factory, CLOSED), made(factory, 2024)
    ClosedYearFactory(year=CLOSED)

    for record, year in ((inside, 2024), (outside, CLOSED)):
        [(name, value)] = of_year(type(record), year).items()
        setattr(record, name, value)
        with pytest.raises(ValidationError, match="sudah ditutup"):
            store(record, by=None, channel=CHANNEL)

    unchanged = of_year(type(inside), CLOSED)
    assert type(inside).objects.filter(pk=inside.pk, **unchanged).exists()


@RECORDS
def test_p25_many_records_are_not_written_into_a_closed_year(factory, field, value):
    record = made(factory, CLOSED)
    ClosedYearFactory(year=CLOSED)
    closed, free = of_year(type(record), CLOSED), of_year(type(record), 2024)
    new = NewRecord(closed, place=0)
    changed = ChangedRecord(record.pk, record.version, closed, free, 0)
    moved = ChangedRecord(record.pk, record.version, free, closed, 0)

    for act, many in ((create_many, [new]), (change_many, [changed]), (change_many, [moved])):
        with pytest.raises(FrozenYear):
            act(type(record), many, ChangeSource(channel=CHANNEL))

    assert as_it_was(record)


@RECORDS
def test_an_open_year_beside_a_closed_one_is_written(factory, field, value):
    record = made(factory, 2024)
    ClosedYearFactory(year=CLOSED)
    setattr(record, field, value)

    store(record, by=None, channel=CHANNEL)

    assert not as_it_was(factory.build(pk=record.pk, version=1))


def posted(page):
    """The values of a change form, its empty inlines included, as a browser sends them."""
    data = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    return data


@RECORDS
def test_p25_the_form_refuses_a_record_of_a_closed_year(factory, field, value, client, verifikator):
    record = made(factory, CLOSED)
    ClosedYearFactory(year=CLOSED)
    client.force_login(verifikator)
    options = record._meta
    page = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])

    answer = client.post(page, {**posted(client.get(page)), field: str(value)})

    assert "sudah ditutup" in answer.content.decode()
    assert as_it_was(record)


@RECORDS
@pytest.mark.parametrize("action", ["archive_selected", "restore_selected"])
def test_p25_the_actions_refuse_records_of_a_closed_year(
    action, factory, field, value, client, verifikator
):
    record = made(factory, CLOSED, archived=action == "restore_selected")
    ClosedYearFactory(year=CLOSED)
    client.force_login(verifikator)
    options = record._meta
    page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")

    answer = client.post(
        f"{page}?arsip=semua",
        {"action": action, **chosen(record)},
        follow=True,
    )

    assert "sudah ditutup" in answer.content.decode()
    assert as_it_was(record)


def test_no_list_can_be_edited_in_place():
    from django.contrib import admin

    assert not any(keeper.list_editable for keeper in admin.site._registry.values())


@pytest.mark.parametrize("change", ["value", "delete"])
def test_p25_an_inline_refuses_figures_of_a_closed_year(change, client, verifikator):
    record = BusinessYearFactory(year=CLOSED)
    ClosedYearFactory(year=CLOSED)
    client.force_login(verifikator)
    page = reverse("admin:industry_business_change", args=[record.business_id])
    data = posted(client.get(page))
    data |= {"years-0-investment": "1"} if change == "value" else {"years-0-DELETE": "on"}

    answer = client.post(page, {**data, "notes": "Catatan baru"})

    assert "sudah ditutup" in answer.content.decode()
    assert as_it_was(record)
    record.business.refresh_from_db()
    assert record.business.notes == ""


PAD = ["Tahun", "Sumber Penerimaan", "Realisasi (Rp)"]


def test_p25_a_sheet_holds_the_rows_of_a_closed_year_and_takes_the_others():
    ClosedYearFactory(year=CLOSED)

    outcome = look([PAD, [CLOSED, "Sewa unit", 1_000_000], [2024, "Sewa unit", 2_000_000]], "pad")

    assert (outcome.counts["new"], outcome.counts["held"]) == (1, 1)
    assert any("ditutup" in problem.message for problem in outcome.problems.listed)


def test_rows_that_say_what_is_stored_are_the_same_in_a_closed_year_too():
    sheet = [["Nama Usaha", "No HP", "Tahun", "Nilai Investasi (Rp)"]]
    load(xlsx([*sheet, ["Amplang", "081255500011", CLOSED, 5_000]]))
    close()

    again = look(xlsx([*sheet, ["Amplang", "081255500011", CLOSED, 5_000]]))
    other = look(xlsx([*sheet, ["Amplang", "081255500011", CLOSED, 6_000]]))
    further = look(xlsx([*sheet, ["Amplang", "081255500011", CLOSED - 1, 5_000]]))

    assert (again.counts["same"], again.counts["held"]) == (1, 0)
    assert (other.counts["changed"], other.counts["held"]) == (0, 1)
    assert [p.code for p in other.problems.listed if p.severity == "error"] == ["closed_year"]
    assert (further.counts["changed"] + further.counts["same"], further.counts["held"]) == (1, 0)


def test_what_belongs_to_no_year_is_changed_beside_figures_of_a_closed_one():
    sheet = [["Nama Usaha", "NIB", "Merek", "Tahun", "Nilai Investasi (Rp)"]]
    load(xlsx([*sheet, ["Amplang", "1234567890123", None, CLOSED, 5_000]]))
    close()

    outcome = look(xlsx([*sheet, ["Amplang", "1234567890123", "Cap Ikan", CLOSED, 5_000]]))

    assert (outcome.counts["changed"], outcome.counts["held"]) == (1, 0)


def test_p25_the_command_stores_nothing_in_a_closed_year(tmp_path):
    ClosedYearFactory(year=CLOSED)
    path = tmp_path / "pad.xlsx"
    path.write_bytes(xlsx([PAD, [CLOSED, "Sewa unit", 1_000_000]]))

    call_command("import_sheet", "pad", path)

    assert not Revenue.objects.exists()


def test_p25_an_upload_of_a_year_closed_since_is_left_by_the_undo(petugas):
    rows = [[CLOSED, "Sewa unit", 1_000_000], [2024, "Sewa unit", 2_000_000]]
    upload = load([PAD, *rows], "pad", petugas)
    ClosedYearFactory(year=CLOSED)

    reversal = undo(upload, by=petugas)

    assert [reason for _, reason in reversal.left] == [f"tahun {CLOSED} sudah ditutup"]
    assert list(Revenue.objects.kept().values_list("year", flat=True)) == [CLOSED]


def test_merging_leaves_the_figures_of_a_closed_year_where_they_are(verifikator):
    kept, dropped = BusinessFactory(), BusinessYearFactory(year=CLOSED).business
    ClosedYearFactory(year=CLOSED)

    merge(kept, dropped, by=verifikator)

    dropped.refresh_from_db()
    assert dropped.archived_at is not None
    assert BusinessYear.objects.get().business == dropped
    assert not Change.objects.filter(model="industry.businessyear").exists()


def test_a_reopened_year_can_be_written_again(verifikator):
    record = RevenueFactory(year=CLOSED)
    closed = ClosedYearFactory(year=CLOSED)
    reopen_year(closed, by=verifikator, channel=CHANNEL, reason="Koreksi.")
    record.realised, record.as_of = 1, datetime.date(2024, 1, 5)

    store(record, by=verifikator, channel=CHANNEL)

    assert Revenue.objects.get(pk=record.pk).realised == 1
