"""Who may see personal data, how it is masked, and the account kept of who saw it."""

from balikpapan.spreadsheets.cells import mask_value

from .models import ReadAccess

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


def record_exported(user, model, *, count, columns, filters="", record=None) -> None:
    """Accounts for personal data taken out in a file."""
    details = {"count": count, "columns": _listed(columns), "filter": filters[:500]}
    _record(ReadAccess.Kind.EXPORTED, user, model, record=record, **details)


def record_fetched(user, model, *, record) -> None:
    """Accounts for an uploaded workbook fetched back."""
    _record(ReadAccess.Kind.FETCHED, user, model, record=record, count=1)


def _listed(columns):
    return ", ".join(columns)[:500]


def _record(kind, user, model, **details):
    by = user if getattr(user, "pk", None) else None
    ReadAccess.objects.create(kind=kind, by=by, model=model._meta.label_lower, **details)
