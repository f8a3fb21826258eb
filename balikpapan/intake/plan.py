"""The plan of an upload: what each row would do, worked out on the data as it is now."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, partial

from balikpapan.audit.bulk import ChangedRecord, NewRecord
from balikpapan.audit.changes import traceable
from balikpapan.audit.models import Record
from balikpapan.spreadsheets.cells import Finding

from .completeness import require_cells, require_rights
from .ladder import Ladder
from .matching import ExactKey, Matches
from .reading import SheetRows
from .refusals import Refusals
from .resources import LadderIdentity
from .saying import Saying
from .stored import load_parts, load_values

NEW, CHANGED, SAME, HELD, IGNORED = "new", "changed", "same", "held", "ignored"
ACTIONS = {
    NEW: "Baru",
    CHANGED: "Berubah",
    SAME: "Sama",
    HELD: "Ditahan",
    IGNORED: "Diabaikan",
}


#: So many stored records are compared at a time; all of them at once would fill the memory.
AT_A_TIME = 20_000


@dataclass(slots=True)
class Plan:
    """What would be written, row by row; nothing is until it is confirmed."""

    rows: SheetRows
    matches: Matches
    actions: list[str]
    counts: dict[str, int]
    new: list[NewRecord] = field(default_factory=list)
    changed: list[ChangedRecord] = field(default_factory=list)
    new_parts: list[NewRecord] = field(default_factory=list)
    changed_parts: list[ChangedRecord] = field(default_factory=list)
    #: place of a new main record -> its id, once it is created
    main_ids: dict[int, int] = field(default_factory=dict)
    #: row -> [(column name, old, new)]
    differences: dict[int, list[tuple]] = field(default_factory=dict)
    #: Rows held for their cells alone, before anything was compared with the register.
    held_by_reading: set[int] = field(default_factory=set)
    fingerprint: str = ""
    #: Whether the matches alone lead to this plan again.
    repeatable: bool = True

    @property
    def questions(self):
        return self.matches.questions


class Planner(Refusals):
    """Works out the plan for the rows of one upload."""

    def __init__(
        self,
        rows,
        resource,
        answers,
        options,
        problems,
        may_add=True,
        may_change=True,
        may_part=(True, True),
    ):
        self.rows, self.resource, self.answers = rows, resource, answers
        self.options, self.problems = options, problems
        self.may_add, self.may_change, self.may_part = may_add, may_change, may_part
        self.model, self.part = resource._meta.model, resource.part
        columns = resource.columns()
        self.main_columns = self._targets(columns, part=False)
        self.part_columns = self._targets(columns, part=True) if self.part else {}
        self.years = rows.column(resource.year_column) if resource.year_column else None
        self._parts = None

    def _targets(self, columns, part):
        """attribute -> (column name, values, soft values) for what the sheet or rules filled."""
        found = {}
        for name, column in columns.items():
            if column.part is not part or not column.stored:
                continue
            key = name if name in self.rows.values and not column.derived else column.target
            hard, soft = self.rows.values.get(key), self._soft(name, column.target)
            if hard is not None or soft is not None:
                found[column.target] = (name, hard, soft)
        model = self.part.model if part else self.model
        covered = {column.target for column in columns.values()} | set(columns)
        for model_field in model._meta.concrete_fields:
            name = model_field.attname
            if name not in covered and (name in self.rows.values or name in self.rows.soft):
                found[name] = (name, self.rows.values.get(name), self.rows.soft.get(name))
        return found

    def _soft(self, name, target):
        """Values that fill blanks; the blanks of our own exports, known by their number, stay."""
        soft, numbers = self.rows.soft.get(target), self.rows.values.get("number")
        printed = any(name in columns for columns in self.rows.places)
        if soft is None or numbers is None or not printed:
            return soft
        return [s if n is None else None for s, n in zip(soft, numbers, strict=True)]

    def plan(self, matches: Matches | None = None) -> Plan:
        """The plan on the data as it is at this moment.

        Given the ``matches`` of an earlier plan, on a register nobody has touched since, only
        what they lead to is worked out again; every row that plan held is held already.
        """
        if matches is not None:
            plan = Plan(self.rows, matches, [HELD] * len(self.rows), {})
            live = self._live(matches)
            self._compose(plan, live)
            self.resource.accompany(plan, self.rows, self.options)
            self._finish(plan)
            return plan
        held_by_reading = set(self.rows.held)
        self._require_names()
        self._refuse_closed_years()
        matches = self._match()
        live = self._live(matches)
        self._check_rights(live, matches)
        require_rights(self, live, matches)
        require_cells(self, live, matches)
        targets = {matches.target[i] for i in live} - {None}
        self._check_rules(live, matches, load_values(self.model, targets, self._judged()))
        live = self._live(matches)
        plan = Plan(self.rows, matches, [HELD] * len(self.rows), {})
        plan.held_by_reading = held_by_reading
        self._compose(plan, live)
        self.resource.accompany(plan, self.rows, self.options)
        self._check_clashes(plan)
        self._finish(plan)
        self.resource.review(plan, self.rows, self.problems)
        return plan

    def _live(self, matches):
        out = self.rows.held.union(matches.skipped, matches.twins)
        return [i for i in range(len(self.rows)) if i not in out]

    def _judged(self):
        """The attributes of stored records that the rules look at."""
        silent = self.model.faults.__func__ is Record.faults.__func__
        if not silent and self.model.fault_fields is None:
            return self._needed()
        known = {f.attname for f in self.model._meta.concrete_fields}
        names = {name for fields, _, _ in self.model.cross_checks() for name in fields}
        return sorted(known & names.union(self.model.fault_fields or ()))

    def _needed(self):
        names = [*self.main_columns, "version"]
        known = {f.attname for f in self.model._meta.concrete_fields}
        extra = [*getattr(self.resource, "needs", ()), self.model.year_field]
        names.extend(name for name in extra if name and name not in names)
        for fields, _, _ in self.model.cross_checks():
            names.extend(name for name in fields if name in known and name not in names)
        return names

    @cached_property
    def _main(self):
        return Saying(self.main_columns, self.model)

    @cached_property
    def _part(self):
        return Saying(self.part_columns, self.part.model)

    def has_part(self, index):
        """Whether the row says anything of a second record."""
        return self._part_said[index]

    @cached_property
    def _part_said(self):
        key = set(self.part.key) if self.part and not self.part.bare else set()
        columns = [
            hard
            for attribute, (_, hard, _) in self.part_columns.items()
            if hard is not None and attribute not in key
        ]
        if not columns:
            return [False] * len(self.rows)
        return [row.count(None) < len(columns) for row in zip(*columns, strict=True)]

    # Matching

    def _match(self):
        identity = self.resource.identity
        if isinstance(identity, LadderIdentity):
            ladder = Ladder(
                self.rows,
                self.resource,
                identity,
                self.answers,
                self.problems,
                self._figures_equal,
            )
            matches = ladder.run()
        else:
            matches = ExactKey(
                self.rows, self.resource, identity, self.answers, self.problems
            ).run()
        if not self.resource.adds_main:
            finding = Finding(
                "error",
                "unknown_record",
                "Usaha ini belum tercatat. Catat dahulu dalam daftar IKM, atau periksa "
                "nomor, NIB, dan namanya.",
            )
            for index in self._live(matches):
                if matches.target[index] is None:
                    self.rows.tell(self.problems, index, self.resource.naming, finding)
        return matches

    def _figures_equal(self, index, key) -> bool:
        if self.part is None:
            return False
        if self._parts is None:
            years = {y for y in self.years or () if y is not None}
            names = [n for n in self.part_columns if n not in self.part.key]
            ids = set(self.model._base_manager.values_list("id", flat=True))
            self._parts = load_parts(self.part, ids, years, names)
        found = self._parts.get((key, *self.part_key(index)))
        if found is None:
            return False
        values = self._part.of(index, {})
        return all(
            found[2].get(name) == value
            for name, value in values.items()
            if name not in self.part.key
        )

    def part_key(self, index):
        """What tells the row's second record from the others of its main record."""
        return self._part_keys[index]

    @cached_property
    def _figures(self):
        """What the rows say of the second record besides its key."""
        columns = {n: c for n, c in self.part_columns.items() if n not in self.part.key}
        return Saying(columns, self.part.model)

    @cached_property
    def _part_keys(self):
        fields = {f.attname: f for f in self.part.model._meta.concrete_fields}
        columns = []
        for key in self.part.key:
            blank = "" if fields[key].empty_strings_allowed and not fields[key].null else None
            hard = self.part_columns.get(key, (None, None, None))[1]
            hard = [None] * len(self.rows) if hard is None else hard
            columns.append([blank if value is None else value for value in hard])
        return list(zip(*columns, strict=True))

    # Composing

    def _compose(self, plan, live):
        old, new = defaultdict(list), defaultdict(list)
        for index in live:
            target = plan.matches.target[index]
            if target is not None:
                old[target].append(index)
            else:
                new[plan.matches.same_as.get(index, index)].append(index)
        if self.years is not None:
            for group in (*old.values(), *new.values()):
                if len(group) > 1:
                    group.sort(key=lambda i: self.years[i] or 0)
        keys = sorted(old)
        for start in range(0, len(keys), AT_A_TIME):
            some = {key: old[key] for key in keys[start : start + AT_A_TIME]}
            stored = load_values(self.model, some, self._needed())
            for key, group in some.items():
                self._compose_old(plan, key, group, stored.get(key, {}))
            if self.part:
                self._compose_old_parts(plan, some)
        for first, group in new.items():
            self._compose_new(plan, first, group)
            for index in group if self.part else ():
                if self.has_part(index):
                    make = partial(self._new_part, index, plan.main_ids, first)
                    plan.new_parts.append(NewRecord(make, index))

    def _year(self, index):
        return self.years[index] if self.years is not None else None

    def _compose_new(self, plan, first, group):
        for index in group:
            plan.actions[index] = NEW
        plan.new.append(NewRecord(partial(self._new_values, group), first))

    def _new_values(self, group):
        values = {}
        for index in group:
            row_values = self._main.of(index, values)
            self.resource.settle({}, row_values, self.options, self._year(index))
            values.update(row_values)
        self.resource.new_values(values, min(self._year(i) or 9999 for i in group))
        return values

    def _compose_old(self, plan, key, group, stored):
        state = dict(stored)
        for index in group:
            values = self._main.of(index, state)
            self.resource.settle(state, values, self.options, self._year(index))
            # Most rows of a list handed in again say what is stored, and this tells them at once.
            if values.items() <= state.items():
                plan.actions[index] = SAME
                continue
            differing = [
                (name, state.get(name), value)
                for name, value in values.items()
                if not _equal(state.get(name), value)
            ]
            plan.actions[index] = CHANGED if differing else SAME
            if differing:
                plan.differences[index] = [
                    (self._column_name(name, self.main_columns), old, new)
                    for name, old, new in differing
                ]
                state.update(values)
        if state == stored:
            return
        after = {n: v for n, v in state.items() if not _equal(stored.get(n), v)}
        if after:
            before = {name: stored.get(name) for name in after}
            last = next(i for i in reversed(group) if plan.actions[i] == CHANGED)
            plan.changed.append(ChangedRecord(key, stored["version"], before, after, last))

    def _column_name(self, attribute, columns):
        return columns[attribute][0] if attribute in columns else attribute

    def _compose_old_parts(self, plan, groups):
        """The second records of stored main records: new, changed or the same."""
        names = [name for name in self.part_columns if name not in self.part.key]
        years = {y for y in self.years or () if y is not None} if self.years else None
        stored = load_parts(self.part, groups, years, names)
        for key, group in groups.items():
            for index in group:
                if not self.has_part(index):
                    continue
                found = stored.get((key, *self.part_key(index)))
                if found is None:
                    self._add_part(plan, index, key)
                    continue
                number, version, state = found
                values = self._figures.of(index, state)
                if values.items() <= state.items():
                    continue
                after = {n: v for n, v in values.items() if not _equal(state.get(n), v)}
                if after:
                    before = {name: state.get(name) for name in after}
                    self._differ(plan, index, before, after)
                    plan.changed_parts.append(ChangedRecord(number, version, before, after, index))

    def _add_part(self, plan, index, key):
        record = NewRecord(partial(self._new_part, index, {key: key}, key), index)
        said = {name: value for name, value in record.values.items() if name != self.part.link}
        self._differ(plan, index, {}, said)
        plan.new_parts.append(record)

    def _differ(self, plan, index, before, after):
        plan.actions[index] = CHANGED
        plan.differences.setdefault(index, []).extend(
            (self._column_name(name, self.part_columns), before.get(name), value)
            for name, value in after.items()
        )

    def _new_part(self, index, main_ids, main):
        values = self._part.of(index, {})
        values.update(zip(self.part.key, self.part_key(index), strict=True))
        values = {n: v for n, v in values.items() if v not in (None, "")}
        if main in main_ids:
            values[self.part.link] = main_ids[main]
        return values

    def _check_clashes(self, plan):
        """Rules over several stored rows, told by the register; a clash holds its row."""
        held = set()
        for index, name, message in self.resource.clashes(plan, self.options):
            self.rows.tell(self.problems, index, name, Finding("error", "rule_broken", message))
            plan.actions[index] = HELD
            plan.differences.pop(index, None)
            held.add(index)
        if held:
            plan.repeatable = False
            for name in ("new", "changed", "new_parts", "changed_parts"):
                records = getattr(plan, name)
                setattr(plan, name, [r for r in records if r.place not in held])

    def _finish(self, plan):
        for index in (*plan.matches.twins, *plan.matches.skipped):
            plan.actions[index] = IGNORED
        counts = dict.fromkeys(ACTIONS, 0)
        for action in plan.actions:
            counts[action] += 1
        counts[IGNORED] += self.rows.ignored
        plan.counts = {"rows": self.rows.total, **counts}
        digest = hashlib.sha256()
        for part in (
            plan.actions,
            plan.matches.target,
            [(r.id, r.version, _plain(r.after)) for r in plan.changed],
            [(r.id, r.version, _plain(r.after)) for r in plan.changed_parts],
            [(r.place, self.part_key(r.place)) for r in plan.new_parts],
        ):
            digest.update(repr(part).encode())
        plan.fingerprint = digest.hexdigest()


def _plain(values):
    return sorted((name, traceable(value)) for name, value in values.items())


def _equal(stored, value) -> bool:
    """Whether storing the value would change anything; NULL and empty text are both blank."""
    return stored == value or (stored in (None, "") and value in (None, ""))
