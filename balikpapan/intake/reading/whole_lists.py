"""What a list about one thing leaves to its title: one source of PAD, one room, one activity.

No column has it, so that no mapping of columns could say it. It is asked for once, and the answer
stands in every row of the table.
"""

import re
from collections.abc import Iterable, Iterator

from balikpapan.spreadsheets.cells import comparison_key, heading_key, is_blank
from balikpapan.spreadsheets.cells.months import (
    MONTH_NAMES,
    MONTH_WORDS,
    MONTHS,
    named_month,
    without_named_month,
)
from balikpapan.spreadsheets.tables.heading_rows import possible_fields
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.sums import number_in
from balikpapan.spreadsheets.tables.table import SheetTable, StatedValue, without_period

from ..answers import Answers, Question, QuestionKey
from ..resources import SheetResource
from ..sheet_rules import Options
from ..widgets import MonthName
from .sheet_layout import Layout

#: So many rows tell whether a column holds words, which may be what is missing.
SAMPLE_ROWS = 60
#: So many known values are offered.
MOST_VALUES = 40
#: What a title says of the list itself rather than of what it lists.
_OF_THE_LIST = re.compile(
    r"\([^()]*\)|\b(?:laporan|realisasi|rekap(?:itulasi)?|target|capaian|penerimaan|pendapatan|"
    r"setoran|data|daftar|hadir|absen(?:si)?|peserta|nama|kegiatan|dan|per|bulan(?:an)?|"
    r"tahun(?:an)?|anggaran|asli|daerah|pad|tabel|lampiran|[ivx]+\.)(?!\w)|[:;.,&/–-]",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W*(?:laporan|realisasi|rekap|target|capaian|penerimaan|pendapatan|setoran|data|daftar|absen|"
    r"pad|kegiatan|pelatihan)",
    re.IGNORECASE,
)
#: No value is longer.
LONGEST = 200
#: A month and its year, but no day: figures of the month, not as of a day of it.
_MONTH_OF_YEAR = re.compile(rf"(?<!\d )\b({MONTH_WORDS})\W+(?:19|20)\d\d\b", re.IGNORECASE)
_UNTIL = re.compile(r"\bs\W{0,2}d\b|\b(?:sampai|hingga)\b|[–-]", re.IGNORECASE)
_DAYS = frozenset(["tanggal", "tgl", "hari", "hari/tanggal", "hari tanggal", "hari, tanggal"])
#: The answer that each list is about what its own title says.
BY_TITLES = "titles"


def leave_to_title(
    table: SheetTable, resource: SheetResource, vocabulary: Vocabulary, mapped: set[str] | None
) -> bool:
    """Whether all the table lacks are values that one answer can state; it is marked so.

    An unread column of words may hold what is missing, so that the columns are asked about first,
    unless the titles tell; ``mapped`` are the fields that the user has named, None where nobody has
    looked at the columns.
    A month that title or tab name is not asked for.
    """
    fields = possible_fields(table.columns) | table.fields | (mapped or set())
    lacking = [
        name
        for group in vocabulary.required
        if not group & fields
        for name in sorted(group & vocabulary.whole)[:1]
    ]
    if not lacking or vocabulary.missing({*fields, *lacking}):
        return False
    if mapped is None and not _is_about_one(table, resource):
        return False
    columns = resource.columns()
    for name in lacking:
        is_month = isinstance(columns[name].widget, MonthName)
        if is_month and any(heading_key(c.heading) in _DAYS for c in table.columns):
            return False  # a row for each day is no row of the month
        table.whole.append(StatedValue(name, _month_of(table) if is_month else ""))
    return True


def _is_about_one(table: SheetTable, resource: SheetResource) -> bool:
    if resource.about_one is not None:
        return any(map(resource.about_one.search, table.titles))
    return not _has_unread_words(table)


def _month_of(table: SheetTable) -> str:
    """The name of the one month the titles or else the tab speak of; "" where there is none."""
    title = " ".join(table.titles)
    named = named_month(title)
    months = {named.month} if named.month and not named.until else set()
    if without_named_month(title) == title and not _UNTIL.search(title):
        months = {MONTHS[word.lower()] for word in _MONTH_OF_YEAR.findall(title)}
    tab = comparison_key(table.sheet.name).split()
    if not months and without_named_month(title) == title:
        months = {MONTHS[word] for word in tab if word in MONTHS}
    return MONTH_NAMES[months.pop() - 1] if len(months) == 1 else ""


def _has_unread_words(table: SheetTable) -> bool:
    rows = range(table.first_row, min(table.last_row + 1, table.first_row + SAMPLE_ROWS))
    for column in table.columns:
        if column.field or column.member or column.running_number or column.adds_up:
            continue
        cells = [table.sheet.columns[column.index][row] for row in rows]
        filled = [cell for cell in cells if not is_blank(cell)]
        if filled and sum(number_in(cell) is None for cell in filled) > len(filled) / 2:
            return True
    return False


def question_whole_lists(
    layout: Layout, resource: SheetResource, answers: Answers, options: Options
) -> Iterator[Question]:
    """Writes what was answered into the tables, and asks for what was not, once for each column."""
    for name in resource.whole:
        tables = [t for t in layout.tables if any(v == StatedValue(name, "") for v in t.whole)]
        if not tables:
            continue
        values = resource.whole_values(name, options)[:MOST_VALUES]
        is_text = name in resource.whole_texts
        suggestions = [_suggested(table, values, is_text=is_text) for table in tables]
        answer = (answers.option(QuestionKey.STATED, name) or "").strip()[:LONGEST]
        if not answer or (answer == BY_TITLES and None in suggestions):
            yield _question(tables, resource, name, values, suggestions)
            continue
        for table, suggestion in zip(tables, suggestions, strict=True):
            text = suggestion if answer == BY_TITLES else answer
            table.whole = [
                StatedValue(name, text or "", answered=True) if value.field == name else value
                for value in table.whole
            ]


def _question(
    tables: list[SheetTable],
    resource: SheetResource,
    name: str,
    values: list[str],
    suggestions: list[str | None],
) -> Question:
    label = resource.columns()[name].column_name
    sheets = ", ".join(f"«{table.sheet.name}»" for table in tables)
    about = f"Lembar {sheets} tidak punya kolom {label}. Apa isinya untuk semua barisnya?"
    suggestion = suggestions[0] if len(set(suggestions)) == 1 else None
    if len(set(suggestions)) > 1 and None not in suggestions:
        pairs = zip(tables, suggestions, strict=True)
        named = "; ".join(f"lembar «{table.sheet.name}»: {text}" for table, text in pairs)
        about += f" Menurut judulnya, {named}."
        values, suggestion = [BY_TITLES, *values], BY_TITLES
    return Question(QuestionKey.STATED, about, values, suggestion, concern=name)


def _suggested(table: SheetTable, values: list[str], *, is_text: bool) -> str | None:
    """The known value that the titles or the tab name, what else a title says, the only value."""
    texts = [*table.titles, table.sheet.name]
    named = [value for value in values if _names(texts, value)]
    if named:
        return max(named, key=len)
    subject = next(filter(None, map(_subject, table.titles)), None) if is_text else None
    return subject or (values[0] if len(values) == 1 else None)


def _names(texts: Iterable[str], value: str) -> bool:
    key = comparison_key(value)
    return any(f" {key} " in f" {comparison_key(text)} " for text in texts)


def _subject(title: str) -> str | None:
    """What a title such as "REALISASI RETRIBUSI COLD STORAGE TAHUN 2024" is about."""
    if not _BEGINS.match(title):
        return None
    subject = " ".join(_OF_THE_LIST.sub(" ", without_period(title)).split())
    return subject[:LONGEST] if len(subject) > 3 else None
