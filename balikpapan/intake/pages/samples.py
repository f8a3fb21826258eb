"""What the columns of a file hold, for whoever has to say what each of them means."""

from balikpapan.audit import personal_data
from balikpapan.spreadsheets.cells import is_blank, quote
from balikpapan.spreadsheets.model import Formula
from balikpapan.spreadsheets.opening.row_estimate import estimated_rows

from .. import storage
from ..answers import Answers
from ..pipeline import examine

#: A file is read once more for its samples, so only a short one is.
LONGEST = 5_000
SHOWN = 3


def samples_of(upload, user) -> dict[str, str]:
    """The first few values of each column by its letter, for a user who may see them."""
    content = storage.original(upload.sha256)
    if content is None or not personal_data.may_see(user) or estimated_rows(content) > LONGEST:
        return {}
    answers = Answers.from_json(upload.answers)
    layout = examine(upload.register, content, upload.file_name, answers).layout
    found = {}
    for table in layout.tables if layout else ():
        for column in table.columns:
            values = _first_values(table, column)
            if values and column.letter not in found:
                found[column.letter] = ", ".join(values)
    return found


def _first_values(table, column):
    cells, values = table.sheet.columns[column.index], []
    for row in range(table.first_row, table.last_row + 1):
        cell = cells[row].value if isinstance(cells[row], Formula) else cells[row]
        if not is_blank(cell) and (text := quote(cell)) not in values:
            values.append(text)
        if len(values) == SHOWN:
            break
    return values
