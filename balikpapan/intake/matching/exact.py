"""Identity: which stored record a row speaks of, or that it is new, or that it is doubtful."""

from dataclasses import dataclass, field

from balikpapan.spreadsheets.cells import ERASE, Finding

from ..answers import Question
from .row_groups import find_twins, group_rows
from .stored import Normaliser, index_by, load_register


@dataclass(slots=True)
class Matches:
    """Per row: the record it speaks of, the new record it shares with an earlier row, or why not."""

    target: list[int | None]
    same_as: dict[int, int] = field(default_factory=dict)  # row -> earlier row of the same new one
    twins: dict[int, int] = field(default_factory=dict)  # row -> the row it repeats
    skipped: set[int] = field(default_factory=set)
    candidates: dict[int, list[int]] = field(default_factory=dict)  # doubtful row -> record ids
    questions: list[Question] = field(default_factory=list)

    def root(self, index: int) -> int:
        """The row whose new record this row speaks of too; most often the row itself."""
        return self.same_as.get(index, index)

    def gather(self, root: int, group: list[int]) -> None:
        """The first of these rows stands for their new record, now that ``root`` may be held."""
        for index in group:
            self.same_as[index] = group[0]
        del self.same_as[group[0]]


class ExactKey:
    """The identity of registers whose rows have an exact key, such as year and source."""

    def __init__(self, rows, resource, identity, answers, problems):
        self.rows, self.resource, self.identity = rows, resource, identity
        self.answers, self.problems = answers, problems
        self.names = {c.target: n for n, c in resource.columns().items() if not c.child}
        self.defaults = {c.target: c.fallback for c in resource.columns().values() if not c.child}

    def run(self) -> Matches:
        """Finds the record of every row by its key; a key twice in the file holds both."""
        rows, of = self.rows, Normaliser().of
        matches = Matches([None] * len(rows))
        matches.skipped = {i for i in range(len(rows)) if rows.is_aside(i)}
        out = matches.skipped | rows.held
        remaining = [i for i in range(len(rows)) if i not in out]
        matches.twins = find_twins(rows, remaining, of)
        remaining = [i for i in remaining if i not in matches.twins]
        columns = []
        for attribute in self.identity.key:
            default = self.defaults.get(attribute)
            values = rows.column(self.names.get(attribute, attribute))
            columns.append([of(default if v is None or v is ERASE else v) for v in values])
        row_keys = list(zip(*columns, strict=True))
        known = load_register(self.resource._meta.model, self.identity.key, of)
        stored = index_by(
            (tuple(known.value(name, key) for name in self.identity.key), key) for key in known.ids
        )
        child_keys = self._child_keys()
        full = list(zip(row_keys, child_keys, strict=True))
        groups = group_rows(full.__getitem__, remaining).values()
        twice = {index: group for group in groups for index in group}
        by_key = {}
        for index in remaining:
            if index in twice:
                others = ", ".join(str(rows.row_of[i]) for i in twice[index] if i != index)
                message = f"Isinya bertentangan dengan baris {others}. Simpan satu saja."
                self._hold(index, "double_in_file", message)
                continue
            found = stored.get(row_keys[index], [])
            kept = [key for key in found if key not in known.archived]
            if kept:
                matches.target[index] = kept[0]
            elif found:
                message = "Catatan ini ada di arsip. Kembalikan arsip itu lebih dahulu."
                self._hold(index, "archived_match", message)
            elif row_keys[index] in by_key:
                matches.same_as[index] = by_key[row_keys[index]]
            else:
                by_key[row_keys[index]] = index
        return matches

    def _child_keys(self):
        child = self.resource.child
        if child is None:
            return [None] * len(self.rows)
        names = {c.target: n for n, c in self.resource.columns().items() if c.child}
        columns = [self.rows.column(names.get(name, name)) for name in child.key]
        return list(zip(*columns, strict=True))

    def _hold(self, index, code, message):
        name = self.names.get(self.resource.naming, self.resource.naming)
        value = self.rows.column(name)[index]
        finding = Finding("error", code, message)
        self.rows.tell(self.problems, index, name, finding, None if value is ERASE else value)
