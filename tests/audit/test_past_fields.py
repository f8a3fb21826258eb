"""Every year and day of every register either has happened or says why it may lie ahead."""

import datetime
import io
import itertools

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from openpyxl import load_workbook

from balikpapan.audit.fields import YearField
from balikpapan.audit.models import Record
from balikpapan.intake.resources import REGISTERS
from facilities.choices import FacilityStatus
from tests.intake.importing import export, look
from tests.pages import DONE_ELSEWHERE, FACTORIES, FORM_MODELS, filled, url
from tests.sheets import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TODAY = timezone.localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)
#: What is planned, or holds for a time to come.
AHEAD = {
    "reports.Letterhead": {"valid_from", "valid_until"},
    "reports.Official": {"valid_from", "valid_until"},
    "facilities.Lease": {"start_on", "end_on", "ended_on"},
    "facilities.Bill": {"due_on"},
    "facilities.BillLine": {"first_on", "last_on"},
    "facilities.Tariff": {"valid_from", "valid_until"},
    "facilities.Maintenance": {"due_on"},
    "facilities.UsefulLife": {"valid_from", "valid_until"},
    "industry.ScaleRule": {"valid_from", "valid_until"},
    "industry.Certificate": {"expires_on"},
    "industry.Programme": {"year", "start_on", "end_on"},
    "industry.WorkItem": {"year", "due_on"},
}
#: What lies ahead as long as nothing is reached, built or paid.
CONDITIONAL = {
    "facilities.Facility": {"built_year", "operational_on"},
    "industry.PerformanceTarget": {"year"},
    "industry.Revenue": {"year"},
}
#: What the program itself fills in.
OF_THE_PROGRAM = {"privacy.SubjectRequest": {"compiled_on"}, "facilities.Bill": {"year"}}
BOOKKEEPING = {"created_at", "updated_at", "archived_at"}
#: What makes a conditional year or day one of the past.
REACHED = {
    "facilities.Facility": {"status": FacilityStatus.OPERATING},
    "industry.PerformanceTarget": {"realised": 1},
    "industry.Revenue": {"realised": 1},
}


def times(model) -> set[str]:
    """The names of its years and days."""
    fields = model._meta.concrete_fields
    return {f.name for f in fields if isinstance(f, models.DateField | YearField)} - BOOKKEEPING


RECORDS = sorted((m for m in apps.get_models() if issubclass(m, Record)), key=lambda m: m.__name__)
PAST = [
    pytest.param(model, name, id=f"{model._meta.label}.{name}")
    for model in RECORDS
    for name in sorted({*model.past_fields, *CONDITIONAL.get(model._meta.label, ())})
]


def test_no_year_or_day_is_forgotten():
    stated = {
        model: {
            *model.past_fields,
            *itertools.chain(*(t.get(model._meta.label, ()) for t in (AHEAD, CONDITIONAL))),
            *OF_THE_PROGRAM.get(model._meta.label, ()),
        }
        for model in RECORDS
    }

    assert {m._meta.label: times(m) ^ stated[m] for m in RECORDS if times(m) != stated[m]} == {}


def ahead(model, name):
    """The first value of the field that lies in the future."""
    is_year = isinstance(model._meta.get_field(name), YearField)
    return TODAY.year + 1 if is_year else TOMORROW


def faults(record) -> dict:
    try:
        record.clean()
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


@pytest.mark.parametrize(("model", "name"), PAST)
def test_the_record_refuses_what_has_not_happened_and_takes_today(model, name):
    reached = REACHED.get(model._meta.label, {})
    make = FACTORIES[model].build if model in FACTORIES else model
    is_year = isinstance(model._meta.get_field(name), YearField)

    refused = faults(make(**{**reached, name: ahead(model, name)}))
    accepted = faults(make(**{**reached, name: TODAY.year if is_year else TODAY}))

    assert any("belum terjadi" in text for text in refused.get(name, ()))
    assert not any("belum terjadi" in text for text in accepted.get(name, ()))


TYPED = [
    model
    for model in FORM_MODELS
    if (model.past_fields or model._meta.label in CONDITIONAL) and model not in DONE_ELSEWHERE
]


@pytest.mark.parametrize("model", TYPED, ids=lambda model: model._meta.label)
def test_the_form_refuses_what_has_not_happened(model, client, admin_user):
    client.force_login(admin_user)
    record = FACTORIES[model](**REACHED.get(model._meta.label, {}))
    page = url(model, "change", record)
    shown = client.get(page)
    data, fields = filled(shown), shown.context["adminform"].form.fields
    names = {*model.past_fields, *CONDITIONAL.get(model._meta.label, ())} & set(fields)
    typed = {name: ahead(model, name) for name in names}
    typed = {n: f"{v:%d-%m-%Y}" if isinstance(v, datetime.date) else v for n, v in typed.items()}

    response = client.post(page, {**data, **typed})

    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert {n for n in names if any("belum terjadi" in text for text in errors.get(n, ()))} == names


def past_columns(resource) -> dict[str, tuple[type[Record], str]]:
    """Heading -> the model and field of each column that only holds what has happened."""
    columns = {}
    for column in resource.columns().values():
        model = resource.model_of(column)
        name = column.attribute
        if name in model.past_fields or name in CONDITIONAL.get(model._meta.label, ()):
            columns[column.column_name] = (model, name)
    return columns


SHEETS = {register: resource for register, resource in REGISTERS.items() if past_columns(resource)}


@pytest.mark.parametrize("register", SHEETS)
def test_the_sheet_refuses_what_has_not_happened(register, petugas):
    resource = SHEETS[register]
    child = resource.child.model if resource.child else None
    main = resource._meta.model
    reached = REACHED.get(main._meta.label, {})
    FACTORIES[child if child in FACTORIES else main](**({} if child else reached))
    content = load_workbook(io.BytesIO(export(register))).active
    headings, row, *_ = (list(cells) for cells in content.iter_rows(values_only=True))
    columns = past_columns(resource)

    outcomes = {}
    for heading, (model, name) in columns.items():
        cells = list(row)
        cells[headings.index(heading)] = ahead(model, name)
        outcome = look(xlsx([headings, cells]), register, petugas)
        outcomes[heading] = {p.field for p in outcome.problems.listed if p.severity == "error"}

    assert {h: fields for h, fields in outcomes.items() if columns[h][1] not in fields} == {}
