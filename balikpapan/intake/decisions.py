"""What is decided about one row of an upload, by its user or by a rule of its register."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class DecisionKind(StrEnum):
    """What becomes of a row that somebody has decided about."""

    NEW = "new"
    UPDATE = "update"
    SKIP = "skip"


#: A larger id is none: every database ends there.
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Decision:
    """A row is a new record, an update of the record ``target``, or skipped for a ``reason``."""

    kind: DecisionKind
    target: int | None = None
    #: The Indonesian sentence that says why; blank where the user left the row out.
    reason: str = ""

    @classmethod
    def parse(cls, word: str) -> "Decision":
        """The decision of a form's word: "new", "skip" or "update:12"; raises ValueError for others."""
        kind, colon, target = word.partition(":")
        if kind != DecisionKind.UPDATE:
            return cls(DecisionKind(word))
        if not (colon and target.isascii() and target.isdigit() and len(target) < 20):
            raise ValueError(f"{word!r} names no record")
        if not 0 < int(target) <= LARGEST_ID:
            raise ValueError(f"{word!r} names no record")
        return cls(DecisionKind.UPDATE, int(target))

    def as_json(self) -> list[Any]:
        """The decision as JSON can hold it, in the order of its fields."""
        return [self.kind.value, self.target, self.reason]

    @classmethod
    def from_json(cls, stored: list[Any]) -> "Decision":
        """The decision that ``as_json`` gave."""
        kind, target, reason = stored
        return cls(DecisionKind(kind), target, reason)


def is_decision(word: str) -> bool:
    """Whether a form's word is one that ``Decision.parse`` understands."""
    try:
        Decision.parse(word)
    except ValueError:
        return False
    return True
