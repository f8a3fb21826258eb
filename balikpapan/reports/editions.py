"""Keeping a book for good: its figures as data, its files as bytes, and what a later one changed."""

import datetime
import hashlib
import io
import json
from collections import Counter
from decimal import Decimal
from itertools import takewhile

from django.core.files.base import ContentFile

from . import pdf, xlsx
from .book import ReportBook
from .formats import shown
from .models import Edition
from .tables import ReportColumn, ReportTable, Row


def keep_edition(book: ReportBook, *, by=None) -> Edition:
    """Stores the book under its year and edition number; it is never written again."""
    figures = [table_json(table) for table in book.tables]
    figures += [{**table_json(table), "printed": False} for table in book.appendix]
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True)
    edition = Edition(
        year=book.year,
        number=book.edition,
        made_by=by,
        figures=figures,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
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


def table_json(table: ReportTable) -> dict:
    """A table as plain data."""
    return {
        "key": table.key,
        "number": table.number,
        "title": table.title,
        "subtitle": list(table.subtitle),
        "columns": [
            {
                "label": c.label,
                "kind": c.kind,
                "group": c.group,
                "unit": c.unit,
                "width": c.width,
                "total": c.total,
                "places": c.places,
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
    if row.contributors:
        stored["behind"] = sorted(row.contributors.items())
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
    return ReportTable(
        figures["key"],
        figures["title"],
        [_column(column) for column in figures["columns"]],
        [_row(row) for row in figures["rows"]],
        subtitle=figures["subtitle"],
        totals=totals if isinstance(totals, bool | None) else _row(totals),
        notes=figures["notes"],
        source=figures["source"],
        number=figures["number"],
        numbered=figures["numbered"],
    )


def _row(stored):
    values = tuple(_value(value) for value in stored["values"])
    return Row(values, kind=stored["kind"], contributors=dict(stored.get("behind", ())))


def _column(stored):
    label, kind = stored["label"], stored["kind"]
    rest = {name: value for name, value in stored.items() if name not in ("label", "kind")}
    return ReportColumn(label, kind, **rest)


def differences(earlier: Edition, later: Edition) -> list[dict]:
    """Every figure that changed from one edition to the next, in words."""
    before = {table.key: table for table in stored_tables(earlier)}
    found = []
    for table in stored_tables(later):
        old = before.pop(table.key, None)
        if old is None:
            found.append(_difference(table, "seluruh tabel", "", None, "baru"))
            continue
        found.extend(_row_differences(old, table))
    found.extend(_difference(table, "seluruh tabel", "", "ada", None) for table in before.values())
    return found


def _row_differences(old, new):
    rows = dict(_known_rows(old))
    for label, row in _known_rows(new):
        earlier = rows.pop(label, None)
        for index, column in enumerate(new.columns):
            if not column.is_figure:
                continue
            was = earlier.values[index] if earlier and index < len(earlier.values) else None
            if was != row.values[index]:
                words = shown_as(was, column), shown_as(row.values[index], column)
                yield _difference(new, label, column.heading, *words)
    for label, row in rows.items():
        for index, column in enumerate(old.columns):
            if column.is_figure and row.values[index] is not None:
                was = shown_as(row.values[index], column)
                yield _difference(new, label, column.heading, was, None)


def _known_rows(table):
    """Every line with what it is known by: its heading and its words, which no figure changes."""
    section, often = "", Counter()
    for row in table.rows:
        if row.kind == "section":
            section = str(row.values[0])
            continue
        label = _label(row, table.columns)
        label = f"{section}, {label}" if section and row.kind == "row" else label
        often[label] += 1
        # Two lines of the same words are told apart by their order.
        yield (label if often[label] == 1 else f"{label} ({often[label]})"), row
    if table.total_row:
        yield "Jumlah", table.total_row


def shown_as(value, column) -> str:
    """A figure as its table prints it."""
    return shown(value, column.kind, column.places)


def _label(row, columns):
    """What a row is known by: the words and years before its first figure."""
    leading = takewhile(lambda pair: not pair[1].is_figure, zip(row.values, columns, strict=True))
    words = [str(value) for value, _ in leading if value not in (None, "")]
    return ", ".join(words) or str(row.values[0])


def _difference(table, row, column, was, now):
    return {
        "table": table.name,
        "title": table.title,
        "row": row,
        "column": column,
        "was": was if was is not None else "–",
        "now": now if now is not None else "–",
    }
