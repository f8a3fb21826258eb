"""Working out the plan of an upload, on the data as it is now."""

import hashlib
from array import array

from balikpapan.audit.models import Record
from balikpapan.audit.store import traceable
from balikpapan.spreadsheets.cells import Finding

from ..matching.exact import ExactKey, Matches
from ..matching.rules import RuleMatcher
from ..matching.stored import load_children
from ..resources import RuleIdentity
from .completeness import require_cells, require_rights
from .plan import ACTIONS, HELD, IGNORED, SAME, Plan
from .record_changes import ChangeBuilder
from .targets import targets_of
from .validation import Validator


class Planner(Validator, ChangeBuilder):
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
        may_child=(True, True),
        may_related=(True, True),
    ):
        self.rows, self.resource, self.answers = rows, resource, answers
        self.options, self.problems = options, problems
        self.may_add, self.may_change = may_add, may_change
        self.may_child, self.may_related = may_child, may_related
        self.model, self.child = resource._meta.model, resource.child
        columns = resource.columns()
        self.main_columns = targets_of(rows, columns, self.model, child=False)
        self.child_columns = (
            targets_of(rows, columns, self.child.model, child=True) if self.child else {}
        )
        self.years = rows.column(resource.year_column) if resource.year_column else None
        self._children = None

    def plan_again(self, matches: Matches, actions: list[str]) -> Plan:
        """An earlier plan, on a register nobody has touched since it was made.

        Only what is to be written is worked out again; what was the same or held still is.
        """
        written = array("I", (i for i in self._live(matches) if actions[i] != SAME))
        actions = [SAME if action == SAME else HELD for action in actions]
        plan = self._composed(matches, actions, written)
        self._plan_related(plan)
        self._finish(plan)
        return plan

    def plan(self) -> Plan:
        """The plan on the data as it is at this moment."""
        held_by_reading = set(self.rows.held)
        self._require_names()
        self._refuse_closed_years()
        matches = self._match()
        live = self._live(matches)
        self._check_rights(live, matches)
        require_rights(self, live, matches)
        require_cells(self, live, matches)
        self._check_rules(live, matches)
        live = self._live(matches)
        plan = self._composed(matches, [HELD] * len(self.rows), live)
        plan.held_by_reading = held_by_reading
        self._check_clashes(plan, self._plan_related(plan))
        self._finish(plan)
        self.resource.rules.warn_changes(plan, self.rows, self.problems)
        return plan

    def _plan_related(self, plan):
        # A rule that yields nothing may be an ordinary function.
        return list(self.resource.rules.plan_related(plan, self.rows, self.options) or ())

    def _live(self, matches):
        out = self.rows.held.union(matches.skipped, matches.twins)
        return array("I", (i for i in range(len(self.rows)) if i not in out))

    def _checked_fields(self):
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

    # Matching

    def _match(self):
        identity = self.resource.identity
        if isinstance(identity, RuleIdentity):
            matcher = RuleMatcher(
                self.rows,
                self.resource,
                identity,
                self.answers,
                self.problems,
                self._figures_equal,
            )
            matches = matcher.run()
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
        if self.child is None:
            return False
        if self._children is None:
            years = {y for y in self.years or () if y is not None}
            names = [n for n in self.child_columns if n not in self.child.key]
            ids = set(self.model._base_manager.values_list("id", flat=True))
            self._children = load_children(self.child, ids, years, names)
        found = self._children.get((key, *self.child_key(index)))
        if found is None:
            return False
        values = self._child_values.of(index, {})
        return all(
            found[2].get(name) == value
            for name, value in values.items()
            if name not in self.child.key
        )

    def _finish(self, plan):
        for index in (*plan.matches.twins, *plan.matches.skipped):
            plan.actions[index] = IGNORED
        counts = dict.fromkeys(ACTIONS, 0)
        for action in plan.actions:
            counts[action] += 1
        counts[IGNORED] += self.rows.ignored
        plan.counts = {"rows": self.rows.total, **counts}
        plan.fingerprint = self._fingerprint(plan)

    def _fingerprint(self, plan):
        """What tells this plan from every other."""
        digest = hashlib.sha256("\n".join(plan.actions).encode())
        digest.update(array("q", (target or 0 for target in plan.matches.target)).tobytes())
        for name in ("changed", "changed_children", "changed_related"):
            for r in getattr(plan, name):
                digest.update(repr((name, r.id, r.version, _plain(r.after))).encode())
        for place in plan.new_children.places:
            digest.update(repr((place, self.child_key(place))).encode())
        for r in plan.new_related:
            digest.update(repr((r.place, _plain(r.values))).encode())
        return digest.hexdigest()


def _plain(values):
    return sorted((name, traceable(value)) for name, value in values.items())
