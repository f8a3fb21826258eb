"""The identity of businesses: number, official ids, then likeness; doubts become questions."""

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from balikpapan.spreadsheets.cells import format_whole

from ..answers import Answers, Question, QuestionKey
from ..decisions import DecisionKind
from ..declarations import RuleIdentity
from ..problems import Problems
from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource
from .archived import ArchiveAnswer
from .duplicates import DuplicateFinder
from .holds import HoldReporter
from .index import RegisterIndex, has_archived, is_large
from .likeness import LikenessRule
from .matches import Matches
from .official_ids import IdRules
from .row_groups import find_twins
from .row_keys import RowKeys
from .similar import SimilarRecords
from .stored import IdFilter, portions


class RuleMatcher:
    """Finds the record of every row by the first rule that applies to it.

    ``figures_equal`` says of a row index and a record id whether the record's figures of the
    row's year are those of the row; it is asked only where several records are alike.
    """

    def __init__(
        self,
        rows: SheetRows,
        resource: SheetResource,
        identity: RuleIdentity,
        answers: Answers,
        problems: Problems,
        figures_equal: Callable[[int, int], bool],
    ):
        self.rows, self.identity, self.answers = rows, identity, answers
        self.model: Any = resource._meta.model
        self.figures_equal = figures_equal
        self.matches = Matches([None] * len(rows))
        self.keys = RowKeys(rows, resource, identity)
        self.archive = ArchiveAnswer(answers, identity.noun)
        self.holds = HoldReporter(self.keys, self.matches, problems, self.archive)
        self.duplicates = DuplicateFinder(self.keys, self.holds, answers)

    def run(self) -> Matches:
        """Matches every row that nothing holds yet; those in doubt are held."""
        open_rows = self.keys.not_held(range(len(self.rows)))
        open_rows = self._drop_twins(open_rows)
        open_rows = self._decide(open_rows)
        open_rows = self.duplicates.hold_doubles(open_rows)
        self._match(open_rows)
        self.duplicates.share_new(self.keys.not_held(open_rows))
        self.duplicates.hold_shared_targets()
        self.matches.questions.extend(self.archive.questions())
        return self.matches

    def _drop_twins(self, open_rows: "array[int]") -> "array[int]":
        twins = find_twins(self.rows, open_rows, self.keys.normaliser.of)
        self.matches.twins = {i: e for i, e in twins.items() if i not in self.rows.decisions}
        return array("I", (i for i in open_rows if i not in self.matches.twins))

    # Decided by the user

    def _decide(self, open_rows: "array[int]") -> "array[int]":
        """Rows the user has decided about one by one, or a rule of the register left out."""
        decisions = self.rows.decisions
        if not decisions:
            return open_rows
        chosen = {d.target for d in decisions.values() if d.target is not None}
        stored = dict(
            self.model._base_manager.filter(pk__in=chosen).values_list("pk", "archived_at")
        )
        remaining = array("I")
        for index in open_rows:
            decision = decisions.get(index)
            if decision is None or decision.kind is DecisionKind.NEW:
                remaining.append(index)
            elif decision.kind is DecisionKind.SKIP:
                self.matches.skipped.add(index)
            else:
                self._take_decided(index, decision.target, stored)
        return remaining

    def _take_decided(self, index: int, target: int | None, stored: dict[int, Any]) -> None:
        """The record the user chose, unless it has gone since, or never was."""
        if target is None or target not in stored:
            message = (
                f"Catatan yang dipilih untuk baris ini tidak ada. Pilih {self.identity.noun} lain."
            )
            self.holds.hold(index, self.identity.name, "unknown_number", message)
        elif stored[target] is not None:
            self.holds.hold_archived(index, [target], self.identity.name)
        else:
            self.matches.target[index] = target

    # Against the register

    def _match(self, open_rows: "array[int]") -> None:
        """Looks every row up in the register, by its ids and then by likeness."""
        register = None if is_large(self.model) else self._register()
        if register is None:
            open_rows = self._match_in_portions(open_rows)
            # In the whole register an id is there however it is spelled.
            register = self._register() if open_rows else None
        if register is None:
            return
        ids = IdRules(self.keys, self.holds, register)
        undecided = [index for index in open_rows if not ids.decide(index)]
        if not undecided or not register.records.ids:
            return
        likeness = LikenessRule(self.keys, self.holds, register, self.figures_equal)
        unmatched = [i for i in self.keys.not_held(undecided) if not likeness.decide(i)]
        if unmatched:
            self._match_similar(register, unmatched)

    def _register(self, ids: IdFilter | None = None) -> RegisterIndex:
        names = list(self.keys.columns)
        return RegisterIndex(self.model, names, self.identity, self.keys.normaliser, ids)

    def _match_in_portions(self, open_rows: "array[int]") -> "array[int]":
        """Decides rows of a very long register by their ids; returns those still undecided.

        Only the records are loaded that carry the ids of some rows.
        """
        undecided, archived = array("I"), has_archived(self.model)
        for some in portions(open_rows):
            values = self._own_ids(some)
            rules = self._id_rules(values, archived)
            if further := rules.further_ids(some):
                rules = self._id_rules(values | further, archived)
            undecided.extend(index for index in some if not rules.decide(index))
        return undecided

    def _id_rules(self, values: dict[str, set[Any]], archived: bool) -> IdRules:
        return IdRules(self.keys, self.holds, self._register(IdFilter(values, archived=archived)))

    def _own_ids(self, indexes: Sequence[int]) -> dict[str, set[Any]]:
        """The register numbers and unique ids of these rows."""
        unique = {name: self.keys.columns[name] for name in self.identity.unique}
        values = {name: {column[i] for i in indexes} - {None} for name, column in unique.items()}
        return {"id": {self.keys.number(i) for i in indexes} - {None}, **values}

    # Similar records

    def _match_similar(self, register: RegisterIndex, unmatched: list[int]) -> None:
        """Holds or decides rows that differ somewhere from a record they may well be."""
        similar = SimilarRecords(self.keys, register, unmatched)
        candidates = {
            index: records
            for index in unmatched
            if not self.rows.is_decided_new(index) and (records := similar.of(index))
        }
        if candidates and self.answers.near is not None:
            self.answers.use(QuestionKey.NEAR)
        elif candidates:
            self.matches.questions.append(_near_question(len(candidates), self.identity.noun))
        for index, records in candidates.items():
            present = register.not_archived(records)
            if not present:
                self.holds.hold_archived(index, records, self.identity.name)
            elif self.answers.near == "update" and len(present) == 1:
                self.matches.target[index] = present[0]
            elif self.answers.near != "new":
                self.holds.hold_doubtful(index, present, self.identity.name)


def _near_question(count: int, noun: str) -> Question:
    return Question(
        "near",
        f"{format_whole(count)} baris mirip dengan {noun} yang sudah tercatat, tetapi ada yang "
        "berbeda: tahan, perbarui catatan itu, atau catat sebagai baru?",
        ["hold", "update", "new"],
        "hold",
        blocking=False,
    )
