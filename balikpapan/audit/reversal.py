"""Taking changes back as one act: old values return, created records go to the archive.

What somebody changed since, and what belongs to a year closed since, is left and named. A change
that was itself taken back since is none. Undoing an upload and undoing a merge are both this.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby, islice

from django.apps import apps
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from .bulk import BulkWriter, ChangedRecord, ChangeSource
from .fields import year_of
from .models import Change, ClosedYear, Record
from .store import read_traced

#: So many records are asked about, or put back, at a time.
ASKED, WRITTEN = 500, 5_000


@dataclass(frozen=True, slots=True)
class Affected:
    """One record the changes touched, at the version it has now."""

    model: str
    record: int
    version: int
    #: The closed year that may freeze it, or None.
    year: int | None = None


@dataclass(slots=True)
class Reversal:
    """What taking the changes back restores, archives, and must leave."""

    changes: QuerySet
    restored: list[Affected] = field(default_factory=list)
    archived: list[Affected] = field(default_factory=list)
    left: list[tuple[Affected, str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many records are restored, archived and left."""
        return {name: len(getattr(self, name)) for name in ("restored", "archived", "left")}

    def name_of(self, affected) -> str:
        """What the changed record is called."""
        return names_of([affected])[affected.model, affected.record]


def names_of(some: Iterable[Affected]) -> dict[tuple[str, int], str]:
    """(model, record) -> what each of these records is called."""
    names = {}
    for label, entries in groupby(some, key=lambda affected: affected.model):
        model = apps.get_model(label)
        links = [link.name for link in _owner_links(model)]
        records = model._base_manager.filter(pk__in=[entry.record for entry in entries])
        for record in records.select_related(*links):
            owner = [str(getattr(record, name)) for name in links[:1]]
            names[label, record.pk] = ", ".join([*owner, str(record)])
    return names


def plan_reversal(changes: QuerySet) -> Reversal:
    """The three lists for a set of changes, worked out on the data as it is now."""
    reversal = Reversal(changes.order_by())
    frozen, needed = ClosedYear.objects.frozen(), set()
    labels = set(reversal.changes.values_list("model", flat=True).distinct())
    for label in sorted(labels, key=parts_first):
        _sort_out(label, reversal, frozen, needed)
    return reversal


def _sort_out(label, reversal, frozen, needed):
    """Puts the records of one model into the three lists.

    ``needed`` are the records, as (model, id), that something left behind belongs to.
    """
    model, changes = apps.get_model(label), reversal.changes.filter(model=label)
    acts = acts_of(changes)
    created = {key for key, act in acts.items() if act.created}
    referenced = _still_referenced(model, changes, created, reversal) if created else set()
    rows = list(current_rows(model, changes))
    moved = {key: version for key, version, *_ in rows if version != acts[key].version}
    since = what_became(label, changes, acts, moved)
    for key, version, archived, dated, owners in rows:
        state = since.get(key, Since.NOTHING)
        if state is Since.TAKEN_BACK or (key in created and archived):
            continue
        affected = Affected(label, key, version, closing_year(model, dated, frozen))
        used = key in created and (key in referenced or (label, key) in needed)
        reason = reason_to_leave(affected, state, frozen, used=used)
        if reason:
            reversal.left.append((affected, reason))
            needed |= owners
        elif key in created:
            reversal.archived.append(affected)
        else:
            reversal.restored.append(affected)


def closing_year(model, dated, frozen: set[int]) -> int | None:
    """The closed year that freezes a record, else its own; ``dated`` is its ``year_field``."""
    if dated is None:
        return None
    return min(model.years_of(dated) & frozen, default=year_of(dated))


def reason_to_leave(affected: Affected, state: "Since", frozen: set[int], *, used: bool) -> str:
    """Why a record is left as it is; blank where it can be taken back.

    ``used`` says that it was created by the changes and something else still points at it.
    """
    if state is Since.EDITED:
        return "sudah diubah sejak itu"
    if affected.year in frozen:
        return f"tahun {affected.year} sudah ditutup"
    return "masih dipakai catatan lain" if used else ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the changes did to one record: the last of them, the version it left, if it made it."""

    last: int
    version: int
    created: bool


def acts_of(changes):
    """Record -> its Act."""
    made = Count("id", filter=Q(action=Change.Action.CREATED))
    rows = changes.values("record").annotate(last=Max("id"), to=Max("version"), made=made)
    rows = rows.values_list("record", "last", "to", "made").iterator(WRITTEN)
    return {key: Act(last, version, bool(made)) for key, last, version, made in rows}


def current_rows(model, changes):
    """Rows of (id, version, archived, its ``year_field``, its owners), by ascending id."""
    links = _owner_links(model)
    names = [link.attname for link in links]
    labels = [link.related_model._meta.label_lower for link in links]
    year = model.year_field or "id"
    rows = (
        model._base_manager.filter(pk__in=changes.values("record"))
        .order_by("pk")
        .values_list("id", "version", "archived_at", year, *names)
    )
    for key, version, archived_at, dated, *owners in rows.iterator(WRITTEN):
        belongs = set(zip(labels, owners, strict=True))
        yield key, version, bool(archived_at), dated if model.year_field else None, belongs


# What happened since


class Since(Enum):
    """What later changes of a record come to, all together."""

    NOTHING = auto()
    EDITED = auto()
    #: The record says again what it said before the changes that are to be taken back.
    TAKEN_BACK = auto()


def what_became(label, changes, acts, versions):
    """Record -> what was done with it since; several changes that end where they began are none.

    ``versions`` holds the version each of the records has now.
    """
    became, keys = {}, sorted(versions)
    for start in range(0, len(keys), ASKED):
        chunk = keys[start : start + ASKED]
        own = _by_record(changes.filter(record__in=chunk))
        trail = Change.objects.filter(model=label, record__in=chunk)
        for key, entries in _by_record(trail).items():
            later = [entry for entry in entries if entry[0] > acts[key].last]
            # A version the trail does not explain was written past it.
            explained = bool(later) and later[-1][1] == versions[key]
            became[key] = _since(_effect(own[key]), _effect(later)) if explained else Since.EDITED
    return became


def _by_record(changes):
    """Record -> its changes as (id, version, action, before, after), oldest first."""
    names = ("record", "id", "version", "action", "before", "after")
    trails, rows = {}, changes.order_by("id").values_list(*names)
    for key, *entry in rows.iterator(WRITTEN):
        trails.setdefault(key, []).append(entry)
    return trails


def _effect(entries):
    """Attribute -> (value before the first of the changes, value after the last)."""
    effect = {}
    for _, _, action, before, after in entries:
        before, after = dict(before), dict(after)
        # Being archived is told by the action; its moment differs every time.
        before.pop("archived_at", None)
        after.pop("archived_at", None)
        if action in (Change.Action.ARCHIVED, Change.Action.RESTORED):
            after["archived_at"] = action == Change.Action.ARCHIVED
            before["archived_at"] = not after["archived_at"]
        for name, value in after.items():
            first = effect[name][0] if name in effect else before.get(name)
            effect[name] = (first, value)
    return effect


def _since(own, later):
    if all(before == after for before, after in later.values()):
        return Since.NOTHING
    at_first = {name: before for name, (before, _) in (later | own).items()}
    now = {name: after for name, (_, after) in (own | later).items()}
    return Since.TAKEN_BACK if at_first == now else Since.EDITED


# What belongs to what


def _still_referenced(model, changes, created, reversal):
    """Which of the created records others point at that do not go to the archive with them."""
    label = model._meta.label_lower
    going = {(affected.model, affected.record) for affected in reversal.archived}
    going |= {(label, key) for key in created}
    made = changes.filter(action=Change.Action.CREATED).values("record")
    referenced = set()
    for relation in model._meta.related_objects:
        if issubclass(relation.related_model, Record):
            other, link = relation.related_model._meta.label_lower, relation.field.attname
            records = (
                relation.related_model.objects.kept().order_by().filter(**{f"{link}__in": made})
            )
            rows = records.values_list("id", link).iterator(WRITTEN)
            referenced |= {owner for key, owner in rows if (other, key) not in going}
    return referenced


def parts_first(label):
    """Records that belong to others are looked at before the ones they belong to."""
    return not _owner_links(apps.get_model(label)), label


def _owner_links(model):
    """The fields that point at the record each of these belongs to."""
    return [f for f in model._meta.concrete_fields if f.remote_field and not f.null]


# Writing


def revert(reversal: Reversal, *, by, reason: str) -> None:
    """Writes the reversal, traced like every other change, inside the caller's transaction.

    Raises StaleRecord where somebody has changed a record since the lists were worked out.
    """
    source = ChangeSource(Change.Channel.FORM, by=by.pk if by else None, reason=reason)
    now = timezone.now()
    # What was created goes first: an old value or period may need the room it takes.
    for restores, affected in ((False, reversal.archived), (True, reversal.restored)):
        for label, entries in groupby(affected, key=lambda entry: entry.model):
            while some := list(islice(entries, WRITTEN)):
                records = _old_values(label, some, reversal) if restores else _ends(some, now)
                _write(apps.get_model(label), records, {entry.year for entry in some}, source)


def _write(model, records, years, source):
    """Changes the records; those that differ in the same attributes go in one statement.

    What comes back from the archive comes last, when others have let go of its NIB.
    """
    for _, alike in groupby(sorted(records, key=_attributes), key=_attributes):
        with BulkWriter(source) as writer:
            writer.note_years(model, years - {None})
            writer.change(model, list(alike))
            writer.finish()


def _attributes(record):
    return "archived_at" in record.after, sorted(record.after)


def _ends(some, now):
    """The records that go to the archive."""
    change = {"archived_at": None}, {"archived_at": now}
    return [ChangedRecord(entry.record, entry.version, *change, 0) for entry in some]


def _old_values(label, some, reversal):
    """The records with the values they had before the first of the changes."""
    model, now = apps.get_model(label), timezone.now()
    fields = {f.attname: f for f in model._meta.concrete_fields}
    changes = reversal.changes.filter(model=label, record__in=[entry.record for entry in some])
    versions = {entry.record: entry.version for entry in some}
    records = []
    for key, entries in _by_record(changes).items():
        before, after = {}, {}
        for name, (old, new) in _effect(entries).items():
            if name == "archived_at":
                after[name] = None if new else now
            else:
                before[name], after[name] = (
                    read_traced(fields[name], new),
                    read_traced(fields[name], old),
                )
        records.append(ChangedRecord(key, versions[key], before, after, 0))
    return sorted(records, key=lambda record: record.id)
