"""What holds a row of a plan beyond its cells: no name, a closed year, missing rights, rules."""

from itertools import chain

from balikpapan.audit.models import ClosedYear, Record, broken_checks
from balikpapan.spreadsheets.cells import ERASE, Finding

from ..matching.stored import load_values, portions
from .completeness import not_allowed_related
from .plan import HELD
from .row_values import RowValues


class RuleChecker:
    """The rules of one kind of record that the columns of a sheet can break."""

    def __init__(self, model, columns, checks, looked_at, saying):
        self.model, self.columns, self.saying = model, columns, saying
        self._checks, self._looked_at = checks, looked_at
        self._known = {}
        self.defaults = {
            f.attname: f.get_default()
            for f in model._meta.concrete_fields
            if f.has_default() and not callable(f.default)
        }

    def faults(self, values) -> list[tuple[str, str]]:
        """(attribute, what is wrong) of one record as it would be stored."""
        if self._looked_at is None:
            return self._faults(values)
        # Thousands of rows share a status and its years; each such set is judged once.
        key = tuple(map(values.get, self._looked_at))
        if key not in self._known:
            self._known[key] = self._faults(values)
        return self._known[key]

    def _faults(self, values):
        broken = broken_checks(self._checks, values)
        named = [(sorted(names & set(self.columns))[0], text) for names, text in broken]
        return [*named, *self.model.faults(values)]


class Validator:
    """The refusals of a plan, each told at the row and cell it concerns."""

    def _require_names(self):
        name = self.resource.naming
        values = self.rows.column(name)
        known_by = self._known_by()
        finding = Finding("error", "missing_name", self.resource.missing_name)
        for index, value in enumerate(values):
            if self.rows.is_aside(index):
                continue
            if value is ERASE or (value is None and not any(c[index] for c in known_by)):
                told = index in self.rows.held and value is None
                if not told or not self._has_error_at(index, name):
                    self.rows.tell(self.problems, index, name, finding)

    def _known_by(self):
        """The columns that call a record even where its name is left blank."""
        columns = [self.rows.column("number")]
        if not self.resource.adds_main:
            columns += [self.rows.column(unique) for unique in self.resource.identity.unique]
        return columns

    def _has_error_at(self, index, name):
        sheet, row = self.rows.place(index)
        return any(
            p.row == row and p.sheet == sheet and p.field == name and p.severity == "error"
            for p in self.problems.kept
        )

    def _refuse_closed_years(self):
        if self.years is None:
            return
        frozen = ClosedYear.objects.frozen() & set(self.years)
        dated_child = self.child is not None and self.child.model.year_field
        if not frozen or not (self.model.year_field or dated_child):
            return
        for index, year in enumerate(self.years):
            if year in frozen and (self.model.year_field or self.has_child(index)):
                message = (
                    f"Tahun {year} sudah ditutup. Minta verifikator membukanya kembali, atau "
                    "hapus angka tahun itu."
                )
                name = self.resource.year_column
                self.rows.tell(self.problems, index, name, Finding("error", "closed_year", message))

    def _check_rights(self, live, matches):
        for index in live:
            new = matches.target[index] is None
            if (new and self.may_add) or (not new and self.may_change):
                continue
            act = "menambah catatan baru" if new else "mengubah catatan"
            message = f"Akun Anda tidak berhak {act}. Minta petugas mengunggah baris ini."
            self.rows.tell(
                self.problems,
                index,
                self.resource.naming,
                Finding("error", "not_allowed", message),
            )

    def _check_rules(self, live, matches):
        """Cross-field rules, on the values as they would be stored."""
        checkers = list(self._checkers())
        for some in portions(live) if checkers else ():
            targets = {matches.target[i] for i in some} - {None}
            stored = load_values(self.model, targets, self._checked_fields())
            for checker in checkers:
                for index in some:
                    if index not in self.rows.held:
                        self._check_with(checker, index, stored.get(matches.target[index], {}))

    def _checkers(self):
        """What judges the records of either kind, where they have rules the sheet can break."""
        for model, columns in ((self.model, self.main_columns), (self.child, self.child_columns)):
            if not model or not columns:
                continue
            model = getattr(model, "model", model)
            checks = [c for c in model.cross_checks() if c[0] & set(columns)]
            silent = model.faults.__func__ is Record.faults.__func__
            if not checks and silent:
                continue
            looked_at = None
            if silent or model.fault_fields is not None:
                looked_at = {name for c in checks for name in c[0]} | set(model.fault_fields or ())
            said = {n: c for n, c in columns.items() if looked_at is None or n in looked_at}
            if said:
                saying = RowValues(said, model, self.rows)
                yield RuleChecker(model, columns, checks, looked_at, saying)

    def _check_with(self, checker, index, stored):
        values = checker.defaults | (stored if checker.model is self.model else {})
        values.update(checker.saying.of(index, values))
        for name, text in checker.faults(values):
            column = checker.columns[name][0] if name in checker.columns else self.resource.naming
            self.rows.tell(self.problems, index, column, Finding("error", "rule_broken", text))

    def _check_clashes(self, plan, conflicts):
        """Rights on records beside, and rules over several stored rows; a clash holds its row."""
        held = set()
        for index, name, code, message in chain(
            not_allowed_related(self, plan),
            (
                (i, n, "rule_broken", m)
                for i, n, m in chain(
                    conflicts, self.resource.rules.check_across_rows(plan, self.options)
                )
            ),
        ):
            self.rows.tell(self.problems, index, name, Finding("error", code, message))
            plan.actions[index] = HELD
            plan.differences.pop(index, None)
            held.add(index)
        if held:
            plan.repeatable = False
            plan.leave_out(held)
