"""The rules that decide by themselves: a register number, a NIB, a NIK with a name."""

from collections.abc import Iterator, Sequence
from typing import Any

from .holds import HoldReporter
from .index import RegisterIndex
from .row_keys import RowKeys


class IdRules:
    """Matches rows by number and official ids, the first that applies deciding."""

    def __init__(self, keys: RowKeys, holds: HoldReporter, register: RegisterIndex):
        self.keys, self.holds, self.register = keys, holds, register
        self.identity, self.matches = keys.identity, holds.matches

    def decide(self, index: int) -> bool:
        """Gives a row its record, or holds it; False where no id says anything about it."""
        number = self.keys.number(index)
        if number is not None:
            self._take_number(index, number)
            return True
        if not self.register.records.ids:
            return False
        for name in self.identity.unique:
            value = self.keys.columns[name][index]
            if value and (records := self.register.by_unique[name].get(value)):
                self._take(index, records, name)
                return True
        for pair in self.identity.paired:
            values = (self.keys.columns[pair[0]][index], self.keys.columns[pair[1]][index])
            if all(values) and (records := self.register.by_pair[pair].get(values)):
                self._take(index, records, pair[0])
                return True
        return False

    def further_ids(self, indexes: Sequence[int]) -> dict[str, set[Any]]:
        """What else could name a record: the NIK of rows whose NIB finds none with that NIK."""
        further = {}
        for name, _ in self.identity.paired:
            column, stored = self.keys.columns[name], self.register.columns[name]
            values = {
                column[i]
                for i in indexes
                if column[i] and column[i] not in {stored.get(key) for key in self._named(i)}
            }
            if values:
                further[name] = values
        return further

    def _named(self, index: int) -> Iterator[int]:
        """The records that carry the register number or a unique id of a row."""
        number = self.keys.number(index)
        if number is not None:
            yield number
        for name in self.identity.unique:
            yield from self.register.by_unique[name].get(self.keys.columns[name][index], ())

    def _take_number(self, index: int, number: int) -> None:
        if self.register.is_archived(number):
            self.holds.hold_archived(index, [number], "number")
        elif number in self.register.records.position:
            others = self._others_with_its_ids(index, number)
            if others:
                self.holds.hold_doubtful(index, [number, *others], "number")
            else:
                self.matches.target[index] = number
        else:
            message = (
                f"Nomor register {self.holds.called(number)} tidak ada. Kosongkan nomor "
                f"itu bila {self.identity.noun} ini baru."
            )
            self.holds.hold(index, "number", "unknown_number", message)

    def _others_with_its_ids(self, index: int, number: int) -> list[int]:
        """Businesses other than the numbered one that already carry the row's NIB."""
        return [
            key
            for name in self.identity.unique
            for key in self.register.by_unique[name].get(self.keys.columns[name][index], ())
            if key != number and not self.register.is_archived(key)
        ]

    def _take(self, index: int, records: list[int], name: str) -> None:
        present = self.register.not_archived(records)
        if not present:
            self.holds.hold_archived(index, records, name)
        elif len(present) > 1:
            self.holds.hold_doubtful(index, present, name)
        elif others := self._contradicting(index, present[0], name):
            self.holds.hold_doubtful(index, [present[0], *others], name)
        else:
            self.matches.target[index] = present[0]

    def _contradicting(self, index: int, record: int, name: str) -> list[int]:
        """The records that carry another id of the row, as the NIB of one and the NIK of another."""
        for other in [*self.identity.unique, *(pair[0] for pair in self.identity.paired)]:
            value, theirs = (
                self.keys.columns[other][index],
                self.register.columns[other].get(record),
            )
            if other == name or not value or theirs == value:
                continue
            # One person may own several businesses, so the same name may be given its first NIK.
            if theirs is None and self.keys.names[index] in (None, self.register.names.get(record)):
                continue
            owners = self.register.not_archived(self.register.owners(other, value))
            if owners := [key for key in owners if key != record]:
                return owners
        return []
