"""Faults that many registers share: what has not happened yet, checks between fields broken."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from .constraints import holds


def future_faults(model, values, names):
    """Yields (field, message) for each of these years and days that has not happened yet."""
    today = timezone.localdate()
    for name in names:
        value = values.get(name)
        is_day = isinstance(value, datetime.date)
        if value is None or value <= (today if is_day else today.year):
            continue
        label = capfirst(model._meta.get_field(name).verbose_name)
        shown, latest = (
            (f"{value:%d-%m-%Y}", f"{today:%d-%m-%Y}") if is_day else (value, today.year)
        )
        yield name, f"{label}: {shown} belum terjadi. Isi paling lambat {latest}."


def future_month_faults(values):
    """Yields (field, message) for a month of this year that has not begun yet."""
    today, month = timezone.localdate(), values.get("month")
    if month and values.get("year") == today.year and month > today.month:
        yield "month", f"Bulan ke-{month} tahun {today.year} belum terjadi. Periksa bulannya."


def broken_checks(checks: list[Any], values: dict[str, Any]) -> list[tuple[set[str], str]]:
    """The messages of the cross-field checks that these plain values break."""
    return [(names, text) for names, condition, text in checks if holds(condition, values) is False]
