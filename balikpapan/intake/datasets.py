"""A tablib ``Dataset`` handed in, with the ``Result`` that django-import-export documents.

The dataset becomes a workbook, kept and planned like any upload: the same readers, permissions,
trail and undo. A row that is held is an invalid row of the result; what concerns the whole
dataset, such as a question nobody has answered, is a base error, and nothing is stored then.
"""

import io
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from import_export.exceptions import ImportError as RowImportError
from import_export.resources import Diff
from import_export.results import Result, RowResult
from tablib import Dataset

from balikpapan.audit.models import Change
from balikpapan.spreadsheets.writing import LONGEST_TEXT, unguard, write_rows

from .answers import Answers
from .confirmation import PlanChanged
from .labels import BLANK, Labels
from .models import Upload
from .permissions import may
from .pipeline import examine, make_plan
from .planning.plan import CHANGED, HELD, IGNORED, NEW, SAME, Plan
from .problems import Problems
from .reading.sheet_rows import SheetRows
from .resources import SheetResource
from .uploads import confirm, discard, receive

#: A row of the plan -> what the library calls it.
IMPORT_TYPES = {
    NEW: RowResult.IMPORT_TYPE_NEW,
    CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    SAME: RowResult.IMPORT_TYPE_SKIP,
    IGNORED: RowResult.IMPORT_TYPE_SKIP,
    HELD: RowResult.IMPORT_TYPE_INVALID,
}
HEADING_ROWS = 1


class DatasetRefused(Exception):
    """Nothing of a dataset was stored; the message says why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """How a dataset is imported; the first four are the library's own arguments."""

    dry_run: bool = False
    raise_errors: bool = False
    collect_failed_rows: bool = False
    #: Stores nothing where any row is invalid.
    rollback_on_validation_errors: bool = False
    answers: Answers = field(default_factory=Answers)
    #: Whose permissions count and who stands in the trail; None as for a command.
    user: Any = None
    file_name: str = "dataset.xlsx"


def import_dataset(resource: SheetResource, dataset: Dataset, choices: ImportChoices) -> Result:
    """Plans a dataset and stores what the plan says, unless it is only tried (``dry_run``).

    Raises PermissionDenied where the user may not import; with ``raise_errors`` the first error
    is raised and nothing stored.
    """
    _check_permission(resource, choices)
    result = resource.get_result_class()()
    result.diff_headers = resource.get_diff_headers()
    result.total_rows = len(dataset)
    if choices.collect_failed_rows:
        result.add_dataset_headers(dataset.headers)
    try:
        planned = _plan(resource, dataset, choices)
        rows = _row_results(resource, dataset, planned, choices)
        _add_rows(result, dataset, rows, choices)
        strict = choices.raise_errors or choices.rollback_on_validation_errors
        if strict and result.has_validation_errors():
            _refuse(planned.upload, result, dataset, choices)
        elif planned.upload:
            _store(planned.upload, choices)
            _name_records(resource, planned.upload, planned, rows)
    except DatasetRefused as refusal:
        resource.handle_import_error(result, refusal, choices.raise_errors)
    return result


def _check_permission(resource: SheetResource, choices: ImportChoices) -> None:
    user = choices.user
    if user is None:
        return
    if not may(user, "import", resource.register):
        raise PermissionDenied(f"Akun Anda tidak berhak mengimpor {resource.label}.")
    if settings.FOUR_EYES and not choices.dry_run:
        raise PermissionDenied(
            "Impor disimpan setelah petugas lain mengonfirmasinya. Pakai halaman unggah."
        )


@dataclass(frozen=True, slots=True)
class _Planned:
    """A dataset that was read and planned; ``upload`` is None where it is only tried."""

    upload: Upload | None
    rows: SheetRows
    plan: Plan
    problems: Problems


def _plan(resource: SheetResource, dataset: Dataset, choices: ImportChoices) -> _Planned:
    """The planned dataset, and its upload unless it is only tried."""
    content = _as_workbook(dataset)
    name = f"{PurePath(choices.file_name).stem or 'dataset'}.xlsx"
    answers, user = choices.answers, choices.user
    if choices.dry_run:
        upload, outcome = None, examine(resource.register, content, name, answers)
        make_plan(outcome, answers, user)
    else:
        upload, outcome = receive(resource.register, content, name, answers, user)
    if outcome.status == Upload.Status.REFUSED:
        raise DatasetRefused(outcome.reason)
    if outcome.status == Upload.Status.NEEDS_ANSWER:
        asked = " ".join(f"{question.key}: {question.about}" for question in outcome.questions)
        raise DatasetRefused(f"Perlu jawaban. {asked}")
    if outcome.rows is None or outcome.plan is None:
        raise DatasetRefused(outcome.reason)
    return _Planned(upload, outcome.rows, outcome.plan, outcome.problems)


def _as_workbook(dataset: Dataset) -> bytes:
    """The dataset as a workbook of one sheet, every value typed as it came."""
    if not dataset.headers:
        raise DatasetRefused("Dataset ini tidak punya judul kolom. Isi headers-nya.")
    rows = [[unguard(v) if isinstance(v, str) else v for v in row] for row in dataset]
    for number, row in enumerate(rows, 1):
        if any(isinstance(value, str) and len(value) > LONGEST_TEXT for value in row):
            raise DatasetRefused(f"Baris {number} berisi teks lebih dari {LONGEST_TEXT} huruf.")
    stream = io.BytesIO()
    try:
        write_rows(stream, [str(heading) for heading in dataset.headers], rows)
    except ValueError as failure:
        raise DatasetRefused(f"Dataset ini tidak dapat dibaca: {failure}.") from failure
    return stream.getvalue()


# What the library tells of each row


class RowDiff(Diff):
    """The cells of one row before and after, as the library draws them."""

    def __init__(self, before: list[str], after: list[str], *, new: bool) -> None:
        self.left, self.right, self.new = before, after, new


def _row_results(
    resource: SheetResource, dataset: Dataset, planned: _Planned, choices: ImportChoices
) -> list[RowResult]:
    """A result for each row of the dataset; rows the plan has not are passed over."""
    indexes = {number - HEADING_ROWS: i for i, number in enumerate(planned.rows.row_of)}
    errors = _errors_by_row(planned.problems)
    diffs = _Diffs(resource, planned, choices.user)
    results = []
    for number, cells in enumerate(dataset, 1):
        row = resource.get_row_result_class()()
        index = indexes.get(number)
        action = IGNORED if index is None else planned.plan.actions[index]
        row.import_type = IMPORT_TYPES[action]
        if resource._meta.store_row_values:
            row.row_values = dict(zip(dataset.headers, cells, strict=True))
        if action == HELD:
            row.validation_error = ValidationError(
                errors.get(number) or {NON_FIELD_ERRORS: [_HELD]}
            )
        elif index is not None and not resource._meta.skip_diff:
            row.diff = diffs.of(index).as_html()
        results.append(row)
    return results


_HELD = "Baris ini ditahan karena kesalahan yang sama dengan baris-baris sebelumnya."


def _errors_by_row(problems: Problems) -> dict[int, dict[str, list[str]]]:
    """Row of the dataset -> field -> what is wrong with it."""
    errors: dict[int, dict[str, list[str]]] = {}
    for problem in problems.listed:
        if problem.severity == "error" and problem.row:
            where = str(problem.place)
            of_row = errors.setdefault(problem.row - HEADING_ROWS, {})
            message = problem.message.removeprefix(f"{where}: ")
            of_row.setdefault(problem.field or NON_FIELD_ERRORS, []).append(message)
    return errors


class _Diffs:
    """What each row changes, column by column, masked for whoever may not see personal data."""

    def __init__(self, resource: SheetResource, planned: _Planned, user: Any) -> None:
        self.plan, self.labels = planned.plan, Labels(resource, user or AnonymousUser())
        self.columns = {
            name: planned.rows.values.get(name) or planned.rows.column(column.target)
            for name, column in resource.columns().items()
            if column.exported
        }

    def of(self, index: int) -> RowDiff:
        """The difference that one row makes."""
        action = self.plan.actions[index]
        after = {name: self._text(name, cells[index]) for name, cells in self.columns.items()}
        before = dict(after)
        if action == NEW:
            before = dict.fromkeys(after, "")
        for name, old, new in self.plan.differences.get(index, ()):
            if name in after:
                before[name], after[name] = self._text(name, old), self._text(name, new)
        return RowDiff(list(before.values()), list(after.values()), new=action == NEW)

    def _text(self, name: str, value: object) -> str:
        text = self.labels.text(name, value)
        return "" if text == BLANK else text


def _add_rows(
    result: Result, dataset: Dataset, rows: list[RowResult], choices: ImportChoices
) -> None:
    """Puts the rows into the result, the invalid ones in their list too."""
    for number, (row, cells) in enumerate(zip(rows, dataset, strict=True), 1):
        result.increment_row_result_total(row)
        result.append_row_result(row)
        if row.validation_error:
            values = dict(zip(dataset.headers, cells, strict=True))
            result.append_invalid_row(number, values, row.validation_error)
            if choices.collect_failed_rows:
                result.append_failed_row(values, row.validation_error)


# Storing


def _refuse(
    upload: Upload | None, result: Result, dataset: Dataset, choices: ImportChoices
) -> None:
    """Stores nothing, because a row is invalid; with ``raise_errors`` that row is raised."""
    if upload:
        discard(upload, Upload.Reason("held_rows"))
    if choices.raise_errors:
        first = result.invalid_rows[0]
        values = dict(zip(dataset.headers, dataset[first.number - 1], strict=True))
        raise RowImportError(first.error, number=first.number, row=values)


def _store(upload: Upload, choices: ImportChoices) -> None:
    """Confirms the plan."""
    channel = Change.Channel.UPLOAD if choices.user else Change.Channel.COMMAND
    try:
        confirm(upload, choices.user, channel=channel)
    except PlanChanged as change:
        raise DatasetRefused(
            "Data berubah selagi dataset dibaca, jadi tidak ada yang disimpan. Impor sekali lagi."
        ) from change


def _name_records(
    resource: SheetResource, upload: Upload, planned: _Planned, rows: list[RowResult]
) -> None:
    """Gives each row the record it was stored in."""
    model = resource._meta.model
    created = Change.objects.filter(
        upload=upload.pk, model=model._meta.label_lower, action=Change.Action.CREATED
    )
    created = dict(created.order_by().values_list("row", "record"))
    numbers, matches = planned.rows.row_of, planned.plan.matches
    record_of = {}
    for index, target in enumerate(matches.target):
        record = created.get(numbers[matches.root(index)]) if target is None else target
        if record and planned.plan.actions[index] in (NEW, CHANGED, SAME):
            record_of[numbers[index] - HEADING_ROWS] = record
    records = model._base_manager.in_bulk(set(record_of.values()))
    for number, record in record_of.items():
        rows[number - 1].add_instance_info(records.get(record))
        if resource._meta.store_instance:
            rows[number - 1].instance = records.get(record)
