"""Rows of one file that are, or may be, the same business: doubles, and one business's years."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from balikpapan.spreadsheets.cells import format_whole

from ..answers import Answers, Question, QuestionKey
from .comparison import ComparisonColumns, filled_mask, index_by, project
from .holds import HoldReporter
from .row_groups import group_rows
from .row_keys import RowKeys

#: So many other rows are named in a message; the rest are counted.
NAMED = 5
#: More rows than this that are alike are not told apart one from another.
MANY = 20


class Likeness:
    """Which of these rows agree in every comparison column that both fill, and in one at least.

    ``heads`` holds for each row what must be equal beside the columns, such as name and year.
    """

    def __init__(self, heads: Any, comparison: ComparisonColumns, indexes: Sequence[int]):
        self.heads, self.comparison = heads, comparison
        self.masks = {index: filled_mask(comparison[index]) for index in indexes}
        self._members = index_by((mask, index) for index, mask in self.masks.items())
        self._tables: dict[tuple[int, int], dict[Any, list[int]]] = {}

    def of(self, index: int) -> Iterator[int]:
        """The rows like this one of which either leaves blank what the other fills."""
        mask = self.masks[index]
        for other, members in self._members.items():
            common = mask & other
            if other == mask or not common:
                continue
            if (other, common) not in self._tables:
                self._tables[other, common] = index_by(
                    ((self.heads[i], project(self.comparison[i], common)), i) for i in members
                )
            key = (self.heads[index], project(self.comparison[index], common))
            yield from self._tables[other, common].get(key, ())

    def agree(self, first: int, second: int) -> bool:
        """Whether no comparison column that both rows fill differs."""
        common = self.masks[first] & self.masks[second]
        return project(self.comparison[first], common) == project(self.comparison[second], common)


class DuplicateFinder:
    """Finds the rows that share an identity inside their file."""

    def __init__(self, keys: RowKeys, holds: HoldReporter, answers: Answers):
        self.keys, self.holds, self.answers = keys, holds, answers
        self.rows, self.identity, self.matches = keys.rows, keys.identity, holds.matches
        self._occasions = keys.occasions or keys.rows.blank()

    # Doubles

    def hold_doubles(self, open_rows: Sequence[int]) -> "array[int]":
        """Holds rows of one year that share an identity and differ; returns the others.

        Rows alike without any official id are asked about, with one question for the file.
        """
        doubles = self._id_doubles(open_rows)
        likely = self._alike_by_row(self._unnumbered(open_rows))
        likely = {index: group for index, group in likely.items() if index not in doubles}
        if self.answers.duplicates != "separate":
            undecided = (index for index in likely if not self.rows.is_decided_new(index))
            doubles.update((index, ("", likely[index])) for index in undecided)
        if likely:
            self._use_answer()
        if likely and self.answers.duplicates is None:
            self.matches.questions.append(_duplicates_question(len(likely), self.identity.noun))
        for index, (attribute, group) in sorted(doubles.items()):
            same = f"{attribute.upper()} sama" if attribute else f"{self.identity.noun} yang sama"
            self._hold_double(
                index, attribute, f"{same} dengan {self._others(index, group)}", group
            )
        return array("I", (i for i in open_rows if i not in doubles))

    def _use_answer(self) -> None:
        """Notes that the answer about doubles decides something, where there is one."""
        if self.answers.duplicates is not None:
            self.answers.use(QuestionKey.DUPLICATES)

    def _unnumbered(self, open_rows: Sequence[int]) -> "array[int]":
        """Rows without a register number; the number alone says which record a row is."""
        return array("I", (i for i in open_rows if self.keys.number(i) is None))

    def _id_doubles(self, open_rows: Sequence[int]) -> dict[int, tuple[str, list[int]]]:
        """The rows that share an official id within a year: row -> (attribute, all such rows)."""
        doubles: dict[int, tuple[str, list[int]]] = {}
        for attribute in self.identity.unique:
            key = self.keys.key_by([attribute], self._occasions)
            for group in group_rows(key, open_rows).values():
                doubles.update(dict.fromkeys(group, (attribute, group)))
        unnumbered = self._unnumbered(open_rows) if self.identity.paired else ()
        for pair in self.identity.paired:
            key = self.keys.key_by(pair, self._occasions)
            for group in group_rows(key, unnumbered).values():
                doubles.update(dict.fromkeys(group, (pair[0], group)))
        return doubles

    def _alike_by_row(self, indexes: Sequence[int]) -> dict[int, list[int]]:
        """Each row with those of its year that no filled column tells from it."""
        names, comparison = self.keys.names, self.keys.comparison
        groups = group_rows(names.__getitem__, indexes).values()
        namesakes = sorted(index for group in groups for index in group)
        heads = {i: (names[i], self._occasions[i]) for i in namesakes}
        whole = {i: (heads[i], comparison[i]) for i in namesakes}
        groups = group_rows(whole.__getitem__, namesakes).values()
        equal = {index: group for group in groups for index in group}
        likeness = Likeness(heads, comparison, namesakes)
        alike = {}
        for index in namesakes:
            group, partly = equal.get(index, [index]), list(islice(likeness.of(index), MANY))
            if len(group) <= MANY:  # an official number of its own makes another business
                others = [i for i in (*group, *partly) if i != index]
                group = [index, *(i for i in others if not self.keys.ids_differ(index, i))]
            if len(group) > 1:
                alike[index] = group
        return alike

    def _others(self, index: int, group: Sequence[int]) -> str:
        """The other rows of its group, a few of them by number."""
        named = [i for i in islice(group, NAMED + 1) if i != index][:NAMED]
        names = self.rows.row_names(named, index)
        more = len(group) - 1 - len(named)
        return f"{names} dan {more} baris lainnya" if more else names

    def _note_double(self, index: int, group: Sequence[int]) -> None:
        """Keeps a few of the rows it contradicts, to be shown side by side."""
        others = (i for i in islice(group, NAMED + 1) if i != index)
        self.matches.doubles[index] = list(islice(others, NAMED))

    def _hold_double(self, index: int, attribute: str, likeness: str, group: Sequence[int]) -> None:
        self._note_double(index, group)
        message = (
            f"{likeness}, tetapi isinya berbeda. Hapus salah satu, atau "
            f"nyatakan sebagai {self.identity.noun} yang berbeda."
        )
        self.holds.hold(index, attribute or self.identity.name, "double_in_file", message)

    # One business in several years

    def share_new(self, open_rows: Sequence[int]) -> None:
        """Gives the rows of one new business in several years one new record together."""
        occasions = self.keys.occasions
        if occasions is None or len(set(occasions)) < 2:
            return
        target, skipped = self.matches.target, self.matches.skipped
        new = array("I", (i for i in open_rows if target[i] is None and i not in skipped))
        sharing = self._sharing(new)
        fuller = self._fuller(sharing)
        roots: dict[Any, dict[int, bool]] = {}
        taken: dict[int, set[Any]] = {}
        for index in sharing:
            if index in self.rows.held:
                continue
            occasion, keys = occasions[index], list(self._identities(index, fuller))
            earlier = (root for key in keys for root in roots.get(key, ()))
            root = next(
                (
                    r
                    for r in earlier
                    if occasion not in taken[r] and not self.keys.ids_differ(index, r)
                ),
                index,
            )
            if root != index:
                self.matches.same_as[index] = root
            taken.setdefault(root, set()).add(occasion)
            for key in keys:
                roots.setdefault(key, {})[root] = True

    def _fuller(self, sharing: Sequence[int]) -> dict[int, int]:
        """Rows that leave blank what another year's row fills -> the row that stands for both.

        A row that could belong to several businesses is held.
        """
        likeness = Likeness(self.keys.names, self.keys.comparison, sharing)
        fuller = {}
        for index in sharing:
            if self.rows.is_decided_new(index):
                continue
            alike = list(islice(likeness.of(index), MANY))
            alike = [i for i in alike if not self.rows.is_decided_new(i)]
            if not alike:
                continue
            group = [index, *alike]
            is_each_another = len({self._occasions[i] for i in group}) == len(group)
            if is_each_another and all(likeness.agree(a, b) for a in alike for b in alike):
                fuller[index] = max(group, key=lambda i: (likeness.masks[i].bit_count(), -i))
                continue
            self._use_answer()
            if self.answers.duplicates != "separate":
                maybe = f"mungkin {self.identity.noun} yang sama dengan"
                self._hold_double(index, "", f"{maybe} {self._others(index, group)}", group)
        return fuller

    def _sharing(self, indexes: Sequence[int]) -> list[int]:
        """Those of the rows that have a name, an official number or a pair of them in common."""
        name: Callable[[int], Any] = self.keys.names.__getitem__
        keys = [name]
        keys += [self.keys.columns[unique].__getitem__ for unique in self.identity.unique]
        keys += [self.keys.key_by(pair) for pair in self.identity.paired]
        return sorted(
            {
                index
                for key in keys
                for group in group_rows(key, indexes, blank=key is name).values()
                for index in group
            }
        )

    def _identities(self, index: int, fuller: dict[int, int]) -> Iterator[Any]:
        """Everything by which a row of another year would be the same business."""
        for name in self.identity.unique:
            if self.keys.columns[name][index]:
                yield name, self.keys.columns[name][index]
        for pair in self.identity.paired:
            values = tuple(self.keys.columns[name][index] for name in pair)
            if all(values):
                yield pair, values
        yield self.keys.names[index], self.keys.comparison[fuller.get(index, index)]

    # Two rows on one record

    def hold_shared_targets(self) -> None:
        """Holds rows of one year that were given the same stored record."""
        target = self.matches.target
        if not any(target):
            return
        occasions = self._occasions

        def key(index: int) -> tuple[int, Any] | None:
            record = target[index]
            return (record, occasions[index]) if record else None

        for group in group_rows(key, self.keys.not_held(range(len(self.rows)))).values():
            for index in group:
                record = target[index]
                if record is None:
                    continue
                message = (
                    f"Baris ini dan {self._others(index, group)} sama-sama cocok dengan "
                    f"{self.identity.noun} {self.holds.called(record)}. Simpan satu saja."
                )
                self._note_double(index, group)
                self.holds.hold(index, self.identity.name, "double_in_file", message)


def _duplicates_question(count: int, noun: str) -> Question:
    return Question(
        "duplicates",
        f"{format_whole(count)} baris bernama sama dan sama pula ciri lainnya, tetapi isinya "
        f"berbeda: anggap {noun} yang berbeda, atau tahan?",
        ["hold", "separate"],
        "hold",
        blocking=False,
    )
