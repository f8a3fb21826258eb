"""What matching makes of the rows of an upload: which record each of them is about."""

from dataclasses import dataclass, field

from ..answers import Question


@dataclass(slots=True)
class Matches:
    """The record of each row, by the row's index; a row that is held or left out has none.

    ``target`` holds the id of a stored record, or None where the row is a new one. Rows in
    ``same_as`` share the new record of an earlier row.
    """

    target: list[int | None]
    same_as: dict[int, int] = field(default_factory=dict)  # row -> earlier row of the same new one
    twins: dict[int, int] = field(default_factory=dict)  # row -> the row it repeats
    skipped: set[int] = field(default_factory=set)
    candidates: dict[int, list[int]] = field(default_factory=dict)  # doubtful row -> record ids
    doubles: dict[int, list[int]] = field(default_factory=dict)  # row -> rows it contradicts
    questions: list[Question] = field(default_factory=list)

    def root(self, index: int) -> int:
        """The row whose new record this row is about too; most often the row itself."""
        return self.same_as.get(index, index)

    def gather(self, root: int, group: list[int]) -> None:
        """The first of these rows stands for their new record, now that ``root`` may be held."""
        for index in group:
            self.same_as[index] = group[0]
        del self.same_as[group[0]]
