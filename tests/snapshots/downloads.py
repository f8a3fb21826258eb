"""What a file holds, as lines of text: the cells of a workbook, the rows of a CSV, a PDF's words."""

import io
import json
import zipfile

import openpyxl

from .pdf_layout import layout_lines
from .visible import folded
from .workbook_style import page_lines, style_lines

#: So much is shown of a long sheet, from its beginning and from its end, and of a long text.
FIRST, LAST, LINES = 12, 2, 40
#: Of a book of so many sheets each is shown by so many rows; of a PDF so many pages are.
MANY, FEW, PAGES = 8, 5, 3
#: The format that says nothing.
PLAIN = "General"


def file_lines(content: bytes, name: str) -> list[str]:
    """The lines of a file by the end of its name."""
    extension = name.rpartition(".")[2].lower()
    if extension in ("xlsx", "xlsm"):
        return workbook_lines(content)
    if extension == "pdf":
        return pdf_lines(content)
    if extension == "zip":
        return zip_lines(content)
    if extension == "json":
        text = json.dumps(json.loads(content), indent=1, ensure_ascii=False)
        return text_lines(text)
    if extension in ("csv", "txt"):
        return text_lines(content.decode("utf-8-sig"))
    return [f"{len(content) > 0} {extension}"]


def workbook_lines(content: bytes) -> list[str]:
    """Every sheet of a workbook: its cells with their formats, what is joined, frozen and checked."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title} ({sheet.sheet_state}) {sheet.dimensions}")
        lines += [f"beku {sheet.freeze_panes}, saring {sheet.auto_filter.ref}"]
        if joined := sorted(str(area) for area in sheet.merged_cells.ranges):
            lines += folded("gabung " + " ".join(shortened(joined)))
        widths = {key: round(dim.width, 1) for key, dim in sheet.column_dimensions.items()}
        lines += folded("lebar " + " ".join(f"{key}={width}" for key, width in widths.items()))
        for check in sheet.data_validations.dataValidation:
            lines += folded(
                f"periksa {check.sqref} {check.type} {check.operator} {check.formula1} {check.formula2} "
                f"{check.promptTitle} {check.prompt} {check.errorTitle} {check.error}"
            )
        lines += [part for line in page_lines(sheet) for part in folded(line)]
        lines += cells_of(sheet, FEW if len(book.worksheets) > MANY else FIRST)
    return lines


def cells_of(sheet, first: int) -> list[str]:
    """The rows of a sheet, a long one by its ends, after how they look."""
    rows = [row for row in sheet.iter_rows() if any(cell.value is not None for cell in row)]
    shown = rows if len(rows) <= first + LAST else rows[:first] + rows[-LAST:]
    lines = [part for line in style_lines(shown) for part in folded(line)]
    for row in shown:
        lines += folded(f"{row[0].row}: " + " | ".join(map(cell_text, row)))
    if len(rows) > len(shown):
        lines.append(f"… {len(rows) - len(shown)} baris lain")
    return lines


def cell_text(cell) -> str:
    """A cell as its value, its number format where it has one, and its comment."""
    if cell.value is None:
        return ""
    text = " ".join(str(cell.value).split())
    if cell.number_format != PLAIN:
        text += f" ‹{cell.number_format}›"
    if cell.hyperlink:
        text += f" → {cell.hyperlink.target or cell.hyperlink.location}"
    return f"{text} ‹{' '.join(cell.comment.text.split())}›" if cell.comment else text


def pdf_lines(content: bytes) -> list[str]:
    """The pages as they were drawn."""
    return [part for line in layout_lines(content, PAGES) for part in folded(line)]


def zip_lines(content: bytes) -> list[str]:
    """Every file of an archive."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            lines += [f"=== {name}", *file_lines(archive.read(name), name)]
    return lines


def text_lines(text: str) -> list[str]:
    """A text by its first lines."""
    lines = text.splitlines()
    shown = [part for line in lines[:LINES] for part in folded(line)]
    return [*shown, f"… {len(lines) - LINES} baris lain"] if len(lines) > LINES else shown


def shortened(parts: list[str]) -> list[str]:
    """Many parts by the first of them and their number."""
    return parts if len(parts) <= 20 else [*parts[:20], f"… ({len(parts)})"]
