"""Telling the user that a row is held because of what it may be, with the candidates named."""

from balikpapan.spreadsheets.cells import ERASE, Finding


class HoldReporter:
    """What a ladder says of a row it cannot decide; the row is held and its candidates kept."""

    def _called(self, key):
        return f"{self.identity.number or ''}-{key:06d}" if self.identity.number else f"nomor {key}"

    def _hold(self, index, attribute, code, message):
        name = self.column_name.get(attribute, attribute)
        value = self.rows.column(name)[index]
        shown = None if value is ERASE else value
        if attribute == "number" and value is not None:
            shown = self._called(value)
        self.rows.tell(self.problems, index, name, Finding("error", code, message), shown)
        self.matches.target[index] = None

    def _hold_archived(self, index, keys, attribute):
        self.matches.candidates[index] = keys
        called = ", ".join(self._called(key) for key in keys[:3])
        message = (
            f"{self.identity.noun.capitalize()} ini cocok dengan {called} yang sudah diarsipkan. "
            f"Kembalikan arsip itu lebih dahulu, atau catat sebagai {self.identity.noun} baru."
        )
        self._hold(index, attribute, "archived_match", message)

    def _hold_doubtful(self, index, keys, attribute):
        self.matches.candidates[index] = keys
        called = ", ".join(self._called(key) for key in keys[:3])
        more = f" dan {len(keys) - 3} lainnya" if len(keys) > 3 else ""
        message = (
            f"Mungkin sama dengan {called}{more}. Tentukan: {self.identity.noun} yang sama, "
            f"{self.identity.noun} baru, atau lewati baris ini."
        )
        self._hold(index, attribute, "doubtful_match", message)
