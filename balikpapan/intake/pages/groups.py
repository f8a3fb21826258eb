"""The rows of a preview, group by group: what they say, what would change, why they wait."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.utils.text import capfirst

from ..labels import Labels
from ..models import Upload
from ..planning.plan import CHANGED, HELD, IGNORED
from ..resources import REGISTERS
from ..working_file import KeptCells
from .paging import paged

PER_PAGE = 50
RIGHT_ALIGNED = ("whole", "rupiah", "decimal")


@dataclass(slots=True)
class PreviewRow:
    """One row of the sheet and what would become of it."""

    sheet: str
    row: int
    title: str
    cells: list[str]
    differences: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class GroupRows:
    """The rows of one group: where each stands in the file, and its index among the typed rows.

    The index is None where no cells are kept: of a blank row, a JUMLAH or a signature.
    """

    places: list[tuple[str, int]]
    indexes: list[int | None]
    reasons: dict[tuple[str, int], list[str]]
    listing: dict[str, Any]
    #: Whether cells of any row of the group are kept, on this page or another.
    typed: bool


def group_page(upload: Upload, action: str, page: Any, user: Any) -> dict[str, Any]:
    """One page of one group of the preview."""
    resource = REGISTERS[upload.register]()
    labels = Labels(resource, user)
    with KeptCells(upload) as cells:
        if action == IGNORED:
            rows = _ignored_rows(upload, cells, page)
        else:
            rows = _typed_rows(cells, labels, action, page)
        typed = [index for index in rows.indexes if index is not None]
        names = _filled_columns(cells, labels) if rows.typed else []
        columns = {name: cells.cells(name, typed) for name in names}
        differences = cells.differences() if action == CHANGED else {}
    numeric = [labels.columns[name].widget.kind in RIGHT_ALIGNED for name in names]
    headings = [labels.heading(name) for name in names]
    shown = []
    for place, index in zip(rows.places, rows.indexes, strict=True):
        row = _row(place, index, columns, labels)
        entries = differences.get(index, []) if index is not None else []
        row.differences = [_edit(labels, *entry) for entry in entries]
        row.reasons = rows.reasons.get(place, [])
        shown.append((row, list(zip(row.cells, numeric, strict=True))))
    return {
        **rows.listing,
        "headings": list(zip(headings, numeric, strict=True)),
        "rows": shown,
    }


def _ignored_rows(upload: Upload, cells: KeptCells, page: Any) -> GroupRows:
    """Every row that is ignored, in the order of the file, with its reason."""
    reasons = {
        (sheet["name"], entry["row"]): [f"{capfirst(entry['reason'])}."]
        for sheet in upload.sheets
        for entry in sorted(sheet["ignored"], key=itemgetter("row"))
    }
    indexes = cells.indexes(IGNORED)
    index_at = dict(zip(_places(cells, indexes), indexes, strict=True))
    places, listing = paged(list(reasons), page, PER_PAGE)
    return GroupRows(
        list(places), [index_at.get(place) for place in places], reasons, listing, bool(indexes)
    )


def _typed_rows(cells: KeptCells, labels: Labels, action: str, page: Any) -> GroupRows:
    """The rows with which one thing is done, in the order of the file."""
    indexes, listing = paged(cells.indexes(action), page, PER_PAGE)
    reasons = _errors_by_row(cells, labels) if action == HELD else {}
    return GroupRows(_places(cells, indexes), list(indexes), reasons, listing, bool(indexes))


def _places(cells: KeptCells, indexes: Iterable[int]) -> list[tuple[str, int]]:
    """Sheet and Excel row of rows whose cells are kept."""
    sheets, sheet_of, numbers = cells.frame["sheets"], cells.sheet_indexes(), cells.row_numbers()
    return [(sheets[sheet_of[index]], numbers[index]) for index in indexes]


def _filled_columns(cells: KeptCells, labels: Labels) -> list[str]:
    """The columns worth their room: one that no row fills only takes it up."""
    return [n for n in cells.frame["filled"] if n in labels.columns and n != "number"]


def _row(
    place: tuple[str, int],
    index: int | None,
    columns: dict[str, dict[int, object]],
    labels: Labels,
) -> PreviewRow:
    sheet, number = place
    if index is None:
        return PreviewRow(sheet, number, "–", [""] * len(columns))
    values = {name: cells[index] for name, cells in columns.items()}
    title = labels.title(values.get(labels.resource.naming)) or "–"
    return PreviewRow(sheet, number, title, [labels.text(name, v) for name, v in values.items()])


def _edit(labels: Labels, name: str, old: Any, new: Any) -> dict[str, Any]:
    return {
        "heading": labels.heading(name),
        "old": labels.text(name, old),
        "new": labels.text(name, new),
        "erases": new in (None, ""),
    }


def _errors_by_row(cells: KeptCells, labels: Labels) -> dict[tuple[str, int], list[str]]:
    """(sheet, row) -> the messages of its errors."""
    messages: dict[tuple[str, int], list[str]] = {}
    for problem in cells.problems():
        if problem.severity == "error" and problem.row:
            text = labels.message(problem)
            messages.setdefault((problem.sheet, problem.row), []).append(text)
    return messages
