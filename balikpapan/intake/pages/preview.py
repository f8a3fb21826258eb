"""What the pages of an upload show: values, problems, columns; masked where needed."""

import re
from collections.abc import Sequence

from balikpapan.audit import personal_data
from balikpapan.spreadsheets.cells import ERASE, format_whole

from ..problems import SEVERITIES
from ..resources import REGISTERS
from ..storage import KeptCells

PER_PAGE = 50
_QUOTED = re.compile(r'"[^"]*"')


class Labels:
    """Stored values of a register's columns as people read them."""

    def __init__(self, resource, user):
        self.resource = resource
        self.columns = resource.columns()
        self.hidden = set() if personal_data.may_see(user) else resource.personal_columns()
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
        child = self.resource.child
        return [
            *self.resource._meta.model._meta.concrete_fields,
            *(child.model._meta.concrete_fields if child else ()),
        ]

    def text(self, name, value) -> str:
        """A typed value the way the office writes it."""
        if value is None or value == "":
            return "–"
        if value is ERASE:
            return "(dikosongkan)"
        column = self.columns.get(name) or self._by_target(name)
        if column is not None and name in self.hidden:
            return personal_data.masked(column.target, value)
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


def paged(items: Sequence, page: int, size: int) -> tuple[Sequence, dict]:
    """The items of one page, the nearest there is, and where it stands among all."""
    pages = max(1, -(-len(items) // size))
    page = min(max(1, page), pages)
    first = (page - 1) * size
    chosen = items[first : first + size]
    return chosen, {"page": page, "pages": pages, "total": len(items)}


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
    # What concerns no one sheet comes before the sheets as they lie in the file.
    place = {sheet["name"]: number for number, sheet in enumerate(upload.sheets, 1)}
    problems.sort(key=lambda p: (order.index(p.severity), place.get(p.sheet, 0), p.row or 0))
    chosen, listing = paged(problems, page, PER_PAGE)
    return {**listing, "problems": [told(problem, labels) for problem in chosen]}


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


def written_by(upload) -> list[str]:
    """What a stored upload wrote, counted by kind of record."""
    resource = REGISTERS[upload.register]
    child = resource.child.model if resource.child else None
    lines = []
    for model in filter(None, (resource._meta.model, child, resource.related)):
        counts = upload.result.get(model._meta.model_name, {})
        for key, word in (("created", "baru"), ("changed", "berubah")):
            if counts.get(key):
                lines.append(f"{format_whole(counts[key])} {model._meta.verbose_name} {word}")
    return lines


def field_choices(register) -> list[tuple[str, str]]:
    """What a column may be taken for."""
    columns = REGISTERS[register]().columns()
    return [(name, column.column_name) for name, column in columns.items()]


UNIT_LABELS = {"rupiah": "rupiah penuh", "ribu": "ribu rupiah", "juta": "juta rupiah"}
