"""PAD lists with a column for each month: one row of the sheet is up to twelve rows of PAD."""

import re

from balikpapan.intake.planning.plan import HELD, IGNORED
from balikpapan.intake.resources import SheetColumn, SheetRules
from balikpapan.intake.widgets import Money
from balikpapan.spreadsheets.cells import Finding, format_rupiah
from balikpapan.spreadsheets.cells.months import MONTHS
from balikpapan.spreadsheets.tables.texts import text_of
from facilities.choices import Month

from ..models import Revenue
from .revenue_parts import states_targets
from .revenue_targets import FurtherAmount, plan_amount, year_keys

_PART_OF_YEAR = re.compile(r"\b(?:triwulan|tri wulan|tw|semester|smt|kuartal)\b", re.IGNORECASE)
#: Column name -> month, from January on.
MONTH_COLUMNS = {f"realised_{month:02}": int(month) for month in Month}


def month_column(month: Month) -> SheetColumn:
    """The column of what came in during one month; an export has a row for it instead."""
    spellings = [name for name, number in MONTHS.items() if number == month]
    return SheetColumn(
        f"realised_{month:02}",
        f"Realisasi {month.label} (Rp)",
        Money(),
        aliases="; ".join([*spellings, *(f"Realisasi {name}" for name in spellings)]),
        stored=False,
        exported=False,
    )


def leave_out_divided_months(table, vocabulary):
    """A month over "Target" and "Realisasi" is no column of what came in during the month."""
    for column in table.columns:
        if column.field in MONTH_COLUMNS and table.first_row <= table.last_row:
            text = text_of(table.sheet.columns[column.index][table.first_row])
            if text and vocabulary().find(text, similar=False).field:
                column.field = None


def take_target_of_year(table):
    """Beside months that each have a target of their own, the target of no month is the year's."""
    columns = [c for c in table.columns if c.field == "target" and not c.member]
    for column in columns:
        is_of_year = len(columns) == 1 and not _PART_OF_YEAR.search(column.heading)
        column.field = "year_target" if is_of_year else None


def take_titled_targets(table):
    """Months under a title about targets alone have targets, not what came in."""
    for column in table.columns:
        month = MONTH_COLUMNS.get(column.field)
        if month and states_targets(" ".join(table.titles), column.heading):
            column.field, column.wide_field = "target", "month"
            column.member = str(Month(month).label)


class MonthColumnRules(SheetRules):
    """Plans a row for each month; the row of the sheet itself keeps the target of the year.

    Without a target it becomes the row of its first month. What a column of the year's realisation
    states beside the months is compared with their sum, not kept.
    """

    def fill_derived(self, rows, options, problems):
        if not MONTH_COLUMNS.keys() & rows.values.keys():
            return
        targets, realised, months = rows.column("target"), rows.fill("realised"), rows.fill("month")
        for index in range(len(rows)):
            amounts = _amounts(rows, index)
            if not amounts or rows.is_aside(index):
                continue
            _compare(rows, problems, index, realised[index], amounts)
            if targets[index] is None:
                months[index], realised[index] = next(iter(amounts.items()))
            else:
                months[index], realised[index] = None, None

    def plan_related(self, plan, rows, options):
        if MONTH_COLUMNS.keys() & rows.values.keys():
            keys, own = year_keys(rows), rows.column("month")
            stored = _stored_months({key[0] for key in keys if key[0]})
            for index, key in enumerate(keys):
                if plan.actions[index] in (HELD, IGNORED):
                    continue
                for month, amount in _amounts(rows, index).items():
                    if month != own[index]:
                        column = f"realised_{month:02}"
                        further = FurtherAmount(key, month, "realised", amount, column)
                        plan_amount(plan, rows, index, further, stored.get((*key, month)))
        return ()


def _amounts(rows, index):
    """Month -> what came in, for the months that the row states."""
    amounts = {month: rows.column(name)[index] for name, month in MONTH_COLUMNS.items()}
    return {month: amount for month, amount in amounts.items() if isinstance(amount, int)}


def _compare(rows, problems, index, stated, amounts):
    total = sum(amounts.values())
    if isinstance(stated, int) and stated != total:
        message = (
            f"jumlah setahun tertulis {format_rupiah(stated)}, sedangkan bulan-bulannya berjumlah "
            f"{format_rupiah(total)}. Periksa angkanya."
        )
        rows.tell(
            problems, index, "realised", Finding("warning", "total_mismatch", message), stated
        )


def _stored_months(years):
    """(year, source, stage, month) -> (id, version, realised) of the monthly rows of these years."""
    monthly = Revenue.objects.kept().filter(month__isnull=False, year__in=years)
    columns = ("year", "source_key", "stage", "month", "id", "version", "realised")
    return {tuple(row[:4]): tuple(row[4:]) for row in monthly.values_list(*columns)}
