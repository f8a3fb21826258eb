"""What the rows of a plan write, record by record, compared with what is stored now."""

from functools import cached_property, partial

from balikpapan.audit.bulk import ChangedRecord, NewRecord

from .plan import CHANGED, NEW, SAME
from .saying import Saying
from .stored import load_parts, load_values

#: So many stored records are compared at a time; all of them at once would fill the memory.
AT_A_TIME = 20_000


class Composing:
    """Puts the rows of an upload together into the records they create and change."""

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

    def _compose(self, plan, live):
        old, new = {}, {}
        for index in live:
            target = plan.matches.target[index]
            groups, key = (new, plan.matches.root(index)) if target is None else (old, target)
            groups[key] = (*groups.get(key, ()), index)
        if self.years is not None:
            for groups in (old, new):
                for key, group in groups.items():
                    if len(group) > 1:
                        groups[key] = tuple(sorted(group, key=lambda i: self.years[i] or 0))
        keys = sorted(old)
        for start in range(0, len(keys), AT_A_TIME):
            some = {key: old[key] for key in keys[start : start + AT_A_TIME]}
            stored = load_values(self.model, some, self._needed())
            for key, group in some.items():
                self._compose_old(plan, key, group, stored.get(key, {}))
            if self.part:
                self._compose_old_parts(plan, some)
        make, make_part = (
            partial(self._new_values, new),
            partial(self._new_part, plan.matches, plan.main_ids),
        )
        for first, group in new.items():
            plan.new.append(NewRecord(make, first))
            for index in group:
                plan.actions[index] = NEW
                if self.part and self.has_part(index):
                    plan.new_parts.append(NewRecord(make_part, index))

    def _year(self, index):
        return self.years[index] if self.years is not None else None

    def _new_values(self, groups, first):
        group, values = groups[first], {}
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
        stored, taken = load_parts(self.part, groups, years, names), set()
        for key, group in groups.items():
            for index in group:
                if not self.has_part(index):
                    continue
                found = stored.get((key, *self.part_key(index)))
                if found is None and (former := self._former_part(key, index, stored, taken)):
                    self._rename_part(plan, index, former)
                    continue
                if found is None:
                    self._add_part(plan, index)
                    continue
                number, version, state = found
                values = self._figures.of(index, state)
                if values.items() <= state.items():
                    continue
                self._change_part(plan, index, number, version, state, values)

    def _change_part(self, plan, index, number, version, state, values):
        after = {n: v for n, v in values.items() if not _equal(state.get(n), v)}
        if after:
            before = {name: state.get(name) for name in after}
            self._differ(plan, index, before, after)
            plan.changed_parts.append(ChangedRecord(number, version, before, after, index))

    def _former_part(self, key, index, stored, taken):
        """The second record kept under another key while the row could not yet be told fully."""
        for former in self.resource.former_keys(self.rows, index):
            full = (key, *former)
            if full in stored and full not in taken:
                taken.add(full)
                return former, stored.get(full)
        return None

    def _rename_part(self, plan, index, former):
        old_key, (number, version, state) = former
        names = self.part.key
        state |= dict(zip(names, old_key, strict=True))
        values = self._figures.of(index, state)
        values |= dict(zip(names, self.part_key(index), strict=True))
        self._change_part(plan, index, number, version, state, values)

    def _add_part(self, plan, index):
        record = NewRecord(partial(self._new_part, plan.matches, plan.main_ids), index)
        said = {name: value for name, value in record.values.items() if name != self.part.link}
        self._differ(plan, index, {}, said)
        plan.new_parts.append(record)

    def _differ(self, plan, index, before, after):
        plan.actions[index] = CHANGED
        plan.differences.setdefault(index, []).extend(
            (self._column_name(name, self.part_columns), before.get(name), value)
            for name, value in after.items()
        )

    def _new_part(self, matches, main_ids, index):
        values = self._part.of(index, {})
        values.update(zip(self.part.key, self.part_key(index), strict=True))
        values = {n: v for n, v in values.items() if v not in (None, "")}
        target = matches.target[index]
        main = main_ids.get(matches.root(index)) if target is None else target
        if main is not None:
            values[self.part.link] = main
        return values


def _equal(stored, value) -> bool:
    """Whether storing the value would change anything; NULL and empty text are both blank."""
    return stored == value or (stored in (None, "") and value in (None, ""))
