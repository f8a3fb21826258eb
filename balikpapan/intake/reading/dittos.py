"""Cells that say "as above": "sda", "idem" and the marks that lists have for it."""

from collections.abc import Sequence

from balikpapan.spreadsheets.cells import Finding, quote
from balikpapan.spreadsheets.model import Cell

from ..widgets import Choice, Named, Text

#: The widgets of columns whose cells may repeat the one above; numbers and ids never do.
REPEATING = (Choice, Named, Text)
_WORDS = ("sda", "sda.", "s.d.a", "s.d.a.", "s d a", "idem", "ditto", "sama dengan di atas",
          "sama dengan diatas", "sama seperti di atas")  # fmt: skip
_SIGNS = ('"', '""', "''", "″", "〃", '-"-', '- " -', "-″-", "-''-", '"-"', "“", "”")
_MARKS = frozenset(
    form for word in (*_WORDS, *_SIGNS) for form in (word, word.upper(), word.capitalize())
)


class Dittos:
    """Goes down one column and puts the cell right above in the place of each such mark.

    ``rows`` are the rows of the sheet that the cells stand in, one for each position. Where the
    column ``names_records``, "as above" may mean a row that goes on or a name: nothing is filled.
    """

    def __init__(self, rows: Sequence[int], *, names_records: bool = False) -> None:
        self._rows, self._names_records = rows, names_records
        #: How many cells were filled so far.
        self.count = 0
        #: The marks with nothing to take: position -> the mark.
        self.unclear: dict[int, Cell] = {}
        self._above: Cell = None

    def filled(self, page: range, raw: list[Cell]) -> list[Cell]:
        """The cells of the next page; one that says "as above" below nothing becomes blank."""
        if not _MARKS.isdisjoint(raw):
            raw = raw[:]
            for position, cell in zip(page, raw, strict=True):
                if cell in _MARKS:
                    raw[position - page.start] = self._repeated(position, cell)
                self._above = raw[position - page.start]
        self._above = raw[-1] if raw else self._above
        return raw

    def _repeated(self, position: int, mark: Cell) -> Cell:
        if self._names_records:
            self.unclear[position] = mark
            return None
        is_below = position > 0 and self._rows[position] - self._rows[position - 1] == 1
        if is_below and self._above is not None:
            self.count += 1
            return self._above
        self.unclear[position] = mark
        return None


def unclear_ditto(mark: Cell, *, names_records: bool = False) -> Finding:
    """The error of a mark with nothing to take."""
    why = (
        "tetapi nama di baris ini harus tertulis"
        if names_records
        else "tetapi sel di atasnya tidak berisi"
    )
    message = f"{quote(mark)} berarti sama dengan di atas, {why}. Tulis isinya."
    return Finding("error", "unclear_ditto", message)
