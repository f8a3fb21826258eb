"""Of which year the figures of a table are: said by a column, a heading, a title, a tab, or asked.

What is written stands; an answer dates only the rows that nothing else dates.
"""

import re
from collections import Counter
from collections.abc import Sequence

from balikpapan.spreadsheets.cells import Finding, format_whole, is_blank, read_month
from balikpapan.spreadsheets.tables.table import SheetTable

from ..answers import Answers, Question, QuestionKey
from ..problems import Place, Problems
from ..resources import SheetResource
from ..widgets import MonthName
from .sheet_rows import Frames, SheetRows

_TAB_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def question_years(tables: Sequence[SheetTable], resource: SheetResource) -> list[Question]:
    """Columns of several years side by side: those of one year can be read at a time."""
    questions = []
    for table in tables:
        columns = resource.dated_columns(table) if resource.year_column else []
        years = sorted({column.year for column in columns if column.year})
        if len(years) < 2:
            continue
        newest = [column for column in columns if column.year == years[-1]]
        questions.append(
            Question(
                QuestionKey.COLUMNS,
                f"Judul kolom lembar «{table.sheet.name}» menyebut tahun "
                f"{', '.join(map(str, years))}. Satu unggahan memuat satu tahun: pilih kolomnya, "
                "lalu unggah lagi untuk tahun lainnya.",
                [column.letter for column in columns],
                ", ".join(f"{column.letter}={column.field}" for column in newest),
                columns=tuple(column.letter for column in columns),
            )
        )
    return questions


def settle_years(
    tables: Sequence[SheetTable], resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """Tells where the year of each table comes from; a question where nothing says it."""
    if resource.year_column is None:
        return []
    undated: dict[str, int] = {}
    dated = 0
    for table in tables:
        _tell_contradictions(table, resource, answers, problems)
        _tell_captions(table, resource, problems)
        if len({column.year for column in resource.dated_columns(table)}) > 1:
            continue  # of several years the user chooses the columns of one
        if table.wide_field == resource.year_column:
            continue
        rows = _undated_rows(table, resource)
        dated += len(table.rows) - len(table.doubtful) - rows
        if not rows:
            continue
        year, source = stated_year(table, resource)
        if year is not None:
            where = (
                f" untuk {format_whole(rows)} baris"
                if table.column_of(resource.year_column)
                else ""
            )
            message = f"Tahun data {year}{where} diambil dari {SOURCES[source]}."
            problems.add(Finding("note", f"year_from_{source}", message), Place(table.sheet.name))
        elif answer := resource.answered_year(answers):
            answers.use(resource.answer_of_year(answers))
            message = f"{format_whole(rows)} baris tanpa tahun dicatat sebagai data {answer} menurut jawaban."
            problems.add(Finding("note", "year_answered", message), Place(table.sheet.name))
        else:
            undated[table.sheet.name] = undated.get(table.sheet.name, 0) + rows
    if not undated:
        return []
    choices = [str(year) for year in resource.year_choices]
    # A few rows without a year are held until it is known; a list of them is no list yet.
    blocking = sum(undated.values()) > dated
    about = _about(undated, tables, resource)
    return [Question(QuestionKey.YEAR, about, choices, blocking=blocking)]


def _about(undated: dict[str, int], tables: Sequence[SheetTable], resource: SheetResource) -> str:
    where = f" di lembar {', '.join(f'«{name}»' for name in undated)}" if len(tables) > 1 else ""
    return (
        f"{format_whole(sum(undated.values()))} baris tanpa tahun{where}. {resource.year_question}"
    )


#: What says a table's year beside a column of years, the closest to the figures first.
SOURCES = {"heading": "judul kolom", "title": "judul tabel", "tab": "nama lembar"}


def stated_year(table: SheetTable, resource: SheetResource) -> tuple[int | None, str]:
    """The year a table's headings, its title or its tab states, and a key of ``SOURCES``."""
    for source, year in (
        ("heading", resource.headed_year(table)),
        ("title", resource.titled_year(table)),
        ("tab", _tab_year(table, resource)),
    ):
        if year is not None:
            return year, source
    return None, ""


def _tab_year(table: SheetTable, resource: SheetResource) -> int | None:
    years = {int(year) for year in _TAB_YEAR.findall(table.sheet.name)}
    year = years.pop() if len(years) == 1 else None
    return year if not resource.year_choices or year in resource.year_choices else None


def fill_years(frames: Frames, rows: SheetRows, resource: SheetResource, answers: Answers) -> None:
    """Dates the rows whose year cell is blank or missing; ``frames`` are (table, first row index)."""
    name = resource.year_column
    if name is None:
        return
    for table, start in frames:
        year = stated_year(table, resource)[0] or resource.answered_year(answers)
        if year is None:
            continue
        column, target = table.column_of(name), rows.fill(name)
        cells = table.sheet.columns[column.index] if column else None
        if cells is None and not any(target[start : start + len(table.rows)]):
            target[start : start + len(table.rows)] = [year] * len(table.rows)
            continue
        for position, row in enumerate(table.rows):
            # A line that goes on with the record above is of its record's year.
            if cells is not None and row in table.continued:
                continue
            is_silent = cells is None or is_blank(cells[row])
            if target[start + position] is None and is_silent:
                target[start + position] = year


def _tell_contradictions(
    table: SheetTable, resource: SheetResource, answers: Answers, problems: Problems
) -> None:
    """A heading that names another year than the one its figures are stored for."""
    if resource.year_column is None or not table.column_of(resource.year_column):
        return
    for column in resource.dated_columns(table):
        if column.field != resource.year_column:
            message = (
                f"Judul ini menyebut tahun {column.year}, tetapi tahun datanya diambil dari "
                "kolom tahun. Periksa tahunnya."
            )
            problems.say_of_column(table, column, "warning", "year_conflict", message)


def _tell_captions(table: SheetTable, resource: SheetResource, problems: Problems) -> None:
    """Tells which years captions between the rows give to the rows below them."""
    years = Counter(band["year"] for band in table.bands.values() if "year" in band)
    for year, count in years.items() if not resource.year_choices else ():
        message = f"Tahun data {year} untuk {format_whole(count)} baris diambil dari judul bagian."
        problems.add(Finding("note", "year_from_caption", message), Place(table.sheet.name))


def _is_dated(row: int, table: SheetTable, resource: SheetResource) -> bool:
    """Whether a caption above a row, or the cell of its month, states its year."""
    if "year" in table.bands.get(row, {}) and not resource.year_choices:
        return True
    return any(
        read_month(table.sheet.columns[column.index][row]).related
        for column in table.columns
        if column.field and isinstance(resource.columns()[column.field].widget, MonthName)
    )


def _undated_rows(table: SheetTable, resource: SheetResource) -> int:
    """How many rows have figures, or are figures, and no year of their own."""
    columns = resource.columns()
    year = table.column_of(resource.year_column)
    years = table.sheet.columns[year.index] if year else None
    rows = [
        row
        for row in table.rows
        if (years is None or is_blank(years[row]))
        and row not in table.continued
        and row not in table.doubtful
    ]
    rows = [row for row in rows if not _is_dated(row, table, resource)]
    if not columns[resource.year_column or ""].child:
        return len(rows)
    figures = [
        table.sheet.columns[column.index]
        for column in table.columns
        if column.field and columns[column.field].child and column is not year
    ]
    return sum(1 for row in rows if any(not is_blank(cells[row]) for cells in figures))
