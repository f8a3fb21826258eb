"""The choice of what is hidden: as little as the audit allows.

Every finding of the audit names shown figures of which one must be hidden. The least costly choice
that answers all findings so far is worked out exactly, audited again, and so on until the audit
has nothing to say: what is hidden then cannot be made less. Where that takes too many rounds, what
is named is hidden one by one, and whatever turns out not to be needed is shown again.
"""

from collections.abc import Iterable, Mapping, Sequence

import highspy
import numpy as np

from .audit import Auditor
from .model import Choice, Publication, Unsafe, Variable, is_sensitive, layer_of
from .solver import solver_for

#: What hiding the sum of all costs beside any other figure: it is hidden only where nothing helps.
WHOLE = 1000
MOST_ROUNDS = 25


def choose(now: Publication, figures: Sequence[str], earlier: Sequence[Publication] = ()) -> Choice:
    """What to hide of figures that are hidden together, such as L, P and their sum.

    Raises Unsafe where earlier editions leave no safe choice.
    """
    search = Search([Auditor(layer_of(figure, now, earlier)) for figure in figures])
    hidden, is_least = search.least()
    primary: set[tuple[str, str]] = set()
    secondary: set[tuple[str, str]] = set()
    for auditor in search.auditors:
        for name, members in auditor.layer.cells.items():
            if search.same[name] in hidden:
                kind = primary if is_sensitive(members) else secondary
                kind.add((auditor.layer.figure, name))
    return Choice(frozenset(primary), frozenset(secondary), is_least, search.costs)


class Search:
    """Looks for the least costly choice that every auditor accepts.

    Sets of the same businesses in every figure are one, called by the name of the first: ``same``
    leads to it. Choices are sets of such names.
    """

    def __init__(self, auditors: Sequence[Auditor]) -> None:
        self.auditors = auditors
        self.sets = sorted({name for auditor in auditors for name in auditor.names})
        self.same = self._alike()
        self.costs = self._costs()
        self.primary = frozenset(
            self.same[name] for auditor in auditors for name in auditor.layer.sensitive
        )

    def least(self) -> tuple[frozenset[str], bool]:
        """What to hide, and whether that is surely the least."""
        hidden = self.primary
        cuts = {frozenset([name]) for name in self.primary}
        for _ in range(MOST_ROUNDS):
            named = self.cuts_of(hidden)
            if not named:
                return hidden, True
            cuts |= named
            hidden = cheapest(self.costs, cuts)
        return self.thinned(self.enough(hidden)), False

    def cuts_of(self, hidden: frozenset[str]) -> set[frozenset[str]]:
        """Of what the audit finds while these are hidden: the sets of which one must be too."""
        chosen = self._names(hidden)
        cuts = {
            frozenset(self.same[name] for name in finding.because)
            for auditor in self.auditors
            for finding in auditor.findings(chosen)
        }
        if frozenset() in cuts:
            raise Unsafe
        return cuts

    def enough(self, hidden: frozenset[str]) -> frozenset[str]:
        """The choice with the cheapest of every cut added until the audit has nothing to say."""
        while cuts := self.cuts_of(hidden):
            for cut in sorted(cuts, key=sorted):
                if not cut & hidden:
                    hidden |= {min(cut, key=lambda name: (self.costs[name], name))}
        return hidden

    def thinned(self, hidden: frozenset[str]) -> frozenset[str]:
        """The choice without what is not needed, the costliest shown again first."""
        extra = sorted(hidden - self.primary, key=lambda name: (-self.costs[name], name))
        for name in extra:
            fewer = hidden - {name}
            if not self._findings(fewer):
                hidden = fewer
        return hidden

    def _findings(self, hidden: frozenset[str]) -> bool:
        chosen = self._names(hidden)
        return any(True for auditor in self.auditors for _ in auditor.findings(chosen))

    def _names(self, hidden: frozenset[str]) -> list[str]:
        return [name for name in self.sets if self.same[name] in hidden]

    def _alike(self) -> dict[str, str]:
        first: dict[tuple[frozenset[Variable], ...], str] = {}
        return {
            name: first.setdefault(
                tuple(auditor.layer.cells.get(name, frozenset()) for auditor in self.auditors), name
            )
            for name in self.sets
        }

    def _costs(self) -> dict[str, float]:
        """What it costs to hide a set: one for each place it is printed in, a little for its size."""
        costs: dict[str, float] = {}
        sizes = {
            name: max(len(auditor.layer.cells.get(name, ())) for auditor in self.auditors)
            for name in self.sets
        }
        largest = max(sizes.values(), default=1)
        for name, size in sizes.items():
            whole = WHOLE if size == largest else 0
            own = self.same[name]
            costs[own] = costs.get(own, 0) + 1 + whole + size / (2 * largest)
        return costs


def cheapest(costs: Mapping[str, float], cuts: Iterable[frozenset[str]]) -> frozenset[str]:
    """The least costly sets of which every cut contains at least one."""
    names = sorted(costs)
    rows = np.array([[float(name in cut) for name in names] for cut in sorted(cuts, key=sorted)])
    rows = rows.reshape(len(rows), len(names))
    at_least, at_most = np.ones(len(rows)), np.full(len(rows), highspy.kHighsInf)
    weights = np.array([costs[name] for name in names])
    solver = solver_for(rows, at_least, at_most, weights, most=1.0, whole=True)
    solver.run()
    chosen = solver.getSolution().col_value
    return frozenset(name for name, value in zip(names, chosen, strict=True) if value > 0.5)
