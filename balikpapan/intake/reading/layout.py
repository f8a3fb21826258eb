"""Which sheets are read, which column is which field, and what has to be asked about them."""

import hashlib
from dataclasses import dataclass, field

from balikpapan.spreadsheets.cells import Finding, heading_key, is_blank
from balikpapan.spreadsheets.model import Sheet, Workbook
from balikpapan.spreadsheets.tables.detect import SheetTable, find_table, headerless_table, text_of
from balikpapan.spreadsheets.tables.guess_columns import propose
from balikpapan.spreadsheets.tables.rows import settle_rows

from ..answers import Answers, Question
from ..problems import Problems
from ..resources import REGISTERS
from .periods import settle_periods
from .repeated_sheets import settle_sheets
from .units import settle_units
from .wrong_register import owner_of
from .years import question_years, settle_years

#: A title stands in the first rows.
TITLE_ROWS = 10
NO_HEADING = "Lembar «{}» tidak punya judul kolom"
UNKNOWN_HEADINGS = "tidak ada judul kolom yang dikenal"
KINDS = {"chart": "lembar grafik", "dialog": "lembar dialog", "macro": "lembar makro"}


@dataclass(slots=True)
class SheetLayout:
    """One sheet of the workbook: the table to read in it, or why it is not read."""

    sheet: Sheet
    table: SheetTable | None = None
    reason: str = ""
    #: Whether it may well be a list, but not one of this register.
    foreign: bool = False
    #: The name of the other register it is a list of, where that is plain.
    owner: str = ""

    @property
    def read(self) -> bool:
        return self.table is not None


@dataclass(slots=True)
class Layout:
    """All sheets with their tables, the answers applied, and what still has to be asked."""

    sheets: list[SheetLayout]
    questions: list[Question] = field(default_factory=list)
    refusal: str = ""
    #: Whether the tables have no known heading, so that their columns are only proposed.
    proposed: bool = False

    @property
    def other_register(self) -> str:
        """The register whose list the file is, where none of its sheets is one of this register."""
        return next((item.owner for item in self.sheets if item.owner), "")

    @property
    def tables(self) -> list[SheetTable]:
        return [layout.table for layout in self.sheets if layout.table]

    def forget_cells(self) -> None:
        """Lets go of the raw cells once they are read; those of a long list fill the memory."""
        for item in self.sheets:
            item.sheet.columns = []

    def headings_key(self) -> str:
        """What two files with the same set of headings share; mappings are remembered by it.

        Letters that stand for missing headings are no likeness: such a file is always asked about.
        """
        if not all(table.header_rows for table in self.tables):
            return ""
        return headings_digest(c.heading for table in self.tables for c in table.columns)


def headings_digest(headings) -> str:
    """What stands for a set of headings, whatever their order and spelling."""
    keys = sorted({heading_key(heading) for heading in headings if heading})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def find_tables(workbook: Workbook, resource, vocabulary, answers: Answers) -> Layout:
    """Looks at every sheet for a table and settles its columns; the workbook stays as it is."""
    layouts = [_look_at(sheet, vocabulary, answers) for sheet in workbook.sheets]
    layout = Layout(layouts)
    if not layout.tables:
        if not answers.mapping:  # whoever names the columns by hand knows what the sheet is
            _name_owners(layout, resource)
        _without_headings(layout, resource, vocabulary, answers)
        layout.proposed = bool(layout.questions)
        if layout.refusal or layout.proposed:
            return layout
    for table in layout.tables:
        _apply_mapping(table, answers)
        _resolve_doubles(table)
    layout.questions.extend(question_years(layout.tables, resource))
    _ask_about_doubles(layout, resource)
    for item in layout.sheets:
        if item.table and vocabulary.missing({c.field for c in item.table.columns if c.field}):
            item.table, item.reason = None, f"tidak ada kolom {vocabulary.required_label}"
    if not layout.tables and not layout.questions:
        layout.refusal = _why_nothing(layout, resource)
    return layout


def settle_tables(
    layout: Layout, resource, vocabulary, answers: Answers, problems: Problems
) -> None:
    """Settles rows, units and years of the tables, and asks where they are not known."""
    if layout.refusal or layout.proposed:
        return
    naming = frozenset(name for group in resource.required for name in group)
    for table in layout.tables:
        settle_rows(table, naming & {resource.naming} or naming)
        _tell_about_sheet(table, problems)
    layout.questions.extend(settle_sheets(layout, resource, answers, problems))
    if not any(table.rows for table in layout.tables) and not layout.questions:
        layout.refusal = "Tabel ini tidak berisi satu baris data pun. Periksa berkasnya."
    layout.questions.extend(settle_units(layout.tables, resource, vocabulary, answers, problems))
    layout.questions.extend(settle_periods(layout.tables, resource, answers, problems))
    layout.questions.extend(settle_years(layout.tables, resource, answers, problems))


def _look_at(sheet, vocabulary, answers):
    if sheet.kind != "worksheet":
        return SheetLayout(sheet, reason=KINDS.get(sheet.kind, "bukan lembar data"))
    if answers.sheets:
        if sheet.name not in answers.sheets:
            return SheetLayout(sheet, reason="tidak dipilih")
    elif sheet.visibility != "visible":
        return SheetLayout(sheet, reason="lembar tersembunyi")
    if not sheet.height:
        return SheetLayout(sheet, reason="lembar kosong")
    table = find_table(sheet, vocabulary)
    if table is None:
        if _is_recap(sheet):
            return SheetLayout(sheet, reason="rekapitulasi, bukan daftar")
        return SheetLayout(sheet, reason=UNKNOWN_HEADINGS, foreign=True)
    possible = {n for c in table.columns if c.field for n in (c.field, *c.others)}
    mapped = {name for name in answers.mapping.values() if name}
    if vocabulary.missing(possible | mapped):
        reason = f"tidak ada kolom {vocabulary.required_label}"
        return SheetLayout(sheet, reason=reason, foreign=True)
    if table.first_row > table.last_row:
        return SheetLayout(sheet, reason="hanya judul kolom, tanpa baris data")
    return SheetLayout(sheet, table)


def _is_recap(sheet):
    """Whether the sheet or its title says that it counts what others list."""
    top = [text_of(cell) for column in sheet.columns for cell in column[:TITLE_ROWS]]
    return any(text.casefold().startswith("rekap") for text in (sheet.name.strip(), *top))


def _why_nothing(layout, resource):
    reasons = "; ".join(f"«{item.sheet.name}»: {item.reason}" for item in layout.sheets)
    return (
        f"Tidak ada lembar yang berisi daftar {resource.label}. {reasons}. "
        "Periksa apakah berkasnya benar dan judul kolomnya lengkap."
    )


def _name_owners(layout, resource):
    """Says of each sheet that is a list of another register whose it is."""
    for item in layout.sheets:
        if item.foreign and (owner := owner_of(item.sheet, resource.register)):
            item.owner, label = owner, REGISTERS[owner].label
            item.reason = f"judul kolomnya milik daftar {label}; unggah di daftar itu"


def _without_headings(layout, resource, vocabulary, answers):
    """A file with no heading at all: columns are proposed from their contents and asked."""
    readable = [item for item in layout.sheets if item.reason == UNKNOWN_HEADINGS]
    candidates = [(item, headerless_table(item.sheet, vocabulary)) for item in readable]
    proposals = [(item, table, propose(table, resource.register)) for item, table in candidates]
    proposals = [entry for entry in proposals if entry[2]]
    if not proposals:
        layout.refusal = _why_nothing(layout, resource)
        return
    for item, table, proposal in proposals:
        item.table, item.reason = table, ""
        if any(c.letter in answers.mapping or c.heading in answers.mapping for c in table.columns):
            continue
        what = "Judul kolom lembar «{}» tidak dikenal" if table.header_rows else NO_HEADING
        wanted = ", ".join(f"{letter}={name}" for letter, name in proposal.items())
        layout.questions.append(
            Question(
                "columns",
                f"{what.format(item.sheet.name)}. Tentukan isi tiap kolom.",
                [column.letter for column in table.columns],
                wanted,
                columns=tuple(proposal),
            )
        )


def _apply_mapping(table, answers):
    by_key = {heading_key(name): field for name, field in answers.mapping.items()}
    names_by_key = {heading_key(name): name for name in answers.mapping}
    headings = {heading_key(column.heading) for column in table.columns} & set(by_key)
    letters = {name: f for name, f in answers.mapping.items() if heading_key(name) not in headings}
    for column in table.columns:
        if (key := heading_key(column.heading)) and key in headings:
            chosen = by_key[key]
            answers.use(f"map:{names_by_key[key]}")
        elif column.letter in letters:
            chosen = letters[column.letter]
            answers.use(f"map:{column.letter}")
        else:
            continue
        column.field, column.others, column.fuzzy = chosen or None, (), False


def _resolve_doubles(table):
    """A heading with several meanings gives way where another column means just that.

    Of several that could all mean something else the one with the fewest meanings keeps the
    field; a heading whose last other meaning is "" may be left unread, and is listed then.
    """
    crowded = True
    while crowded:
        claims = {}
        for column in table.columns:
            if column.field:
                claims.setdefault(column.field, []).append(column)
        crowded = [
            column
            for columns in claims.values()
            for column in sorted(columns, key=lambda c: len(c.others))[1:]
            if column.others
        ]
        for column in crowded:
            column.field, column.others = column.others[0] or None, column.others[1:]
    for column in table.columns:  # a near spelling gives way to an exact one
        if column.fuzzy and any(
            other is not column and other.field == column.field and not other.fuzzy
            for other in table.columns
        ):
            column.field, column.fuzzy = None, False


def _ask_about_doubles(layout, resource):
    columns_by_name = resource.columns()
    for table in layout.tables:
        claims = {}
        for column in table.columns:
            if column.field:
                claims.setdefault(column.field, []).append(column)
        for name, columns in claims.items():
            if len(columns) > 1 and len({column.year for column in columns}) < len(columns):
                named = " dan ".join(f"{c.letter} «{c.heading}»" for c in columns)
                layout.questions.append(
                    Question(
                        "columns",
                        f"Lembar «{table.sheet.name}»: kolom {named} sama-sama berarti "
                        f"«{columns_by_name[name].column_name}». Pilih satu.",
                        [c.letter for c in columns],
                        f"{columns[0].letter}={name}",
                        columns=tuple(c.letter for c in columns),
                    )
                )


def _tell_about_sheet(table, problems):
    """Hidden parts, unknown headings, merged cells, far rows: told, never passed over."""
    sheet = table.sheet
    rows = {row for row in table.rows if row in sheet.hidden_rows}
    if rows:
        _say(
            problems, sheet, "warning", "hidden_rows", f"{len(rows)} baris tersembunyi ikut dibaca."
        )
    hidden = [c.letter for c in table.columns if c.index in sheet.hidden_columns and c.field]
    if hidden:
        text = f"Kolom tersembunyi {', '.join(hidden)} ikut dibaca."
        _say(problems, sheet, "warning", "hidden_columns", text)
    for column in table.columns:
        if column.field and column.fuzzy:
            message = f"Judul ini dibaca sebagai {column.field}. Periksa ejaannya."
            problems.say_of_column(table, column, "note", "fuzzy_heading", message)
        elif not column.field and not column.running_number and _has_content(table, column):
            message = "Judul kolom ini tidak dikenal, jadi isinya tidak disimpan."
            problems.say_of_column(table, column, "note", "unknown_heading", message)
    for index, count in table.carried.items():
        column = next(c for c in table.columns if c.index == index)
        message = f"{count} sel diisi dari sel gabungan di atasnya."
        problems.say_of_column(table, column, "note", "merged_carried", message)
    for row in table.far_rows:
        message = f"Baris {row} di luar tabel, jadi tidak dibaca."
        _say(problems, sheet, "warning", "outside_table", message)
    if sheet.commented or sheet.struck:
        message = (
            f"{sheet.commented} sel bercatatan dan {sheet.struck} sel bercoretan; "
            "catatan dan coretan tidak disimpan."
        )
        _say(problems, sheet, "note", "marked_cells", message)


def _has_content(table, column):
    cells = table.sheet.columns[column.index]
    return any(not is_blank(cells[row]) for row in table.rows)


def _say(problems, sheet, severity, code, message):
    problems.add(Finding(severity, code, message), sheet=sheet.name)
