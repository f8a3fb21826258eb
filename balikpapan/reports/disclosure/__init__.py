"""Statistical disclosure control: which figures of a year may be published, and the proof of it."""

from .choice import Choice, Unsafe, choose
from .model import DOMINANT, FEWEST, TOLERANCE, Contribution, Publication

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
