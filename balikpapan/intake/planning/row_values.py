"""What the rows of an upload say about one kind of record, attribute by attribute."""

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import page_length


class RowValues:
    """The sheet's columns of one kind of record, ready to be asked row by row.

    A blank says nothing, ERASE empties, and a soft value only fills what is blank in the sheet
    and in the register. What needs a closer look is known per column, so that a row costs little.
    """

    def __init__(self, columns, model, rows):
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.columns = []
        self.fallback = []
        self.erasing = {}
        for attribute, (_, hard, fallback) in columns.items():
            values = hard if fallback is None else fallback
            if fallback is not None:
                self.fallback.append((attribute, hard))
                if hard is not None:
                    pairs = zip(hard, fallback, strict=True)
                    values = rows.hold(s if h is None else h for h, s in pairs)
            if values.count(ERASE):
                self.erasing[attribute] = None if fields[attribute].null else ""
            self.columns.append((attribute, values))
        # A long column is opened page by page; a short one is one page.
        self._step = page_length(len(rows))
        self._number, self._page = None, []

    def of(self, index: int, stored: dict) -> dict:
        """What one row says of a record that holds ``stored``, ready to be stored itself."""
        number, place = divmod(index, self._step)
        if number != self._number:
            self._turn_to(number)
        values = {
            attribute: value
            for attribute, cells in self._page
            if (value := cells[place]) is not None
        }
        for attribute, hard in self.fallback:
            blank = hard is None or hard[index] is None
            if blank and stored.get(attribute) not in (None, ""):
                values.pop(attribute, None)
        for attribute, empty in self.erasing.items():
            if values.get(attribute) is ERASE:
                values[attribute] = empty
        return values

    def _turn_to(self, number):
        start = number * self._step
        self._page = [(name, values[start : start + self._step]) for name, values in self.columns]
        self._number = number
