"""The rows of a database as if they had been typed in the opposite order, or archived, on SQLite."""

import re

from django.apps import apps
from django.db import connection

from balikpapan.audit.models import Change, Record

#: Above every number a test makes; a row of number n becomes row ``TOP`` - n.
TOP = 90_000_000
_TURNED = re.compile(r"\b(?P<code>IKM-|TTP-)?(?P<number>8999\d{4})\b")


def reverse_rows(but: tuple[type[Record], ...] = ()) -> None:
    """Turns the numbers of all records round, ``but`` of some, and every SELECT without an order.

    The triggers go first, since nothing of the office's renumbers records.
    """
    models = [
        model for model in apps.get_models() if issubclass(model, Record) and model not in but
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        for model in apps.get_models():
            columns = [
                field.column
                for field in model._meta.concrete_fields
                if field.related_model in models or (field.primary_key and model in models)
            ]
            if columns:
                turned = ", ".join(f'"{column}" = {TOP} - "{column}"' for column in columns)
                cursor.execute(f'UPDATE "{model._meta.db_table}" SET {turned}')
        labels = [model._meta.label_lower for model in models]
        marks = ", ".join(["%s"] * len(labels))
        cursor.execute(
            f'UPDATE "{Change._meta.db_table}" SET record = {TOP} - record WHERE model IN ({marks})',
            labels,
        )
        cursor.execute("PRAGMA reverse_unordered_selects = ON")


def add_archived_copies(but: tuple[type[Record], ...] = ()) -> None:
    """Puts beside every record, ``but`` of some, an archived one of the same contents.

    Only after ``reverse_rows``, which lifts the triggers.
    """
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not issubclass(model, Record) or model in but:
                continue
            columns = [
                f'"{field.column}"'
                for field in model._meta.concrete_fields
                if not (field.primary_key or field.generated)
            ]
            values = ["CURRENT_TIMESTAMP" if c == '"archived_at"' else c for c in columns]
            cursor.execute(
                f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) '
                f'SELECT {", ".join(values)} FROM "{model._meta.db_table}" WHERE archived_at IS NULL'
            )


def end_reversal() -> None:
    """Lets SELECTs without an order go their usual way again."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA reverse_unordered_selects = OFF")


def as_typed(text: str) -> str:
    """A page of turned rows with the numbers they had before."""
    return _TURNED.sub(_number_before, text)


def _number_before(turned: re.Match[str]) -> str:
    number, code = TOP - int(turned["number"]), turned["code"]
    return f"{code}{number:06}" if code else str(number)
