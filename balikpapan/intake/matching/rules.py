"""The identity of businesses: number, official ids, then likeness; doubts become questions."""

from array import array
from functools import cached_property

from balikpapan.spreadsheets.cells import ERASE, format_whole

from ..answers import Question
from ..decisions import DecisionKind
from .duplicates import DuplicateFinder
from .exact import Matches
from .index import RegisterIndex, has_archived, is_large
from .row_groups import find_twins
from .similar import SimilarRecords
from .stored import ComparisonColumns, IdFilter, Normaliser, filled_mask, portions, project


class RuleMatcher(DuplicateFinder):
    """The identity of businesses: number, NIB, NIK + name, then likeness."""

    def __init__(self, rows, resource, identity, answers, problems, figures_equal):
        self.rows, self.resource, self.identity = rows, resource, identity
        self.answers, self.problems = answers, problems
        self.figures_equal = figures_equal  # (row index, record id) -> bool
        self.keys = Normaliser()
        attributes = {c.target: name for name, c in resource.columns().items() if not c.child}
        self.column_name = attributes
        #: What lets one record stand in several rows: their year, or the key of their part.
        self.years = _occasions(rows, resource)
        self.matches = Matches([None] * len(rows))
        exact = {identity.name, *identity.unique}.union(*identity.paired)
        self.norm = {name: self._normalised(name) for name in sorted(exact)}
        self.weak = ComparisonColumns([self._values(name) for name in identity.weak], self.keys.of)
        self.numbers = rows.column("number")

    @cached_property
    def _sheet_knows_more(self):
        return any(filled_mask(self.weak[index]) for index in range(len(self.rows)))

    def _values(self, attribute):
        """A sheet column by the attribute it is stored in, derived values included."""
        name = self.column_name.get(attribute, attribute)
        values = self.rows.column(name if name in self.rows.values else attribute)
        fallback = self.rows.fallback.get(attribute)
        if fallback is None:
            return values
        return self.rows.hold(s if v is None else v for v, s in zip(values, fallback, strict=True))

    def _normalised(self, attribute):
        keys = map(self.keys.of, self._values(attribute))
        return self.rows.hold(None if v is ERASE else v for v in keys)

    def run(self) -> Matches:
        """Finds the record of every row that is not held for another reason."""
        open_rows = self._not_held(range(len(self.rows)))
        open_rows = self._drop_twins(open_rows)
        open_rows = self._decide(open_rows)
        open_rows = self._doubles(open_rows)
        undecided = self._known_exactly(open_rows)
        if undecided and self.known.ids:
            unmatched = [i for i in undecided if i not in self.rows.held and not self._alike(i)]
            self._find_similar([i for i in unmatched if i not in self.rows.held])
        self._share_new(self._not_held(open_rows))
        self._no_two_on_one()
        return self.matches

    def _not_held(self, indexes):
        return array("I", (i for i in indexes if i not in self.rows.held))

    def _drop_twins(self, open_rows):
        twins = find_twins(self.rows, open_rows, self.keys.of)
        self.matches.twins = {i: e for i, e in twins.items() if i not in self.rows.decisions}
        return array("I", (i for i in open_rows if i not in self.matches.twins))

    def _decide(self, open_rows):
        """Rows the user has decided about one by one."""
        if not self.rows.decisions:
            return open_rows
        chosen = {d.target for d in self.rows.decisions.values() if d.target is not None}
        model = self.resource._meta.model
        stored = dict(model._base_manager.filter(pk__in=chosen).values_list("pk", "archived_at"))
        remaining = array("I")
        for index in open_rows:
            decision = self.rows.decisions.get(index)
            if self.rows.is_aside(index):
                self.matches.skipped.add(index)
            elif decision and decision.kind is DecisionKind.UPDATE:
                self._take_decided(index, decision.target, stored)
            else:
                remaining.append(index)
        return remaining

    def _take_decided(self, index, target, stored):
        """The record the user chose, unless it has gone since, or never was."""
        if target not in stored:
            message = (
                f"Catatan yang dipilih untuk baris ini tidak ada. Pilih {self.identity.noun} lain."
            )
            self._hold(index, self.identity.name, "unknown_number", message)
        elif stored[target] is not None:
            self._hold_archived(index, [target], self.identity.name)
        else:
            self.matches.target[index] = target

    # Against the register

    def _look_up(self, asked=None):
        model = self.resource._meta.model
        self.register = RegisterIndex(model, sorted(self.norm), self.identity, self.keys.of, asked)
        self.known, self.stored = self.register.known, self.register.stored
        self.names = self.register.names

    def _known_exactly(self, open_rows):
        """Gives the rows that carry an official id their record; returns the others.

        Of a very long register only the records are loaded that carry the ids of some rows.
        """
        if not is_large(self.resource._meta.model):
            self._look_up()
            return array("I", (i for i in open_rows if not self._exactly(i)))
        others, archived = array("I"), has_archived(self.resource._meta.model)
        for some in portions(open_rows):
            asked = self._own_ids(some)
            self._look_up(IdFilter(asked, archived=archived))
            if further := self._further_ids(some):
                self._look_up(IdFilter(asked | further, archived=archived))
            others.extend(i for i in some if not self._exactly(i))
        if not others:
            return others
        # In the whole register an id is found however it is spelled.
        self._look_up()
        return array("I", (i for i in others if not self._exactly(i)))

    def _own_ids(self, indexes):
        """The register numbers and unique ids of these rows."""
        unique = {name: self.norm[name] for name in self.identity.unique}
        found = {name: {column[i] for i in indexes} - {None} for name, column in unique.items()}
        return {"id": {self._number(i) for i in indexes} - {None}, **found}

    def _further_ids(self, indexes):
        """What else could name a record: the NIK of rows whose NIB finds none with that NIK."""
        found = {}
        for name, _ in self.identity.paired:
            column, stored = self.norm[name], self.stored[name]
            further = {
                column[i]
                for i in indexes
                if column[i] and column[i] not in {stored.get(key) for key in self._named(i)}
            }
            if further:
                found[name] = further
        return found

    def _named(self, index):
        """The records that carry the register number or a unique id of a row."""
        yield self._number(index)
        for name in self.identity.unique:
            yield from self.register.by_unique[name].get(self.norm[name][index], ())

    def _exactly(self, index) -> bool:
        """Number, NIB, NIK + name: the first that applies decides."""
        number = self._number(index)
        if number is not None:
            return self._take_number(index, number)
        if not self.known.ids:
            return False
        for name in self.identity.unique:
            value = self.norm[name][index]
            if value and (found := self.register.by_unique[name].get(value)):
                return self._take_exact(index, found, name)
        for pair in self.identity.paired:
            value = (self.norm[pair[0]][index], self.norm[pair[1]][index])
            if all(value) and (found := self.register.by_pair[pair].get(value)):
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
                self._hold_doubtful(index, [number, *others], "number")
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
            for key in self.register.by_unique[name].get(self.norm[name][index], ())
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
                self._hold_doubtful(index, conflict, name)
            else:
                self.matches.target[index] = key
        else:
            self._hold_doubtful(index, kept, name)
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
            owners = [
                k
                for k in self.register.owners(other, value)
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
        mask = filled_mask(weak)
        found = []
        for stored_mask in self.register.by_mask:
            common = mask & stored_mask
            if common == 0 and (mask or (stored_mask and self._sheet_knows_more)):
                continue  # a name alone decides only where there is nothing else
            table = self.register.alike(stored_mask, common)
            found.extend(table.get((name, project(weak, common)), ()))
        kept = [k for k in found if k not in self.known.archived and not self._other_id(index, k)]
        if not kept:
            gone = [k for k in found if k in self.known.archived]
            if gone and not self.rows.is_decided_new(index):
                self._hold_archived(index, gone, self.identity.name)
                return True
            return False
        if len(kept) > 1:
            kept = self._narrow(index, kept)
        if len(kept) == 1:
            self.matches.target[index] = kept[0]
        else:
            self._hold_doubtful(index, kept, self.identity.name)
        return True

    def _narrow(self, index, keys):
        """Of several alike: the one with equal figures, else the one equal in every column."""
        equal = [key for key in keys if self.figures_equal(index, key)]
        if len(equal) == 1:
            return equal
        whole = [key for key in equal or keys if self.register.weak[key] == self.weak[index]]
        return whole if len(whole) == 1 else keys

    def _other_id(self, index, key):
        """Whether row and record carry different official numbers."""
        for name in self.identity.unique:
            mine, theirs = self.norm[name][index], self.stored[name].get(key)
            if mine and theirs and mine != theirs:
                return True
        return False

    # Near matches

    def _find_similar(self, unmatched):
        if not self.known.ids or not unmatched:
            return
        finder = SimilarRecords(self, unmatched)
        doubtful = {}
        for index in unmatched:
            if self.rows.is_decided_new(index):
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
                self._hold_doubtful(index, kept, self.identity.name)


def _occasions(rows, resource):
    if resource.child is None:
        return rows.column(resource.year_column) if resource.year_column else None
    names = {c.target: name for name, c in resource.columns().items() if c.child}
    columns = [rows.column(names.get(key, key)) for key in resource.child.key]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
