"""The row "(1) (2) (3)" that offices print under the heading."""

import re

from ..model import Formula, Sheet
from .texts import text_of

_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\]]?(\s*[=:].*)?")
#: Numbers may run on past the last column where some were taken out.
_BEYOND = 10


def is_number_row(sheet: Sheet, row: int, *, gaps: bool = False) -> bool:
    """Whether the filled cells of a row number the columns; ``gaps`` lets numbers be left out."""
    numbers = []
    for column in sheet.columns:
        cell = column[row]
        if isinstance(cell, Formula):
            cell = cell.value
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if not float(cell).is_integer():
                return False
            numbers.append(int(cell))
            continue
        match = _COLUMN_NUMBER.fullmatch(text_of(cell))
        if not match:
            return False
        numbers.append(int(match[1]))
    steps = [later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)]
    if len(numbers) < 2 or not all(step == 1 for step in steps):
        return (
            gaps
            and len(numbers) > 2
            and numbers[0] in (1, 2)
            and all(0 < step < 4 for step in steps)
            and numbers[-1] <= len(sheet.columns) + _BEYOND
        )
    return True
