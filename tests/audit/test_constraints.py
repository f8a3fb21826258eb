"""The one reading of a CHECK, for rows of a sheet that are not models yet: as SQL judges it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q

from balikpapan.audit.constraints import fields_of, holds, judge, plain_values
from balikpapan.audit.record_faults import broken_checks
from industry.models import Business
from tests.factories import BusinessFactory
from tests.pages import FACTORIES, FORM_MODELS

CASES = [
    (Q(a__gte=3), {"a": 3}, True),
    (Q(a__gte=3), {"a": 2}, False),
    (Q(a__gte=3), {"a": None}, None),
    (Q(a__gt=F("b")), {"a": 2, "b": 1}, True),
    (Q(a__gt=F("b")), {"a": 1, "b": 1}, False),
    (Q(a__gt=F("b")), {"a": 1, "b": None}, None),
    (~Q(a=""), {"a": ""}, False),
    (~Q(a=""), {"a": "x"}, True),
    (Q(a__isnull=True), {"a": None}, True),
    (Q(a__isnull=False), {"a": None}, False),
    (Q(a=None), {"a": 1}, False),
    (Q(a__in=["x", "y"]), {"a": "y"}, True),
    (Q(a__in=["x", "y"]), {"a": "z"}, False),
    (Q(a__gte=3) | Q(b=1), {"a": None, "b": 1}, True),
    (Q(a__gte=3) | Q(b=1), {"a": None, "b": 2}, None),
    (Q(a__gte=3) & Q(b=1), {"a": None, "b": 2}, False),
    (~(Q(a=1) & Q(b=2)), {"a": 1, "b": 2}, False),
    (~Q(a=1), {"a": None}, None),
]


@pytest.mark.parametrize(("condition", "values", "verdict"), CASES)
def test_a_condition_is_true_false_or_unknown_as_in_sql(condition, values, verdict):
    assert holds(condition, values) is verdict


def test_the_fields_of_a_condition_are_both_sides_of_it():
    assert fields_of(Q(a__gte=F("b")) | ~Q(c=1)) == {"a", "b", "c"}


ROWS = [
    {"status": "closed", "closed_year": None},
    {"status": "closed", "closed_year": 2020},
    {"status": "active", "closed_year": None},
    {"founded_year": 2021, "closed_year": 2020, "status": "closed"},
    {"founded_year": None, "closed_year": 2020, "status": "moved"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("values", ROWS, ids=str)
def test_it_judges_a_business_as_the_database_does(values):
    business = BusinessFactory()
    table = connection.ops.quote_name(Business._meta.db_table)
    given = {"founded_year": None, "closed_year": None, **values}
    assigned = ", ".join(f"{name} = %s" for name in given)

    refused = bool(broken_checks(Business.cross_checks(), given))

    with connection.cursor() as cursor:
        if refused:
            with pytest.raises(Exception, match="industry_business"):  # noqa: PT012
                cursor.execute(
                    f"UPDATE {table} SET {assigned} WHERE id = %s", [*given.values(), business.pk]
                )
        else:
            cursor.execute(
                f"UPDATE {table} SET {assigned} WHERE id = %s", [*given.values(), business.pk]
            )


def test_a_rule_over_one_field_is_left_to_the_cell_reader():
    names = [fields for fields, _, _ in Business.cross_checks()]

    assert {"founded_year", "closed_year"} in names
    assert all(len(fields) > 1 for fields in names)


# Judged in Python as the database judges


def sample_values(field):
    """Values of one field on both sides of its limits, as a record holds them."""
    if field.null:
        yield None
    if isinstance(field, models.DecimalField | models.IntegerField):
        low, high = getattr(field, "low", 0), getattr(field, "high", 12)
        yield from (low - 1, low, low + 1, high, high + 1, 13, 2020)
    elif isinstance(field, models.DateField):
        yield from (datetime.date(1899, 12, 31), datetime.date(2024, 5, 17))
    elif isinstance(field, models.CharField):
        words = [value for value, _ in field.flatchoices][:2]
        yield from ("", "12", "12345", "0123456789012", "01234567890123456", "x" * 13, *words)


@pytest.mark.django_db
@pytest.mark.parametrize("model", FORM_MODELS, ids=lambda model: model._meta.label)
def test_p22_a_check_is_judged_in_python_as_in_the_database(model):
    record = FACTORIES[model]()
    stored = {f.attname: getattr(record, f.attname) for f in model._meta.concrete_fields}
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint):
            continue
        for name in fields_of(constraint.condition):
            field = model._meta.get_field(name)
            for value in sample_values(field):
                for attname, old in stored.items():
                    if not model._meta.get_field(attname).generated:
                        setattr(record, attname, old)
                setattr(record, field.attname, value)
                verdict = judge(constraint.condition, plain_values(record)) is not False

                try:
                    constraint.validate(model, record)
                    by_database = True
                except ValidationError:
                    by_database = False

                assert verdict == by_database, (constraint.name, name, value)
