"""Register sheets on their way out: downloads, and the template to be filled."""

from balikpapan.audit.access import masked
from balikpapan.spreadsheets.writing import write_csv, write_rows

from .widgets import CellWidget

BATCH = 5000


def export_columns(resource) -> dict:
    """The columns a download has, the register number first."""
    return {name: c for name, c in resource.columns().items() if c.exported}


def figure_years(resource) -> list[int]:
    """The years a register with yearly figures can be exported for, newest first."""
    if resource.part is None or "year" not in resource.part.key:
        return []
    query = resource.part.model.objects.kept().order_by("-year")
    return list(query.values_list("year", flat=True).distinct())


def export_rows(resource, queryset, *, year=None, personal=False, parts=None):
    """The register row by row, as the sheet prints it; personal data only where asked for.

    A main record with several parts takes as many rows; ``parts`` limits them to a selection.
    """
    columns = export_columns(resource)
    main = {name: c for name, c in columns.items() if not c.part}
    second = {name: c for name, c in columns.items() if c.part}
    hidden = set() if personal else resource.personal_columns()
    writers = {name: _writer(name, c, hidden) for name, c in columns.items()}
    figures = _figures(resource, second, writers, year, parts) if second else {}
    bare = [[""] * len(second)] if resource.exports_bare and parts is None else []
    paths, places = _paths(main)
    order = list(columns)
    at_main = [order.index(name) for name in main]
    at_second = [order.index(name) for name in second]
    for key, *values in queryset.order_by("id").values_list("id", *paths).iterator(BATCH):
        row = [""] * len(order)
        for position, (name, place) in zip(at_main, places.items(), strict=True):
            value = values[place] if isinstance(place, int) else tuple(values[i] for i in place)
            row[position] = writers[name](value)
        for part in figures.get(key, bare):
            for position, value in zip(at_second, part, strict=True):
                row[position] = value
            yield list(row)


def _paths(columns):
    """The paths one query reads, and where each column's value stands among them."""
    paths, places = [], {}
    for name, column in columns.items():
        if isinstance(column.path, tuple):
            places[name] = tuple(range(len(paths), len(paths) + len(column.path)))
            paths.extend(column.path)
        else:
            places[name] = len(paths)
            paths.append(column.path)
    return paths, places


def _figures(resource, columns, writers, year, parts):
    """The second records, those of one year where they have one: main id -> written values."""
    part = resource.part
    query = part.model.objects.kept() if parts is None else parts
    if "year" in part.key and year is not None:
        query = query.filter(year=year)
    order = part.key if part.newest else ("id",)
    paths, places = _paths(columns)
    found = {}
    for key, *values in query.order_by(*order).values_list(part.link, *paths).iterator(BATCH):
        written = [
            writers[name](
                values[place] if isinstance(place, int) else tuple(values[i] for i in place)
            )
            for name, place in places.items()
        ]
        if part.newest:
            found[key] = [written]
        else:
            found.setdefault(key, []).append(written)
    return found


def _writer(name, column, hidden):
    """How one column's stored value is written; each distinct value is worked out once."""
    if name in hidden:
        return lambda value: masked(column.target, value) or ""
    if type(column.widget).render is CellWidget.render:
        return lambda value: "" if value is None else value
    known = {}

    def write(value):
        if value not in known:
            known[value] = column.widget.render(value)
        return known[value]

    return write


def write_export(stream, resource, queryset, *, extension, year=None, personal=False, parts=None):
    """Writes a download as xlsx or csv."""
    columns = export_columns(resource)
    headings = [column.column_name for column in columns.values()]
    rows = export_rows(resource, queryset, year=year, personal=personal, parts=parts)
    if extension == "csv":
        write_csv(stream, headings, rows)
        return
    kinds = [column.widget.kind for column in columns.values()]
    text_columns = {
        index for index, column in enumerate(columns.values()) if column.widget.kind == "text"
    }
    write_rows(
        stream,
        headings,
        rows,
        kinds=kinds,
        text_columns=text_columns,
        sheet_name=resource.label[:31],
    )
