"""What is forgotten silently when a field is added: its limits in the database, its place in a form."""

import datetime
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import PROTECT, CheckConstraint, DecimalField, FloatField, TextChoices

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.constraints import fields_of, judge
from balikpapan.audit.fields import Ranged, RupiahField
from balikpapan.audit.models import Record
from tests import factories
from tests.factories.base import RecordFactory

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
FORMS = {
    model: keeper
    for model, keeper in admin.site._registry.items()
    if isinstance(keeper, RecordAdmin)
}


def label(model):
    return model._meta.label


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_every_ranged_field_has_its_limits_in_the_database(model):
    ranged = {f.name for f in model._meta.concrete_fields if isinstance(f, Ranged)}
    checked = {
        name
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) and constraint.name.endswith("_range")
        for name in fields_of(constraint.condition)
    }

    assert ranged - checked == set()


#: Its factory asks the database for the account of its worker.
NAMED_BY_STORED = {"industry.WorkItem"}


def test_every_record_has_a_name():
    made = {
        factory._meta.model: factory
        for factory in vars(factories).values()
        if isinstance(factory, type) and issubclass(factory, RecordFactory)
    }

    named = [model for model in RECORDS if label(model) not in NAMED_BY_STORED]
    assert {label(model) for model in named if not str(made[model].build()).strip()} == set()


#: Fields of which the database takes less than any field of their kind may hold.
NARROWER = {"facilities.StorageMonth.operating_days", "facilities.UsefulLife.years"}


def is_valid(field, value) -> bool:
    """Whether the validators of a field, which its form asks, take a value."""
    try:
        field.run_validators(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_form_and_database_draw_the_line_of_a_ranged_field_at_one_place(model):
    for field in model._meta.concrete_fields:
        if not isinstance(field, Ranged) or str(field) in NARROWER:
            continue
        conditions = [
            constraint.condition
            for constraint in model._meta.constraints
            if constraint.name.endswith("_range")
            and fields_of(constraint.condition) == {field.name}
        ]
        for value in (field.low - 1, field.low, field.high, field.high + 1):
            inside = field.low <= value <= field.high
            assert is_valid(field, value) is inside, (field, value)
            verdicts = {judge(condition, {field.name: value}) for condition in conditions}
            assert verdicts == {inside}, (field, value)


class ValuesRead(dict):
    """Values of a record that remember which of them were looked at."""

    def __init__(self, values):
        super().__init__(values)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    __getitem__ = get


#: A value of each kind that no rule refuses.
DULL = {
    "IntegerField": 2000,
    "DecimalField": 1,
    "DateField": datetime.date(2000, 1, 2),
    "CharField": "x",
}


def dull_value(field):
    """A value of the field's kind, None where it holds none of ``DULL``."""
    kinds = [kind.__name__ for kind in type(field).__mro__]
    return next((DULL[kind] for kind in kinds if kind in DULL), None)


@pytest.mark.parametrize(
    "model", [model for model in RECORDS if model.fault_fields is not None], ids=label
)
def test_a_sheet_is_asked_for_exactly_the_fields_the_rules_of_its_record_look_at(model):
    filled = {field.attname: dull_value(field) for field in model._meta.concrete_fields}
    empty, full = ValuesRead({}), ValuesRead(filled)

    list(model.faults(empty))
    list(model.faults(full))

    assert empty.names | full.names == set(model.fault_fields)


@pytest.mark.django_db
@pytest.mark.parametrize("model", FORMS, ids=label)
def test_every_editable_field_stands_on_its_form(model, rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    fieldsets = FORMS[model].get_fieldsets(request)

    editable = {f.name for f in model._meta.get_fields() if getattr(f, "editable", False)}
    editable = {name for name in editable if model._meta.get_field(name).concrete}
    assert editable - {"id"} - set(flatten_fieldsets(fieldsets)) == set()


@pytest.mark.django_db
def test_the_migrations_hold_what_the_models_say(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out


def every_choice(cls=TextChoices):
    """The words of every list of choices of the product."""
    for child in cls.__subclasses__():
        if child.__module__.startswith(("balikpapan", "industry", "facilities")):
            yield child
        yield from every_choice(child)


@pytest.mark.parametrize("choices", list(every_choice()), ids=lambda choices: choices.__qualname__)
def test_a_choice_is_stored_as_a_short_word_and_not_as_its_label(choices):
    assert [v for v in choices.values if not re.fullmatch(r"[a-z][a-z0-9_]*|[A-F]", v)] == []


OWN = [
    model
    for model in apps.get_models()
    if model.__module__.startswith(("balikpapan.", "industry.", "facilities."))
]
#: What ends with the account it belongs to, and accounts are never deleted.
OF_AN_ACCOUNT = {
    "accounts.AnnouncementsRead",
    "accounts.PasswordDuty",
    "accounts.RecoveryCode",
    "accounts.SecondFactor",
    "lists.ColumnChoice",
    "lists.SavedFilter",
}
#: A figure of any kind, as a publication printed it.
OF_ANY_KIND = {"industry.PublishedFigure.value"}


def test_p17_no_column_of_money_is_a_fraction():
    money = re.compile(r"\(Rp|rupiah|anggaran|omzet|nilai|investasi|retribusi", re.IGNORECASE)
    fields = [field for model in OWN for field in model._meta.concrete_fields]
    named = [field for field in fields if money.search(str(field.verbose_name))]

    rupiah = {field for field in named if isinstance(field, RupiahField)}
    assert len(rupiah) > 10
    assert {str(f) for f in named if isinstance(f, DecimalField)} <= OF_ANY_KIND
    assert {str(f) for f in fields if isinstance(f, FloatField)} == set()


def test_p26_nothing_that_is_referred_to_is_ever_deleted_with_it():
    relations = [
        (model._meta.label, field.name, field.remote_field.on_delete)
        for model in OWN
        for field in model._meta.concrete_fields
        if field.remote_field and hasattr(field.remote_field, "on_delete")
    ]

    assert relations
    other = {label for label, _, on_delete in relations if on_delete is not PROTECT}
    assert other <= OF_AN_ACCOUNT
