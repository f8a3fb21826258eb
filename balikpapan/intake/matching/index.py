"""The records a register holds, put in order by what rows call them: their ids, or likeness."""

from functools import cached_property

from balikpapan.spreadsheets.paged_columns import is_long

from .stored import filled_mask, index_by, load_register, project


class RegisterIndex:
    """Stored records by their official ids and by likeness.

    They are put in order only as far as rows ask for it: most lists are known by their NIB.
    """

    def __init__(self, model, names, identity, of, asked=None):
        self.identity, self._of = identity, of
        self.known = load_register(model, names, of, asked)
        self.stored = self.known.values
        self.names = self.stored[identity.name]
        self._owners, self._alike = {}, {}

    @cached_property
    def by_unique(self) -> dict:
        """Attribute -> value -> ids of the records that carry it."""
        return {
            name: index_by((v, k) for k, v in self.stored[name].items())
            for name in self.identity.unique
        }

    @cached_property
    def by_pair(self) -> dict:
        """Pair of attributes -> pair of values -> ids."""
        return {
            pair: index_by(
                ((value, second), key)
                for key, value in self.stored[pair[0]].items()
                if (second := self.stored[pair[1]].get(key))
            )
            for pair in self.identity.paired
        }

    def owners(self, name, value) -> list[int]:
        """The records that carry a value of an official id, whatever else they are known by."""
        if name not in self._owners:
            self._owners[name] = index_by((v, k) for k, v in self.stored[name].items())
        return self._owners[name].get(value, ())

    @cached_property
    def weak(self) -> dict:
        """Weak identities of the stored records, by their id."""
        self.known.load(self.identity.weak, self._of)
        columns = [self.stored[name].column for name in self.identity.weak]
        weak = zip(self.known.ids, *columns, strict=True)
        return {key: tuple(values) for key, *values in weak}

    @cached_property
    def by_mask(self) -> dict:
        """Which columns are filled -> ids of the records that fill just these."""
        found = {}
        for key, weak in self.weak.items():
            found.setdefault(filled_mask(weak), []).append(key)
        return found

    def alike(self, mask, common) -> dict:
        """Records that fill the columns of ``mask``, by their name and the ``common`` ones."""
        if (mask, common) not in self._alike:
            self._alike[mask, common] = index_by(
                ((self.names.get(key), project(self.weak[key], common)), key)
                for key in self.by_mask[mask]
            )
        return self._alike[mask, common]


def is_large(model) -> bool:
    """Whether a register may hold more records than should be held in memory at once."""
    newest = model._base_manager.order_by("-id").values_list("id", flat=True).first()
    return is_long(newest or 0)


def has_archived(model) -> bool:
    """Whether any record of a register is archived."""
    return model._base_manager.exclude(archived_at=None).exists()
