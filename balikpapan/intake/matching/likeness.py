"""The rule for rows without an official id: the name and the comparison columns that both fill."""

from collections.abc import Callable

from .comparison import filled_mask, project
from .holds import HoldReporter
from .index import RegisterIndex
from .row_keys import RowKeys


class LikenessRule:
    """Matches rows whose name and at least one more column agree, and none disagrees."""

    def __init__(
        self,
        keys: RowKeys,
        holds: HoldReporter,
        register: RegisterIndex,
        figures_equal: Callable[[int, int], bool],
    ):
        self.keys, self.holds, self.register = keys, holds, register
        self.matches = holds.matches
        self._figures_equal = figures_equal

    def decide(self, index: int) -> bool:
        """Gives a row its record, or holds it; False where no record is like it."""
        name = self.keys.names[index]
        if not name:
            return False
        records = self._alike(index)
        register, main = self.register, self.keys.identity.name
        present = [
            record
            for record in register.not_archived(records)
            if not register.id_differs(self.keys, index, record)
        ]
        if len(present) > 1:
            present = self._narrow(index, present)
        if len(present) == 1:
            self.matches.target[index] = present[0]
            return True
        if present:
            self.holds.hold_doubtful(index, present, main)
            return True
        archived = [record for record in records if register.is_archived(record)]
        if archived and not self.keys.rows.is_decided_new(index):
            self.holds.hold_archived(index, archived, main)
            return True
        return False

    def _alike(self, index: int) -> list[int]:
        cells = self.keys.comparison[index]
        mask = filled_mask(cells)
        records: list[int] = []
        for stored_mask in self.register.by_mask:
            common = mask & stored_mask
            if common == 0 and (mask or (stored_mask and self.keys.has_comparison)):
                continue  # a name alone decides only where there is nothing else
            table = self.register.alike(stored_mask, common)
            records.extend(table.get((self.keys.names[index], project(cells, common)), ()))
        return records

    def _narrow(self, index: int, records: list[int]) -> list[int]:
        """Of several alike: the one with equal figures, else the one equal in every column."""
        equal = [record for record in records if self._figures_equal(index, record)]
        if len(equal) == 1:
            return equal
        cells, stored = self.keys.comparison[index], self.register.comparison
        whole = [record for record in equal or records if stored[record] == cells]
        return whole if len(whole) == 1 else records
