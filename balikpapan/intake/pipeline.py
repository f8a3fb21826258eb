"""From bytes to a plan, the same for the browser, the command and the tests.

    bytes -> Workbook -> Table per sheet -> typed cells -> Match -> Plan

Nothing here writes to the database.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import timezone

from balikpapan.spreadsheets.cells import Finding
from balikpapan.spreadsheets.cells.masking import mask_long_ids
from balikpapan.spreadsheets.opening.open import Limits, WorkbookRefused, opened_workbook
from balikpapan.spreadsheets.opening.opened import OpenedWorkbook
from balikpapan.spreadsheets.opening.row_estimate import rows_of_sheets
from balikpapan.spreadsheets.tables.heading_rows import HEADING_ROWS, SEARCH_ROWS
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.table import Ignored, TableColumn

from .answers import UNIT_NAMES, Answers, Question, QuestionKey, is_letter
from .matching.matches import Matches
from .memory import rare_collections
from .models import HeadingAlias, SavedMapping, Upload, ValueAlias
from .permissions import Permissions
from .planning.context import PlanningContext
from .planning.plan import Plan
from .planning.planner import Planner
from .planning.verified_columns import UnreadVerification
from .problems import WHOLE_FILE, Problems
from .reading.cells import read_cells
from .reading.date_orders import question_dates
from .reading.equal_rows import settle_equal_rows
from .reading.figures import settle_figures
from .reading.layout import find_tables, row_rules, settle_tables
from .reading.periods import question_own_periods
from .reading.repeated_sheets import complete_rows
from .reading.samples import samples_of
from .reading.sheet_layout import Layout, SheetLayout
from .reading.sheet_rows import SheetRows
from .reading.units import question_own_units
from .reading.words import UnknownWords
from .resources import REGISTERS, SheetResource
from .sheet_rules import Options

Status, Reason = Upload.Status, Upload.Reason


@dataclass(slots=True)
class Outcome:
    """What became of a file: refused, in need of an answer, or planned."""

    register: str
    file_name: str
    status: Any = Status.PLANNED  # an ``Upload.Status``
    #: The sentence people read.
    reason: str = ""
    reason_code: str = ""
    #: The register whose list the file seems to be, where it was brought to another.
    other_register: str = ""
    layout: Layout | None = None
    rows: SheetRows | None = None
    plan: Plan | None = None
    problems: Problems = field(default_factory=Problems)
    questions: list[Question] = field(default_factory=list)
    headings: str = ""
    #: Column letter -> its first values, where the columns are asked about.
    samples: dict[str, str] = field(default_factory=dict)
    #: What the cells were read by; the plan goes by the same.
    options: Options = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        empty = dict.fromkeys(("rows", "new", "changed", "same", "held", "ignored"), 0)
        return self.plan.counts if self.plan else empty

    def refuse(self, code: Any, sentence: str) -> "Outcome":
        """Nothing of the file can be stored; returns the outcome itself."""
        self.status, self.reason_code, self.reason = Status.REFUSED, code, sentence
        return self

    def sheets_json(self) -> list[dict[str, Any]]:
        """Every sheet of the file with its columns, or why it was not read."""
        if self.layout is None:
            return []
        return [_sheet_json(item) for item in self.layout.sheets]


def _sheet_json(item: SheetLayout) -> dict[str, Any]:
    """One sheet; tables below its first are named beside it, with their own columns."""
    table = item.table
    columns = item.columns
    described = {
        "name": item.sheet.name,
        "read": item.read,
        "reason": item.reason,
        "header_rows": table.header_rows if table else [],
        "columns": [_column_json(column) for column in columns],
        "unknown_headings": [c.heading for c in item.all_columns() if c.is_unknown],
        "ignored": [{"row": e.row, "reason": e.reason} for t in item.tables for e in t.ignored],
    }
    further = [
        below
        for above, below in pairwise(item.tables)
        if not (below.stated and below.stated.by_heading) and not below.continues(above)
    ]
    if further:
        described["further_tables"] = [
            {
                "header_rows": each.header_rows,
                "columns": [_column_json(column) for column in each.columns],
            }
            for each in further
        ]
    return described


def _column_json(column: TableColumn) -> dict[str, Any]:
    return {
        "letter": column.letter,
        "heading": column.heading,
        "field": column.field,
        "unit": UNIT_NAMES.get(column.unit) if column.unit else None,
    }


#: Of a file of more rows than ``LONG`` the first are looked at before all are read; a shorter one is
#: read within a second, which opening it twice would only add to.
LONG, SAMPLE_ROWS = 25_000, 1_000
#: Of a file that is long by the number of its sheets so many rows of each: headings stand in them.
SAMPLE_ROWS_OF_MANY = SEARCH_ROWS + HEADING_ROWS + 1


def limits(sample_rows: int = 0) -> Limits:
    """The limits on an upload as this installation sets them; ``sample_rows`` 0 reads all rows."""
    return Limits(
        max_bytes=settings.UPLOAD_MAX_MIB * 2**20,
        max_rows=settings.UPLOAD_MAX_ROWS,
        sample_rows=sample_rows,
    )


#: What has to be known before a cell can be read; all other questions are asked together.
LAYOUT_QUESTIONS = (QuestionKey.COLUMNS, QuestionKey.SHEETS)


def settle_values(
    rows: SheetRows, resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """What only the values of the whole file can ask about."""
    return [
        *settle_figures(rows, resource, answers, problems),
        *settle_equal_rows(rows, resource, answers, problems),
        *question_dates(rows),
        *question_own_units(rows),
        *question_own_periods(rows),
    ]


def quiet(phase: str) -> None:
    """For whoever waits for the result itself."""


@rare_collections()
def examine(
    register: str,
    content: bytes,
    file_name: str,
    answers: Answers,
    tell: Callable[[str], None] = quiet,
    problems: Problems | None = None,
) -> Outcome:
    """Opens the file, finds its tables and reads its cells; asks what it cannot know.

    ``tell`` is called with the name of each phase as it begins. A mapping of columns that was
    saved for these headings is put into ``answers``. ``problems`` is given where somebody wants
    more of them listed than a page can show.
    """
    file_name = mask_long_ids(file_name)
    outcome = Outcome(register, file_name, problems=problems or Problems())
    resource = REGISTERS[register]()
    tell("Membuka berkas")
    if _is_of_other_register(outcome, content, resource, answers):
        return outcome
    try:
        with opened_workbook(content, file_name, limits()) as opened:
            del content  # a long list needs the room
            for note in opened.workbook.notes:
                finding = Finding(note.severity, note.code, note.message)
                outcome.problems.add(finding, WHOLE_FILE)
            tell("Mencari tabel dan judul kolom")
            words = UnknownWords(answers, partial(word_aliases, register))
            outcome.options = resource.rules.prepare() | {"answers": answers, "words": words}
            _find_tables(outcome, opened, resource, answers)
    except WorkbookRefused as refusal:
        return outcome.refuse(Reason.UNREADABLE, refusal.message)
    if outcome.layout is not None and outcome.status == Status.PLANNED:
        tell("Membaca sel")
        _read_rows(outcome, outcome.layout, resource, answers)
    return outcome


def _is_of_other_register(
    outcome: Outcome, content: bytes, resource: SheetResource, answers: Answers
) -> bool:
    """Refuses a long file whose first rows are the list of another register.

    To read all of it takes many seconds; headings stand in the first rows.
    """
    heights = rows_of_sheets(content)
    if answers.mapping or answers.sheets or sum(heights) <= LONG:
        return False
    sample = SAMPLE_ROWS if max(heights) > LONG else SAMPLE_ROWS_OF_MANY
    options = resource.rules.prepare() | {"answers": answers}
    try:
        with opened_workbook(content, outcome.file_name, limits(sample)) as opened:
            vocabulary = _vocabulary(resource, answers, options)
            layout = find_tables(opened, resource, vocabulary, answers, options)
    except WorkbookRefused:
        return False  # the whole file may be told better
    if not layout.refusal or not layout.other_register:
        return False
    outcome.layout, outcome.other_register = layout, layout.other_register
    outcome.refuse(Reason.WRONG_REGISTER, layout.refusal)
    return True


def _find_tables(
    outcome: Outcome, opened: OpenedWorkbook, resource: SheetResource, answers: Answers
) -> None:
    """Lays the workbook out; refuses it or asks where that cannot be done."""
    layout = _lay_out(opened, resource, answers, outcome.problems, outcome.options)
    outcome.layout, outcome.questions = layout, list(layout.questions)
    outcome.headings = layout.headings_key()
    if any(question.key == QuestionKey.COLUMNS for question in outcome.questions):
        outcome.samples = samples_of(layout)
    missing = [
        name for name in answers.sheets if name not in {s.name for s in opened.workbook.sheets}
    ]
    if missing:
        message = f"Lembar «{missing[0]}» tidak ada dalam berkas ini."
        outcome.refuse(Reason.SHEET_MISSING, message)
    elif layout.refusal:
        outcome.other_register = layout.other_register
        code = Reason.WRONG_REGISTER if layout.other_register else Reason.NO_TABLE
        outcome.refuse(code, layout.refusal)
    elif any(q.blocking and q.key in LAYOUT_QUESTIONS for q in outcome.questions):
        outcome.status = Status.NEEDS_ANSWER


def _read_rows(outcome: Outcome, layout: Layout, resource: SheetResource, answers: Answers) -> None:
    """Reads every cell and fills what follows from others; asks what only all values show."""
    problems, options = outcome.problems, outcome.options
    rows = read_cells(layout, resource, answers, options, problems, timezone.localdate())
    rows.titles = [" ".join(table.titles) for table in layout.tables]
    complete_rows(layout, rows, resource, answers)
    layout.forget_cells()
    outcome.questions.extend(settle_values(rows, resource, answers, problems))
    if any(question.blocking for question in outcome.questions):
        outcome.status = Status.NEEDS_ANSWER
        return
    resource.rules.fill_derived(rows, options, problems)
    resource.rules.warn_implausible(rows, options, problems)
    if question := options["words"].question():
        outcome.questions.append(question)
    outcome.rows = rows


def word_aliases(register: str) -> dict[tuple[str, str], str]:
    """What the staff's own words mean in a register: (field, word) -> value."""
    aliases = ValueAlias.objects.kept().filter(register=register)
    return {
        (field, word): value for field, word, value in aliases.values_list("field", "word", "value")
    }


def _lay_out(
    opened: OpenedWorkbook,
    resource: SheetResource,
    answers: Answers,
    problems: Problems,
    options: Options,
) -> Layout:
    """The tables of a workbook, by the mapping that is answered, or saved for its headings."""
    vocabulary = _vocabulary(resource, answers, options)
    layout = find_tables(opened, resource, vocabulary, answers, options)
    if not answers.mapping:
        answers.mapping = _saved_mapping(resource.register, layout.headings_key())
        if answers.mapping:
            vocabulary = _vocabulary(resource, answers, options)
            layout = find_tables(opened, resource, vocabulary, answers, options)
    rules = row_rules(resource, vocabulary, options)
    settle_tables(opened, layout, resource, rules, answers, problems)
    return layout


def _vocabulary(resource: SheetResource, answers: Answers, options: Options) -> Vocabulary:
    """The headings of a register, those the staff added, and those named by hand for this file."""
    aliases = HeadingAlias.objects.kept().filter(register=resource.register)
    by_hand = [(name, f) for name, f in answers.mapping.items() if f and not is_letter(name)]
    named = [*aliases.values_list("heading", "field"), *by_hand]
    return resource.vocabulary(named, options)


def _saved_mapping(register: str, headings: str) -> dict[str, str]:
    saved = SavedMapping.objects.filter(register=register, headings=headings).first()
    return dict(saved.mapping) if saved else {}


@rare_collections()
def make_plan(outcome: Outcome, answers: Answers, user: Any = None) -> Outcome:
    """Compares the typed cells with the register as it is now."""
    rows, layout = outcome.rows, outcome.layout
    if rows is None or layout is None or outcome.status != Status.PLANNED:
        return outcome
    resource = REGISTERS[outcome.register]()
    unread = None
    if not Permissions.of(resource, user).verify:
        unread = UnreadVerification.take(resource, rows)
    work = planner(outcome.register, rows, answers, outcome.problems, user, outcome.options)
    outcome.plan = work.plan()
    if unread:
        unread.report(outcome.plan, outcome.problems)
    outcome.questions.extend(outcome.plan.questions)
    _name_left_out(layout, rows, outcome.plan.matches)
    return outcome


def _name_left_out(layout: Layout, rows: SheetRows, matches: Matches) -> None:
    """Twins, sums and rows the user passes over stand among the ignored rows with their reason."""
    reasons = {index: rows.why_aside(index) for index in matches.skipped}
    for index, earlier in matches.twins.items():
        reasons[index] = f"baris kembar persis dengan {rows.row_names([earlier], index)}"
    for index in sorted(reasons):
        table = layout.tables[rows.sheet_of[index]]
        table.ignored.append(Ignored(rows.row_of[index], reasons[index]))


def planner(
    register: str,
    rows: SheetRows,
    answers: Answers,
    problems: Problems,
    user: Any = None,
    options: Options | None = None,
) -> Planner:
    """The planner of typed cells, with the user's permissions."""
    resource = REGISTERS[register]()
    options = options or resource.rules.prepare() | {"answers": answers}
    permissions = Permissions.of(resource, user)
    context = PlanningContext(rows, resource, answers, options, problems, permissions)
    return Planner(context, user)
