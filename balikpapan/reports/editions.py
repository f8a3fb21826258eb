"""Keeping a book for good: its figures as data, its files as bytes, and what a later one changed."""

import datetime
import hashlib
import io
import json
from collections.abc import Iterator
from decimal import Decimal

from django.core.files.base import ContentFile

from . import pdf, xlsx
from .book import ReportBook
from .formats import shown
from .matching import Entry, TablePair
from .models import Edition
from .tables import ReportColumn, ReportTable, Row


def keep_edition(
    book: ReportBook, *, by=None, contributions: list | None = None, release: dict | None = None
) -> Edition:
    """Stores the book under its year and edition number; it is never written again.

    ``contributions`` are the amounts of every business behind its sums, ``release`` is what its
    edition for the public hides and why.
    """
    figures = [table_json(table) for table in book.tables]
    figures += [{**table_json(table), "printed": False} for table in book.appendix]
    edition = Edition(
        year=book.year,
        number=book.edition,
        made_by=by,
        figures=figures,
        sha256=sha256_of(figures),
        contributions=contributions or [],
        release=release or {},
        chain_head=book.chain_head,
    )
    for field, write, extension in (
        (edition.workbook, xlsx.write_book, "xlsx"),
        (edition.document, pdf.write_book, "pdf"),
    ):
        stream = io.BytesIO()
        write(book, stream)
        name = f"laporan-{book.year}-edisi-{book.edition}.{extension}"
        field.save(name, ContentFile(stream.getvalue()), save=False)
    edition.save(force_insert=True)
    return edition


def sha256_of(figures: list) -> str:
    """The digest of figures that are stored as data, in hexadecimal."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def table_json(table: ReportTable) -> dict:
    """A table as plain data."""
    return {
        "key": table.key,
        "number": table.number,
        "title": table.title,
        "subtitle": list(table.subtitle),
        "columns": [
            {
                "key": c.key,
                "label": c.label,
                "kind": c.kind,
                "group": c.group,
                "unit": c.unit,
                "width": c.width,
                "total": c.total,
                "places": c.places,
                **({"is_code": True} if c.is_code else {}),
            }
            for c in table.columns
        ],
        "rows": [_row_json(row) for row in table.rows],
        "totals": _totals_json(table.totals),
        "notes": list(table.notes),
        "source": table.source,
        "numbered": table.numbered,
    }


def _row_json(row):
    stored = {"kind": row.kind, "values": [_plain(value) for value in row.values]}
    if row.key:
        stored["key"] = row.key
    if row.contributors:
        stored["contributors"] = dict(row.contributors)
    if row.cells:
        stored["cells"] = {key: list(cell) for key, cell in row.cells.items()}
    return stored


def _totals_json(totals):
    if totals is None or isinstance(totals, bool):
        return totals
    return _row_json(totals if isinstance(totals, Row) else Row(tuple(totals), kind="total"))


def _plain(value):
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    return value


def _value(stored):
    if isinstance(stored, dict):
        if "decimal" in stored:
            return Decimal(stored["decimal"])
        return datetime.date.fromisoformat(stored["date"])
    return stored


def stored_tables(edition: Edition) -> list[ReportTable]:
    """The tables of an edition, exactly as they were when the year was closed."""
    return [stored_table(figures) for figures in edition.figures if figures.get("printed", True)]


def stored_appendix(edition: Edition) -> list[ReportTable]:
    """The tables kept with an edition without being printed."""
    return [
        stored_table(figures) for figures in edition.figures if not figures.get("printed", True)
    ]


def stored_table(figures: dict) -> ReportTable:
    """One table out of an edition's data."""
    totals = figures["totals"]
    columns = [_column(column) for column in figures["columns"]]
    return ReportTable(
        figures["key"],
        figures["title"],
        columns,
        [_row(row, columns) for row in figures["rows"]],
        subtitle=figures["subtitle"],
        totals=totals if isinstance(totals, bool | None) else _row(totals, columns),
        notes=figures["notes"],
        source=figures["source"],
        number=figures["number"],
        numbered=figures["numbered"],
    )


def _row(stored, columns):
    contributors = stored.get("contributors", {})
    # Editions stored before columns had keys count them from the left.
    contributors |= {columns[place].key: count for place, count in stored.get("behind", ())}
    values = tuple(_value(value) for value in stored["values"])
    cells = {key: tuple(cell) for key, cell in stored.get("cells", {}).items()}
    return Row(
        values,
        kind=stored["kind"],
        contributors=contributors,
        key=stored.get("key", ""),
        cells=cells,
    )


def _column(stored):
    label, kind = stored["label"], stored["kind"]
    rest = {name: value for name, value in stored.items() if name not in ("label", "kind")}
    return ReportColumn(label, kind, **rest)


def differences(earlier: Edition, later: Edition) -> list[dict]:
    """Every figure that changed from one edition of a year to the next, in words."""
    before = {table.key: table for table in stored_tables(earlier)}
    lines = []
    for table in stored_tables(later):
        old = before.pop(table.key, None)
        if old is None:
            lines.append(_difference(table, "seluruh tabel", "", None, "baru"))
            continue
        pair = TablePair(table, old, later.year, earlier.year)
        lines += [*_column_differences(pair), *_row_differences(pair)]
    lines += [_difference(table, "seluruh tabel", "", "ada", None) for table in before.values()]
    return lines


def _column_differences(pair: TablePair) -> Iterator[dict]:
    """A column only one edition has is one difference, not one for each of its figures."""
    earlier = set(pair.columns.values())
    for column in pair.now.columns:
        if column.is_figure and column.key not in pair.columns:
            yield _difference(pair.now, "seluruh kolom", column.heading, None, "baru")
    for column in pair.before.columns:
        if column.is_figure and column.key not in earlier:
            yield _difference(pair.now, "seluruh kolom", column.heading, "ada", None)


def _row_differences(pair: TablePair) -> Iterator[dict]:
    for new, old in pair.rows:
        label = name_of(new or old)
        for column in pair.now.columns:
            if not column.is_figure or column.key not in pair.columns:
                continue
            now = pair.now.value(new.row, column.key) if new else None
            was = pair.before.value(old.row, pair.columns[column.key]) if old else None
            if now != was:
                words = shown_as(was, column), shown_as(now, column)
                yield _difference(pair.now, label, column.heading, *words)


def name_of(entry: Entry) -> str:
    """What a line is called outside its table: its section and its words."""
    in_section = entry.section and entry.row.kind == "row"
    return f"{entry.section}, {entry.words}" if in_section else entry.words


def shown_as(value, column) -> str:
    """A figure as its table prints it."""
    return shown(value, column.kind, column.places)


def _difference(table, row, column, was, now):
    return {
        "table": table.name,
        "title": table.title,
        "row": row,
        "column": column,
        "was": was if was is not None else "–",
        "now": now if now is not None else "–",
    }
