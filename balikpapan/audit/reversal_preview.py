"""What taking changes back would do, shown before it is done: counts and the first records.

Most records of an upload are as it left them. Those are counted by the database; only the others
(changed since, of a closed year, used elsewhere) are looked at one by one, as ``reversal`` does.
"""

from dataclasses import dataclass, field
from itertools import islice

from django.apps import apps
from django.db import connection
from django.db.models import Count, DateField, Max, Q, QuerySet

from .models import Change, ClosedYear, Record
from .reversal import (
    ASKED,
    WRITTEN,
    Affected,
    Since,
    acts_of,
    closing_year,
    current_rows,
    parts_first,
    reason_to_leave,
    what_became,
)

#: What of a record as it is now decides what becomes of it.
CURRENT = ("id", "version", "archived_at")


@dataclass(slots=True)
class ReversalPreview:
    """How many records would be restored, archived and left, and the first of each."""

    most: int
    counts: dict[str, int] = field(
        default_factory=lambda: {"restored": 0, "archived": 0, "left": 0}
    )
    restored: list[Affected] = field(default_factory=list)
    archived: list[Affected] = field(default_factory=list)
    left: list[tuple[Affected, str]] = field(default_factory=list)

    def add(self, name: str, records: list, count: int | None = None) -> None:
        """Adds the first records of one model to a list, and to its count all of them."""
        self.counts[name] += len(records) if count is None else count
        listed = getattr(self, name)
        listed += records[: self.most - len(listed)]


def preview_reversal(changes: QuerySet, most: int) -> ReversalPreview:
    """What ``plan_reversal`` would list, with no more than ``most`` records named of each."""
    preview = ReversalPreview(most)
    context = _Context(changes.order_by(), ClosedYear.objects.frozen())
    labels = set(context.changes.values_list("model", flat=True).distinct())
    for label in sorted(labels, key=parts_first):
        _count(label, context, preview)
    return preview


@dataclass(slots=True)
class _Context:
    """What is known when the next model is looked at."""

    changes: QuerySet
    frozen: set[int]
    #: Labels looked at, and the records left so far that something else belongs to.
    seen: set[str] = field(default_factory=set)
    needed: set[tuple[str, int]] = field(default_factory=set)
    #: label -> keys of created records that are left
    created_left: dict[str, set[int]] = field(default_factory=dict)


def _count(label, context, preview):
    model, changes = apps.get_model(label), context.changes.filter(model=label)
    context.seen.add(label)
    acts = _Acts(model, changes)
    referenced = _still_referenced(model, changes, context)
    needed = {key for other, key in context.needed if other == label}
    others = acts.others(context.frozen) | referenced | needed
    numbers = acts.numbers()
    lists = {"restored": [], "archived": [], "left": []}
    for row in _rows(label, model, changes, others, context.frozen):
        # Whatever becomes of it, it is none of those the database has counted.
        if not row.created:
            numbers["restored"] -= 1
        elif not row.archived:
            numbers["archived"] -= 1
        if row.state is Since.TAKEN_BACK or (row.created and row.archived):
            continue
        used = row.created and row.affected.record in referenced | needed
        reason = reason_to_leave(row.affected, row.state, context.frozen, used=used)
        if reason:
            lists["left"].append((row.affected, reason))
            context.needed |= row.owners
            if row.created:
                context.created_left.setdefault(label, set()).add(row.affected.record)
        else:
            lists["archived" if row.created else "restored"].append(row.affected)
    preview.add("left", lists["left"])
    for name in ("restored", "archived"):
        first = acts.first(name, others, preview.most)
        records = sorted([*first, *lists[name]], key=lambda affected: affected.record)
        preview.add(name, records, numbers[name] + len(lists[name]))


class _Acts:
    """The records of one model that the changes touched, beside what they are now.

    They are joined in SQL: the changes grouped by record, and the model's own table.
    """

    def __init__(self, model, changes):
        self.label = model._meta.label_lower
        made = Count("id", filter=Q(action=Change.Action.CREATED))
        grouped = changes.values("record").annotate(newest=Max("version"), made=made)
        inner, self._params = grouped.query.sql_with_params()
        quoted, fields = connection.ops.quote_name, model._meta
        self._now = {name: f"now.{quoted(fields.get_field(name).column)}" for name in CURRENT}
        year = model.year_field
        self._year = f"now.{quoted(fields.get_field(year).column)}" if year else None
        self._by_day = bool(year) and isinstance(fields.get_field(year), DateField)
        self._from = (
            f"FROM ({inner}) act JOIN {quoted(fields.db_table)} now "
            f"ON {self._now['id']} = act.{quoted('record')}"
        )
        self._made = f"act.{quoted('made')} > 0"
        self._moved = f"{self._now['version']} <> act.{quoted('newest')}"
        self._kinds = {
            "restored": f"NOT ({self._made})",
            "archived": f"{self._made} AND {self._now['archived_at']} IS NULL",
        }

    def _ask(self, sql, params=()):
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self._params, *params])
            while rows := cursor.fetchmany(WRITTEN):
                yield from rows

    def numbers(self) -> dict[str, int]:
        """How many records were changed, and how many were made and are kept."""
        sums = ", ".join(
            f"SUM(CASE WHEN {kind} THEN 1 ELSE 0 END)" for kind in self._kinds.values()
        )
        [row] = self._ask(f"SELECT {sums} {self._from}")
        return {name: number or 0 for name, number in zip(self._kinds, row, strict=True)}

    def others(self, frozen) -> set[int]:
        """The records that were changed since, or whose year is closed."""
        conditions, years = [self._moved], sorted(frozen) if self._year else []
        if years and self._by_day:
            # What began before may reach into a closed year; each is looked at by itself.
            conditions.append(f"{self._year} <= %s")
            years = [f"{years[-1]}-12-31"]
        elif years:
            conditions.append(f"{self._year} IN ({', '.join(['%s'] * len(years))})")
        sql = f"SELECT {self._now['id']} {self._from} WHERE {' OR '.join(conditions)}"
        return {key for (key,) in self._ask(sql, years)}

    def first(self, name, others, most) -> list[Affected]:
        """The first records of one kind that are as the changes left them."""
        order = f"ORDER BY {self._now['id']} LIMIT {most + len(others)}"
        columns = f"{self._now['id']}, {self._now['version']}"
        rows = self._ask(f"SELECT {columns} {self._from} WHERE {self._kinds[name]} {order}")
        some = (Affected(self.label, key, version) for key, version in rows if key not in others)
        return list(islice(some, most))


@dataclass(frozen=True, slots=True)
class _Row:
    """One record that is looked at by itself."""

    affected: Affected
    created: bool
    archived: bool
    owners: set[tuple[str, int]]
    state: Since


def _rows(label, model, changes, keys, frozen):
    """The records with these keys, by ascending key."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), ASKED):
        chunk = changes.filter(record__in=ordered[start : start + ASKED])
        acts, rows = acts_of(chunk), list(current_rows(model, chunk))
        moved = {key: version for key, version, *_ in rows if version != acts[key].version}
        since = what_became(label, chunk, acts, moved)
        for key, version, archived, dated, owners in rows:
            affected = Affected(label, key, version, closing_year(model, dated, frozen))
            state = since.get(key, Since.NOTHING)
            yield _Row(affected, acts[key].created, archived, owners, state)


def _still_referenced(model, changes, context) -> set[int]:
    """Which of the created records others point at that do not go to the archive with them."""
    made = changes.filter(action=Change.Action.CREATED).values("record")
    if not made.exists():
        return set()
    referenced = set()
    for relation in model._meta.related_objects:
        if not issubclass(relation.related_model, Record):
            continue
        other, link = relation.related_model._meta.label_lower, relation.field.attname
        rows = relation.related_model.objects.kept().order_by().filter(**{f"{link}__in": made})
        if other in context.seen:
            of_other = context.changes.filter(model=other, action=Change.Action.CREATED)
            left = context.created_left.get(other, set())
            if left:
                referenced |= set(rows.filter(pk__in=left).values_list(link, flat=True))
            rows = rows.exclude(pk__in=of_other.values("record"))
        referenced |= set(rows.values_list(link, flat=True))
    return referenced
