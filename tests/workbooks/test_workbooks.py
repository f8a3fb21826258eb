"""Workbooks as offices keep them, each with its whole truth, cell by cell.

Nothing is read that is not there, nothing that is there is lost, every row is accounted for
against an independent count, and the same file again changes nothing. What is asked and told beside
the cells stands in ``transcripts``.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps

from balikpapan.audit.models import Change
from balikpapan.intake.answers import Answers
from balikpapan.intake.resources import REGISTERS
from balikpapan.intake.uploads import confirm, receive
from tests import snapshot
from tests.industry.column_sets import SETS
from tests.intake.importing import COUNTS, asked, look, tally
from tests.trust.counting import count_rows
from tests.workbooks import (
    arrangements,
    assets,
    captions,
    every_register,
    formats,
    identities,
    layouts,
    money,
    office_lists,
    people,
    places,
    revenue,
    revenue_periods,
    row_kinds,
    sections,
    units_and_periods,
    whole_lists,
    wide,
)
from tests.workbooks.book import SECONDARY_MODELS, values_of
from tests.workbooks.transcript import transcript

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_throughout", "any_length")]

BOOKS = {
    name: book
    for subject in (
        layouts,
        arrangements,
        captions,
        identities,
        money,
        formats,
        people,
        office_lists,
        revenue,
        revenue_periods,
        assets,
        places,
        every_register,
        row_kinds,
        sections,
        units_and_periods,
        whole_lists,
        wide,
    )
    for name, book in subject.BOOKS.items()
}
TRANSCRIPTS = Path(__file__).parent / "transcripts"
FILE_NAMES = {name: re.sub(r"\W+", "-", name.casefold()).strip("-") for name in BOOKS}


@pytest.mark.parametrize("name", BOOKS)
def test_p10_a_workbook_becomes_exactly_what_it_says(name):
    book = BOOKS[name]
    if book.before:
        book.before()
    content, given = book.content, {"register": book.register, "name": book.file_name}

    first = look(content, **given)
    outcome, upload = store(content, **given, **book.answers)

    snapshot.compare(TRANSCRIPTS / f"{FILE_NAMES[name]}.txt", transcript(first, outcome))
    assert tuple(asked(first)) == book.asks
    assert book.refused in outcome.reason
    assert bool(book.refused) == (outcome.status == "refused"), outcome.reason
    sheets = {sheet["name"]: sheet for sheet in outcome.sheets_json()}
    assert set(book.unread) == {n for n, s in sheets.items() if not s["read"]} or book.refused
    for sheet, reason in book.unread.items():
        assert reason in sheets[sheet]["reason"]
    if book.refused:
        return
    stored = {place: in_order(records) for place, records in expected(book, "stored").items()}
    assert rows_stored(upload) == stored
    assert rows_held(outcome) == expected(book, "codes")
    assert rows_left(sheets) == expected(book, "reason")
    assert {p.heading for p in outcome.problems.listed if p.code == "unknown_heading"} == set(
        book.unknown
    )
    assert book.notes <= {p.code for p in outcome.problems.listed}
    assert {p.code for p in outcome.problems.listed if p.severity == "warning"} <= book.notes
    assert upload.counts["rows"] == sum(upload.counts[count] for count in COUNTS)
    assert upload.counts["rows"] == book.counted_twice + count_rows(content, list(sheets.values()))
    assert tally(look(content, **given, **book.answers))[:2] == (0, 0)


def test_p10_there_are_many_different_workbooks_over_all_registers_and_formats():
    assert len({book.content for book in BOOKS.values()}) + len(SETS) >= 150 + len(SETS)
    assert {book.register for book in BOOKS.values()} == set(REGISTERS)
    assert {book.form for book in BOOKS.values()} == {"xlsx", "xls", "ods", "csv"}
    written = {path.stem for path in TRANSCRIPTS.iterdir()}
    assert written == set(FILE_NAMES.values())
    assert len(written) == len(BOOKS)


def store(content, register, name, **answers):
    """The file handed in and confirmed; what was found in it and what became of it."""
    upload, outcome = receive(register, content, name, Answers(**answers))
    if outcome.status == "planned":
        upload = confirm(upload)
    return outcome, upload


def expected(book, what):
    """(sheet, row) -> what the book says of it."""
    return {
        (sheet, number): stated
        for sheet, lines in book.lines.items()
        for number, line in enumerate(lines, 1)
        if (stated := getattr(line, what))
    }


def in_order(records):
    """The records of a row, whichever was written first."""
    return sorted(records, key=lambda record: sorted(map(str, record.items())))


def rows_stored(upload):
    """(sheet, row) -> everything that the records written for it say."""
    rows = {}
    for change in Change.objects.filter(upload=upload.pk).order_by("id"):
        if change.model.lower() in SECONDARY_MODELS:
            continue
        record = apps.get_model(change.model).objects.get(pk=change.record)
        rows.setdefault((change.sheet, change.row), []).append(record)
    return {
        place: in_order(values_of(r, records) for r in records) for place, records in rows.items()
    }


def rows_held(outcome):
    """(sheet, row) -> the codes of the errors it is held for."""
    rows = {}
    for problem in outcome.problems.listed:
        if problem.severity == "error":
            rows.setdefault((problem.sheet, problem.row), []).append(problem.code)
    return {place: tuple(codes) for place, codes in rows.items()}


def rows_left(sheets):
    """(sheet, row) -> the reason it was left out for."""
    return {
        (name, entry["row"]): entry["reason"]
        for name, sheet in sheets.items()
        if sheet["read"]
        for entry in sheet["ignored"]
    }
