"""The cast: one person of each group, and the reference data they work with."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection

from balikpapan.accounts.groups import load_groups
from balikpapan.audit.models import Change, Link
from balikpapan.audit.staging import insert_rows
from balikpapan.reference_data import DELIVERIES, load_reference

_loaded: dict[str, tuple[list[str], list[tuple]]] = {}


def member(group: str, name: str = ""):
    """An active member of staff in one of the four groups."""
    load_groups()
    user = get_user_model().objects.create_user(name or group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def furnish() -> None:
    """Loads the reference data; the second test of a run gets a copy of the first one's rows."""
    if _loaded:
        for table, (columns, rows) in _loaded.items():
            insert_rows(table, columns, rows)
        return
    load_reference()
    models = list(dict.fromkeys(delivery.model for delivery in DELIVERIES))
    tables = [model_table(model) for model in models]
    tables += [Change._meta.db_table, Link._meta.db_table]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")
            _loaded[table] = [column[0] for column in cursor.description], cursor.fetchall()


def model_table(label: str) -> str:
    """The table of a model named app.Model."""
    return apps.get_model(label)._meta.db_table


def permitted(*names):
    """A member of staff with these permissions, as "app.codename", and no group."""
    user = get_user_model().objects.create_user("pengetik", is_staff=True)
    for name in names:
        app, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user
