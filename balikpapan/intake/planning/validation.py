"""What holds a row of a plan beyond its cells: no name, a closed year, missing rights, rules."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from balikpapan.audit.models import ClosedYear
from balikpapan.spreadsheets.cells import ERASE, Finding

from ..declarations import RuleIdentity
from ..matching.matches import Matches
from ..matching.stored import load_children, load_values, portions
from ..resources import RowConflict
from .plan import CHANGED, HELD, NEW, Plan
from .row_records import RowRecords
from .rule_checker import attributes_checked, rule_checkers

UNKNOWN_MAIN = Finding(
    "error",
    "unknown_record",
    "Usaha ini belum tercatat. Catat dahulu dalam daftar IKM, atau periksa nomor, NIB, dan namanya.",
)


class Validator:
    """Holds the rows of a plan that must not be written, each with an error at its cell."""

    def __init__(self, records: RowRecords, attributes: Sequence[str]):
        """``attributes`` are those of a stored main record that the plan needs anyway."""
        self.records, self.context = records, records.context
        self.rows, self.resource = records.rows, records.context.resource
        checked = attributes_checked(records)
        self._attributes = attributes if checked is None else checked

    def check_rows(self) -> None:
        """Holds rows without a name, before any is matched."""
        self._require_names()

    def check_matched(self, live: Sequence[int], matches: Matches) -> None:
        """Holds rows that may not be written to the record they were matched with."""
        self._check_permissions(live, matches)
        self._check_child_permissions(live, matches)
        self._require_cells(live, matches)
        self._check_rules(live, matches)

    def hold_unknown(self, live: Iterable[int], matches: Matches) -> None:
        """Holds rows of a register that adds no main record, where they name none that is stored."""
        for index in live:
            if matches.target[index] is None:
                self._tell(index, self.resource.naming, UNKNOWN_MAIN)

    def check_plan(self, plan: Plan, conflicts: Iterable[RowConflict]) -> None:
        """Holds rows that contradict others, write a closed year or a record that may not be written.

        ``conflicts`` are those that planning the related records has yielded.
        """
        held = set()
        across = self.resource.rules.check_across_rows(plan, self.context.options)
        for index, name, finding in chain(
            self._forbidden_related(plan),
            self._written_in_closed_years(plan),
            (
                (i, n, Finding("error", "rule_broken", message))
                for i, n, message in chain(conflicts, across)
            ),
        ):
            self._tell(index, name, finding)
            plan.actions[index] = HELD
            plan.differences.pop(index, None)
            held.add(index)
        if held:
            plan.repeatable = False
            plan.leave_out(held)

    def _tell(self, index: int, name: str, finding: Finding) -> None:
        self.rows.tell(self.context.problems, index, name, finding)

    # Before matching

    def _require_names(self) -> None:
        name = self.resource.naming
        identifying = self._identifying_columns()
        finding = Finding("error", "missing_name", self.resource.missing_name)
        for index, value in enumerate(self.rows.column(name)):
            if self.rows.is_aside(index):
                continue
            if value is ERASE or (value is None and not any(c[index] for c in identifying)):
                reported = index in self.rows.held and value is None
                if not reported or (index, name) not in self.rows.faulty_cells:
                    self._tell(index, name, finding)

    def _identifying_columns(self) -> list[Sequence[Any]]:
        """The columns that call a record even where its name is left blank."""
        columns = [self.rows.column("number")]
        identity = self.resource.identity
        if not self.resource.adds_main and isinstance(identity, RuleIdentity):
            columns += [self.rows.column(name) for name in identity.unique]
        return columns

    # Against the permissions of the user

    def _check_permissions(self, live: Sequence[int], matches: Matches) -> None:
        permission = self.context.permissions.main
        for index in live:
            new = matches.target[index] is None
            if not permission.allows(new=new):
                act = "menambah catatan baru" if new else "mengubah catatan"
                self._tell(index, self.resource.naming, _not_allowed(act))

    def _check_child_permissions(self, live: Sequence[int], matches: Matches) -> None:
        child, permission = self.records.child, self.context.permissions.child
        if child is None or permission.is_complete:
            return
        live = [i for i in live if self.records.has_child(i)]
        mains = {target for i in live if (target := matches.target[i]) is not None}
        stored = load_children(child, mains, None, [])
        for index in live:
            new = (matches.target[index], *self.records.child_key(index)) not in stored
            if not permission.allows(new=new):
                act = f"{'menambah' if new else 'mengubah'} {child.label}"
                self._tell(index, self.resource.naming, _not_allowed(act))

    def _forbidden_related(self, plan: Plan) -> Iterator[tuple[int, str, Finding]]:
        """The rows that would write a related record although the user may not."""
        permission = self.context.permissions.related
        for records, new, act in (
            (plan.new_related, True, "menambah"),
            (plan.changed_related, False, "mengubah"),
        ):
            if not records or permission.allows(new=new) or self.resource.related is None:
                continue
            finding = _not_allowed(f"{act} {self.resource.related._meta.verbose_name}")
            for index in {record.place for record in records}:
                yield index, self.resource.naming, finding

    def _written_in_closed_years(self, plan: Plan) -> Iterator[tuple[int, str, Finding]]:
        """The rows that would write a record of a closed year; one that says what is stored may stand."""
        years, child = self.records.years, self.records.child
        frozen = ClosedYear.objects.frozen() & set(years or ())
        if not frozen or years is None:
            return
        main_dated = bool(self.context.model.year_field)
        writing = {NEW, CHANGED} if main_dated else set()
        places: set[int] = set()
        if child is not None and child.model.year_field:
            places.update(plan.new_children.places, (r.place for r in plan.changed_children))
        column = self.resource.year_column or self.resource.naming
        for index, year in enumerate(years):
            if year in frozen and (index in places or plan.actions[index] in writing):
                message = (
                    f"Tahun {year} sudah ditutup. Minta verifikator membukanya kembali, atau "
                    "hapus angka tahun itu."
                )
                yield index, column, Finding("error", "closed_year", message)

    # Against the rules of the models

    def _require_cells(self, live: Sequence[int], matches: Matches) -> None:
        """A new record has every required cell, and no stored record loses one."""
        rows = self.rows
        for name, column in self.resource.columns().items():
            if not column.required or name == self.resource.naming or column.fallback is not None:
                continue
            values = rows.column(column.target if column.target in rows.values else name)
            message = f"«{column.column_name}» kosong. Isi sel ini, atau hapus barisnya."
            finding = Finding("error", "required_empty", message)
            # A row held for another cell is told of its figures' year as well.
            also = self._held_otherwise(name, matches) if column.child else ()
            for index in chain(live, also):
                if index in rows.held and not column.child:
                    continue
                value = values[index]
                if value is None:
                    new = matches.target[index] is None
                    needed = self.records.has_child(index) if column.child else new
                else:
                    needed = value is ERASE
                if needed:
                    self._tell(index, name, finding)

    def _held_otherwise(self, name: str, matches: Matches) -> list[int]:
        """The rows held for something else than the cell of this column, which is blank there."""
        out = self.rows.held - matches.skipped - matches.twins.keys()
        return sorted(index for index in out if (index, name) not in self.rows.faulty_cells)

    def _check_rules(self, live: Sequence[int], matches: Matches) -> None:
        """Cross-field rules, on the values as they would be stored."""
        checkers = list(rule_checkers(self.records))
        model = self.context.model
        for some in portions(live) if checkers else ():
            targets = {target for i in some if (target := matches.target[i]) is not None}
            stored = load_values(model, targets, self._attributes)
            for checker in checkers:
                of_main = checker.model is model
                for index in some:
                    if index in self.rows.held:
                        continue
                    record = matches.target[index] if of_main else None
                    for attribute, message in checker.faults_of(index, stored, record):
                        column = checker.columns.get(attribute)
                        name = column.name if column else self.resource.naming
                        self._tell(index, name, Finding("error", "rule_broken", message))


def _not_allowed(act: str) -> Finding:
    message = f"Akun Anda tidak berhak {act}. Minta petugas mengunggah baris ini."
    return Finding("error", "not_allowed", message)
