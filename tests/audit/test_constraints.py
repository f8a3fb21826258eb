"""The one reading of a CHECK, for rows of a sheet that are not models yet: as SQL judges it."""

import pytest
from django.db import connection
from django.db.models import F, Q

from balikpapan.audit.constraints import fields_of, holds
from balikpapan.audit.models import broken_checks
from industry.models import Business
from tests.factories import BusinessFactory

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
