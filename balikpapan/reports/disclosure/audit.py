"""The audit: how closely hidden figures can be worked out of what is shown, by linear programs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from .model import TOLERANCE, Layer, Variable, is_sensitive
from .solver import solver_for

#: Amounts are scaled so that the largest sum is this; the solver then tells one part in 10^13.
SCALE = 1e6
#: What rounding may add to a bound before it counts.
SLACK = 1e-6

LOW, HIGH = 1 - TOLERANCE / 100, 1 + TOLERANCE / 100


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure too closely known, and the shown sets that together give it away.

    Where one of ``because`` is hidden, this way to work it out is gone. Empty: what was published
    before gives it away by itself.
    """

    because: frozenset[str]
    about: str


@dataclass(frozen=True, slots=True)
class Target:
    """A sum over patterns that must stay unknown; ``both`` asks for room to both sides."""

    name: str
    weights: np.ndarray
    amount: float
    both: bool


class Auditor:
    """Audits one figure for any choice of what is hidden.

    Businesses that stand in the same sets throughout are one unknown, a pattern. Points that were
    possible once are remembered: a point that still fits what is shown needs no linear program to
    prove that the figures it leaves open are open.
    """

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.names = sorted(layer.cells)
        rows = [*(layer.cells[name] for name in self.names), *layer.shown_before]
        patterns = patterns_of(rows)
        self.rows = np.array(
            [[float(key[place]) for key in patterns] for place in range(len(rows))]
        ).reshape(len(rows), len(patterns))
        sums = np.array([float(sum(a for _, a in group)) for group in patterns.values()])
        largest = float((self.rows @ sums).max(initial=1.0)) or 1.0
        self.amounts = sums * (SCALE / largest)
        self.totals = self.rows @ self.amounts
        self.groups = list(patterns.values())
        self.points: list[np.ndarray] = []
        self.places = {name: place for place, name in enumerate(self.names)}
        self.set_targets = [self._of_set(name) for name in layer.sensitive]
        self.pattern_targets = [
            Target(f"{len(group)} IKM", unit(place, len(self.groups)), amount, both=False)
            for place, (group, amount) in enumerate(zip(self.groups, self.amounts, strict=True))
            if amount and is_sensitive(group)
        ]

    def _of_set(self, name: str) -> Target:
        place = self.places[name]
        return Target(name, self.rows[place], float(self.totals[place]), both=True)

    def findings(self, hidden: Iterable[str]) -> Iterator[Finding]:
        """Every figure that is too closely known while these sets are hidden."""
        hidden = frozenset(hidden)
        yield from self._of_shown(hidden)
        yield from self._of_remainders(hidden)
        program = Program(self, hidden)
        for target in self.set_targets:
            if target.amount and target.name in hidden:
                yield from program.judge(target)
        for target in self.pattern_targets:
            yield from program.judge(target)
        for target in self._pairs(program):
            yield from program.judge(target)

    def _of_shown(self, hidden: frozenset[str]) -> Iterator[Finding]:
        for name in self.layer.sensitive:
            if name not in hidden:
                yield Finding(frozenset([name]), name)

    def _of_remainders(self, hidden: frozenset[str]) -> Iterator[Finding]:
        """What remains of a shown sum without its shown parts is known exactly."""
        for parent, _ in self.layer.families:
            if parent in hidden:
                continue
            for rest, parts in self._remainders(parent, hidden):
                if rest and is_sensitive(rest) and any(amount for _, amount in rest):
                    yield Finding(frozenset([parent, *parts]), f"{parent} -")

    def _remainders(
        self, parent: str, hidden: frozenset[str]
    ) -> Iterator[tuple[frozenset[Variable], list[str]]]:
        for _, children in (pair for pair in self.layer.families if pair[0] == parent):
            rest = self.layer.cells[parent]
            parts: list[str] = []
            for child in children:
                if child not in hidden:
                    rest, parts = rest - self.layer.cells[child], [*parts, child]
            yield rest, parts
            for child in children:
                if child in hidden:
                    for inner, used in self._remainders(child, hidden):
                        below = self.layer.cells[child] - inner
                        yield rest - below, [*parts, *used]

    def _pairs(self, program: "Program") -> Iterator[Target]:
        """Two businesses together that no possible point has shown to be open yet.

        Judging one adds points, which open many others: they are looked at again before the next.
        """
        single = np.array([n for n, group in enumerate(self.groups) if len(group) == 1], dtype=int)
        pairs = single[np.array(np.triu_indices(len(single), 1))]
        together = self.amounts[pairs].sum(axis=0)
        unproved = np.flatnonzero(together > 0)
        looked_at = 0
        while True:
            # Most pairs are open by the first points, so that later ones have few to look at.
            for point in program.points[looked_at:]:
                if not unproved.size:
                    return
                sums, amounts = point[pairs[:, unproved]].sum(axis=0), together[unproved]
                closed = (sums > amounts * LOW + SLACK) & (sums < amounts * HIGH - SLACK)
                unproved = unproved[closed]
            looked_at = len(program.points)
            if not unproved.size:
                return
            place, unproved = int(unproved[0]), unproved[1:]
            weights = np.zeros(len(self.groups))
            weights[pairs[:, place]] = 1
            yield Target("2 IKM", weights, float(together[place]), both=False)


class Program:
    """The linear program of one choice of hidden sets: no amount negative, every shown sum met."""

    def __init__(self, auditor: Auditor, hidden: frozenset[str]) -> None:
        self.auditor = auditor
        unhidden = [place for place, name in enumerate(auditor.names) if name not in hidden]
        before = range(len(auditor.names), len(auditor.rows))
        self.shown = np.array([*unhidden, *before], dtype=int)
        rows, totals = auditor.rows[self.shown], auditor.totals[self.shown]
        points = np.array(auditor.points).reshape(len(auditor.points), rows.shape[1])
        fitting = np.isclose(points @ rows.T, totals, 1e-9, SLACK).all(axis=1)
        self.points = list(points[fitting])
        self.solver = solver_for(rows, totals, totals, np.zeros(rows.shape[1]))

    def judge(self, target: Target) -> Iterator[Finding]:
        """The finding where the target is too closely known."""
        low, high = target.amount * LOW + SLACK, target.amount * HIGH - SLACK
        below = above = False
        for point in self.points:
            amount = float(target.weights @ point)
            below, above = below or amount <= low, above or amount >= high
            if (below and above) if target.both else (below or above):
                return
        because: set[str] = set()
        if not below:
            amount, rows = self._bound(target, highspy.ObjSense.kMinimize)
            below = amount <= low
            because |= set() if below else rows
            if below and not target.both:
                return
            if not below and target.both:
                yield Finding(frozenset(rows), target.name)
        if not above:
            amount, rows = self._bound(target, highspy.ObjSense.kMaximize)
            above = amount >= high
            because |= set() if above else rows
            if not above and target.both:
                yield Finding(frozenset(rows), target.name)
        if not target.both and not (below or above):
            yield Finding(frozenset(because), target.name)

    def _bound(self, target: Target, sense: highspy.ObjSense) -> tuple[float, set[str]]:
        """The least or most the target can be, and the shown sets that say so."""
        solver, count = self.solver, len(target.weights)
        solver.changeObjectiveSense(sense)
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), target.weights)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
            return float("inf"), set()
        solution = solver.getSolution()
        point = np.array(solution.col_value)
        self.points.append(point)
        self.auditor.points.append(point)
        duals = np.abs(np.array(solution.row_dual))
        names = self.auditor.names
        rows = {
            names[place]
            for place, dual in zip(self.shown, duals, strict=True)
            if dual > 1e-7 and place < len(names)
        }
        return float(target.weights @ point), rows


def patterns_of(
    rows: list[frozenset[Variable]],
) -> Mapping[tuple[bool, ...], list[Variable]]:
    """The variables by the rows they stand in; those in the same rows cannot be told apart."""
    variables = sorted(frozenset().union(*rows))
    patterns: dict[tuple[bool, ...], list[Variable]] = {}
    for variable in variables:
        patterns.setdefault(tuple(variable in row for row in rows), []).append(variable)
    return patterns


def unit(place: int, count: int) -> np.ndarray:
    """A vector of zeros with a one at the place."""
    vector = np.zeros(count)
    vector[place] = 1
    return vector
