"""Wide tables: their headings state a value, and each row is read once for every such member."""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings

from balikpapan.spreadsheets.cells import Finding, format_whole, heading_key, is_blank
from balikpapan.spreadsheets.tables.heading_rows import possible_fields
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.sums import number_in, sum_label
from balikpapan.spreadsheets.tables.table import (
    Ignored,
    SheetTable,
    StatedValue,
    SumRow,
    TableColumn,
)
from balikpapan.spreadsheets.tables.texts import text_of
from balikpapan.spreadsheets.tables.wide_headings import WideField, value_alone

from ..answers import Answers, Question, QuestionKey
from ..problems import Place, Problems
from ..resources import SheetResource
from .column_reader import reader_of
from .context import ReadingContext
from .sheet_layout import Layout, SheetLayout
from .words import unknown_word

#: The kind of a row that says nothing about the member of a part.
NOTHING_OF_MEMBER = "nothing_of_member"
#: Bands of a list that is kept by the month are looked for in so many of its rows and columns.
MOST_ROWS, BAND_COLUMNS = 2000, 3


def asked_amounts(table: SheetTable, vocabulary: Vocabulary) -> frozenset[str]:
    """The amounts that the columns of a wide table may hold where the user has yet to say which."""
    wide = next((w for w in vocabulary.wide if w.name == table.wide_field), None)
    return wide.amounts if wide and table.asks_amounts else frozenset()


def take_stated(table: SheetTable, vocabulary: Vocabulary) -> None:
    """A value that no column has, as the title or the tab of a table states it, or its bands."""
    fields = possible_fields(table.columns)
    for wide in vocabulary.wide:
        if table.wide_field or wide.name in fields or not wide.words:
            continue
        stated = [value for text in table.titles if (value := value_alone(text, wide))]
        stated = stated[-1:] or [value_alone(table.sheet.name, wide)]
        if _has_bands(table, wide):
            table.banded = wide.name
        if stated[0]:
            table.stated = StatedValue(wide.name, stated[0])
        return


def _has_bands(table: SheetTable, wide: WideField) -> bool:
    """Whether values of the field stand among the rows, in the first columns."""
    rows = range(table.first_row, min(table.last_row, table.first_row + MOST_ROWS) + 1)
    columns = table.sheet.columns[slice(*table.span)][:BAND_COLUMNS]
    cells = (column[row] for column in columns for row in rows)
    return any(text and value_alone(text, wide) for text in map(text_of, cells))


def question_members(
    layout: Layout, resource: SheetResource, vocabulary: Vocabulary, answers: Answers
) -> Iterator[Question]:
    """Asks what the columns of a wide table hold where its headings do not say it for certain."""
    words = {wide.name: wide.words for wide in vocabulary.wide}
    for table in layout.tables:
        columns = [c for c in table.columns if c.member and not sum_label(c.member)]
        if not columns or any(_is_mapped(c, answers) for c in columns):
            continue
        strange = [c for c in columns if heading_key(c.member) not in words[c.wide_field or ""]]
        if table.asks_amounts or (strange and resource.confirms_wide):
            yield _question(table, columns, resource)


def _is_mapped(column: TableColumn, answers: Answers) -> bool:
    headings = {heading_key(name) for name in answers.mapping}
    return column.letter in answers.mapping or heading_key(column.heading) in headings


def _question(table: SheetTable, columns: list[TableColumn], resource: SheetResource) -> Question:
    labels = {name: column.column_name for name, column in resource.columns().items()}
    label = labels[table.wide_field or ""]
    titled = _titled_amount(table, resource)
    fields = {c.letter: c.field or titled for c in columns}
    named = ", ".join(
        f"{c.letter} «{c.member}»" + (f" = {labels[c.field]}" if c.field else "") for c in columns
    )
    what = "Benarkah?" if all(c.field for c in columns) else "Angka apa isinya?"
    return Question(
        QuestionKey.COLUMNS,
        f"Judul kolom lembar «{table.sheet.name}» dibaca sebagai isi «{label}»: {named}. {what}",
        [c.letter for c in columns],
        ", ".join(f"{letter}={name}" for letter, name in fields.items())
        if all(fields.values())
        else None,
        columns=tuple(c.letter for c in columns),
    )


def _titled_amount(table: SheetTable, resource: SheetResource) -> str | None:
    """The one amount that the titles of a table name; where they name none, the likeliest."""
    titles = " ".join([*table.titles, table.sheet.name])
    fields = {n for n, p in resource.titled_amounts if re.search(p, titles, re.IGNORECASE)}
    if not fields:
        return resource.likeliest_amount
    return fields.pop() if len(fields) == 1 else None


def split_members(layout: Layout, resource: SheetResource, problems: Problems) -> None:
    """Makes a table of each member; the rows of the sheet are counted for each of them.

    More records than rows are allowed are refused.
    """
    for item in layout.sheets:
        _split_sheet(layout, item, resource, problems)


def _split_sheet(
    layout: Layout, item: SheetLayout, resource: SheetResource, problems: Problems
) -> None:
    for table in item.tables[:]:
        members: dict[str, list[TableColumn]] = {}
        for column in table.columns:
            if column.member:
                members.setdefault(heading_key(column.member), []).append(column)
        if not members:
            continue
        _compare_across(table, problems)
        place = item.tables.index(table)
        if len(table.rows) * len(members) > settings.UPLOAD_MAX_ROWS:
            layout.refusal = _too_many(table, len(members))
            return
        item.tables[place : place + 1] = [_part(table, columns) for columns in members.values()]
        if len(members) > 1:
            label = resource.columns()[table.wide_field or ""].column_name
            named = ", ".join(f"«{columns[0].member}»" for columns in members.values())
            message = (
                f"{label} tertulis pada judul kolom: tiap baris dibaca sekali untuk {named}, jadi "
                f"dihitung {len(members)} kali."
            )
            finding = Finding("note", "rows_per_member", message)
            problems.add(finding, Place(table.sheet.name))


def _part(table: SheetTable, columns: list[TableColumn]) -> SheetTable:
    """The part of a wide table that is about one member, with the rows that say something of it."""
    first = columns[0]
    last = max(column.index for column in table.columns if column.heading)
    stated = StatedValue(first.wide_field or "", first.member, first.letter, first.heading, last)
    cells = [table.sheet.columns[column.index] for column in columns]
    rows = array("I", (row for row in table.rows if any(not is_blank(c[row]) for c in cells)))
    left = dict.fromkeys(sorted(set(table.rows) - set(rows)))
    reason = f"tidak berisi angka untuk «{first.member}»"
    places = {position: bisect_left(rows, row) for position, row in enumerate(table.rows)}
    places[len(table.rows)] = len(rows)
    return replace(
        table,
        columns=[c for c in table.columns if not c.member or c in columns],
        rows=rows,
        ignored=[*table.ignored, *(Ignored(row + 1, reason, NOTHING_OF_MEMBER) for row in left)],
        totals=[
            SumRow(each.row, tuple(places[start] for start in each.starts), places[each.end])
            for each in table.totals
        ],
        doubtful={row: doubt for row, doubt in table.doubtful.items() if row not in left},
        stated=stated,
    )


def _compare_across(table: SheetTable, problems: Problems) -> None:
    """The sums over all members that rows state, against what the members come to."""
    for column in table.columns:
        parts = [c for c in table.columns if c.member and c.field == column.adds_up]
        if not column.adds_up or not parts:
            continue
        for row in table.rows:
            cell = table.sheet.columns[column.index][row]
            stated = number_in(cell)
            amounts = [number_in(table.sheet.columns[part.index][row]) or 0 for part in parts]
            if stated is None or math.isclose(stated, sum(amounts), rel_tol=1e-9, abs_tol=0.01):
                continue
            message = (
                f"jumlah tertulis {format_whole(round(stated))}, sedangkan rinciannya di baris ini "
                f"berjumlah {format_whole(round(sum(amounts)))}. Periksa angka atau rumusnya."
            )
            place = Place(table.sheet.name, row + 1, column.letter, column.heading)
            problems.add(Finding("warning", "total_mismatch", message), place, cell)


def fill_stated(context: ReadingContext, table: SheetTable, start: int) -> None:
    """Writes what stands above the table into every row, as a cell of a column would be."""
    for stated in (table.stated, *table.whole):
        if stated and stated.text:
            _fill_value(context, table, start, stated)


def _fill_value(
    context: ReadingContext, table: SheetTable, start: int, stated: StatedValue
) -> None:
    rows, column = context.rows, context.resource.columns()[stated.field]
    reading = context.reading()
    result = reader_of(stated.field, column, context, reading)(stated.text)
    indexes: Sequence[int] = range(start, start + len(table.rows))
    if stated.by_heading:
        rows.stated.add(stated.text)
    else:
        source = "menurut jawaban" if stated.answered else "dari judul tabel atau nama lembar"
        code = "stated_answered" if stated.answered else "stated_by_title"
        message = f"{column.column_name} «{stated.text}» diambil {source}."
        note = Finding("note", code, message)
        context.problems.add(note, Place(table.sheet.name))
    target = rows.fill(stated.field)
    indexes = [index for index in indexes if target[index] is None]  # a band stands closer
    for index in indexes:
        target[index] = result.value
    for finding in result.findings:
        # An error holds every row of the member; anything else is said once.
        for index in indexes if finding.severity == "error" else indexes[:1]:
            own = finding
            if finding.code in column.widget.word_codes:
                named = (stated.field, column)
                own = unknown_word(rows, index, named, stated.text, finding, reading.options)
            rows.tell(context.problems, index, stated.field, own, stated.text)


def _too_many(table: SheetTable, members: int) -> str:
    return (
        f"Tabel di lembar «{table.sheet.name}» berisi {format_whole(len(table.rows))} baris dengan {members} kelompok kolom; "
        f"batasnya {format_whole(settings.UPLOAD_MAX_ROWS)} catatan. Bagi menjadi beberapa berkas."
    )
