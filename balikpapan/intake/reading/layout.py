"""Which sheets are read, which column is which field, and what has to be asked about them."""

from collections.abc import Iterator

from balikpapan.spreadsheets.cells import heading_key
from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.opening.opened import OpenedWorkbook
from balikpapan.spreadsheets.tables.detect import is_upright
from balikpapan.spreadsheets.tables.heading_rows import possible_fields
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.row_view import RowRules
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn
from balikpapan.spreadsheets.tables.texts import text_of
from balikpapan.spreadsheets.tables.wide_headings import close_members

from ..answers import Answers, Question, QuestionKey
from ..declarations import KeyIdentity, RuleIdentity
from ..problems import Problems
from ..resources import FIGURES, REGISTERS, SheetResource
from ..sheet_rules import Options
from ..widgets import MonthName, Text
from .amounts_down import register_of_amounts
from .doubled_columns import question_doubles, resolve_doubles
from .periods import settle_periods
from .repeated_sheets import settle_sheets
from .sections import split_sections
from .sheet_layout import Layout, SheetLayout
from .sheet_notes import (
    tell_about_sheet,
    tell_of_tables_left_out,
    tell_of_tables_side_by_side,
)
from .titled_lists import take_section_titles
from .units import settle_units
from .unread import FOREIGN, KINDS, Unread
from .whole_lists import leave_to_title, question_whole_lists
from .wide_tables import asked_amounts, question_members, split_members, take_stated
from .wrong_register import MOST_SHEETS, vocabularies
from .years import question_years, settle_years

#: A title stands in the first rows.
TITLE_ROWS = 10
#: A heading has so many texts at least, a title fewer.
FEWEST_TEXTS = 3


def find_tables(
    opened: OpenedWorkbook,
    resource: SheetResource,
    vocabulary: Vocabulary,
    answers: Answers,
    options: Options,
) -> Layout:
    """Looks at every sheet for tables and settles their columns; the workbook stays as it is."""
    layout = Layout([SheetLayout(s, unread=_unread(s, answers)) for s in opened.workbook.sheets])
    looked_at = [item for item in layout.sheets if item.unread is None]
    tables = opened.tables_of([item.sheet for item in looked_at], vocabulary)
    for item, own in zip(looked_at, tables, strict=True):
        _take_tables(item, own, resource, vocabulary, answers)
    if not layout.tables:
        if not answers.mapping:  # whoever names the columns by hand knows what the sheet is
            _name_owners(opened, layout, resource)
        _ask_about_columns(opened, layout, resource, vocabulary, answers)
        layout.proposed = bool(layout.questions)
        if layout.refusal or layout.proposed:
            return layout
    _settle_columns(layout, resource, vocabulary, answers)
    layout.questions.extend(question_whole_lists(layout, resource, answers, options))
    if not layout.tables and not layout.questions:
        layout.refusal = _why_nothing(layout, resource)
    return layout


def settle_tables(
    opened: OpenedWorkbook,
    layout: Layout,
    resource: SheetResource,
    rules: RowRules,
    answers: Answers,
    problems: Problems,
) -> None:
    """Settles rows, units and years of the tables, and asks where they are not known."""
    if layout.refusal or layout.proposed:
        return
    opened.sort_rows(layout.tables, rules)
    for table in layout.tables:
        tell_about_sheet(table, resource.columns(), problems)
    for item in layout.sheets:
        tell_of_tables_side_by_side(item, problems)
    layout.questions.extend(settle_sheets(layout, resource, answers, problems))
    split_sections(layout, resource, rules.vocabulary)
    for item in layout.sheets:
        tell_of_tables_left_out(item, problems)
    if not any(table.rows for table in layout.tables) and not layout.questions:
        layout.refusal = "Tabel ini tidak berisi satu baris data pun. Periksa berkasnya."
    layout.questions.extend(
        settle_units(layout.tables, resource, rules.vocabulary, answers, problems)
    )
    layout.questions.extend(settle_periods(layout.tables, resource, answers, problems))
    layout.questions.extend(settle_years(layout.tables, resource, answers, problems))
    split_members(layout, resource, problems)


def _settle_columns(
    layout: Layout, resource: SheetResource, vocabulary: Vocabulary, answers: Answers
) -> None:
    """Each column gets its one field; what only the user can say becomes a question."""
    wides = {wide.name: wide for wide in vocabulary.wide}
    for table in layout.tables:
        _apply_mapping(table, answers)
        resolve_doubles(table)
        resource.settle_columns(table)
    layout.questions.extend(question_members(layout, resource, vocabulary, answers))
    for table in layout.tables:
        if not table.asks_amounts:
            close_members(table.columns, wides)
    layout.questions.extend(question_years(layout.tables, resource))
    layout.questions.extend(question_doubles(layout, resource))
    _ask_about_near(layout, resource, answers)
    for item in layout.sheets:
        for table in item.tables:
            if vocabulary.missing(table.fields) and not table.asks_amounts:
                item.leave_out(table, Unread.MISSING_COLUMN, vocabulary.required_label)


def row_rules(resource: SheetResource, vocabulary: Vocabulary, options: Options) -> RowRules:
    """What a register knows of its rows."""
    naming = frozenset(name for group in resource.required for name in group)
    columns = resource.columns()
    identity = resource.identity
    names = {*resource.identifying, resource.naming}
    if isinstance(identity, RuleIdentity):
        names |= {identity.owner, identity.address, identity.phone, *identity.unique}
        names |= {column for pair in identity.paired for column in pair}
    keys = identity.key if isinstance(identity, KeyIdentity) else ()
    return RowRules(
        naming=naming & {resource.naming} or naming,
        identity=frozenset(names),
        figures=frozenset(n for n, c in columns.items() if isinstance(c.widget, FIGURES)),
        products=frozenset(resource.continued.products if resource.continued else ()),
        children=_child_names(resource),
        year=resource.year_column or "",
        month=next((n for n, c in columns.items() if isinstance(c.widget, MonthName)), ""),
        keys=frozenset(keys),
        sections=resource.sections,
        names=resource.band_names(options),
        vocabulary=vocabulary,
    )


def _child_names(resource: SheetResource) -> frozenset[str]:
    """The columns of words that tell which child record a row holds, such as a participant."""
    child = resource.child
    if child is None or not child.bare:
        return frozenset()
    return frozenset(
        name
        for name, column in resource.columns().items()
        if column.child
        and isinstance(column.widget, Text)
        and (column.target in child.key or not column.stored)
    )


def _unread(sheet: Sheet, answers: Answers) -> Unread | None:
    """Why a sheet is not looked at; None where it is."""
    if sheet.kind != "worksheet":
        return KINDS.get(sheet.kind, Unread.NOT_DATA)
    if answers.sheets:
        if sheet.name not in answers.sheets:
            return Unread.NOT_CHOSEN
    elif sheet.visibility != "visible":
        return Unread.HIDDEN
    return None if sheet.height else Unread.EMPTY


def _take_tables(
    item: SheetLayout,
    tables: list[SheetTable],
    resource: SheetResource,
    vocabulary: Vocabulary,
    answers: Answers,
) -> None:
    """Gives a sheet the tables found in it, or the reason why it is not read."""
    if owner := register_of_amounts(item.sheet):
        if owner == resource.register:
            item.unread = Unread.AMOUNTS_DOWN
        else:
            _leave_to_owner(item, owner)
        return
    if not tables:
        item.unread = Unread.RECAP if _is_recap(item.sheet) else Unread.UNKNOWN_HEADINGS
        return
    mapped = {name for name in answers.mapping.values() if name}
    for table in tables:
        take_stated(table, vocabulary)
        take_section_titles(table, resource)
    named = mapped if answers.mapping else None
    lacking = [
        _lacks_column(table, vocabulary, mapped)
        and not leave_to_title(table, resource, vocabulary, named)
        for table in tables
    ]
    if lacking[0]:
        item.unread, item.detail = Unread.MISSING_COLUMN, vocabulary.required_label
        item.incomplete = [] if _is_recap(item.sheet) else tables
    elif tables[0].first_row > tables[-1].last_row:
        item.unread = Unread.NO_ROWS
    else:
        item.tables = tables


def _lacks_column(table: SheetTable, vocabulary: Vocabulary, mapped: set[str]) -> bool:
    fields = possible_fields(table.columns) | table.fields | asked_amounts(table, vocabulary)
    return vocabulary.missing(fields | mapped)


def _is_recap(sheet: Sheet) -> bool:
    """Whether the sheet or its title says that it counts what others list."""
    top = [text_of(cell) for column in sheet.columns for cell in column[:TITLE_ROWS]]
    return any(text.casefold().startswith("rekap") for text in (sheet.name.strip(), *top))


def _why_nothing(layout: Layout, resource: SheetResource) -> str:
    reasons = "; ".join(f"«{item.sheet.name}»: {item.reason}" for item in layout.sheets)
    return (
        f"Tidak ada lembar yang berisi daftar {resource.label}. {reasons}. "
        "Periksa apakah berkasnya benar dan judul kolomnya lengkap."
    )


def _name_owners(opened: OpenedWorkbook, layout: Layout, resource: SheetResource) -> None:
    """Says whose the sheets are that are a list of another register; those headed alike together."""
    foreign: dict[tuple[str, ...], list[SheetLayout]] = {}
    for item in layout.sheets:
        if item.unread in FOREIGN:
            foreign.setdefault(_heading_of(item.sheet), []).append(item)
    items = list(foreign.values())[:MOST_SHEETS]
    others = (name for name in REGISTERS if name != resource.register)
    owners = opened.owners_of([alike[0].sheet for alike in items], vocabularies(others))
    for alike, (owner, _) in zip(items, owners, strict=True):
        if owner:
            for item in alike:
                _leave_to_owner(item, owner)


def _heading_of(sheet: Sheet) -> tuple[str, ...]:
    """The texts of the first row with so many of them as a heading has; of none all first rows."""
    top: list[str] = []
    for row in range(min(sheet.height, TITLE_ROWS)):
        texts = [text for column in sheet.columns if (text := text_of(column[row]))]
        if len(texts) >= FEWEST_TEXTS:
            return tuple(texts)
        top += texts
    return tuple(top)


def _leave_to_owner(item: SheetLayout, owner: str) -> None:
    item.owner, item.incomplete = owner, []
    item.unread, item.detail = Unread.OTHER_REGISTER, REGISTERS[owner].label


def _ask_about_columns(
    opened: OpenedWorkbook,
    layout: Layout,
    resource: SheetResource,
    vocabulary: Vocabulary,
    answers: Answers,
) -> None:
    """Sheets without a known heading, or without a needed one: the user names the columns."""
    proposals = list(_proposals(opened, layout, resource, vocabulary))
    if not proposals:
        layout.refusal = _why_nothing(layout, resource)
        return
    for item, table, proposal in proposals:
        missing = item.unread is Unread.MISSING_COLUMN
        item.tables = item.incomplete or [table]
        item.unread = None
        if any(c.letter in answers.mapping or c.heading in answers.mapping for c in table.columns):
            continue
        what = "Lembar «{}» tidak punya judul kolom"
        if missing:
            what = f"Kolom {vocabulary.required_label} tidak ditemukan di lembar «{{}}»"
        elif table.header_rows:
            what = "Judul kolom lembar «{}» tidak dikenal"
        wanted = ", ".join(f"{letter}={name}" for letter, name in proposal.items())
        layout.questions.append(
            Question(
                QuestionKey.COLUMNS,
                f"{what.format(item.sheet.name)}. Tentukan isi tiap kolom.",
                [column.letter for column in table.columns],
                wanted or None,
                columns=tuple(proposal),
            )
        )


def _proposals(
    opened: OpenedWorkbook, layout: Layout, resource: SheetResource, vocabulary: Vocabulary
) -> Iterator[tuple[SheetLayout, SheetTable, dict[str, str]]]:
    """The sheets that may be a list, each with its table and what its columns may hold."""
    looked_at = [item for item in layout.sheets if item.unread in FOREIGN or item.incomplete]
    for item in looked_at[:MOST_SHEETS]:
        if item.unread is Unread.UNKNOWN_HEADINGS and is_upright(item.sheet, vocabulary):
            item.unread = Unread.UPRIGHT
        elif item.unread is Unread.UNKNOWN_HEADINGS:
            table, proposal = opened.without_headings(item.sheet, vocabulary, resource.register)
            if proposal:
                yield item, table, _as_headed(proposal, table, vocabulary)
        elif item.incomplete:
            table = item.incomplete[0]
            yield item, table, _needed(table, resource, vocabulary)


def _as_headed(
    proposal: dict[str, str], table: SheetTable, vocabulary: Vocabulary
) -> dict[str, str]:
    """A proposal that no heading contradicts: what numbers mean under unknown words is not guessed."""
    if not table.header_rows:
        return proposal
    headed: dict[str, str] = {}
    for column in table.columns:
        field_name = vocabulary.find_joined([column.heading], similar=False).field
        guess = proposal.get(column.letter)
        if field_name or guess in vocabulary.money:
            guess = field_name
        if guess and guess not in headed.values():
            headed[column.letter] = guess
    return headed


def _needed(table: SheetTable, resource: SheetResource, vocabulary: Vocabulary) -> dict[str, str]:
    """Column letter -> needed field, for headings that are near to one."""
    fields = possible_fields(table.columns)
    needed = {name for group in vocabulary.required if not group & fields for name in group}
    return {c.letter: c.suggestion for c in table.columns if c.suggestion in needed}


def _ask_about_near(layout: Layout, resource: SheetResource, answers: Answers) -> None:
    """Misspelt headings of amounts, dates, years and choices: only the user knows what they mean."""
    labels = {name: column.column_name for name, column in resource.columns().items()}
    for table in layout.tables:
        columns = _near_columns(table, answers)
        if not columns:
            continue
        named = "; ".join(
            f"{c.letter} «{c.heading}» mirip «{labels[c.suggestion]}»"
            for c in columns
            if c.suggestion
        )
        layout.questions.append(
            Question(
                QuestionKey.COLUMNS,
                f"Judul kolom lembar «{table.sheet.name}» hanya mirip dengan yang dikenal: {named}. "
                "Apakah itu maksudnya?",
                [column.letter for column in columns],
                ", ".join(f"{column.letter}={column.suggestion}" for column in columns),
                columns=tuple(column.letter for column in columns),
            )
        )


def _near_columns(table: SheetTable, answers: Answers) -> list[TableColumn]:
    """The columns whose heading is near to that of a field no other column has."""
    claimed = {column.field for column in table.columns if column.field}
    named = {heading_key(name) for name in answers.mapping}
    columns = []
    for column in table.columns:
        answered = heading_key(column.heading) in named or column.letter in answers.mapping
        suggestion = column.suggestion
        if column.is_unknown and not answered and suggestion and suggestion not in claimed:
            claimed.add(suggestion)
            columns.append(column)
    return columns


def _apply_mapping(table: SheetTable, answers: Answers) -> None:
    by_key = {heading_key(name): field for name, field in answers.mapping.items()}
    names_by_key = {heading_key(name): name for name in answers.mapping}
    headings = {heading_key(column.heading) for column in table.columns} & set(by_key)
    letters = {name: f for name, f in answers.mapping.items() if heading_key(name) not in headings}
    by_hand: list[TableColumn] = []
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
        by_hand.append(column)
    claims = {(column.field, column.member) for column in by_hand if column.field}
    answered = {column.index for column in by_hand}
    for column in table.columns:  # what is answered for one column is taken from the others
        if column.index not in answered and (column.field, column.member) in claims:
            column.field = None
            by_hand.append(column)
    for column in by_hand:
        column.left_out = column.field is None
