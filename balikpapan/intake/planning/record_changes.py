"""What the rows of a plan write, record by record, compared with what is stored now."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from balikpapan.audit.bulk import ChangedRecord, NewRecords

from ..matching.matches import Matches
from ..matching.row_groups import group_rows
from ..matching.stored import StoredChild, StoredChildren, load_children, load_values, portions
from .plan import CHANGED, NEW, SAME, MainRecords, Plan
from .row_records import RowRecords
from .target_columns import TargetColumn

#: Rows of one record, by the first of them, or by the id of the record.
Groups = dict[int, Sequence[int]]


class ChangeBuilder:
    """Puts the rows of an upload together into the records they create and change."""

    def __init__(self, records: RowRecords, attributes: Sequence[str]):
        """``attributes`` are those of a stored main record that its rows are compared with."""
        self.records, self.context = records, records.context
        self.child, self.rules = records.child, records.context.resource.rules
        self._attributes = attributes

    def build(self, matches: Matches, actions: list[str], live: Sequence[int]) -> Plan:
        """The plan of the live rows; ``actions`` has one for each row and is filled in."""
        groups, target = _groups(matches, live), matches.target
        later = {index for group in groups.values() for index in group[1:]}
        new = NewRecords(partial(self._new_main, groups))
        mains = MainRecords(matches, new)
        new_children = NewRecords(partial(self._new_child, mains))
        plan = Plan(self.records.rows, matches, actions, mains, new, new_children)
        in_order = self.records.in_order
        for some in portions(live):
            leading = [i for i in some if i not in later]
            old: Groups = {
                record: in_order(groups.get(i, (i,))) for i in leading if (record := target[i])
            }
            stored = load_values(self.context.model, old, self._attributes)
            for record, group in old.items():
                self._change_main(plan, record, group, stored.get(record))
            if self.child:
                self._change_children(plan, old)
            for index in leading:
                if target[index] is None:
                    self._add_main(plan, index, in_order(groups.get(index, (index,))))
        return plan

    # Main records

    def _add_main(self, plan: Plan, first: int, group: Sequence[int]) -> None:
        plan.new.append(first)
        for index in group:
            plan.actions[index] = NEW
            if self.child and self.records.has_child(index):
                plan.new_children.append(index)

    def _new_main(self, groups: Groups, first: int) -> dict[str, Any]:
        """The values of the new main record whose first row this is."""
        records = self.records
        group = records.in_order(groups.get(first, (first,)))
        values: dict[str, Any] = {}
        for index in group:
            row_values = records.main.of(index, values)
            self.rules.reconcile(values, row_values, self.context.options, records.year(index))
            values.update(row_values)
        years = [year for index in group if (year := records.year(index))]
        self.rules.new_values(values, min(years, default=None))
        return values

    def _change_main(
        self, plan: Plan, record: int, group: Sequence[int], stored: dict[str, Any]
    ) -> None:
        records, state = self.records, dict(stored)
        for index in group:
            values = records.main.of(index, state)
            self.rules.reconcile(state, values, self.context.options, records.year(index))
            # Most rows of a list handed in again hold what is stored, and this tells them at once.
            if values.items() <= state.items():
                plan.actions[index] = SAME
                continue
            differing = [
                (_column_name(name, records.main_columns), state.get(name), value)
                for name, value in values.items()
                if not _equal(state.get(name), value)
            ]
            plan.actions[index] = CHANGED if differing else SAME
            if differing:
                plan.differences[index] = differing
                state.update(values)
        if stored.get("archived_at") is not None:
            _mark_revived(plan, group[-1], state)
        if state == stored:
            return
        after = {n: v for n, v in state.items() if not _equal(stored.get(n), v)}
        if after:
            before = {name: stored.get(name) for name in after}
            last = next(i for i in reversed(group) if plan.actions[i] == CHANGED)
            plan.changed.append(ChangedRecord(record, stored["version"], before, after, last))

    # Child records

    def _change_children(self, plan: Plan, groups: Groups) -> None:
        """The child records of stored main records: new, changed or the same."""
        assert self.child
        records = self.records
        years, names = records.all_years, records.figure_names
        stored = load_children(self.child, groups, years, names)
        revived = {change.id for change in plan.changed if "archived_at" in change.after}
        archived = load_children(self.child, revived & set(groups), years, names, archived=True)
        taken: set[tuple[Any, ...]] = set()
        for record, group in groups.items():
            for index in group:
                if not records.has_child(index):
                    continue
                child = stored.get((record, *records.child_key(index)))
                if child is not None:
                    self._change_child(plan, index, child, records.figures.of(index, child[2]))
                elif (child := archived.get((record, *records.child_key(index)))) is not None:
                    self._revive_child(plan, index, child)
                elif previous := self._previous_key(record, index, stored, taken):
                    self._rename_child(plan, index, previous, stored)
                else:
                    self._add_child(plan, index)

    def _add_child(self, plan: Plan, index: int) -> None:
        assert self.child
        values = self._new_child(plan.mains, index)
        values.pop(self.child.link, None)
        self._mark_changed(plan, index, {}, values)
        plan.new_children.append(index)

    def _new_child(self, mains: MainRecords, index: int) -> dict[str, Any]:
        """The values of the new child record of a row, with its main record where that has an id."""
        assert self.child
        values = self.records.child_values.of(index, {})
        values.update(zip(self.child.key, self.records.child_key(index), strict=True))
        values = {n: v for n, v in values.items() if v or v not in (None, "")}
        main = mains.id_of(index)
        if main is not None:
            values[self.child.link] = main
        return values

    def _change_child(
        self, plan: Plan, index: int, child: StoredChild, values: dict[str, Any]
    ) -> None:
        number, version, state = child
        if values.items() <= state.items():
            return
        after = {n: v for n, v in values.items() if not _equal(state.get(n), v)}
        if after:
            before = {name: state.get(name) for name in after}
            self._mark_changed(plan, index, before, after)
            plan.changed_children.append(ChangedRecord(number, version, before, after, index))

    def _revive_child(self, plan: Plan, index: int, child: StoredChild) -> None:
        """Brings the child record back with its main record, and with the row's figures."""
        number, version, state = child
        values = self.records.figures.of(index, state)
        after = {n: v for n, v in values.items() if not _equal(state.get(n), v)}
        before = {name: state.get(name) for name in after}
        self._mark_changed(plan, index, before, after)
        after["archived_at"] = None
        plan.changed_children.append(ChangedRecord(number, version, before, after, index))

    def _previous_key(
        self, record: int, index: int, stored: StoredChildren, taken: set[tuple[Any, ...]]
    ) -> tuple[Any, ...] | None:
        """The key (main id, own key…) the row's child record was stored under while less was known."""
        for key in self.rules.previous_keys(self.records.rows, index):
            whole = (record, *key)
            if whole in stored and whole not in taken:
                taken.add(whole)
                return whole
        return None

    def _rename_child(
        self, plan: Plan, index: int, key: tuple[Any, ...], stored: StoredChildren
    ) -> None:
        """Gives a stored child record the row's own key along with its figures."""
        assert self.child
        child = stored.get(key)
        assert child
        child[2].update(zip(self.child.key, key[1:], strict=True))
        values = self.records.figures.of(index, child[2])
        values.update(zip(self.child.key, self.records.child_key(index), strict=True))
        self._change_child(plan, index, child, values)

    def _mark_changed(
        self, plan: Plan, index: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        plan.actions[index] = CHANGED
        plan.differences.setdefault(index, []).extend(
            (_column_name(name, self.records.child_columns), before.get(name), value)
            for name, value in after.items()
        )


def _mark_revived(plan: Plan, index: int, state: dict[str, Any]) -> None:
    """The record comes back from the archive, which the row's differences say too."""
    state["archived_at"] = None
    plan.actions[index] = CHANGED
    plan.differences.setdefault(index, []).append(("archived_at", "diarsipkan", "dikembalikan"))


def _groups(matches: Matches, live: Sequence[int]) -> Groups:
    """The rows of one record where they are several: the first of them -> all of them."""
    several: list[list[int]] = []
    new: dict[int, list[int]] = {}
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


def _column_name(attribute: str, columns: dict[str, TargetColumn]) -> str:
    return columns[attribute].name if attribute in columns else attribute


def _equal(stored: Any, value: Any) -> bool:
    """Whether storing the value would change nothing; NULL and empty text are both blank."""
    return bool(stored == value or (stored in (None, "") and value in (None, "")))


def attributes_compared(records: RowRecords) -> list[str]:
    """The attributes of a stored main record that rows, rules and the trail need."""
    model, resource = records.context.model, records.context.resource
    stored = {field.attname for field in model._meta.concrete_fields}
    checked = (name for check in model.cross_checks() for name in check[0] if name in stored)
    extra: Iterable[str | None] = (*resource.needs, model.year_field, *checked)
    names = dict.fromkeys([*records.main_columns, "version", "archived_at"])
    return list(names | dict.fromkeys(name for name in extra if name))
