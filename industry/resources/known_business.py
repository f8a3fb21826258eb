"""How other sheets call a business the register already holds; they never create or change one."""

import copy
from collections import defaultdict

from balikpapan.spreadsheets.cells import comparison_key

from ..models import Business
from .business import BusinessResource


def identity_column(name, *, exported=False):
    """A column of the IKM sheet by which a business is recognised here."""
    column = copy.copy(BusinessResource.fields[name])
    column.stored, column.required, column.exported = False, False, exported
    return column


class BusinessFinder:
    """Businesses by number, NIB and name, loaded once per upload."""

    def __init__(self):
        self.numbers, self.by_nib = set(), {}
        self.by_name, self.owners = defaultdict(list), {}
        rows = Business.objects.kept().values_list("id", "nib", "name", "owner_name")
        for key, nib, name, owner in rows.iterator(5000):
            self.numbers.add(key)
            if nib:
                self.by_nib[nib] = key
            self.by_name[comparison_key(name)].append(key)
            self.owners[key] = comparison_key(owner)

    def called(self, name: str, owner: str | None) -> list[int]:
        """The businesses of this name; where several, those of this owner if there are any."""
        records = self.by_name.get(comparison_key(name), [])
        if len(records) > 1 and owner:
            owned = [key for key in records if self.owners[key] == comparison_key(owner)]
            return owned or records
        return records
