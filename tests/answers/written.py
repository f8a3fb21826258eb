"""Anything a module gives back, written as lines of text: its parts, what it says of itself, its tables."""

import dataclasses
import datetime
import enum
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from django.db.models import Field, Model, QuerySet

from balikpapan.reports.book import ReportBook
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

PLAIN = (str, int, float, Decimal, datetime.date, datetime.datetime, type(None))
#: So many rows of one list are written; the rest is told by its digest.
MOST = 25


def written(value: object) -> list[str]:
    """The lines of a value; what lies within stands further to the right."""
    if isinstance(value, ReportBook):
        return list(_book(value))
    if isinstance(value, ReportTable):
        return list(_table(value))
    if isinstance(value, ReportColumn):
        return [value.key]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *_pairs(_parts(value))]
    if isinstance(value, Mapping):
        return list(_pairs(value.items())) or ["nothing"]
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return list(_rows(list(value)))
    return [word(value)]


def word(value: object) -> str:
    """A value without parts."""
    if isinstance(value, enum.Enum):
        return f"{value.value} ({getattr(value, 'label', value.name)})"
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, PLAIN):
        return "–" if value is None else str(value).replace("\n", " / ")
    return type(value).__name__


def _parts(value) -> Iterator[tuple[str, object]]:
    """The fields of a dataclass, and what it works out of them."""
    yield from ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
    for kind in type(value).__mro__:
        for name, part in vars(kind).items():
            if isinstance(part, property | cached_property) and not name.startswith("_"):
                yield name, getattr(value, name)


def _pairs(pairs: Iterable[tuple[object, object]]) -> Iterator[str]:
    for name, value in pairs:
        if callable(value) or isinstance(value, Field):
            continue
        lines = written(value)
        if len(lines) == 1:
            yield f"  {word(name)}: {lines[0]}"
        else:
            yield f"  {word(name)}:"
            yield from (f"    {line}" for line in lines)


def _rows(values: list) -> Iterator[str]:
    if not values:
        yield "nothing"
    rows = [_row(value) for value in values]
    for lines in rows[:MOST]:
        yield f"- {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
    if rest := rows[MOST:]:
        yield f"- {len(rest)} more, {digest(line for lines in rest for line in lines)}"


def _row(value) -> list[str]:
    """One element; a tuple of plain values takes one line."""
    if isinstance(value, tuple | list) and all(isinstance(part, PLAIN) for part in value):
        return [" | ".join(map(word, value))]
    return written(value)


def digest(lines: Iterable[str]) -> str:
    """Lines in so few letters that a difference is seen."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _book(book: ReportBook) -> Iterator[str]:
    yield from book.heading
    yield book.name
    yield f"{book.place_and_date}; missing {', '.join(book.missing) or 'nothing'}"
    yield from book.provenance_lines
    yield from map(str, book.signatories)
    yield from map(str, book.lines_above_names)
    for table in (*book.tables, *book.appendix):
        yield from ("", *_table(table))
    for chart in book.charts:
        yield ""
        yield f"{chart.name}: {chart.title}, {chart.table.key}, {chart.description}"
        for label, bars in chart.rows:
            yield f"  {label}: {', '.join(bar.text for bar in bars)}"


def _table(table: ReportTable) -> Iterator[str]:
    yield f"{table.key} {table.heading}: {table.title}"
    yield from table.subtitle
    for column in table.all_columns:
        described = (column.key, column.group, column.heading, column.kind, column.width)
        flags = ("added up" if column.is_totalled else "", "code" if column.is_code else "")
        yield "  : " + " ".join(str(part) for part in (*described, column.places, *flags) if part)
    yield from _few(
        [" | ".join([line.kind[:3], *(c.text for c in line.cells)]) for line in table.lines]
    )
    rows = [*table.all_rows, *([table.total_row] if table.total_row else [])]
    yield from _few([text for row in rows if (text := _details(row))])
    yield from (f"* {note}" for note in table.notes)
    if table.source:
        yield f"source: {table.source}"


def _details(row: Row) -> str:
    """What a row holds besides its values."""
    parts = [("links", row.links), ("contributors", row.contributors), ("cells", row.cells)]
    texts = [f"{name} {dict(part)}" for name, part in parts if part]
    return f"  @ {row.key}: {'; '.join(texts)}" if texts or row.key else ""


def _few(lines: list[str]) -> Iterator[str]:
    yield from lines[: 2 * MOST]
    if rest := lines[2 * MOST :]:
        yield f"… {len(rest)} more, {digest(rest)}"


def of_query(query: QuerySet) -> list[str]:
    """The records of a query by name, in its order."""
    return [str(record) for record in query]
