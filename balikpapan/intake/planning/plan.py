"""What an upload would do to the register, row by row."""

from dataclasses import dataclass, field
from typing import Any

from balikpapan.audit.bulk import ChangedRecord, NewRecord, NewRecords

from ..answers import Question
from ..matching.matches import Matches
from ..reading.sheet_rows import SheetRows

NEW, CHANGED, SAME, HELD, IGNORED = "new", "changed", "same", "held", "ignored"
ACTIONS = {
    NEW: "Baru",
    CHANGED: "Berubah",
    SAME: "Sama",
    HELD: "Ditahan",
    IGNORED: "Diabaikan",
}


class MainRecords:
    """The main record each row speaks of: a stored one, or a new one once it has its id."""

    def __init__(self, matches: Matches, new: NewRecords):
        self._matches, self._new = matches, new

    def id_of(self, index: int) -> int | None:
        """The id of a row's main record, None as long as it has none."""
        target = self._matches.target[index]
        return self._new.id_of(self._matches.root(index)) if target is None else target


@dataclass(slots=True)
class Plan:
    """What would be written, row by row; nothing is until it is confirmed."""

    rows: SheetRows
    matches: Matches
    actions: list[str]
    mains: MainRecords
    new: NewRecords
    new_children: NewRecords
    changed: list[ChangedRecord] = field(default_factory=list)
    changed_children: list[ChangedRecord] = field(default_factory=list)
    new_related: list[NewRecord] = field(default_factory=list)
    changed_related: list[ChangedRecord] = field(default_factory=list)
    #: row -> [(column name, old, new)]
    differences: dict[int, list[tuple[str, Any, Any]]] = field(default_factory=dict)
    #: Rows held for their cells alone, before anything was compared with the register.
    held_by_reading: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    fingerprint: str = ""
    #: Whether the matches alone lead to this plan again.
    repeatable: bool = True

    @property
    def questions(self) -> list[Question]:
        return self.matches.questions

    def leave_out(self, held: set[int]) -> None:
        """Writes nothing of these rows."""
        self.new.leave_out(held)
        self.new_children.leave_out(held)
        for name in ("changed", "changed_children", "new_related", "changed_related"):
            setattr(self, name, [r for r in getattr(self, name) if r.place not in held])
