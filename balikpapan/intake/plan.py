"""What an upload would do to the register, row by row."""

from dataclasses import dataclass, field

from balikpapan.audit.bulk import ChangedRecord, NewRecord

from .matching import Matches
from .reading import SheetRows

NEW, CHANGED, SAME, HELD, IGNORED = "new", "changed", "same", "held", "ignored"
ACTIONS = {
    NEW: "Baru",
    CHANGED: "Berubah",
    SAME: "Sama",
    HELD: "Ditahan",
    IGNORED: "Diabaikan",
}
#: What a plan would write.
PLANNED = ("new", "changed", "new_parts", "changed_parts", "new_beside", "changed_beside")


@dataclass(slots=True)
class Plan:
    """What would be written, row by row; nothing is until it is confirmed."""

    rows: SheetRows
    matches: Matches
    actions: list[str]
    counts: dict[str, int]
    new: list[NewRecord] = field(default_factory=list)
    changed: list[ChangedRecord] = field(default_factory=list)
    new_parts: list[NewRecord] = field(default_factory=list)
    changed_parts: list[ChangedRecord] = field(default_factory=list)
    new_beside: list[NewRecord] = field(default_factory=list)
    changed_beside: list[ChangedRecord] = field(default_factory=list)
    #: place of a new main record -> its id, once it is created
    main_ids: dict[int, int] = field(default_factory=dict)
    #: row -> [(column name, old, new)]
    differences: dict[int, list[tuple]] = field(default_factory=dict)
    #: Rows held for their cells alone, before anything was compared with the register.
    held_by_reading: set[int] = field(default_factory=set)
    fingerprint: str = ""
    #: Whether the matches alone lead to this plan again.
    repeatable: bool = True

    @property
    def questions(self):
        return self.matches.questions
