"""What the rows of a plan write, record by record, compared with what is stored now."""

from functools import cached_property, partial

from balikpapan.audit.bulk import ChangedRecord, NewRecords

from ..matching.row_groups import group_rows
from ..matching.stored import load_children, load_values, portions
from .plan import CHANGED, NEW, SAME, MainRecords, Plan
from .row_values import RowValues


class ChangeBuilder:
    """Puts the rows of an upload together into the records they create and change."""

    @cached_property
    def _main(self):
        return RowValues(self.main_columns, self.model, self.rows)

    @cached_property
    def _child_values(self):
        return RowValues(self.child_columns, self.child.model, self.rows)

    def has_child(self, index):
        """Whether the row says anything of a second record."""
        return bool(self._child_filled[index])

    @cached_property
    def _child_filled(self):
        key = set(self.child.key) if self.child and not self.child.bare else set()
        columns = [
            hard
            for attribute, (_, hard, _) in self.child_columns.items()
            if hard is not None and attribute not in key
        ]
        if not columns:
            return bytes(len(self.rows))
        return bytes(row.count(None) < len(columns) for row in zip(*columns, strict=True))

    def child_key(self, index):
        """What tells the row's second record from the others of its main record."""
        return tuple(
            blank if (value := column[index]) is None else value
            for column, blank in self._child_key_columns
        )

    @cached_property
    def _figures(self):
        """What the rows say of the second record besides its key."""
        columns = {n: c for n, c in self.child_columns.items() if n not in self.child.key}
        return RowValues(columns, self.child.model, self.rows)

    @cached_property
    def _child_key_columns(self):
        fields = {f.attname: f for f in self.child.model._meta.concrete_fields}
        columns = []
        for key in self.child.key:
            blank = "" if fields[key].empty_strings_allowed and not fields[key].null else None
            hard = self.child_columns.get(key, (None, None, None))[1]
            columns.append((self.rows.blank() if hard is None else hard, blank))
        return columns

    @cached_property
    def _all_years(self):
        return {y for y in self.years if y is not None} if self.years else None

    def _composed(self, matches, actions, live) -> Plan:
        """The plan: row after row what it creates, or how it changes the record it speaks of."""
        groups, target = self._groups(matches, live), matches.target
        later = {index for group in groups.values() for index in group[1:]}
        new = NewRecords(partial(self._new_values, groups))
        mains = MainRecords(matches, new)
        new_children = NewRecords(partial(self._new_child, mains))
        plan = Plan(self.rows, matches, actions, mains, new, new_children)
        for some in portions(live):
            leading = [i for i in some if i not in later]
            old = {target[i]: self._in_order(groups.get(i, (i,))) for i in leading if target[i]}
            stored = load_values(self.model, old, self._needed())
            for key, group in old.items():
                self._compose_old(plan, key, group, stored.get(key, {}))
            if self.child:
                self._compose_old_children(plan, old)
            for index in leading:
                if target[index] is None:
                    self._compose_new(plan, index, self._in_order(groups.get(index, (index,))))
        return plan

    def _groups(self, matches, live):
        """The rows of one record where they are several: the first of them -> all of them."""
        several, new = [], {}
        if any(matches.target):
            several.extend(group_rows(matches.target.__getitem__, live).values())
        for index in live if matches.same_as else ():
            if matches.target[index] is None:
                new.setdefault(matches.root(index), []).append(index)
        for root, group in new.items():
            if group != [root]:
                matches.gather(root, group)
                several.append(group)
        return {group[0]: group for group in several}

    def _in_order(self, group):
        if self.years is None or len(group) == 1:
            return group
        return sorted(group, key=lambda index: self.years[index] or 0)

    def _compose_new(self, plan, first, group):
        plan.new.append(first)
        for index in group:
            plan.actions[index] = NEW
            if self.child and self.has_child(index):
                plan.new_children.append(index)

    def _year(self, index):
        return self.years[index] if self.years is not None else None

    def _new_values(self, groups, first):
        group, values = self._in_order(groups.get(first, (first,))), {}
        for index in group:
            row_values = self._main.of(index, values)
            self.resource.rules.reconcile({}, row_values, self.options, self._year(index))
            values.update(row_values)
        years = [year for i in group if (year := self._year(i))]
        self.resource.rules.new_values(values, min(years, default=None))
        return values

    def _compose_old(self, plan, key, group, stored):
        state = dict(stored)
        for index in group:
            values = self._main.of(index, state)
            self.resource.rules.reconcile(state, values, self.options, self._year(index))
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

    def _compose_old_children(self, plan, groups):
        """The second records of stored main records: new, changed or the same."""
        names = [name for name in self.child_columns if name not in self.child.key]
        stored, taken = load_children(self.child, groups, self._all_years, names), set()
        for key, group in groups.items():
            for index in group:
                if not self.has_child(index):
                    continue
                found = stored.get((key, *self.child_key(index)))
                if found is None and (former := self._previous_child(key, index, stored, taken)):
                    self._rename_child(plan, index, former)
                    continue
                if found is None:
                    self._add_child(plan, index)
                    continue
                number, version, state = found
                values = self._figures.of(index, state)
                if values.items() <= state.items():
                    continue
                self._change_child(plan, index, number, version, state, values)

    def _change_child(self, plan, index, number, version, state, values):
        after = {n: v for n, v in values.items() if not _equal(state.get(n), v)}
        if after:
            before = {name: state.get(name) for name in after}
            self._differ(plan, index, before, after)
            plan.changed_children.append(ChangedRecord(number, version, before, after, index))

    def _previous_child(self, key, index, stored, taken):
        """The second record kept under another key while the row could not yet be told fully."""
        for former in self.resource.rules.previous_keys(self.rows, index):
            full = (key, *former)
            if full in stored and full not in taken:
                taken.add(full)
                return former, stored.get(full)
        return None

    def _rename_child(self, plan, index, former):
        old_key, (number, version, state) = former
        names = self.child.key
        state |= dict(zip(names, old_key, strict=True))
        values = self._figures.of(index, state)
        values |= dict(zip(names, self.child_key(index), strict=True))
        self._change_child(plan, index, number, version, state, values)

    def _add_child(self, plan, index):
        values = self._new_child(plan.mains, index)
        said = {name: value for name, value in values.items() if name != self.child.link}
        self._differ(plan, index, {}, said)
        plan.new_children.append(index)

    def _differ(self, plan, index, before, after):
        plan.actions[index] = CHANGED
        plan.differences.setdefault(index, []).extend(
            (self._column_name(name, self.child_columns), before.get(name), value)
            for name, value in after.items()
        )

    def _new_child(self, mains, index):
        values = self._child_values.of(index, {})
        values.update(zip(self.child.key, self.child_key(index), strict=True))
        values = {n: v for n, v in values.items() if v not in (None, "")}
        main = mains.id_of(index)
        if main is not None:
            values[self.child.link] = main
        return values


def _equal(stored, value) -> bool:
    """Whether storing the value would change anything; NULL and empty text are both blank."""
    return stored == value or (stored in (None, "") and value in (None, ""))
