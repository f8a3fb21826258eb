"""Columns that only an act of verification sets, in the sheet of somebody who may not do it."""

from dataclasses import dataclass, field
from typing import Any

from balikpapan.spreadsheets.cells import Finding, format_whole
from balikpapan.spreadsheets.paged_columns import Column

from ..matching.stored import load_values
from ..problems import Place, Problems
from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource
from .plan import HELD, IGNORED, Plan


@dataclass(slots=True)
class UnreadVerification:
    """The columns that were taken out of the rows unread; column name -> its typed values."""

    resource: SheetResource
    columns: dict[str, Column] = field(default_factory=dict)

    @classmethod
    def take(cls, resource: SheetResource, rows: SheetRows) -> "UnreadVerification":
        """Takes the columns out, so that nothing of them is planned."""
        names = [name for name in resource.verified_columns if name in rows.values]
        return cls(resource, {name: rows.values.pop(name) for name in names})

    def report(self, plan: Plan, problems: Problems) -> None:
        """Says of each column how many rows state in vain what the register does not hold.

        A list that comes back as it was exported states nothing else, so nothing is said of it.
        """
        for name, column in self.columns.items():
            if count := self._count_stating_otherwise(name, column, plan):
                _tell(name, count, plan.rows, problems)

    def _count_stating_otherwise(self, name: str, column: Column, plan: Plan) -> int:
        model: Any = self.resource._meta.model
        attribute = self.resource.columns()[name].attribute
        default = model._meta.get_field(attribute).get_default()
        targets = plan.matches.target
        stored = load_values(model, {t for t in targets if t is not None}, [attribute])
        count = 0
        for index, target in enumerate(targets):
            value = column[index]
            if value is None or plan.actions[index] in (HELD, IGNORED):
                continue
            values = stored.values(target)
            count += value != (values[0] if values else default)
        return count


def _tell(name: str, count: int, rows: SheetRows, problems: Problems) -> None:
    finding = Finding(
        "warning",
        "verifier_only",
        f"Kolom ini tidak dibaca; {format_whole(count)} baris menyatakan status lain daripada yang "
        "tercatat. Status ditetapkan oleh verifikator yang tidak mengisi datanya, di formulir atau "
        "daftar IKM.",
    )
    for sheet, places in zip(rows.sheets, rows.places, strict=True):
        if name in places:
            letter, heading = places[name]
            problems.add(finding, Place(sheet, None, letter, heading, name))
