"""The rows of a preview, group by group: what they say, what would change, why they wait."""

from dataclasses import dataclass
from operator import itemgetter

from django.utils.text import capfirst

from balikpapan.spreadsheets.cells import format_whole

from ..planning.plan import ACTIONS, CHANGED, HELD, IGNORED
from ..resources import REGISTERS
from ..storage import KeptCells
from .preview import PER_PAGE, Labels, paged, told

NUMERIC = ("whole", "rupiah", "decimal")


@dataclass(slots=True)
class PreviewRow:
    """One row of the sheet and what would become of it."""

    sheet: str
    row: int
    title: str
    cells: list[str]
    differences: list[dict]
    why: list[str]


def groups_of(upload) -> list[dict]:
    """The five groups with their counts."""
    return [
        {
            "key": key,
            "label": label,
            "count": upload.counts.get(key, 0),
            "shown": format_whole(upload.counts.get(key, 0)),
        }
        for key, label in ACTIONS.items()
        if key != IGNORED or upload.counts.get(key)
    ]


def group_page(upload, action, page, user) -> dict:
    """One page of one group of the preview."""
    resource = REGISTERS[upload.register]()
    labels = Labels(resource, user)
    with KeptCells(upload) as kept:
        indexes = kept.indexes(action)
        places = _Places(kept)
        if action == IGNORED:
            why = _why_left_out(upload)
            index_at = {places[index]: index for index in indexes}
            chosen, listing = paged(list(why), page, PER_PAGE)
            rows = [(place, index_at.get(place)) for place in chosen]
        else:
            why = _errors_by_row(kept, labels) if action == HELD else {}
            chosen, listing = paged(indexes, page, PER_PAGE)
            rows = [(places[index], index) for index in chosen]
        # A column that no row fills, such as the month of a yearly sheet, only takes up room.
        names = [n for n in kept.frame["filled"] if n in labels.columns and n != "number"]
        names = names if indexes else []
        chosen = [index for _, index in rows if index is not None]
        columns = {name: kept.cells(name, chosen) for name in names}
        differences = kept.differences() if action == CHANGED else {}
    shown = []
    for place, index in rows:
        # Of a blank row, a JUMLAH or a signature no cells are kept.
        own = {} if index is None else {name: columns[name][index] for name in names}
        title = str(own.get(resource.naming) or "–")
        cells = [labels.text(name, own[name]) if own else "" for name in names]
        edits = [_edit(labels, *entry) for entry in differences.get(index, ())]
        shown.append(PreviewRow(*place, title, cells, edits, why.get(place, [])))
    numeric = [labels.columns[name].widget.kind in NUMERIC for name in names]
    headings = [labels.heading(name) for name in names]
    return {
        **listing,
        "headings": list(zip(headings, numeric, strict=True)),
        "rows": [(row, list(zip(row.cells, numeric, strict=True))) for row in shown],
    }


class _Places:
    """Sheet and Excel row of each row that is kept."""

    def __init__(self, kept):
        self.sheets = kept.frame["sheets"]
        self.sheet_of, self.numbers = kept.sheet_indexes(), kept.row_numbers()

    def __getitem__(self, index):
        return self.sheets[self.sheet_of[index]], self.numbers[index]


def _edit(labels, name, old, new):
    return {
        "heading": labels.heading(name),
        "old": labels.text(name, old),
        "new": labels.text(name, new),
        "erases": new in (None, ""),
    }


def _errors_by_row(kept, labels):
    found = {}
    for problem in kept.problems():
        if problem.severity == "error" and problem.row:
            text = told(problem, labels)["message"]
            found.setdefault((problem.sheet, problem.row), []).append(text)
    return found


def _why_left_out(upload):
    """Every row that is ignored, in the order of the file, with its reason."""
    return {
        (sheet["name"], entry["row"]): [f"{capfirst(entry['reason'])}."]
        for sheet in upload.sheets
        for entry in sorted(sheet["ignored"], key=itemgetter("row"))
    }
