"""After a test that really commits, the database is as it was just after migrating."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from balikpapan.audit import register_triggers, triggers
from facilities.models import Bill
from tests import factories
from tests.cast import furnish, member, rows_of
from tests.emptied import WRITTEN, empty

pytestmark = pytest.mark.django_db(transaction=True)


def contents():
    """Table -> its rows, of every table that has some."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return {table: rows for table, rows in rows_of(names).items() if rows[1]}


def commit_much():
    furnish()
    factories.BillFactory()
    member("Petugas")


def touch_permissions():
    Permission.objects.filter(codename="view_business").delete()
    ContentType.objects.filter(model="bill").update(model="invoice")
    Permission.objects.filter(codename="add_business").update(name="lain")


@pytest.mark.parametrize("act", [commit_much, touch_permissions])
def test_an_emptied_database_holds_what_migrating_wrote_and_nothing_else(act):
    before = contents()
    act()
    assert contents() != before

    empty()

    assert set(before) == set(WRITTEN)
    assert contents() == before
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    assert contents() == before


def test_an_emptied_database_is_protected_again():
    triggers.remove()
    Bill.database_rule.remove()

    empty()

    assert triggers.missing() == register_triggers.missing() == Bill.database_rule.missing() == []
