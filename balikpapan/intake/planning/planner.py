"""Working out the plan of an upload, on the data as it is now."""

from array import array
from collections import Counter
from typing import Any

from ..declarations import RuleIdentity
from ..matching.exact import match_by_key
from ..matching.matches import Matches
from ..matching.rules import RuleMatcher
from ..resources import RowConflict
from .context import PlanningContext
from .fingerprint import fingerprint
from .plan import ACTIONS, HELD, IGNORED, SAME, Plan
from .record_changes import ChangeBuilder, attributes_compared
from .row_records import RowRecords
from .validation import Validator


class Planner:
    """Works out the plan for the rows of one upload."""

    def __init__(self, context: PlanningContext, user: Any = None):
        """``user`` is who hands the sheet in; nobody but a command is None."""
        self.user = user
        self.context, self.rows, self.rules = context, context.rows, context.resource.rules
        self.records = RowRecords(context)
        attributes = attributes_compared(self.records)
        self.validator = Validator(self.records, attributes)
        self.changes = ChangeBuilder(self.records, attributes)

    def plan(self) -> Plan:
        """The plan on the data as it is at this moment."""
        held_by_reading = set(self.rows.held)
        self.validator.check_rows()
        matches = self._match()
        if not self.context.resource.adds_main:
            self.validator.hold_unknown(self._live(matches), matches)
        self.validator.check_matched(self._live(matches), matches)
        plan = self.changes.build(matches, [HELD] * len(self.rows), self._live(matches))
        plan.held_by_reading = held_by_reading
        conflicts = self._plan_related(plan)
        if self.user is not None:
            conflicts += self.rules.check_verifier(plan, self.user)
        self.validator.check_plan(plan, conflicts)
        self._finish(plan)
        self.rules.warn_changes(plan, self.rows, self.context.problems)
        return plan

    def plan_again(self, matches: Matches, actions: list[str]) -> Plan:
        """An earlier plan, on a register nobody has touched since it was made.

        Only what is to be written is worked out again; what was the same or held still is.
        """
        written = array("I", (i for i in self._live(matches) if actions[i] != SAME))
        actions = [SAME if action == SAME else HELD for action in actions]
        plan = self.changes.build(matches, actions, written)
        self._plan_related(plan)
        self._finish(plan)
        return plan

    def _match(self) -> Matches:
        context, identity = self.context, self.context.resource.identity
        if not isinstance(identity, RuleIdentity):
            return match_by_key(
                self.rows, context.resource, identity, context.answers, context.problems
            )
        matcher = RuleMatcher(
            self.rows,
            context.resource,
            identity,
            context.answers,
            context.problems,
            self.records.figures_equal,
        )
        return matcher.run()

    def _live(self, matches: Matches) -> "array[int]":
        """The rows that nothing holds and nothing leaves out."""
        out = self.rows.held.union(matches.skipped, matches.twins)
        return array("I", (i for i in range(len(self.rows)) if i not in out))

    def _plan_related(self, plan: Plan) -> list[RowConflict]:
        return list(self.rules.plan_related(plan, self.rows, self.context.options))

    def _finish(self, plan: Plan) -> None:
        """Marks the rows that are left out, and counts all."""
        for index in (*plan.matches.twins, *plan.matches.skipped):
            plan.actions[index] = IGNORED
        counts = Counter(plan.actions)
        counts[IGNORED] += self.rows.ignored
        plan.counts = {"rows": self.rows.total, **{action: counts[action] for action in ACTIONS}}
        plan.fingerprint = fingerprint(plan, self.records)
