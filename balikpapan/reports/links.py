"""From a figure to the list behind it."""

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import NoReverseMatch, reverse


def list_of(model: type[Model], **lookups: object) -> str:
    """The address of a register's list, filtered; empty where the register has no list."""
    options = model._meta
    try:
        address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(lookups)}" if lookups else address
