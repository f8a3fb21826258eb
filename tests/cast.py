"""The cast: one person of each group, and the reference data they work with."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection

from balikpapan.accounts.groups import load_groups
from balikpapan.audit.models import Change, Link
from balikpapan.audit.staging import insert_rows
from balikpapan.reference_data import DELIVERIES, load_reference

_Rows = dict[str, tuple[list[str], list[tuple]]]
_loaded: _Rows = {}
#: The four groups as rows; permissions made anew have other numbers and make new rows.
_groups: dict[int, _Rows] = {}


def member(group: str, name: str = ""):
    """An active member of staff in one of the four groups."""
    furnish_groups()
    user = get_user_model().objects.create_user(name or group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def furnish_groups() -> None:
    """Loads the four groups; the second test of a run gets a copy of the first one's rows."""
    tables = [Group._meta.db_table, Group.permissions.through._meta.db_table]
    rights = Permission.objects.order_by("id").values_list("id", flat=True).last()
    if rights in _groups and not Group.objects.exists():
        write(_groups[rights])
    elif rights not in _groups or rows_of(tables) != _groups[rights]:
        load_groups()
        _groups[rights] = rows_of(tables)


def furnish() -> None:
    """Loads the reference data; the second test of a run gets a copy of the first one's rows."""
    if _loaded:
        write(_loaded)
        return
    load_reference()
    models = list(dict.fromkeys(delivery.model for delivery in DELIVERIES))
    tables = [model_table(model) for model in models]
    tables += [Change._meta.db_table, Link._meta.db_table]
    _loaded.update(rows_of(tables))


def rows_of(tables: list[str]) -> _Rows:
    """Table -> (its columns, its rows as the driver gives them)."""
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            rows[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return rows


def write(rows: _Rows) -> None:
    """Puts rows into their tables as ``rows_of`` has taken them out."""
    for table, (columns, tuples) in rows.items():
        insert_rows(table, columns, tuples)


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
