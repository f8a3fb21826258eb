"""The row of the whole year that holds the target a monthly form states."""

from dataclasses import dataclass

from balikpapan.audit.bulk import ChangedRecord
from balikpapan.intake.planning.plan import CHANGED, HELD, IGNORED, SAME
from balikpapan.intake.resources import RowConflict, SheetRules
from balikpapan.spreadsheets.cells import ERASE, format_rupiah

from ..choices import BudgetStage
from ..models import Revenue
from ..models.revenue import AMOUNTS, period_clash


@dataclass(frozen=True, slots=True)
class FurtherAmount:
    """An amount of a sheet's row that is stored in a row of its own.

    ``key`` is the year, source and stage; ``month`` is None for a row of the whole year. ``field``
    holds the amount, in whole rupiah, and ``column`` is where the sheet states it.
    """

    key: tuple[int, str, str]
    month: int | None
    field: str
    amount: int
    column: str


class YearTargetRules(SheetRules):
    """Plans the rows of the whole year, and keeps months and years from being counted twice."""

    def plan_related(self, plan, rows, options):
        targets = rows.values.get("year_target")
        if targets is None:
            return
        keys = year_keys(rows)
        stored = stored_year_targets({key[0] for key in keys if key[0]})
        first = {}
        for index, target in enumerate(targets):
            if target is None or target is ERASE or plan.actions[index] in (HELD, IGNORED):
                continue
            key = keys[index]
            if key in first:
                if first[key][0] != target:
                    yield RowConflict(index, "target", _two_targets(*first[key]))
                continue
            first[key] = (target, rows.row_of[index])
            further = FurtherAmount(key, None, "target", target, "year_target")
            plan_amount(plan, rows, index, further, stored.get(key))

    def check_across_rows(self, plan, options):
        """An amount of a source stands monthly or once a year, never both."""
        columns = ("pk", "year", "source_key", "month", *AMOUNTS)
        rows = {key: rest for key, *rest in Revenue.objects.kept().values_list(*columns)}
        periods = {}
        for year, source, month, *amounts in rows.values():
            note_amounts(periods, (year, source), month, amounts)
        for record in (*plan.new, *plan.changed):
            values = _values_of(record, rows)
            key, monthly = (values["year"], values["source_key"]), values["month"] is not None
            for name in AMOUNTS:
                if values[name] is not None and (not monthly) in periods.get((*key, name), ()):
                    yield RowConflict(record.place, name, period_clash(name, monthly=monthly))
                    break
            else:
                amounts = [values[name] for name in AMOUNTS]
                note_amounts(periods, key, values["month"], amounts)


def year_keys(rows) -> list[tuple]:
    """Year, source and stage of every row; a blank stage is the original budget."""
    columns = map(rows.column, ("year", "source_key", "stage"))
    return [
        (year, source, stage if isinstance(stage, str) else str(BudgetStage.ORIGINAL))
        for year, source, stage in zip(*columns, strict=True)
    ]


def stored_year_targets(years) -> dict[tuple, tuple]:
    """(year, source, stage) -> (id, version, target) of the rows of whole years."""
    yearly = Revenue.objects.kept().filter(month=None, year__in=years)
    columns = ("year", "source_key", "stage", "id", "version", "target")
    return {tuple(row[:3]): tuple(row[3:]) for row in yearly.values_list(*columns)}


def plan_amount(plan, rows, index, further: FurtherAmount, stored) -> None:
    """Adds the further row of a sheet's row, or changes its amount where the sheet states another.

    ``stored`` is (id, version, amount) of the row the register has, or None.
    """
    if stored and stored[2] == further.amount:
        return
    if stored:
        before, after = {further.field: stored[2]}, {further.field: further.amount}
        plan.changed.append(ChangedRecord(stored[0], stored[1], before, after, index))
    else:
        year, source_key, stage = further.key
        values = {
            "year": year,
            "account_id": rows.column("account")[index],
            "source_name": rows.column("source_name")[index],
            "source_key": source_key,
            "stage": stage,
            further.field: further.amount,
        }
        if further.month is not None:
            values["month"] = further.month
        plan.new.append(index, values)
    if plan.actions[index] == SAME:
        plan.actions[index] = CHANGED
    if plan.actions[index] == CHANGED:
        before = stored[2] if stored else None
        plan.differences.setdefault(index, []).append((further.column, before, further.amount))


def _two_targets(target, row) -> str:
    return (
        f"Target setahun berbeda dari baris {row} ({format_rupiah(target)}). Samakan keduanya, "
        "atau sebutkan tahapannya."
    )


def _values_of(record, rows):
    """What the row would say once written."""
    names = ("year", "source_key", "month", *AMOUNTS)
    written = getattr(record, "after", None)
    if written is None:
        return {name: record.values.get(name) for name in names}
    return {**dict(zip(names, rows.get(record.id, [None] * 5), strict=True)), **written}


def note_amounts(periods: dict, key: tuple, month: int | None, amounts) -> None:
    """Remembers that a source of a year states these amounts monthly, or for the year."""
    for name, amount in zip(AMOUNTS, amounts, strict=True):
        if amount is not None:
            periods.setdefault((*key, name), set()).add(month is not None)
