"""What only one register knows of its sheet: the hooks that reading and planning call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # rules stand below what is done with them
    from .planning.plan import Plan
    from .problems import Problems
    from .reading.sheet_rows import SheetRows

#: What the rules and widgets of one upload look up, by name.
Options = dict[str, Any]


class RowConflict(NamedTuple):
    """A row that must not be written because of other rows: it is held with this message."""

    row_index: int
    field: str
    message: str


class SheetRules:
    """What only one register knows of its sheet, as hooks that do nothing unless overridden.

    A register names its rules in ``SheetResource.rules``. They keep no state: what a later hook
    needs is in the columns of ``rows``, in the ``plan`` or in ``options``. The calls of one upload,
    in their order: ``prepare``, ``find_sums``, ``fill_derived``, ``warn_implausible``; then,
    while the plan is made, ``reconcile``, ``new_values`` and ``previous_keys`` record by record,
    ``plan_related``, ``check_verifier``, ``check_across_rows`` and ``warn_changes`` once each. Confirming an upload
    makes its plan anew from the typed cells and calls ``prepare`` and the hooks of the plan again.

    ``rows`` is a ``SheetRows``: whole columns by name, a row is its index in them.
    ``problems`` takes findings through ``rows.tell``; an error among them holds its row.
    ``options`` is a dictionary of what ``prepare`` returned, and the ``Answers`` as "answers".
    """

    #: Attributes that ``reconcile`` makes agree: a CHECK that joins one of them is not judged on the
    #: cells of a row, which may still disagree with the stored record, but in ``check_across_rows``.
    reconciled_fields: frozenset[str] = frozenset()

    def prepare(self) -> dict[str, Any]:
        """Loads what widgets and rules look up, in a fixed number of queries.

        Called once, before any cell is read.
        """
        return {}

    def find_sums(self, rows: SheetRows, problems: Problems) -> None:
        """Puts into ``rows.sums`` the rows that only add up others.

        Called once when every cell is typed, before written totals are compared.
        """

    def fill_derived(self, rows: SheetRows, options: Options, problems: Problems) -> None:
        """Fills columns from others: ``rows.fill`` for values, ``rows.fill_soft`` for fallbacks.

        Called once, after ``find_sums``; its columns have one value for each row.
        """

    def warn_implausible(self, rows: SheetRows, options: Options, problems: Problems) -> None:
        """Adds findings about values that are possible but unlikely.

        Called once, after ``fill_derived``, and changes no value.
        """

    def reconcile(
        self,
        stored: dict[str, Any],
        values: dict[str, Any],
        options: Options,
        year: int | None = None,
    ) -> None:
        """Changes in ``values`` what would contradict the rest of one main record.

        Called for each row before its values are compared; both dictionaries go by attribute.
        ``stored`` is of a new record what its earlier rows say; ``year`` is the row's year where
        its sheet has one.
        """

    def new_values(self, values: dict[str, Any], year: int | None) -> None:
        """Fills in ``values``, by attribute, what a new main record always has.

        Called once for each new record; ``year`` is the earliest year of its rows, if any.
        """

    def previous_keys(self, rows: SheetRows, index: int) -> list[tuple[Any, ...]]:
        """Child keys under which the row may have been stored while less of it was known.

        Called for each row whose child record is not stored; the first key that is stored is
        renamed. A key has the shape of ``ChildRecord.key``.
        """
        return []

    def plan_related(self, plan: Plan, rows: SheetRows, options: Options) -> Iterable[RowConflict]:
        """Adds to the plan what rows say of further records, and yields the rows that disagree.

        Called once when main and child records are planned: ``plan.new_related`` and
        ``plan.changed_related`` take records of ``SheetResource.related``.
        """
        return ()

    def check_verifier(self, plan: Plan, user: Any) -> Iterable[RowConflict]:
        """Yields the rows in which the user would verify what is the user's own.

        Called once, after ``plan_related``, where a person hands the sheet in.
        """
        return ()

    def check_across_rows(self, plan: Plan, options: Options) -> Iterable[RowConflict]:
        """Yields the rows that break a rule over several rows, of the sheet or stored.

        Called once, after ``plan_related``.
        """
        return ()

    def warn_changes(self, plan: Plan, rows: SheetRows, problems: Problems) -> None:
        """Adds findings that compare the sheet with what is stored.

        Called once, when the plan is complete; it is not called when a plan is made anew.
        """


class CombinedRules(SheetRules):
    """Several rules of one register, each hook called on one after the other."""

    def __init__(self, *parts: SheetRules) -> None:
        self.parts = parts
        self.reconciled_fields = frozenset().union(*(part.reconciled_fields for part in parts))
        # What is called for each row is called only on those who have something to do.
        self._reconciling = self._overriding("reconcile")
        self._filling = self._overriding("new_values")

    def _overriding(self, hook: str) -> list[Callable[..., None]]:
        """This hook of the parts that override it."""
        default = getattr(SheetRules, hook)
        return [getattr(p, hook) for p in self.parts if getattr(type(p), hook) is not default]

    def prepare(self) -> dict[str, Any]:
        return {name: value for part in self.parts for name, value in part.prepare().items()}

    def find_sums(self, rows: SheetRows, problems: Problems) -> None:
        for part in self.parts:
            part.find_sums(rows, problems)

    def fill_derived(self, rows: SheetRows, options: Options, problems: Problems) -> None:
        for part in self.parts:
            part.fill_derived(rows, options, problems)

    def warn_implausible(self, rows: SheetRows, options: Options, problems: Problems) -> None:
        for part in self.parts:
            part.warn_implausible(rows, options, problems)

    def reconcile(
        self,
        stored: dict[str, Any],
        values: dict[str, Any],
        options: Options,
        year: int | None = None,
    ) -> None:
        for reconcile in self._reconciling:
            reconcile(stored, values, options, year)

    def new_values(self, values: dict[str, Any], year: int | None) -> None:
        for fill in self._filling:
            fill(values, year)

    def previous_keys(self, rows: SheetRows, index: int) -> list[tuple[Any, ...]]:
        return [key for part in self.parts for key in part.previous_keys(rows, index)]

    def plan_related(self, plan: Plan, rows: SheetRows, options: Options) -> Iterable[RowConflict]:
        for part in self.parts:
            yield from part.plan_related(plan, rows, options)

    def check_verifier(self, plan: Plan, user: Any) -> Iterable[RowConflict]:
        for part in self.parts:
            yield from part.check_verifier(plan, user)

    def check_across_rows(self, plan: Plan, options: Options) -> Iterable[RowConflict]:
        for part in self.parts:
            yield from part.check_across_rows(plan, options)

    def warn_changes(self, plan: Plan, rows: SheetRows, problems: Problems) -> None:
        for part in self.parts:
            part.warn_changes(plan, rows, problems)
