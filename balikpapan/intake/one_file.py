"""The rows of one file against each other: twins, doubles, and one business in several years."""

from balikpapan.spreadsheets.cells import format_whole

from .answers import Question
from .doubts import Doubts
from .reading import find_twins, group_rows


class RowsOfOneFile(Doubts):
    """What a ladder finds out about rows before it looks into the register."""

    def _drop_twins(self, open_rows):
        twins = find_twins(self.rows, open_rows, self.keys.of)
        self.matches.twins = {i: e for i, e in twins.items() if i not in self.rows.decisions}
        return [i for i in open_rows if i not in self.matches.twins]

    def _decide(self, open_rows):
        """Rows the user has decided about one by one."""
        remaining = []
        for index in open_rows:
            decision = self.rows.decisions.get(index)
            if decision == "skip":
                self.matches.skipped.add(index)
            elif decision and decision.startswith("update:"):
                self.matches.target[index] = int(decision.partition(":")[2])
            else:
                remaining.append(index)
        return remaining

    def _doubles(self, open_rows):
        """Rows of one year that share an identity and differ: one question for the file."""
        identity, norm = self.identity, self.norm
        years = self.years or [None] * len(self.rows)
        doubles = {}
        names = norm[identity.name]
        # Rows with a register number say themselves which records they are.
        unnumbered = [i for i in open_rows if self._number(i) is None]
        for attribute in identity.unique:
            keys = [v and (v, y) for v, y in zip(norm[attribute], years, strict=True)]
            for group in group_rows(keys, open_rows).values():
                doubles.update(dict.fromkeys(group, (attribute, group)))
        for first, second in identity.paired:
            keys = [
                (a, b, y) if a and b else None
                for a, b, y in zip(norm[first], norm[second], years, strict=True)
            ]
            for group in group_rows(keys, unnumbered).values():
                doubles.update(dict.fromkeys(group, (first, group)))
        namesakes = sorted(i for g in group_rows(names, unnumbered).values() for i in g)
        alike = {i: (names[i], self.weak[i], years[i]) for i in namesakes}
        likeness = {}
        for group in group_rows(alike, namesakes).values():
            likeness.update({i: ("", group) for i in group if i not in doubles})
        decided = {i for i in likeness if self.rows.decisions.get(i) == "new"}
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
            others = ", ".join(str(self.rows.row_of[i]) for i in group if i != index)
            same = f"{attribute.upper()} sama" if attribute else f"{identity.noun} yang sama"
            message = (
                f"{same} dengan baris {others}, tetapi isinya berbeda. Hapus salah satu, atau "
                f"nyatakan sebagai {identity.noun} yang berbeda."
            )
            self._hold(index, attribute or identity.name, "double_in_file", message)
        return [i for i in open_rows if i not in doubles]

    def _share_new(self, open_rows):
        """One new business with two years in the file stays one business."""
        if self.years is None:
            return
        new = [
            i for i in open_rows if self.matches.target[i] is None and i not in self.matches.skipped
        ]
        roots, years = {}, {}
        for index in self._sharing(new):
            year, keys = self.years[index], list(self._identities(index))
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

    def _sharing(self, indexes):
        """Those of the rows that have a name, an official number or a pair of them in common."""
        name, pairs = self.norm[self.identity.name], self.identity.paired
        columns = [name, *(self.norm[unique] for unique in self.identity.unique)]
        columns += [list(zip(*(self.norm[part] for part in pair), strict=True)) for pair in pairs]
        return sorted(
            {
                index
                for keys in columns
                for group in group_rows(keys, indexes, blank=keys is name).values()
                for index in group
            }
        )

    def _identities(self, index):
        """Everything by which a row of another year would be the same business."""
        for name in self.identity.unique:
            if self.norm[name][index]:
                yield name, self.norm[name][index]
        for pair in self.identity.paired:
            values = tuple(self.norm[name][index] for name in pair)
            if all(values):
                yield pair, values
        yield self.norm[self.identity.name][index], self.weak[index]

    def _rows_differ(self, index, other):
        """Whether two rows carry different official numbers."""
        pairs = [(self.norm[n][index], self.norm[n][other]) for n in self.identity.unique]
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)
