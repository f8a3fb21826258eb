"""Records that may be the same business although something differs: never decided, only asked."""

from .stored import index_by

#: Names at least this long may differ by one letter and still be doubted.
LONG_NAME = 6


class SimilarRecords:
    """Records that may be the same although a column differs."""

    def __init__(self, matcher, rows):
        self.matcher = matcher
        identity = matcher.identity
        weak = identity.weak
        self.position = {name: weak.index(name) for name in weak}
        self.owner, self.phone, self.address, self.region = (
            self.position.get(name)
            for name in (identity.owner, identity.phone, identity.address, identity.region)
        )
        names, stored = matcher.names, matcher.register.weak
        wanted = {matcher.norm[identity.name][i] for i in rows}
        self.by_name = index_by(
            (names.get(k), k) for k in matcher.known.ids if names.get(k) in wanted
        )
        self.by_phone_owner = index_by(
            (self._both(stored[k]), k) for k in matcher.known.ids if self._both(stored[k])
        )
        self.blocking_keys = {}
        for key in matcher.known.ids:
            name = names.get(key)
            if not name or len(name) < LONG_NAME:
                continue
            for anchor in self._anchors(stored[key]):
                half = len(name) // 2
                for piece in ((len(name), "<", name[:half]), (len(name), ">", name[half:])):
                    self.blocking_keys.setdefault((anchor, piece), []).append(key)

    def _both(self, weak):
        if self.phone is None or self.owner is None:
            return None
        pair = (weak[self.phone], weak[self.owner])
        return pair if all(pair) else None

    def _anchors(self, weak):
        for kind, position in (("owner", self.owner), ("region", self.region)):
            if position is not None and weak[position] is not None:
                yield kind, weak[position]

    def of(self, index) -> list[int]:
        """Candidates for one row, the stored ones first found first."""
        matcher = self.matcher
        name, weak = matcher.norm[matcher.identity.name][index], matcher.weak[index]
        found = []
        for key in self.by_name.get(name, ()):
            if self._shares(weak, matcher.register.weak[key]):
                found.append(key)
        found.extend(self.by_phone_owner.get(self._both(weak), ()))
        if name and len(name) >= LONG_NAME:
            found.extend(self._one_edit(name, weak))
        return [key for key in dict.fromkeys(found) if not matcher._other_id(index, key)]

    def _shares(self, weak, stored):
        """Same owner or phone beside the name; or the same address with no owner against it."""
        for position in (self.owner, self.phone):
            if position is not None and weak[position] and weak[position] == stored[position]:
                return True
        if self.address is None or not weak[self.address]:
            return False
        owners = () if self.owner is None else {weak[self.owner], stored[self.owner]} - {None}
        return weak[self.address] == stored[self.address] and len(owners) < 2

    def _one_edit(self, name, weak):
        # One edit lies in one half of the word, so the other half is there unchanged.
        names = self.matcher.names
        for anchor in self._anchors(weak):
            for length in (len(name) - 1, len(name), len(name) + 1):
                half = length // 2
                pieces = (
                    (length, "<", name[:half]),
                    (length, ">", name[len(name) - (length - half) :]),
                )
                for piece in pieces:
                    for key in self.blocking_keys.get((anchor, piece), ()):
                        if names[key] != name and one_edit_apart(names[key], name):
                            yield key


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed turns one into the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    for position in range(len(short)):
        if short[position] != long[position]:
            rest = short[position + 1 :] if len(short) == len(long) else short[position:]
            return rest == long[position + 1 :]
    return len(short) != len(long)
