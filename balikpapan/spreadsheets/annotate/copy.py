"""The marked copy: the office's own workbook back, with what was found coloured and commented.

An .xlsx keeps everything it had, because only the cells concerned are touched (``marked_package``,
in a process of its own with limits). Every other format, and an .xlsx built in a way that cannot be
edited safely, comes back as an .xlsx of its values.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from ..cells.formatting import format_percent
from ..cells.reading import number_of
from ..errors import WorkbookRefused
from ..model import Cell, CellError, Formula, Percent, Sheet, Workbook
from ..opening.open import Limits, open_workbook
from ..sandbox import Allowance, ChildFailed, run_task
from ..writing import write_sheets

MEMORY, SECONDS = 1536 << 20, 60
VALUES_ONLY = (
    "Salinan ini hanya memuat nilai sel. Rumus, format, lebar kolom, grafik, gambar, dan catatan "
    "dari berkas asli tidak ikut."
)
_EDITOR = "balikpapan.spreadsheets.annotate.package"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing to show in the copy; without column it is the row's, without row the sheet's."""

    sheet: str
    row: int | None  # Excel's
    column: str | None  # its letters
    severity: str  # "error", "warning" or "note"
    message: str


def mark(
    content: bytes, file_format: str, marks: Sequence[Annotation], remarks: Sequence[str] = ()
) -> bytes:
    """The accepted file as a marked .xlsx; ``remarks`` are told above its list of findings."""
    if file_format == "xlsx" and (copy := _marked(content, marks, remarks)):
        return copy
    return mark_values(open_workbook(content, "", Limits()), marks, [VALUES_ONLY, *remarks])


def mark_values(
    workbook: Workbook, marks: Sequence[Annotation], remarks: Sequence[str] = ()
) -> bytes:
    """A marked .xlsx of the values of an opened workbook."""
    sheets = [sheet for sheet in workbook.sheets if sheet.kind == "worksheet"]
    names = _excel_names(sheet.name for sheet in sheets)
    stream = io.BytesIO()
    write_sheets(stream, [(names[sheet.name], _plain_rows(sheet)) for sheet in sheets])
    marks = [
        Annotation(names.get(one.sheet, one.sheet), one.row, one.column, one.severity, one.message)
        for one in marks
    ]
    if copy := _marked(stream.getvalue(), marks, remarks):
        return copy
    raise WorkbookRefused(
        "too_heavy",
        "Berkas terlalu besar untuk dibuatkan salinan bertanda. Bagi menjadi beberapa berkas, "
        "lalu unggah satu per satu.",
    )


def _marked(content: bytes, marks: Sequence[Annotation], remarks: Sequence[str]) -> bytes | None:
    """What the child makes of a package; None where it cannot."""
    order = {"marks": [astuple(one) for one in marks], "remarks": list(remarks)}
    try:
        return run_task(_EDITOR, order, content, Allowance(MEMORY, SECONDS), b"".join)
    except (ChildFailed, WorkbookRefused):
        return None


def _plain_rows(sheet: Sheet) -> Iterable[tuple[object, ...]]:
    columns = [[plain(cell) for cell in column] for column in sheet.columns]
    return zip(*columns, strict=True)


def plain(cell: Cell) -> str | int | float | bool | datetime.date | None:
    """A cell's value alone, as a new workbook can hold it."""
    if isinstance(cell, Formula):
        return plain(cell.value)
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, Percent):
        number = number_of(cell.value)
        return None if number is None else f"{format_percent(number)}%"
    if isinstance(cell, datetime.time):
        return f"{cell:%H:%M:%S}"
    return cell


def _excel_names(names: Iterable[str]) -> dict[str, str]:
    """Sheet names as Excel allows them: 31 characters, none of ``[]:*?/\\``, no two alike."""
    chosen_names: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = "".join("_" if letter in "[]:*?/\\" else letter for letter in name).strip("'")
        chosen, number = stem[:31] or "Lembar", 2
        while chosen.casefold() in taken:
            chosen = f"{stem[:27]} {number}"
            number += 1
        taken.add(chosen.casefold())
        chosen_names[name] = chosen
    return chosen_names
