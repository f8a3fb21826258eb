"""Taking a finished import back: old values return, created records go to the archive.

What somebody edited since, and what belongs to a year closed since, stays and is named.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from balikpapan.audit.bulk import ChangedRecord, Origin, change_many
from balikpapan.audit.models import Change, ClosedYear

from .models import Upload


class NotUndone(Exception):
    """Why an upload cannot be undone; nothing was changed."""


@dataclass(slots=True)
class UndoLists:
    """What an undo restores, what it archives, and what it must leave."""

    restored: list[Change] = field(default_factory=list)
    archived: list[Change] = field(default_factory=list)
    left: list[tuple[Change, str]] = field(default_factory=list)
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    #: (model, record) -> the upload's changes of that record, oldest first
    trails: dict[tuple[str, int], list[Change]] = field(default_factory=dict)

    def named(self, changes):
        """(what the record is called, the change) for a page."""
        return [(self.names.get((c.model, c.record), f"nomor {c.record}"), c) for c in changes]


def undo_lists(upload: Upload) -> UndoLists:
    """The three lists, worked out on the data as it is now."""
    lists = UndoLists()
    frozen = ClosedYear.objects.frozen()
    by_model = {}
    for change in Change.objects.filter(upload=upload.pk).order_by("id"):
        by_model.setdefault(change.model, []).append(change)
    kept_mains = set()
    for label in sorted(by_model, key=_parts_first):
        model = apps.get_model(label)
        changes = by_model[label]
        found = _current(model, {change.record for change in changes})
        last = {change.record: change for change in changes}
        for change in changes:
            lists.trails.setdefault((label, change.record), []).append(change)
        for change in last.values():
            version, archived, name, year, owners = found[change.record]
            lists.names[label, change.record] = name
            reason = ""
            if version != change.version:
                reason = "sudah diubah sejak unggahan ini"
            elif year in frozen:
                reason = f"tahun {year} sudah ditutup"
            elif (label, change.record) in kept_mains:
                reason = "masih dipakai catatan yang tidak dapat dibatalkan"
            if reason:
                lists.left.append((change, reason))
                kept_mains |= owners
            elif archived:
                continue
            elif lists.trails[label, change.record][0].action == Change.Action.CREATED:
                lists.archived.append(change)
            else:
                lists.restored.append(change)
    return lists


def _parts_first(label):
    """Records that belong to others are looked at before the ones they belong to."""
    model = apps.get_model(label)
    return 0 if model.year_field else 1, label


def _current(model, keys):
    """id -> (version, archived, name, year, the records it belongs to)."""
    found = {}
    links = [f for f in model._meta.concrete_fields if f.remote_field and not f.null]
    chunk = sorted(keys)
    for start in range(0, len(chunk), 500):
        query = model._base_manager.filter(pk__in=chunk[start : start + 500])
        for record in query.select_related(*[link.name for link in links]):
            owners = {
                (link.remote_field.model._meta.label_lower, getattr(record, link.attname))
                for link in links
            }
            owner = next((getattr(record, link.name) for link in links), None)
            name = f"{owner}, {record}" if owner and model.year_field else str(record)
            year = getattr(record, model.year_field) if model.year_field else None
            found[record.pk] = (record.version, bool(record.archived_at), name, year, owners)
    return found


@transaction.atomic
def undo(upload: Upload, *, by) -> UndoLists:
    """Undoes a stored upload once; raises NotUndone where it is not stored any more."""
    now = timezone.now()
    taken = Upload.objects.filter(pk=upload.pk, status=Upload.Status.STORED).update(
        status=Upload.Status.UNDONE, undone_at=now, undone_by=by
    )
    if not taken:
        raise NotUndone("Unggahan ini sudah dibatalkan atau belum tersimpan.")
    lists = undo_lists(upload)
    work = {}
    for change in lists.restored:
        work.setdefault(change.model, []).append(_put_back(change, lists))
    for change in lists.archived:
        record = ChangedRecord(
            change.record, change.version, {"archived_at": None}, {"archived_at": now}, 0
        )
        work.setdefault(change.model, []).append(record)
    origin = Origin(
        door=Change.Door.FORM,
        by=by.pk if by else None,
        reason=f"Pembatalan unggahan {upload.pk}",
    )
    for label in sorted(work, key=_parts_first):
        change_many(apps.get_model(label), work[label], origin)
    upload.refresh_from_db()
    return lists


def _put_back(change, lists):
    """The values before the upload's first change of this record."""
    fields = {f.attname: f for f in apps.get_model(change.model)._meta.concrete_fields}
    old, new = {}, {}
    for entry in lists.trails[change.model, change.record]:
        for name, value in entry.before.items():
            old.setdefault(name, value)
        new.update(entry.after)
    before = {name: _read(fields[name], new.get(name)) for name in old}
    after = {name: _read(fields[name], value) for name, value in old.items()}
    return ChangedRecord(change.record, change.version, before, after, 0)


def _read(field, value):
    if value is None:
        return None
    return (field.target_field if field.remote_field else field).to_python(value)
