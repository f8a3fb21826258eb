"""Taking changes back as one act: old values return, created records go to the archive.

What somebody changed since, and what belongs to a year closed since, is left and named. Undoing
an upload and undoing a merge are both this.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.utils import timezone

from .bulk import ChangedRecord, ChangeSource, change_many
from .models import Change, ClosedYear, Record
from .store import read_traced


@dataclass(slots=True)
class Reversal:
    """What taking the changes back restores, archives, and must leave."""

    restored: list[Change] = field(default_factory=list)
    archived: list[Change] = field(default_factory=list)
    left: list[tuple[Change, str]] = field(default_factory=list)
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    #: (model, record) -> its changes, oldest first
    trails: dict[tuple[str, int], list[Change]] = field(default_factory=dict)

    def name_of(self, change) -> str:
        """What the changed record is called."""
        return self.names.get((change.model, change.record), f"nomor {change.record}")


def plan_reversal(changes) -> Reversal:
    """The three lists, worked out on the data as it is now."""
    reversal = Reversal()
    frozen = ClosedYear.objects.frozen()
    by_model = {}
    for change in changes.order_by("id"):
        reversal.trails.setdefault((change.model, change.record), []).append(change)
        by_model.setdefault(change.model, set()).add(change.record)
    needed = set()
    for label in sorted(by_model, key=_parts_first):
        model = apps.get_model(label)
        found = _current(model, by_model[label])
        created = {
            key
            for key in by_model[label]
            if reversal.trails[label, key][0].action == Change.Action.CREATED
        }
        needed |= {(label, key) for key in _still_referenced(model, created, reversal)}
        for key in sorted(by_model[label]):
            trail = reversal.trails[label, key]
            change = trail[-1]
            version, archived, name, year, owners = found[key]
            reversal.names[label, key] = name
            reason = ""
            if version != change.version:
                reason = "sudah diubah sejak itu"
            elif year in frozen:
                reason = f"tahun {year} sudah ditutup"
            elif key in created and (label, key) in needed:
                reason = "masih dipakai catatan lain"
            if reason:
                reversal.left.append((change, reason))
                needed |= owners
            elif key not in created:
                reversal.restored.append(change)
            elif not archived:
                reversal.archived.append(change)
    return reversal


def _still_referenced(model, keys, reversal):
    """Which of the records others point at that do not go to the archive with them."""
    going = {(change.model, change.record) for change in reversal.archived}
    going |= {(model._meta.label_lower, key) for key in keys}
    chunk, found = sorted(keys), set()
    for relation in model._meta.related_objects:
        if not issubclass(relation.related_model, Record):
            continue
        label, link = relation.related_model._meta.label_lower, relation.field.attname
        kept = relation.related_model.objects.kept().order_by()
        for start in range(0, len(chunk), 500):
            leaning = kept.filter(**{f"{link}__in": chunk[start : start + 500]})
            rows = leaning.values_list("id", link)
            found |= {owner for key, owner in rows if (label, key) not in going}
    return found


def _parts_first(label):
    """Records that belong to others are looked at before the ones they belong to."""
    links = [f for f in apps.get_model(label)._meta.concrete_fields if _is_owner(f)]
    return not links, label


def _is_owner(model_field):
    """Whether the field points at the record this one belongs to."""
    return bool(model_field.remote_field) and not model_field.null


def _current(model, keys):
    """id -> (version, archived, name, year, the records it belongs to)."""
    found = {}
    links = [f for f in model._meta.concrete_fields if _is_owner(f)]
    chunk = sorted(keys)
    for start in range(0, len(chunk), 500):
        query = model._base_manager.filter(pk__in=chunk[start : start + 500])
        for record in query.select_related(*[link.name for link in links]):
            owners = {
                (link.remote_field.model._meta.label_lower, getattr(record, link.attname))
                for link in links
            }
            named = [str(getattr(record, link.name)) for link in links[:1]]
            year = getattr(record, model.year_field) if model.year_field else None
            name = ", ".join([*named, str(record)])
            found[record.pk] = (record.version, bool(record.archived_at), name, year, owners)
    return found


def revert(reversal: Reversal, *, by, reason: str) -> None:
    """Writes the reversal, traced like every other change, inside the caller's transaction."""
    now = timezone.now()
    work = {}
    for change in reversal.restored:
        work.setdefault(change.model, []).append(_put_back(change, reversal))
    for change in reversal.archived:
        record = ChangedRecord(
            change.record, change.version, {"archived_at": None}, {"archived_at": now}, 0
        )
        work.setdefault(change.model, []).append(record)
    source = ChangeSource(channel=Change.Channel.FORM, by=by.pk if by else None, reason=reason)
    for label in sorted(work, key=_parts_first):
        change_many(apps.get_model(label), work[label], source)


def _put_back(change, reversal):
    """The values before the first of the changes."""
    fields = {f.attname: f for f in apps.get_model(change.model)._meta.concrete_fields}
    trail = reversal.trails[change.model, change.record]
    old, new = {}, {}
    for entry in trail:
        for name, value in entry.before.items():
            old.setdefault(name, value)
        new.update(entry.after)
    before = {name: read_traced(fields[name], new.get(name)) for name in old}
    after = {name: read_traced(fields[name], value) for name, value in old.items()}
    if any(entry.action == Change.Action.ARCHIVED for entry in trail):
        after["archived_at"] = None
    return ChangedRecord(change.record, change.version, before, after, 0)
