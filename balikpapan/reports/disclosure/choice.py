"""The choice of what is hidden: as little as the audit allows.

Every finding of the audit names shown figures of which one must be hidden. The least costly choice
that answers all findings so far is worked out exactly, audited again, and so on until the audit
has nothing to say: what is hidden then cannot be made less.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from .audit import Auditor
from .model import Publication, Variable, is_sensitive, layer_of
from .solver import solver_for

#: What hiding the sum of all costs beside any other figure: it is hidden only where nothing helps.
WHOLE = 1000
MOST_ROUNDS = 200


class Unsafe(Exception):
    """What was published before gives a figure away, whatever is hidden now."""


@dataclass(frozen=True)
class Choice:
    """What is hidden of one group of figures: (figure, set) of the printed ones.

    ``primary`` are hidden for themselves, ``secondary`` because they would give others away.
    """

    primary: frozenset[tuple[str, str]] = frozenset()
    secondary: frozenset[tuple[str, str]] = frozenset()
    rounds: int = 0
    costs: Mapping[str, float] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """Everything that is not told."""
        return self.primary | self.secondary


def choose(now: Publication, figures: Sequence[str], earlier: Sequence[Publication] = ()) -> Choice:
    """What to hide of figures that are hidden together, such as L, P and their sum.

    Raises Unsafe where earlier editions leave no safe choice.
    """
    auditors = [Auditor(layer_of(figure, now, earlier)) for figure in figures]
    sets = sorted({name for auditor in auditors for name in auditor.names})
    same = alike(sets, auditors)
    costs = costs_of(sets, same, auditors)
    primary = {same[name] for auditor in auditors for name in auditor.layer.sensitive}
    cuts = {frozenset([name]) for name in primary}
    hidden = frozenset(primary)
    for rounds in range(1, MOST_ROUNDS + 1):
        chosen = [name for name in sets if same[name] in hidden]
        found = {
            frozenset(same[name] for name in finding.because)
            for auditor in auditors
            for finding in auditor.findings(chosen)
        }
        if not found:
            return choice_of(now, figures, chosen, auditors, rounds, costs)
        if frozenset() in found:
            raise Unsafe
        cuts |= found
        if rounds > MOST_ROUNDS // 2:
            # Beyond so many rounds safety goes before thrift: all that was named is hidden.
            hidden |= frozenset().union(*found)
        else:
            hidden = cheapest(costs, cuts)
    raise Unsafe


def alike(sets: Iterable[str], auditors: Sequence[Auditor]) -> dict[str, str]:
    """Sets of the same businesses in every figure are one: each by the name of the first."""
    first: dict[tuple[frozenset[Variable], ...], str] = {}
    return {
        name: first.setdefault(
            tuple(auditor.layer.cells.get(name, frozenset()) for auditor in auditors), name
        )
        for name in sets
    }


def costs_of(
    sets: Iterable[str], same: Mapping[str, str], auditors: Sequence[Auditor]
) -> dict[str, float]:
    """What it costs to hide a set: one for each place it is printed in, a little for its size."""
    costs: dict[str, float] = {}
    sizes = {
        name: max(len(auditor.layer.cells.get(name, ())) for auditor in auditors) for name in sets
    }
    largest = max(sizes.values(), default=1)
    for name in sets:
        size = sizes[name]
        whole = WHOLE if size == largest else 0
        costs[same[name]] = costs.get(same[name], 0) + 1 + whole + size / (2 * largest)
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


def choice_of(
    now: Publication,
    figures: Sequence[str],
    chosen: Sequence[str],
    auditors: Sequence[Auditor],
    rounds: int,
    costs: Mapping[str, float],
) -> Choice:
    """The choice as the printed figures it hides."""
    primary: set[tuple[str, str]] = set()
    secondary: set[tuple[str, str]] = set()
    for auditor in auditors:
        for name in chosen:
            members = auditor.layer.cells.get(name)
            if members is None:
                continue
            kind = primary if is_sensitive(members) else secondary
            kind.add((auditor.layer.figure, name))
    return Choice(frozenset(primary), frozenset(secondary), rounds, costs)
