"""Rows of one file that are, or may be, the same business: doubles, and one business's years."""

from array import array
from itertools import islice

from balikpapan.spreadsheets.cells import format_whole

from ..answers import Question
from .holds import HoldReporter
from .row_groups import group_rows
from .stored import filled_mask, index_by, project

#: So many other rows are named in a message; the rest are counted.
NAMED = 5
#: More rows than this that are alike are not told apart one from another.
MANY = 20


class Likeness:
    """Which of these rows agree in every column that both fill, and in one at least."""

    def __init__(self, heads, weak, indexes):
        self.heads, self.weak = heads, weak
        self.masks = {index: filled_mask(weak[index]) for index in indexes}
        self.members = index_by((mask, index) for index, mask in self.masks.items())
        self.tables = {}

    def of(self, index):
        """The rows like this one of which either leaves blank what the other fills."""
        mask = self.masks[index]
        for other, members in self.members.items():
            common = mask & other
            if other == mask or not common:
                continue
            if (other, common) not in self.tables:
                self.tables[other, common] = index_by(
                    ((self.heads[i], project(self.weak[i], common)), i) for i in members
                )
            key = (self.heads[index], project(self.weak[index], common))
            yield from self.tables[other, common].get(key, ())

    def agree(self, first, second):
        """Whether two rows of one name say nothing against each other."""
        common = self.masks[first] & self.masks[second]
        return project(self.weak[first], common) == project(self.weak[second], common)


class DuplicateFinder(HoldReporter):
    """What a ladder makes of rows that share an identity inside their file."""

    def _doubles(self, open_rows):
        """Rows of one year that share an identity and differ: one question for the file."""
        identity, norm = self.identity, self.norm
        years = self.years or self.rows.blank()
        doubles = {}
        # Rows with a register number say themselves which records they are.
        unnumbered = array("I", (i for i in open_rows if self._number(i) is None))
        for attribute in identity.unique:
            key = _together([norm[attribute]], years)
            for group in group_rows(key, open_rows).values():
                doubles.update(dict.fromkeys(group, (attribute, group)))
        for pair in identity.paired:
            key = _together([norm[name] for name in pair], years)
            for group in group_rows(key, unnumbered).values():
                doubles.update(dict.fromkeys(group, (pair[0], group)))
        likeness = self._likeness(unnumbered, years)
        likeness = {i: ("", group) for i, group in likeness.items() if i not in doubles}
        decided = {i for i in likeness if self.rows.is_decided_new(i)}
        if self.answers.duplicates != "separate":
            doubles.update({i: entry for i, entry in likeness.items() if i not in decided})
        if likeness and self.answers.duplicates is None:
            self.matches.questions.append(
                Question(
                    "duplicates",
                    f"{format_whole(len(likeness))} baris bernama sama dan sama pula ciri lainnya, "
                    f"tetapi isinya berbeda: anggap {identity.noun} yang berbeda, atau tahan?",
                    ["hold", "separate"],
                    "hold",
                    blocking=False,
                )
            )
        for index, (attribute, group) in sorted(doubles.items()):
            same = f"{attribute.upper()} sama" if attribute else f"{identity.noun} yang sama"
            self._hold_double(index, attribute, f"{same} dengan {self._others(index, group)}")
        return array("I", (i for i in open_rows if i not in doubles))

    def _likeness(self, rows, years):
        """Each row with those of its year that no filled column tells from it."""
        names = self.norm[self.identity.name]
        namesakes = sorted(i for g in group_rows(names.__getitem__, rows).values() for i in g)
        heads = {i: (names[i], years[i]) for i in namesakes}
        whole = {i: (heads[i], self.weak[i]) for i in namesakes}
        groups = group_rows(whole.__getitem__, namesakes).values()
        whole = {i: group for group in groups for i in group}
        likeness = Likeness(heads, self.weak, namesakes)
        found = {}
        for index in namesakes:
            group, alike = whole.get(index, [index]), list(islice(likeness.of(index), MANY))
            if len(group) <= MANY:  # an official number of its own makes another business
                others = [i for i in (*group, *alike) if i != index]
                group = [index, *(i for i in others if not self._rows_differ(index, i))]
            if len(group) > 1:
                found[index] = group
        return found

    def _others(self, index, group):
        """The other rows of its group, a few of them by number."""
        named = [i for i in islice(group, NAMED + 1) if i != index][:NAMED]
        rows = ", ".join(str(self.rows.row_of[i]) for i in named)
        more = len(group) - 1 - len(named)
        return f"baris {rows} dan {more} baris lainnya" if more else f"baris {rows}"

    def _hold_double(self, index, attribute, what):
        message = (
            f"{what}, tetapi isinya berbeda. Hapus salah satu, atau "
            f"nyatakan sebagai {self.identity.noun} yang berbeda."
        )
        self._hold(index, attribute or self.identity.name, "double_in_file", message)

    # One business in several years

    def _share_new(self, open_rows):
        """One new business with two years in the file stays one business."""
        if self.years is None or len(set(self.years)) < 2:
            return
        new = array(
            "I",
            (
                i
                for i in open_rows
                if self.matches.target[i] is None and i not in self.matches.skipped
            ),
        )
        sharing = self._sharing(new)
        fuller = self._fuller(sharing)
        roots, years = {}, {}
        for index in sharing:
            if index in self.rows.held:
                continue
            year, keys = self.years[index], list(self._identities(index, fuller))
            earlier = (root for key in keys for root in roots.get(key, ()))
            root = next(
                (r for r in earlier if year not in years[r] and not self._rows_differ(index, r)),
                index,
            )
            if root != index:
                self.matches.same_as[index] = root
            years.setdefault(root, set()).add(year)
            for key in keys:
                roots.setdefault(key, {})[root] = True

    def _fuller(self, sharing):
        """Rows that leave blank what another year's row fills -> the row that stands for both.

        A row that could belong to several businesses is held.
        """
        likeness = Likeness(self.norm[self.identity.name], self.weak, sharing)
        decided = {i for i in self.rows.decisions if self.rows.is_decided_new(i)}
        found = {}
        for index in sharing:
            alike = [i for i in islice(likeness.of(index), MANY) if i not in decided]
            if not alike or index in decided:
                continue
            group = [index, *alike]
            apart = len({self.years[i] for i in group}) == len(group)
            if apart and all(likeness.agree(a, b) for a in alike for b in alike):
                found[index] = max(group, key=lambda i: (likeness.masks[i].bit_count(), -i))
            elif self.answers.duplicates != "separate":
                what = f"mungkin {self.identity.noun} yang sama dengan"
                self._hold_double(index, "", f"{what} {self._others(index, group)}")
        return found

    def _sharing(self, indexes):
        """Those of the rows that have a name, an official number or a pair of them in common."""
        name, pairs = self.norm[self.identity.name].__getitem__, self.identity.paired
        keys = [name, *(self.norm[unique].__getitem__ for unique in self.identity.unique)]
        keys += [_together([self.norm[part] for part in pair]) for pair in pairs]
        return sorted(
            {
                index
                for key in keys
                for group in group_rows(key, indexes, blank=key is name).values()
                for index in group
            }
        )

    def _identities(self, index, fuller):
        """Everything by which a row of another year would be the same business."""
        for name in self.identity.unique:
            if self.norm[name][index]:
                yield name, self.norm[name][index]
        for pair in self.identity.paired:
            values = tuple(self.norm[name][index] for name in pair)
            if all(values):
                yield pair, values
        yield self.norm[self.identity.name][index], self.weak[fuller.get(index, index)]

    def _rows_differ(self, index, other):
        """Whether two rows carry different official numbers."""
        pairs = [(self.norm[n][index], self.norm[n][other]) for n in self.identity.unique]
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)

    def _no_two_on_one(self):
        """Two rows of one year must never write the same record."""
        if not any(self.matches.target):
            return
        key = _together([self.matches.target], self.years or self.rows.blank())
        for group in group_rows(key, self._not_held(range(len(self.rows)))).values():
            for index in group:
                message = (
                    f"Baris ini dan {self._others(index, group)} sama-sama cocok dengan "
                    f"{self.identity.noun} {self._called(self.matches.target[index])}. Simpan satu saja."
                )
                self._hold(index, self.identity.name, "double_in_file", message)


def _together(columns, *more):
    """What a row says in these columns and more, as one key; None where one of the first is blank."""

    def key(index):
        values = [column[index] for column in columns]
        return (*values, *[column[index] for column in more]) if all(values) else None

    return key
