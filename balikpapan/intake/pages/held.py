"""Rows that wait: what holds each of them, and what the user may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from balikpapan.audit.history import display_value
from balikpapan.spreadsheets.cells import is_masked

from ..answers import Answers
from ..decisions import DecisionKind, is_decision
from ..declarations import RuleIdentity
from ..labels import BLANK, Labels
from ..models import Upload
from ..planning.plan import HELD
from ..problems import Problem
from ..resources import REGISTERS, SheetResource
from ..working_file import KeptCells
from .paging import paged

PER_PAGE = 20
#: Column name -> index of a row -> its typed value.
Columns = dict[str, dict[int, Any]]
#: The choice of a row among those that contradict it.
USE = "use"
DECISIONS = {"": "Tahan dulu", "new": "Usaha yang berbeda, catat baru", "skip": "Lewati baris ini"}


def held_page(upload: Upload, page: Any, user: Any) -> dict[str, Any]:
    """One page of held rows: the bad cells to retype, the candidates to choose from."""
    resource = REGISTERS[upload.register]()
    labels = Labels(resource, user)
    answers = Answers.from_json(upload.answers)
    with KeptCells(upload) as cells:
        chosen, listing = paged(cells.indexes(HELD), page, PER_PAGE)
        rows = _HeldRows.read(cells, labels, chosen)
    return {**listing, "rows": [_row(rows, index, labels, answers) for index in chosen]}


@dataclass(frozen=True, slots=True)
class _HeldRows:
    """What was stored of the rows of one page, by their indexes."""

    columns: Columns  # column name -> index -> typed value
    places: dict[int, tuple[str, int]]  # sheet and Excel row
    errors: dict[int, list[Problem]]  # the problems that hold the row
    candidates: dict[int, list[int]]  # ids of the records it may speak of
    doubles: dict[int, list[int]]  # the rows it contradicts

    @classmethod
    def read(cls, cells: KeptCells, labels: Labels, chosen: Sequence[int]) -> "_HeldRows":
        numbers, sheet_of = cells.row_numbers(), cells.sheet_indexes()
        sheets, doubles = cells.frame["sheets"], cells.doubles()
        compared = sorted({*chosen, *(i for index in chosen for i in doubles.get(index, ()))})
        names = [name for name in cells.frame["columns"] if name in labels.columns]
        places = {index: (sheets[sheet_of[index]], numbers[index]) for index in compared}
        at: dict[tuple[str, int | None], int] = {place: index for index, place in places.items()}
        errors: dict[int, list[Problem]] = {}
        for problem in cells.problems():
            index = at.get((problem.sheet, problem.row))
            if problem.severity == "error" and index is not None:
                errors.setdefault(index, []).append(problem)
        columns = {name: cells.cells(name, compared) for name in names}
        return cls(columns, places, errors, cells.candidates(), doubles)

    def key(self, index: int) -> str:
        """How answers name the row: "Data!7"."""
        sheet, number = self.places[index]
        return f"{sheet}!{number}"


def _row(rows: _HeldRows, index: int, labels: Labels, answers: Answers) -> dict[str, Any]:
    (sheet, number), key = rows.places[index], rows.key(index)
    naming, problems = labels.resource.naming, rows.errors.get(index, [])
    doubles = rows.doubles.get(index, [])
    return {
        "key": key,
        "sheet": sheet,
        "row": number,
        "title": labels.title(rows.columns.get(naming, {index: None})[index]) or "(tanpa nama)",
        "problems": [labels.message(problem) for problem in problems],
        "values": [
            (labels.heading(name), labels.text(name, column[index]))
            for name, column in rows.columns.items()
            if name != naming and column[index] not in (None, "")
        ],
        "cells": _cells_to_fix(problems, key, answers, labels),
        "asks": any(problem.code in ASKING for problem in problems),
        "decision": answers.decisions.get(key, ""),
        "comparison": _comparison(labels, rows.columns, index, rows.candidates.get(index, [])),
        "doubles": _doubles(labels, rows.columns, index, doubles),
        "others": [{"key": rows.key(other), "row": rows.places[other][1]} for other in doubles],
    }


#: Problems that are decided about rather than retyped.
ASKING = {"doubtful_match", "archived_match", "double_in_file", "perhaps_sum"}


def decisions_about(resource: SheetResource | type[SheetResource]) -> list[tuple[str, str]]:
    """What may be decided about a row in doubt, in the words of its register."""
    if isinstance(resource.identity, RuleIdentity):
        return list(DECISIONS.items())
    return list((DECISIONS | {"new": "Catatan tersendiri, catat baru"}).items())


def _cells_to_fix(
    problems: list[Problem], key: str, answers: Answers, labels: Labels
) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    seen: set[str] = set()
    for problem in problems:
        if not problem.column or problem.code in ASKING or problem.column in seen:
            continue
        seen.add(problem.column)
        name = f"{key}!{problem.column}"
        # What is shown with asterisks only would have to be typed anew anyway.
        hidden = problem.field in {*labels.hidden, "nik", "npwp"} or is_masked(str(problem.value))
        cells.append(
            {
                "name": name,
                "letter": problem.column,
                "heading": problem.heading,
                "value": answers.fixes.get(name, "" if hidden else labels.title(problem.value)),
            }
        )
    return cells


def _comparison(
    labels: Labels, columns: Columns, index: int, keys: list[int]
) -> dict[str, Any] | None:
    """The row beside the records it may speak of; differing cells are marked."""
    resource = labels.resource
    if not keys or not isinstance(resource.identity, RuleIdentity):
        return None
    model = resource._meta.model
    records = list(model._base_manager.filter(pk__in=keys[:3]))
    lines = []
    for name, cells in columns.items():
        column = labels.columns[name]
        field = resource.model_field(column)
        if column.child or field is None or name == "number":
            continue
        mine = cells[index]
        texts = [
            labels.text(name, getattr(record, field.attname))
            if name in labels.hidden
            else labels.free_text(display_value(field, getattr(record, field.attname)))
            for record in records
        ]
        own = labels.text(name, mine)
        lines.append(
            {
                "heading": column.column_name,
                "own": own,
                "cells": [(text, mine is not None and text != own) for text in texts],
            }
        )
    called = [getattr(record, "number", record.pk) for record in records]
    return {"records": list(zip(records, called, strict=True)), "lines": lines}


def _doubles(
    labels: Labels, columns: Columns, index: int, others: list[int]
) -> list[dict[str, Any]]:
    """The row beside those it contradicts; differing cells are marked."""
    lines = []
    for name, cells in columns.items() if others else ():
        own, texts = labels.text(name, cells[index]), []
        for other in others:
            text = labels.text(name, cells[other])
            texts.append((text, cells[other] != cells[index]))
        if any(text != BLANK for text in (own, *(text for text, _ in texts))):
            lines.append({"heading": labels.heading(name), "own": own, "cells": texts})
    return lines


def answers_from(upload: Upload, data: QueryDict) -> Answers:
    """The stored answers with what was retyped and decided on one page of held rows."""
    answers = Answers.from_json(upload.answers)
    for name, value in data.items():
        if name.startswith("fix:"):
            place = name.removeprefix("fix:")
            if value.strip() != data.get(f"was:{place}", "").strip():
                answers.fixes[place] = value.strip()[:500]
        elif name.startswith("decide:"):
            place = name.removeprefix("decide:")
            if value == "" or is_decision(value):
                answers.decisions[place] = value
                if not value:
                    del answers.decisions[place]
    _use_rows(answers, data)
    return answers


def _use_rows(answers: Answers, data: QueryDict) -> None:
    """Of rows that contradict each other the chosen one is used and the others are left out."""
    chosen = {
        name.removeprefix("decide:"): data.getlist(f"others:{name.removeprefix('decide:')}")
        for name, value in data.items()
        if name.startswith("decide:") and value == USE
    }
    for place, others in chosen.items():
        answers.decisions.pop(place, None)
        for other in others:
            if other not in chosen:
                answers.decisions[other] = DecisionKind.SKIP.value
