"""Who may see personal data, how it is masked, and the account kept of who saw it."""

from collections.abc import Collection
from dataclasses import dataclass

from balikpapan.spreadsheets.cells import mask_value

from .models import ReadAccess
from .purpose import masked_filter

SEE = "audit.view_personal_data"
EXPORT = "audit.export_personal_data"


def may_see(user) -> bool:
    """Whether the user may see NIK, NPWP, phone, e-mail and coordinates."""
    return user.has_perm(SEE)


def masked(field: str, value):
    """A personal value as everybody else sees it; a blank stays blank."""
    return value if value in (None, "") else mask_value(field, str(value))


def record_seen(user, model, *, record=None, count=1, columns=()) -> None:
    """Accounts for personal data shown to somebody (UU 27/2022 art. 31)."""
    listed = _listed(columns)
    _record(ReadAccess.Kind.SEEN, user, model, record=record, count=count, columns=listed)


@dataclass(frozen=True)
class Extract:
    """Personal data in a file: of how many records, which columns, for what, by which question.

    ``filters`` is a query string; ``record`` the number of the one record it is about.
    """

    count: int
    columns: Collection[str]
    purpose: str
    filters: str = ""
    record: int | None = None


def record_exported(user, model, extract: Extract) -> None:
    """Accounts for personal data taken out in a file, and for what."""
    _record(
        ReadAccess.Kind.EXPORTED,
        user,
        model,
        record=extract.record,
        count=extract.count,
        columns=_listed(extract.columns),
        purpose=extract.purpose[:200],
        filter=masked_filter(extract.filters)[:500],
    )


def record_fetched(user, model, *, record, purpose: str) -> None:
    """Accounts for an uploaded workbook fetched back, and for what."""
    purpose = purpose[:200]
    _record(ReadAccess.Kind.FETCHED, user, model, record=record, count=1, purpose=purpose)


def _listed(columns):
    return ", ".join(columns)[:500]


def _record(kind, user, model, **details):
    by = user if getattr(user, "pk", None) else None
    ReadAccess.objects.create(kind=kind, by=by, model=model._meta.label_lower, **details)
