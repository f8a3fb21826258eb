"""The marked copy of an upload: its problems, shown in the office's own workbook."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from balikpapan.audit.personal_data import masked
from balikpapan.spreadsheets.addresses import column_letter
from balikpapan.spreadsheets.annotate.copy import VALUES_ONLY, Annotation, mark, mark_values, plain
from balikpapan.spreadsheets.cells import is_blank
from balikpapan.spreadsheets.cells.masking import mask, mask_free_text
from balikpapan.spreadsheets.model import Cell, Sheet, Workbook
from balikpapan.spreadsheets.opening.file_type import recognise
from balikpapan.spreadsheets.opening.open import open_workbook

from .. import storage, working_file
from ..models import Upload
from ..permissions import may_fetch
from ..pipeline import limits
from ..problems import Problem, message_for
from ..resources import REGISTERS, SheetResource

MASKED = (
    "Data pribadi disamarkan. Isi kolom yang tidak dikenal dan lembar yang tidak dibaca tidak ikut."
)
_LONG_NUMBER = 10**13  # no figure of a small industry has as many places as a NIK


def marked_copy(upload: Upload, user: Any) -> bytes | None:
    """The copy this user may have; None where the file or its problems are gone."""
    content = storage.original(upload.sha256)
    if content is None:
        return None
    try:
        with working_file.KeptCells(upload) as cells:
            problems = cells.problems()
    except working_file.WorkingFileBroken:
        return None
    untold = sum(upload.problem_counts.values()) - len(problems)
    return marked_file(
        content,
        upload.register,
        upload.sheets,
        problems,
        untold=untold,
        sees=may_fetch(user, upload),
    )


def marked_name(upload: Upload) -> str:
    """What the copy of an upload is called."""
    return f"{PurePath(upload.file_name).stem}-diperiksa.xlsx"


def marked_file(
    content: bytes,
    register: str,
    sheets: list[dict[str, Any]],
    problems: list[Problem],
    *,
    untold: int = 0,
    sees: bool,
) -> bytes:
    """The file with its problems marked: as it came, or as values with personal data masked."""
    resource = REGISTERS[register]()
    hidden = set() if sees else resource.personal_columns()
    marks = [_mark(problem, hidden, sees) for problem in problems]
    remarks = []
    if untold > 0:
        remarks.append(f"{untold} temuan sejenis lainnya tidak ditandai satu per satu.")
    if sees:
        return mark(content, recognise(content, limits()), marks, remarks)
    book = masked_workbook(open_workbook(content, "", limits()), sheets, resource)
    return mark_values(book, marks, [VALUES_ONLY, MASKED, *remarks])


def _mark(problem: Problem, hidden: set[str], sees: bool) -> Annotation:
    where = str(problem.place)
    message = message_for(problem, hidden).removeprefix(f"{where}: ")
    if not sees:
        message = mask_free_text(message)
    return Annotation(problem.sheet, problem.row, problem.column, problem.severity, message)


def masked_workbook(
    workbook: Workbook, described: list[dict[str, Any]], resource: SheetResource
) -> Workbook:
    """Only the sheets that were read; of them nothing that could be personal."""
    read = {sheet["name"]: sheet for sheet in described if sheet["read"]}
    sheets = [_masked_sheet(s, read[s.name], resource) for s in workbook.sheets if s.name in read]
    return Workbook(workbook.format, sheets)


def _masked_sheet(sheet: Sheet, described: dict[str, Any], resource: SheetResource) -> Sheet:
    columns, personal = resource.columns(), resource.personal_columns()
    fields = {column["letter"]: column["field"] for column in described["columns"]}
    top = max(described["header_rows"], default=0)
    masks: list[Sequence[Cell]] = []
    for index, cells in enumerate(sheet.columns):
        name = fields.get(column_letter(index))
        if name in personal:
            below = [_masked_cell(columns[name].target, cell) for cell in cells[top:]]
        elif name in columns:
            below = [_careful(cell) for cell in cells[top:]]
        else:
            below = [None if is_blank(plain(cell)) else "****" for cell in cells[top:]]
        masks.append([_careful(cell) for cell in cells[:top]] + below)
    return Sheet(sheet.name, masks)


def _masked_cell(target: str, cell: Cell) -> Cell:
    value = plain(cell)
    return value if is_blank(value) else masked(target, _digits(value))


def _careful(cell: Cell) -> Cell:
    """A cell that should hold nothing personal, with every number as long as a NIK masked."""
    value = plain(cell)
    if isinstance(value, str):
        return mask_free_text(value)
    if isinstance(value, int | float) and abs(value) >= _LONG_NUMBER:
        return mask(_digits(value))
    return cell


def _digits(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
