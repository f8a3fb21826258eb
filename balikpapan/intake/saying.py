"""What the rows of an upload say about one kind of record, attribute by attribute."""

from balikpapan.spreadsheets.cells import ERASE


class Saying:
    """The sheet's columns of one kind of record, ready to be asked row by row.

    A blank says nothing, ERASE empties, and a soft value only fills what is blank in the sheet
    and in the register. What needs a closer look is known per column, so that a row costs little.
    """

    def __init__(self, columns, model):
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.columns = []
        self.soft = []
        self.erasing = {}
        for attribute, (_, hard, soft) in columns.items():
            values = hard if soft is None else soft
            if soft is not None:
                self.soft.append((attribute, hard))
                if hard is not None:
                    values = [s if h is None else h for h, s in zip(hard, soft, strict=True)]
            if values.count(ERASE):
                self.erasing[attribute] = None if fields[attribute].null else ""
            self.columns.append((attribute, values))

    def of(self, index: int, stored: dict) -> dict:
        """What one row says of a record that holds ``stored``, ready to be stored itself."""
        values = {
            attribute: value
            for attribute, column in self.columns
            if (value := column[index]) is not None
        }
        for attribute, hard in self.soft:
            blank = hard is None or hard[index] is None
            if blank and stored.get(attribute) not in (None, ""):
                values.pop(attribute, None)
        for attribute, empty in self.erasing.items():
            if values.get(attribute) is ERASE:
                values[attribute] = empty
        return values
