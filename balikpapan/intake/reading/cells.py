"""Reading a sheet that has been laid out: every mapped cell, then what whole rows say."""

import datetime

from balikpapan.spreadsheets.cells import ERASE, Finding
from balikpapan.spreadsheets.tables.table import SheetTable

from ..answers import Answers
from ..decisions import Decision
from ..declarations import SheetColumn
from ..problems import Problems
from ..resources import SheetResource
from ..sheet_rules import Options
from .bands import fill_from_bands
from .column_reader import ColumnReader, reader_of
from .context import ReadingContext
from .continued_rows import join_continued_rows
from .doubtful_rows import hold_doubtful, hold_shifted
from .related import fill_related
from .sheet_layout import Layout
from .sheet_rows import Frames, SheetRows
from .totals import compare_totals, written_totals
from .wide_tables import fill_stated
from .years import fill_years


def read_cells(
    layout: Layout,
    resource: SheetResource,
    answers: Answers,
    options: Options,
    problems: Problems,
    today: datetime.date,
) -> SheetRows:
    """Reads every mapped cell of every table of the layout."""
    rows = SheetRows()
    context = ReadingContext(resource, answers, options, problems, today, rows)
    columns = resource.columns()
    frames = _list_rows(layout, rows)
    _take_decisions(rows, answers)
    for table, start in frames:
        _read_columns(context, table, start, columns)
        hold_shifted(table, start, rows, problems)
        hold_doubtful(table, start, rows, resource, problems)
        fill_from_bands(context, table, start)
        fill_stated(context, table, start)
        rows.totals.extend(written_totals(table, start, rows, columns))
    fill_related(
        rows.related,
        columns,
        lambda name: reader_of(name, columns[name], context, context.reading()),
        rows,
        options,
        problems,
    )
    fill_years(frames, rows, resource, answers)
    resource.rules.find_sums(rows, problems)
    sums = [index for index in rows.sums if not rows.is_aside(index)]
    rows.set_aside(sums, "baris induk, jumlah dari rinciannya")
    compare_totals(rows, problems)
    _refuse_erased_years(rows, resource, problems)
    if resource.continued:
        _note_continued(frames, rows)
        join_continued_rows(rows, resource.continued, problems)
    return rows


def _list_rows(layout: Layout, rows: SheetRows) -> Frames:
    """Puts the rows of all tables one after another; the tables, each with its first row index."""
    frames = []
    for table in layout.tables:
        frames.append((table, len(rows)))
        sheet_index = len(rows.sheets)
        rows.sheets.append(table.sheet.name)
        rows.sheet_of.extend([sheet_index] * len(table.rows))
        rows.row_of.extend(row + 1 for row in table.rows)
        places = {c.field: (c.letter, c.heading) for c in table.columns if c.field}
        if (stated := table.stated) and stated.letter:
            places[stated.field] = (stated.letter, stated.heading)
        rows.places.append(places)
        rows.ignored += len(table.ignored)
        rows.total += table.row_count
    return frames


def _take_decisions(rows: SheetRows, answers: Answers) -> None:
    """What the user decided about single rows, by their sheet and number."""
    for index in range(len(rows)) if answers.decisions else ():
        sheet, row = rows.place(index)
        if word := answers.decisions.get(f"{sheet}!{row}"):
            rows.decisions[index] = Decision.parse(word)


def _read_columns(
    context: ReadingContext, table: SheetTable, start: int, columns: dict[str, SheetColumn]
) -> None:
    mapped = [(c, columns[c.field]) for c in table.columns if c.field in columns]
    # A column whose doubts another one settles is read after it.
    for layout_column, column in sorted(mapped, key=lambda pair: bool(pair[1].decided_by)):
        ColumnReader(context, table, start, layout_column, column).read()


def _note_continued(frames: Frames, rows: SheetRows) -> None:
    """The rows that go on with another one, as indexes over all tables."""
    for table, start in frames:
        if not table.continued:
            continue
        positions = {row: start + position for position, row in enumerate(table.rows)}
        for row, main in table.continued.items():
            rows.continued[positions[row]] = positions[main]


def _refuse_erased_years(rows: SheetRows, resource: SheetResource, problems: Problems) -> None:
    """A year says what its row is about: it can be corrected, never emptied."""
    name = resource.year_column
    years = rows.values.get(name) if name else None
    if name is None or not years or ERASE not in years:
        return
    message = "Tahun tidak dapat dikosongkan. Isi tahunnya, misalnya 2024."
    for index, year in enumerate(years):
        if year is ERASE:
            years[index] = None
            rows.tell(problems, index, name, Finding("error", "missing_year", message))
