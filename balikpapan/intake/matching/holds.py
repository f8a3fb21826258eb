"""Telling the user that a row is held because of what it may be, with the candidates named."""

from balikpapan.spreadsheets.cells import ERASE, Finding

from ..problems import Problems
from .archived import ArchiveAnswer
from .matches import Matches
from .row_keys import RowKeys

#: So many candidates are named in a message; the rest are counted.
NAMED = 3


class HoldReporter:
    """Holds rows whose record is in doubt, says why, and notes the records they may be."""

    def __init__(self, keys: RowKeys, matches: Matches, problems: Problems, archive: ArchiveAnswer):
        self.keys, self.matches, self.problems = keys, matches, problems
        self.archive = archive
        self.identity = keys.identity

    def called(self, record: int) -> str:
        """How messages call a stored record, such as "IKM-000123"."""
        number = self.identity.number
        return f"{number}-{record:06d}" if number else f"nomor {record}"

    def hold(self, index: int, attribute: str, code: str, message: str) -> None:
        """Holds a row with an error at its cell of an attribute; the row has no record then."""
        rows = self.keys.rows
        name = self.keys.column_of.get(attribute, attribute)
        value = rows.column(name)[index]
        text = None if value is ERASE else value
        if attribute == "number" and value is not None:
            text = self.called(value)
        rows.tell(self.problems, index, name, Finding("error", code, message), text)
        self.matches.target[index] = None

    def hold_archived(self, index: int, records: list[int], attribute: str) -> None:
        """Holds a row that only archived records match, unless its record is to be revived."""
        if (record := self.archive.revived(records)) is not None:
            self.matches.target[index] = record
            return
        self.matches.candidates[index] = records
        numbers = ", ".join(self.called(record) for record in records[:NAMED])
        message = (
            f"{self.identity.noun.capitalize()} ini cocok dengan {numbers} yang sudah diarsipkan. "
            f"Kembalikan arsip itu lebih dahulu, atau catat sebagai {self.identity.noun} baru."
        )
        self.hold(index, attribute, "archived_match", message)

    def hold_doubtful(self, index: int, records: list[int], attribute: str) -> None:
        """Holds a row that may be any of several records, or one of them with a difference."""
        self.matches.candidates[index] = records
        numbers = ", ".join(self.called(record) for record in records[:NAMED])
        more = f" dan {len(records) - NAMED} lainnya" if len(records) > NAMED else ""
        message = (
            f"Mungkin sama dengan {numbers}{more}. Tentukan: {self.identity.noun} yang sama, "
            f"{self.identity.noun} baru, atau lewati baris ini."
        )
        self.hold(index, attribute, "doubtful_match", message)
