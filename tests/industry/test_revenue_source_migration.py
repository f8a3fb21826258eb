"""Rows of a register from before sources had records."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from industry.models import Revenue, RevenueSource
from tests.factories import RevenueAccountFactory, RevenueFactory

pytestmark = pytest.mark.django_db
migration = import_module("industry.migrations.0008_sources_of_stored_revenue")


def old_rows(*rows):
    """Rows as they were kept: no key, and nothing that hindered a source from standing twice."""
    for number, row in enumerate(rows):
        record = RevenueFactory(**{**row, "year": 1950 + number})
        Revenue.objects.filter(pk=record.pk).update(source_key=f"old {number}")
    constraint = next(c for c in Revenue._meta.constraints if c.name == "industry_revenue_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Revenue, constraint)
    for number in range(len(rows)):
        year = rows[number].get("year", 2022)
        Revenue.objects.filter(source_key=f"old {number}").update(year=year)
    return constraint


def migrated(*rows):
    constraint = old_rows(*rows)
    migration.link_rows(apps, None)
    with connection.schema_editor() as editor:
        editor.add_constraint(Revenue, constraint)
    return list(Revenue.objects.order_by("id").values_list("source_key", flat=True))


@pytest.mark.django_db(transaction=True)
def test_spellings_and_codes_of_one_source_become_one():
    account = RevenueAccountFactory()

    keys = migrated(
        {"source_name": "Sewa unit", "account": account, "stage": "original"},
        {"source_name": "SEWA UNIT", "stage": "revised"},
        {"source_name": "sewa-unit", "year": 2023},
    )

    assert keys == ["sewaunit"] * 3
    source = RevenueSource.objects.get()
    assert (source.key, source.account) == ("sewaunit", account)


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_side_by_side_stays_two_sources():
    account, other = RevenueAccountFactory(), RevenueAccountFactory()

    keys = migrated(
        {"source_name": "Sewa unit", "account": account},
        {"source_name": "SEWA UNIT", "account": None},
        {"source_name": "Sewa unit", "account": other, "year": 2023},
    )

    assert keys[0] == "sewaunit"
    assert len({keys[0], keys[1]}) == len({keys[0], keys[2]}) == 2
    assert RevenueSource.objects.count() == len(set(keys))
