"""A sheet brought to the wrong register: whose headings does it have?"""

from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.detect import find_table

from ..resources import REGISTERS


def owner_of(sheet: Sheet, but: str) -> str | None:
    """The name of the register this sheet is a list of, other than ``but``; None where of none."""
    best, most = None, 0
    for register, resource in REGISTERS.items():
        if register == but:
            continue
        vocabulary = resource.vocabulary()
        table = find_table(sheet, vocabulary, near=False)
        fields = {column.field for column in table.columns if column.field} if table else set()
        if len(fields) > most and not vocabulary.missing(fields):
            best, most = register, len(fields)
    return best
