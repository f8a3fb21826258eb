"""Cells: whole columns of raw cells become typed values, each distinct value read once."""

from collections.abc import Iterator
from types import NoneType

from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.addresses import column_letter
from balikpapan.spreadsheets.cells import ERASE, Finding, is_blank
from balikpapan.spreadsheets.paged_columns import is_long, pages
from balikpapan.spreadsheets.tables.kinds import DOUBTS

from ..answers import UNITS, QuestionKey
from ..decisions import Decision
from ..problems import Problems
from ..widgets import Reading
from .column_proofs import prove
from .continued_rows import join_continued_rows
from .layout import Layout
from .related import RelatedCell, fill_related
from .sheet_rows import SheetRows
from .totals import compare_totals, written_totals
from .units import answered_unit
from .words import unknown_word
from .years import fill_years


def read_cells(layout: Layout, resource, answers, options, problems: Problems, today) -> SheetRows:
    """Reads every mapped cell of every table of the layout."""
    rows = SheetRows()
    columns = resource.columns()
    frames = []
    for table in layout.tables:
        start = len(rows)
        sheet_index = len(rows.sheets)
        rows.sheets.append(table.sheet.name)
        rows.sheet_of.extend([sheet_index] * len(table.rows))
        rows.row_of.extend(row + 1 for row in table.rows)
        rows.places.append({c.field: (c.letter, c.heading) for c in table.columns if c.field})
        rows.ignored += len(table.ignored)
        rows.total += table.row_count
        frames.append((table, start))
    if answers.decisions:
        for index in range(len(rows)):
            sheet, row = rows.place(index)
            if word := answers.decisions.get(f"{sheet}!{row}"):
                rows.decisions[index] = Decision.parse(word)
    optional_bad = answers.bad_cells == "blank"
    for table, start in frames:
        # A column whose doubts another one settles is read after it.
        mapped = [column for column in table.columns if column.field in columns]
        for column in sorted(mapped, key=lambda c: bool(columns[c.field].decided_by)):
            if column.field in columns:
                _read_column(
                    table,
                    column,
                    columns[column.field],
                    start,
                    rows,
                    resource,
                    Reading(column.unit or 1, column.times, today=today, options=options),
                    optional_bad,
                    answers,
                    problems,
                )
        _hold_shifted(table, start, rows, problems)
        _hold_doubtful(table, start, rows, resource, problems)
        _fill_from_bands(table, start, rows, resource, Reading(today=today, options=options))
        rows.totals.extend(written_totals(table, start, rows, columns))
    fill_related(
        rows.related,
        columns,
        lambda name: _reader(name, columns[name], resource, Reading(today=today, options=options)),
        rows,
        options,
        problems,
    )
    fill_years(frames, rows, resource, answers)
    resource.rules.find_sums(rows, problems)
    rows.set_aside(rows.sums, "baris induk, jumlah dari rinciannya")
    compare_totals(rows, problems)
    _refuse_erased_years(rows, resource, problems)
    if resource.continued:
        _note_continued(frames, rows)
        join_continued_rows(rows, resource.continued, problems)
    return rows


def _read_column(
    table, layout_column, column, start, rows, resource, reading, optional_bad, answers, problems
):
    name = layout_column.field
    source = RawColumn(table, layout_column, answers)
    target = rows.fill(name)
    field = resource.model_field(column)
    kinds = source.kinds()
    if not kinds <= _NUMBERS:
        prove(reading, column.widget, source)
        if reading.date_order is cells.DateOrder.UNKNOWN:
            _settle_date_order(rows, reading, layout_column, answers)
    own_unit = answered_unit(layout_column, answers)
    if own_unit:
        reading.marked_unit = UNITS[answers.units[own_unit]]
    read = _reader(name, column, resource, reading)
    plain = column.widget.plain_texts(field)
    for page, raw in source.pages():
        first = start + page.start
        if kinds <= _NUMBERS and (result := _plain_numbers(raw, column.widget, field, reading)):
            target[first : first + len(result)] = result
            continue
        read_all = _read_plain_kinds if kinds <= _PLAIN else _read_any_kind
        result, talk = read_all(raw, read, plain)
        target[first : first + len(result)] = result
        if not talk:
            continue
        for position, value in enumerate(raw):
            key = value if kinds <= _PLAIN or value.__class__ is str else (value.__class__, value)
            answer = talk.get(key)
            if answer is None:
                continue
            rows.related += [
                RelatedCell(first + position, name, column.widget.related[kind], raw_cell)
                for kind, raw_cell in answer.related
            ]
            for finding in answer.findings:
                if finding.code == "own_unit":
                    place = (layout_column.letter, layout_column.heading)
                    rows.own_units[place] = rows.own_units.get(place, 0) + 1
                elif finding.code == "own_unit_applied":
                    answers.use(f"unit:{own_unit}")
                if finding.code in column.widget.word_codes:
                    finding = unknown_word(
                        rows, first + position, (name, column), value, finding, reading.options
                    )
                blankable = optional_bad and not column.required and finding.severity == "error"
                if blankable:
                    message = f"{finding.message} Sel ini disimpan kosong."
                    finding = Finding("warning", finding.code, message)
                rows.tell(problems, first + position, name, finding, value)


def _settle_date_order(rows, reading, layout_column, answers):
    """A column that shows both orders of day and month is read as answered, or asked about."""
    option = answers.option(QuestionKey.DATES, layout_column.letter)
    if option is not None:
        reading.date_order = cells.DateOrder(option)
    else:
        rows.doubtful_dates.append((layout_column.letter, layout_column.heading))


def _reader(name, column, resource, reading):
    """The function that reads one cell of a column, with the words that were answered for it."""
    read = column.widget.reader(resource.model_field(column), reading)
    if not column.widget.word_codes:
        return read
    return reading.options["words"].reader(name, column.widget, read)


class RawColumn:
    """The cells of one column as they stand in the data rows of its table.

    What the user typed in place of a held cell stands in its stead.
    """

    def __init__(self, table, column, answers):
        self._rows, self._cells = table.rows, table.sheet.columns[column.index]
        self._fixes = _fixes_of(table, column, answers)
        self._whole = None if is_long(len(self._rows)) else list(self._read_pages())

    def pages(self) -> Iterator[tuple[range, list]]:
        """The positions of a page's rows, and their cells."""
        return iter(self._whole) if self._whole is not None else self._read_pages()

    def kinds(self) -> set[type]:
        """Which kinds of cells there are."""
        kinds = set()
        for _, page in self.pages():
            kinds.update(map(type, page))
        return kinds

    def __iter__(self) -> Iterator:
        for _, page in self.pages():
            yield from page

    def _read_pages(self):
        for page in pages(len(self._rows)):
            rows = self._rows[page.start : page.stop]
            if rows[-1] - rows[0] == len(rows) - 1:
                raw = self._cells[rows[0] : rows[-1] + 1]
            else:
                raw = [self._cells[row] for row in rows]
            for position in self._fixes.keys() & page if self._fixes else ():
                raw[position - page.start] = self._fixes[position]
            yield page, raw


def _fixes_of(table, column, answers):
    """What the user typed in place of held cells of this column: position -> text."""
    if not answers.fixes:
        return {}
    positions = {row + 1: position for position, row in enumerate(table.rows)}
    cells_of_related = {}
    for place, typed in answers.fixes.items():
        sheet, number, letter = place.rsplit("!", 2)
        if sheet == table.sheet.name and letter == column.letter and int(number) in positions:
            cells_of_related[positions[int(number)]] = typed
    return cells_of_related


#: Kinds of cells of which no two are equal to Python but not to an office, as 1 and True are.
_NUMBERS = {int, NoneType}
_PLAIN = {str, int, NoneType}


def _plain_numbers(raw, widget, field, reading):
    """A column of whole numbers that all lie within bounds, read at once; None for any other."""
    plain = widget.plain_numbers(field, reading)
    numbers = {value for value in raw if value is not None}
    if plain is None or not numbers:
        return None
    low, high, convert = plain
    if min(numbers) < low or max(numbers) > high:
        return None
    if convert is None:
        return raw
    converted = {None: None, **{value: convert(value) for value in numbers}}
    return [converted[value] for value in raw]


def _read_plain_kinds(raw, read, plain):
    """The values of a column of texts and whole numbers; cell -> answer where there is more to say."""
    distinct = set(raw)
    distinct.discard(None)
    values_read, talk = {None: None}, {}
    if plain is not None:
        texts = [value for value in distinct if value.__class__ is str]
        sure = set(plain.findall("\n".join(texts)))
        if distinct <= sure:
            return raw, talk
        values_read.update((text, text) for text in texts if text in sure)
        distinct -= sure
    for value in distinct:
        answer = read(value)
        values_read[value] = answer.value
        if answer.findings:
            talk[value] = answer
    return [values_read[value] for value in raw], talk


def _read_any_kind(raw, read, plain):
    """The values of a column that also holds dates, formulas, errors, fractions or TRUE."""
    values_read, talk, result = {}, {}, []
    for value in raw:
        key = value if value.__class__ is str else (value.__class__, value)
        if key not in values_read:
            answer = read(value)
            values_read[key] = answer.value
            if answer.findings:
                talk[key] = answer
        result.append(values_read[key])
    return result, talk


def _hold_shifted(table, start, rows, problems):
    """A csv row longer than its heading has likely been cut at a separator inside some cell.

    Where its record has no more fields than the heading's, no separator is too many: the cell only
    stands to the right of the table, and that is noted.
    """
    if not table.sheet.delimited or not table.header_rows:
        return
    counts = table.sheet.field_counts
    heading_fields = max(counts[row - 1] for row in table.header_rows)
    last = max((c.index for c in table.columns if c.heading), default=0)
    for index in range(last + 1, len(table.sheet.columns)):
        source = table.sheet.columns[index]
        longer = [i for i, row in enumerate(table.rows) if not is_blank(source[row])]
        if len(longer) > len(table.rows) // 2:
            continue  # a column without a heading, not a few broken rows
        for position in longer:
            sheet, row = rows.place(start + position)
            value = source[table.rows[position]]
            is_shifted = counts[table.rows[position]] > heading_fields
            problems.add(
                _beyond_heading(value, is_shifted),
                sheet=sheet,
                row=row,
                column=column_letter(index),
                value=value,
            )
            if is_shifted:
                rows.held.add(start + position)


def _beyond_heading(value, is_shifted):
    place = f"{cells.quote(value)} terletak di luar judul kolom"
    if not is_shifted:
        return Finding("note", "beyond_heading", f"{place}; sel itu tidak dibaca.")
    return Finding(
        "error",
        "beyond_heading",
        f"{place}; mungkin pemisah ada di dalam salah satu sel. Beri tanda kutip pada sel itu "
        "atau hapus kelebihannya.",
    )


def _hold_doubtful(table, start, rows, resource, problems):
    """Rows that look like a band, a sum or another table wait for somebody who knows."""
    for position, row in enumerate(table.rows if table.doubtful else ()):
        index = start + position
        if row in table.doubtful and not rows.is_decided_new(index):
            rows.doubtful.add(index)
            if not rows.is_aside(index):
                finding = Finding("error", "doubtful_row", DOUBTS[table.doubtful[row]])
                rows.tell(problems, index, resource.naming, finding)


def _fill_from_bands(table, start, rows, resource, reading):
    """A row takes the kelurahan and the group of the bands above it where its own are blank."""
    if not table.bands:
        return
    columns, values = resource.columns(), {}
    band_names = resource.band_names(reading.options)
    for position, row in enumerate(table.rows):
        index = start + position
        for name, text in table.bands.get(row, {}).items():
            if name == "kecamatan":
                rows.bands[index] = text
                continue
            column = columns.get(name)
            if column is None or band_names.find(name, text) is None:
                continue
            if (name, text) not in values:
                read = column.widget.reader(resource.model_field(column), reading)
                values[name, text] = read(text).value
            value = values[name, text]
            if value is None:
                continue
            if name == "kelurahan":
                target = rows.fill(name)
                target[index] = value if target[index] is None else target[index]
            else:
                rows.fill_soft(column.target)[index] = value


def _note_continued(frames, rows):
    """The rows that go on with another one, as indexes over all tables."""
    for table, start in frames:
        if not table.continued:
            continue
        positions = {row: start + position for position, row in enumerate(table.rows)}
        for row, main in table.continued.items():
            rows.continued[positions[row]] = positions[main]


def _refuse_erased_years(rows, resource, problems):
    """A year says what its row is about: it can be corrected, never emptied."""
    name = resource.year_column
    years = rows.values.get(name) if name else None
    if not years or ERASE not in years:
        return
    message = "Tahun tidak dapat dikosongkan. Isi tahunnya, misalnya 2024."
    for index, year in enumerate(years):
        if year is ERASE:
            years[index] = None
            rows.tell(problems, index, name, Finding("error", "missing_year", message))
