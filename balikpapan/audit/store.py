"""The one way a register record is written: cleaned, claimed, saved and traced."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from .chain import trail_transaction
from .digests import traceable
from .models import Change, ClosedYear
from .trail import trace
from .year_locks import share

#: Fields that say how a record is kept, not what it says; they are not part of the trail.
BOOKKEEPING = {"id", "version", "created_at", "updated_at", "archived_at"}


class StaleRecord(ValidationError):
    """The record was saved after this editor had opened it, by another or in a second tab."""

    def __init__(self, record):
        self.record = record
        super().__init__(
            "Catatan ini sudah diubah sejak Anda membukanya. "
            "Periksa nilai sekarang, lalu simpan lagi."
        )


class FrozenYear(ValidationError):
    """The record belongs to a year that has been closed."""

    def __init__(self, year):
        self.year = year
        super().__init__(
            f"Tahun {year} sudah ditutup, jadi datanya tidak dapat diubah. "
            "Minta verifikator membuka kembali tahun itu."
        )


def traced_fields(model):
    """The fields whose values a trail keeps."""
    return [f for f in model._meta.concrete_fields if f.name not in BOOKKEEPING and not f.generated]


def read_traced(model_field, value):
    """A value of the trail as its field holds it; of a reference, the key."""
    if value is None:
        return None
    return (model_field.target_field if model_field.remote_field else model_field).to_python(value)


def contents(record):
    """What the record says, field by field, as the trail keeps it."""
    return {f.attname: traceable(getattr(record, f.attname)) for f in traced_fields(type(record))}


def check_open(model, values, frozen=None):
    """Refuses to touch records of a closed year, given the values of their ``year_field``."""
    if model.year_field is None:
        return
    frozen = ClosedYear.objects.frozen() if frozen is None else frozen
    if closed := _years_of(model, values) & frozen:
        raise FrozenYear(min(closed))


def is_of_closed_year(record, frozen: set[int]) -> bool:
    """Whether a stored record has a part in one of the closed years."""
    model = type(record)
    if model.year_field is None:
        return False
    return bool(model.years_of(getattr(record, model.year_field)) & frozen)


def hold_open(model, values, frozen=None):
    """Keeps the years of these records open until this transaction ends, or raises FrozenYear.

    ``values`` are those of the model's ``year_field``.
    """
    if model.year_field is not None:
        share(_years_of(model, values))
        check_open(model, values, frozen)


def _years_of(model, values):
    return set().union(*(model.years_of(value) for value in set(values)))


@trail_transaction()
def store(record, *, by, channel, reason="", carries_verification=False):
    """Writes one record and its trail; returns the Change, or None where nothing changed.

    Raises ValidationError where a rule is broken, StaleRecord where another editor was first
    and FrozenYear where the record's year is closed. ``carries_verification`` where a status that
    somebody has given passes from one record to another, which verifies nothing.
    """
    if record.is_for_reading:
        raise ValueError("A record masked for a reader is not what the register holds.")
    model = type(record)
    stored = None
    if record.pk and not record._state.adding:
        stored = model._base_manager.filter(pk=record.pk).first()
        if stored is None or stored.version != record.version:
            raise StaleRecord(record)
    record.full_clean(validate_unique=True)
    after = contents(record)
    before = contents(stored) if stored else {}
    changed = {name for name, value in after.items() if before.get(name) != value}
    archived = bool(record.archived_at)
    moved = stored is not None and bool(stored.archived_at) != archived
    if stored and not changed and not moved:
        return None
    hold_open(model, {values.get(model.year_field) for values in (before, after)})
    if stored and by and not carries_verification and changed.intersection(model.verified_fields):
        record.check_verifier(by, changed)
    _write(record, changed if stored else None)
    if not stored:
        action = Change.Action.CREATED
        after = {name: value for name, value in after.items() if value not in (None, "")}
    else:
        action = Change.Action.CHANGED
        if moved:
            action = Change.Action.ARCHIVED if archived else Change.Action.RESTORED
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    return trace(
        Change(
            model=model._meta.label_lower,
            record=record.pk,
            version=record.version,
            action=action,
            before=before,
            after=after,
            by=by,
            channel=channel,
            reason=reason,
        )
    )


def _write(record, changed):
    """Writes a new record, or of a stored one what has ``changed``.

    Two writers of one moment hear what one of them alone would hear.
    """
    try:
        if changed is None:
            record.save()
        else:
            _update(record, changed)
    except IntegrityError as error:
        for rule in record.database_rules():
            if refusal := rule.refusal(error):
                raise refusal from error
        raise


def _update(record, changed):
    """Takes the next version and writes what has changed, in one statement.

    It decides who was first; a read followed by a write would not.
    """
    model = type(record)
    written = {*changed, "updated_at", "archived_at"}
    values = {
        field.name: field.pre_save(record, add=False)
        for field in model._meta.concrete_fields
        if field.attname in written
    }
    claimed = model._base_manager.filter(pk=record.pk, version=record.version).update(
        version=record.version + 1, **values
    )
    if not claimed:
        raise StaleRecord(record)
    record.version += 1


def archive(record, *, by, channel, reason=""):
    """Takes a record out of lists, reports and exports; nothing is deleted."""
    record.archived_at = timezone.now()
    return store(record, by=by, channel=channel, reason=reason)


def restore(record, *, by, channel, reason=""):
    """Brings an archived record back; uniqueness among kept records is checked again."""
    record.archived_at = None
    return store(record, by=by, channel=channel, reason=reason)
