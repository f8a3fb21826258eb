"""Statistical disclosure control: which figures of a year may be published, and the proof of it."""

from collections.abc import Sequence

from .model import DOMINANT, FEWEST, TOLERANCE, Choice, Contribution, Publication, Unsafe

__all__ = [
    "DOMINANT",
    "FEWEST",
    "TOLERANCE",
    "Choice",
    "Contribution",
    "Publication",
    "Unsafe",
    "choose",
]


def choose(now: Publication, figures: Sequence[str], earlier: Sequence[Publication] = ()) -> Choice:
    """What to hide of figures that are hidden together, such as L, P and their sum.

    Raises Unsafe where earlier editions leave no safe choice.
    """
    # The solver and numpy take 20 MiB of every process, and only a public edition needs them.
    from .choice import choose as choose_with_solver

    return choose_with_solver(now, figures, earlier)
