"""The identity of businesses: number, official ids, then likeness; doubts become questions."""

from functools import cached_property

from balikpapan.spreadsheets.cells import ERASE, format_whole

from .answers import Question
from .doubles import Doubles
from .matching import Matches
from .near import NearFinder
from .reading import find_twins
from .stored import Keys, WeakIdentities, index_by, load_known, mask_of, picked


class Ladder(Doubles):
    """The identity of businesses: number, NIB, NIK + name, then likeness."""

    def __init__(self, rows, resource, identity, answers, problems, figures_equal):
        self.rows, self.resource, self.identity = rows, resource, identity
        self.answers, self.problems = answers, problems
        self.figures_equal = figures_equal  # (row index, record id) -> bool
        self.keys = Keys()
        attributes = {c.target: name for name, c in resource.columns().items() if not c.part}
        self.column_name = attributes
        #: What lets one record stand in several rows: their year, or the key of their part.
        self.years = _occasions(rows, resource)
        self.matches = Matches([None] * len(rows))
        self.owners, self.likeness = {}, {}
        exact = {identity.name, *identity.unique}.union(*identity.paired)
        self.norm = {name: self._normalised(name) for name in sorted(exact)}
        self.weak = WeakIdentities([self._values(name) for name in identity.weak], self.keys.of)
        self.numbers = rows.column("number")

    @cached_property
    def _sheet_knows_more(self):
        return any(mask_of(self.weak[index]) for index in range(len(self.rows)))

    def _values(self, attribute):
        """A sheet column by the attribute it is stored in, derived values included."""
        name = self.column_name.get(attribute, attribute)
        values = self.rows.column(name if name in self.rows.values else attribute)
        soft = self.rows.soft.get(attribute)
        if soft is None:
            return values
        return [s if v is None else v for v, s in zip(values, soft, strict=True)]

    def _normalised(self, attribute):
        return [None if v is ERASE else v for v in self.keys.column(self._values(attribute))]

    def run(self) -> Matches:
        """Finds the record of every row that is not held for another reason."""
        open_rows = [i for i in range(len(self.rows)) if i not in self.rows.held]
        open_rows = self._drop_twins(open_rows)
        open_rows = self._decide(open_rows)
        open_rows = self._doubles(open_rows)
        self.known = load_known(self.resource._meta.model, sorted(self.norm), self.keys.of)
        self.stored = self.known.values
        self.names = self.stored[self.identity.name]
        undecided = [i for i in open_rows if not self._exactly(i)]
        if not self.known.ids:
            undecided = []
        unmatched = [i for i in undecided if i not in self.rows.held and not self._alike(i)]
        unmatched = [i for i in unmatched if i not in self.rows.held]
        self._near(unmatched)
        self._share_new([i for i in open_rows if i not in self.rows.held])
        self._no_two_on_one(open_rows)
        return self.matches

    def _drop_twins(self, open_rows):
        twins = find_twins(self.rows, open_rows, self.keys.of)
        self.matches.twins = {i: e for i, e in twins.items() if i not in self.rows.decisions}
        return [i for i in open_rows if i not in self.matches.twins]

    def _decide(self, open_rows):
        """Rows the user has decided about one by one."""
        remaining = []
        for index in open_rows:
            decision = self.rows.decisions.get(index)
            if self.rows.is_aside(index):
                self.matches.skipped.add(index)
            elif decision and decision.startswith("update:"):
                self.matches.target[index] = int(decision.partition(":")[2])
            else:
                remaining.append(index)
        return remaining

    # Against the register

    # What the register holds is put in order only as far as the rows ask for it: most lists are
    # known by their NIB.

    @cached_property
    def _by_unique(self):
        return {
            name: index_by((v, k) for k, v in self.stored[name].items())
            for name in self.identity.unique
        }

    @cached_property
    def _by_pair(self):
        return {
            pair: index_by(
                ((value, beside), key)
                for key, value in self.stored[pair[0]].items()
                if (beside := self.stored[pair[1]].get(key))
            )
            for pair in self.identity.paired
        }

    @cached_property
    def stored_weak(self):
        """Weak identities of the stored records, by their id."""
        self.known.load(self.identity.weak, self.keys.of)
        columns = [self.stored[name].column for name in self.identity.weak]
        weak = zip(self.known.ids, *columns, strict=True)
        return {key: tuple(values) for key, *values in weak}

    @cached_property
    def _by_mask(self):
        found = {}
        for key, weak in self.stored_weak.items():
            found.setdefault(mask_of(weak), []).append(key)
        return found

    def _exactly(self, index) -> bool:
        """Number, NIB, NIK + name: the first that applies decides."""
        number = self._number(index)
        if number is not None:
            return self._take_number(index, number)
        for name in self.identity.unique:
            value = self.norm[name][index]
            if value and (found := self._by_unique[name].get(value)):
                return self._take_exact(index, found, name)
        for pair in self.identity.paired:
            value = (self.norm[pair[0]][index], self.norm[pair[1]][index])
            if all(value) and (found := self._by_pair[pair].get(value)):
                return self._take_exact(index, found, pair[0])
        return False

    def _number(self, index):
        if self.identity.number is None:
            return None
        value = self.numbers[index]
        return None if value is ERASE else value

    def _take_number(self, index, number):
        if number in self.known.archived:
            self._hold_archived(index, [number], "number")
        elif number in self.known.position:
            others = self._others_with_its_ids(index, number)
            if others:
                self._doubt(index, [number, *others], "number")
            else:
                self.matches.target[index] = number
        else:
            message = (
                f"Nomor register {self.identity.number}-{number:06d} tidak ada. Kosongkan nomor "
                f"itu bila {self.identity.noun} ini baru."
            )
            self._hold(index, "number", "unknown_number", message)
        return True

    def _others_with_its_ids(self, index, number):
        """Businesses other than the numbered one that already carry the row's NIB."""
        return [
            key
            for name in self.identity.unique
            for key in self._by_unique[name].get(self.norm[name][index], ())
            if key != number and key not in self.known.archived
        ]

    def _take_exact(self, index, found, name):
        kept = [key for key in found if key not in self.known.archived]
        if not kept:
            self._hold_archived(index, found, name)
        elif len(kept) == 1:
            key = kept[0]
            conflict = self._contradicts(index, key, name)
            if conflict:
                self._doubt(index, conflict, name)
            else:
                self.matches.target[index] = key
        else:
            self._doubt(index, kept, name)
        return True

    def _contradicts(self, index, key, name):
        """The NIB of one business with the NIK of another: both are candidates."""
        for other in [*self.identity.unique, *(pair[0] for pair in self.identity.paired)]:
            value, theirs = self.norm[other][index], self.stored[other].get(key)
            if other == name or not value or theirs == value:
                continue
            # One person may own several businesses, so the same name may be given its first NIK.
            if theirs is None and self.norm[self.identity.name][index] in (
                None,
                self.names.get(key),
            ):
                continue
            if other not in self.owners:
                self.owners[other] = index_by((v, k) for k, v in self.stored[other].items())
            owners = [
                k
                for k in self.owners[other].get(value, ())
                if k != key and k not in self.known.archived
            ]
            if owners:
                return [key, *owners]
        return None

    def _alike(self, index) -> bool:
        """Likeness: the name and at least one more column, counting only what both fill."""
        name = self.norm[self.identity.name][index]
        if not name:
            return False
        weak = self.weak[index]
        mask = mask_of(weak)
        found = []
        for stored_mask, members in self._by_mask.items():
            common = mask & stored_mask
            if common == 0 and (mask or (stored_mask and self._sheet_knows_more)):
                continue  # a name alone decides only where there is nothing else
            table = self.likeness.get((stored_mask, common))
            if table is None:
                table = self.likeness[stored_mask, common] = index_by(
                    ((self.names.get(key), picked(self.stored_weak[key], common)), key)
                    for key in members
                )
            found.extend(table.get((name, picked(weak, common)), ()))
        kept = [k for k in found if k not in self.known.archived and not self._other_id(index, k)]
        if not kept:
            gone = [k for k in found if k in self.known.archived]
            if gone and self.rows.decisions.get(index) != "new":
                self._hold_archived(index, gone, self.identity.name)
                return True
            return False
        if len(kept) > 1:
            kept = self._narrow(index, kept)
        if len(kept) == 1:
            self.matches.target[index] = kept[0]
        else:
            self._doubt(index, kept, self.identity.name)
        return True

    def _narrow(self, index, keys):
        """Of several alike: the one with equal figures, else the one equal in every column."""
        equal = [key for key in keys if self.figures_equal(index, key)]
        if len(equal) == 1:
            return equal
        whole = [key for key in equal or keys if self.stored_weak[key] == self.weak[index]]
        return whole if len(whole) == 1 else keys

    def _other_id(self, index, key):
        """Whether row and record carry different official numbers."""
        for name in self.identity.unique:
            mine, theirs = self.norm[name][index], self.stored[name].get(key)
            if mine and theirs and mine != theirs:
                return True
        return False

    # Near matches

    def _near(self, unmatched):
        if not self.known.ids or not unmatched:
            return
        finder = NearFinder(self, unmatched)
        doubtful = {}
        for index in unmatched:
            if self.rows.decisions.get(index) == "new":
                continue
            found = finder.of(index)
            if found:
                doubtful[index] = found
        if not doubtful:
            return
        answer = self.answers.near
        if answer is None:
            self.matches.questions.append(
                Question(
                    "near",
                    f"{format_whole(len(doubtful))} baris mirip dengan {self.identity.noun} yang sudah "
                    "tercatat, tetapi ada yang berbeda: tahan, perbarui catatan itu, atau catat "
                    "sebagai baru?",
                    ["hold", "update", "new"],
                    "hold",
                    blocking=False,
                )
            )
        for index, found in doubtful.items():
            kept = [key for key in found if key not in self.known.archived]
            if not kept:
                self._hold_archived(index, found, self.identity.name)
            elif answer == "new":
                continue
            elif answer == "update" and len(kept) == 1:
                self.matches.target[index] = kept[0]
            else:
                self._doubt(index, kept, self.identity.name)


def _occasions(rows, resource):
    if resource.part is None:
        return rows.column(resource.year_column) if resource.year_column else None
    names = {c.target: name for name, c in resource.columns().items() if c.part}
    columns = [rows.column(names.get(key, key)) for key in resource.part.key]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
