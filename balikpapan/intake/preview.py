"""What the pages of an upload show: groups, changed cells, problems; masked where needed."""

import re
from dataclasses import dataclass

from balikpapan.audit import access
from balikpapan.spreadsheets.cells import ERASE, format_whole

from .plan import ACTIONS, HELD, IGNORED
from .problems import SEVERITIES
from .resources import REGISTERS
from .storage import KeptCells

PER_PAGE = 50
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(slots=True)
class PreviewRow:
    """One row of the sheet and what would become of it."""

    sheet: str
    row: int
    title: str
    cells: list[str]
    differences: list[dict]
    problems: list[str]
    index: int = 0


class Labels:
    """Stored values of a register's columns as people read them."""

    def __init__(self, resource, user):
        self.resource = resource
        self.columns = resource.columns()
        self.hidden = set() if access.may_see(user) else resource.personal_columns()
        self._names = {}

    def heading(self, name) -> str:
        """The printed heading of a column or attribute."""
        column = self.columns.get(name) or self._by_target(name)
        if column is not None:
            return column.column_name
        field = next((f for f in self._fields() if f.attname == name), None)
        return str(field.verbose_name).capitalize() if field is not None else name

    def _by_target(self, name):
        return next((c for c in self.columns.values() if c.target == name), None)

    def _fields(self):
        part = self.resource.part
        return [
            *self.resource._meta.model._meta.concrete_fields,
            *(part.model._meta.concrete_fields if part else ()),
        ]

    def text(self, name, value) -> str:
        """A typed value the way the office writes it."""
        if value is None or value == "":
            return "–"
        if value is ERASE:
            return "(dikosongkan)"
        column = self.columns.get(name) or self._by_target(name)
        if column is not None and name in self.hidden:
            return access.masked(column.target, value)
        if column is not None:
            field = self.resource.model_field(column)
            if field is not None and field.remote_field and isinstance(value, int):
                return self._referred(field, value)
            if column.widget.kind in ("whole", "rupiah", "decimal", "percent"):
                return formatted(value)
            if column.widget.choices():
                return str(column.widget.render(value))
            if name == "number":
                return column.widget.render(value)
        else:
            field = next((f for f in self._fields() if f.attname == name), None)
            if field is not None and field.remote_field and isinstance(value, int):
                return self._referred(field, value)
        return f"{value:%d-%m-%Y}" if hasattr(value, "strftime") else str(value)

    def _referred(self, field, key):
        model = field.remote_field.model
        known = self._names.setdefault(model, {})
        if not known:
            known.update({record.pk: str(record) for record in model._base_manager.all()})
        return known.get(key, str(key))


def formatted(value) -> str:
    """A number with Indonesian separators."""
    text = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.rstrip("0").rstrip(",") if "," in text else text


def group_page(upload, action, page, user):
    """One page of one group of the preview."""
    resource = REGISTERS[upload.register]()
    labels = Labels(resource, user)
    with KeptCells(upload) as kept:
        chosen, total, page, pages = page_of(kept, action, page, PER_PAGE)
        names = [n for n in kept.frame["columns"] if n in labels.columns and n != "number"]
        columns = {name: kept.cells(name, chosen) for name in names}
        numbers, sheet_of = kept.row_numbers(), kept.sheet_indexes()
        differences = kept.differences() if action == "changed" else {}
        held = _problems_by_row(kept, labels) if action == HELD else {}
        rows = []
        for index in chosen:
            place = (kept.frame["sheets"][sheet_of[index]], numbers[index])
            rows.append(
                PreviewRow(
                    *place,
                    str(columns.get(resource.naming, {index: ""})[index] or "–"),
                    [labels.text(name, columns[name][index]) for name in names],
                    [
                        {
                            "heading": labels.heading(name),
                            "old": labels.text(name, old),
                            "new": labels.text(name, new),
                            "erases": new in (None, ""),
                        }
                        for name, old, new in differences.get(index, ())
                    ],
                    held.get(place, []),
                    index,
                )
            )
    numeric = [labels.columns[n].widget.kind in ("whole", "rupiah", "decimal") for n in names]
    return {
        "headings": list(zip([labels.heading(n) for n in names], numeric, strict=True)),
        "numeric": numeric,
        "rows": [(row, list(zip(row.cells, numeric, strict=True))) for row in rows],
        "page": page,
        "pages": pages,
        "total": total,
        "first": (page - 1) * PER_PAGE + 1,
        "last": (page - 1) * PER_PAGE + len(rows),
    }


def page_of(kept, action, page, length) -> tuple[list[int], int, int, int]:
    """The rows on one page of those with which the same is done; how many, which page of how many."""
    _, total = kept.of_action(action, 0, 0)
    pages = max(1, -(-total // length))
    page = min(max(1, page), pages)
    chosen, _ = kept.of_action(action, (page - 1) * length, page * length)
    return chosen, total, page, pages


def _problems_by_row(kept, labels):
    found = {}
    for problem in kept.problems():
        if problem.severity == "error" and problem.row:
            text = told(problem, labels)["message"]
            found.setdefault((problem.sheet, problem.row), []).append(text)
    return found


def told(problem, labels) -> dict:
    """A problem as this user may read it."""
    return {
        "severity": problem.severity,
        "label": SEVERITIES[problem.severity],
        "code": problem.code,
        "message": message_for(problem, labels.hidden),
    }


def message_for(problem, hidden: set[str]) -> str:
    """A problem's message without the value of a column that is hidden from the reader."""
    if problem.field in hidden:
        return _QUOTED.sub('"****"', problem.message)
    return problem.message


def problem_page(upload, severity, page, user):
    """The problems of an upload, the gravest first, one page of them."""
    labels = Labels(REGISTERS[upload.register](), user)
    with KeptCells(upload) as kept:
        problems = kept.problems()
    order = list(SEVERITIES)
    if severity in SEVERITIES:
        problems = [p for p in problems if p.severity == severity]
    problems.sort(key=lambda p: (order.index(p.severity), p.sheet, p.row or 0))
    pages = max(1, -(-len(problems) // PER_PAGE))
    page = min(max(1, page), pages)
    chosen = problems[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "problems": [told(problem, labels) for problem in chosen],
        "page": page,
        "pages": pages,
        "total": len(problems),
    }


def columns_of(upload) -> list[dict]:
    """Every column of the sheets read, what it was taken for, and in which unit."""
    resource = REGISTERS[upload.register]()
    names = {name: column.column_name for name, column in resource.columns().items()}
    found, seen = [], set()
    for sheet in upload.sheets:
        for column in sheet["columns"]:
            key = (column["letter"], column["heading"])
            if key in seen or not (column["heading"] or column["field"]):
                continue
            seen.add(key)
            found.append({**column, "label": names.get(column["field"], "")})
    return found


def field_choices(register) -> list[tuple[str, str]]:
    """What a column may be taken for."""
    columns = REGISTERS[register]().columns()
    return [(name, column.column_name) for name, column in columns.items()]


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


UNIT_LABELS = {"rupiah": "rupiah penuh", "ribu": "ribu rupiah", "juta": "juta rupiah"}
