"""A test that really commits is followed by an emptied database, as it was just after migrating.

Django makes every content type and permission anew after emptying, model by model, which takes longer
than many of these tests. Here both are left in place, and put back only where a test has touched them.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection

from balikpapan.audit import triggers
from balikpapan.audit.apps import restore_rules
from facilities.models import Bill, BillLine
from tests.cast import rows_of, write

#: What migrating itself writes, in the order in which it can be put back.
WRITTEN = [ContentType._meta.db_table, Permission._meta.db_table]
_migrated = {}


def remember() -> None:
    """Takes in what a database that was just migrated holds."""
    _migrated.update(rows_of(WRITTEN))


def empty() -> None:
    """Makes the database what it was when ``remember`` was called; trail and bills would refuse."""
    triggers.remove()
    for model in (Bill, BillLine):
        model.database_rule.remove()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    flush(set(tables) - set(WRITTEN))
    if rows_of(WRITTEN) != _migrated:
        flush(tables)
        write(_migrated)
    ContentType.objects.clear_cache()
    restore_rules(connection.alias)


def flush(tables) -> None:
    """Empties tables as Django does after a test; numbers go on from where they are."""
    statements = connection.ops.sql_flush(no_style(), sorted(tables))
    connection.ops.execute_sql_flush(statements)
