"""What is published of a year as sums over known sets of businesses.

The attacker is assumed to know everything but the amounts: which business stands in which row of
every table, which of them reported, and that no amount is negative. Whatever can be worked out of
the printed sums by anyone can be worked out by this attacker.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

#: A figure about fewer businesses than this is not published.
FEWEST = 3
#: Nor is one of which a single business makes this share, in percent, or more.
DOMINANT = 85
#: A hidden figure must stay unknown by this share, in percent, to both sides.
TOLERANCE = 20

#: A business with its amount: one whose amount changed between two editions is two variables.
Variable = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one business adds to the figures of a year, and the sets of businesses it stands in.

    ``sets`` are the keys of the rows it is counted in; a figure it did not report is left out.
    """

    unit: str
    sets: frozenset[str]
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """One edition: the contributions it adds up, and its printed figures as (figure, set)."""

    contributions: Sequence[Contribution]
    printed: frozenset[tuple[str, str]]

    def members(self, figure: str) -> dict[str, frozenset[Variable]]:
        """Of every set printed of a figure the businesses that reported it."""
        members: dict[str, set[Variable]] = {
            name: set() for at, name in self.printed if at == figure
        }
        for contribution in self.contributions:
            amount = contribution.figures.get(figure)
            if amount is None:
                continue
            for name in contribution.sets & members.keys():
                members[name].add((contribution.unit, amount))
        return {name: frozenset(variables) for name, variables in members.items() if variables}


@dataclass(frozen=True)
class Layer:
    """One figure: the sets that may be hidden, and those earlier editions have shown for good."""

    figure: str
    cells: Mapping[str, frozenset[Variable]]
    shown_before: Sequence[frozenset[Variable]] = ()

    @cached_property
    def sensitive(self) -> list[str]:
        """The sets whose sum may not be published, whatever else is."""
        return sorted(name for name, members in self.cells.items() if is_sensitive(members))

    @cached_property
    def families(self) -> list[tuple[str, list[str]]]:
        """Every set with the printed sets of one kind that it consists of, one level down."""
        kinds: dict[str, list[str]] = {}
        for name in sorted(self.cells):
            kinds.setdefault(name.partition("-")[0], []).append(name)
        families = []
        for parent, members in sorted(self.cells.items()):
            for _, names in sorted(kinds.items()):
                parts = [name for name in names if self.cells[name] < members]
                if parts and sum(len(self.cells[name]) for name in parts) == len(members):
                    families.append((parent, parts))
        return families


def is_sensitive(members: Iterable[Variable]) -> bool:
    """Whether a sum over these businesses tells too much about one or two of them."""
    amounts = [amount for _, amount in members]
    return is_few(len(amounts)) or is_dominated(amounts)


def is_few(count: int) -> bool:
    """Whether so many are too few to speak of."""
    return 0 < count < FEWEST


def is_dominated(amounts: Sequence[int]) -> bool:
    """Whether one of the amounts makes nearly all of their sum."""
    together = sum(amounts)
    return together > 0 and max(amounts) * 100 >= together * DOMINANT


def layer_of(figure: str, now: Publication, earlier: Sequence[Publication] = ()) -> Layer:
    """One figure of an edition, beside what earlier editions have shown of it."""
    cells = now.members(figure)
    before = [
        members for edition in earlier for _, members in sorted(edition.members(figure).items())
    ]
    fresh = set(cells.values()) - set(before)
    # What was given away before stays so, whether or not anything new is said of it.
    given_away = {members for members in before if is_sensitive(members)}
    return Layer(figure, cells, touching(fresh | given_away, before))


def touching(
    fresh: Iterable[frozenset[Variable]], before: Iterable[frozenset[Variable]]
) -> list[frozenset[Variable]]:
    """The sums shown before that share IKM with a new one, directly or through others.

    A sum that was shown before tells nothing new, so the rest cannot be told from each other
    better than it already could.
    """
    reached = frozenset().union(*fresh)
    near: list[frozenset[Variable]] = []
    waiting = list(dict.fromkeys(before))
    while touched := [members for members in waiting if members & reached]:
        near += touched
        waiting = [members for members in waiting if not members & reached]
        reached = reached.union(*touched)
    return near


class Unsafe(Exception):
    """What was published before gives a figure away, whatever is hidden now."""


@dataclass(frozen=True)
class Choice:
    """What is hidden of one group of figures: (figure, set) of the printed ones.

    ``primary`` are hidden for themselves, ``secondary`` because they would give others away.
    ``is_least`` says that no cheaper choice passes the audit.
    """

    primary: frozenset[tuple[str, str]] = frozenset()
    secondary: frozenset[tuple[str, str]] = frozenset()
    is_least: bool = True
    costs: Mapping[str, float] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """Everything that is not told."""
        return self.primary | self.secondary
