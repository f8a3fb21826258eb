"""The PAD of one year to be typed in at once: a row per source, a column per month."""

from collections import defaultdict
from decimal import Decimal
from statistics import median

from balikpapan.grids.layout import (
    DerivedColumn,
    Grid,
    GridBlock,
    GridColumn,
    GridRow,
    Remark,
    Values,
)
from balikpapan.reports.masking import key_without_ids
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah, format_whole
from facilities.choices import Month

from .choices import BudgetStage, FigureStatus
from .models import Revenue, RevenueSource
from .models.revenue import period_clash
from .revenue_sources import record_source

TARGET, WHOLE = "target", "whole"
MONTHS = [str(month) for month in Month.values]
#: A month so many times the usual one of its source is likely to be in another unit.
SLIP = 100
#: Fewer months say nothing about what is usual.
FEWEST_MONTHS = 3
PUBLISHED = "Angka terbitan. Ubah lewat formulirnya."
MONTHLY_TARGET = "Target sumber ini dicatat per bulan. Ubah lewat formulirnya."


def revenue_grid(year: int) -> Grid:
    """Target and realisation of every source of a year, month by month."""
    target, realised = (Revenue._meta.get_field(name) for name in ("target", "realised"))
    return Grid(
        year=year,
        columns=[
            GridColumn(TARGET, "Target setahun", target, TARGET),
            GridColumn(WHOLE, "Realisasi setahun", realised, WHOLE),
            *(GridColumn(str(m.value), m.label, realised, str(m.value)) for m in Month),
        ],
        blocks=[GridBlock(f"PAD menurut sumber dan bulan, {year} (rupiah)", source_rows(year))],
        reason=f"Isian bulanan PAD {year}",
        derived=[
            DerivedColumn(
                "Jumlah",
                lambda key, values: _whole(realised_of(key, values)),
                lambda keys, values: _whole(_sum(realised_of(key, values) for key in keys)),
            ),
            DerivedColumn(
                "% target",
                lambda key, values: _percent([key], values),
                lambda keys, values: _percent(keys, values),
            ),
        ],
        check=remarks,
        after_store=lambda revenue, by: record_source(revenue, by=by),
        row_label="Sumber penerimaan",
    )


def source_rows(year: int) -> list[GridRow]:
    """One row per recorded source, and per source that only rows of the year speak of."""
    rows = defaultdict(list)
    for revenue in Revenue.objects.kept().filter(year=year).order_by("id"):
        rows[revenue.source_key].append(revenue)
    sources = {
        source.key: source
        for source in RevenueSource.objects.kept()
        .select_related("account")
        .order_by("account__code", "name")
    }
    for key, revenues in rows.items():
        if key not in sources:
            name, account = revenues[0].source_name, revenues[0].account_id
            sources[key] = RevenueSource(key=key, name=name, account_id=account)
    return [source_row(year, source, rows[source.key]) for source in sources.values()]


def source_row(year: int, source: RevenueSource, revenues: list[Revenue]) -> GridRow:
    """The row of one source: of each period the record that counts, or a new one."""

    def new(month):
        return Revenue(
            year=year,
            month=month,
            source_name=source.name,
            account_id=source.account_id,
            source_key=source.key,
        )

    yearly = [revenue for revenue in revenues if revenue.month is None]
    fresh = new(None)
    records = {
        TARGET: counting(yearly, "target") or fresh,
        WHOLE: counting(yearly, "realised") or fresh,
    }
    for month in Month.values:
        monthly = [revenue for revenue in revenues if revenue.month == month]
        records[str(month)] = counting(monthly, "realised") or new(month)
    locked = {
        slot: PUBLISHED
        for slot, revenue in records.items()
        if revenue.status == FigureStatus.PUBLISHED
    }
    monthly_targets = [r.target for r in revenues if r.month and r.target is not None]
    if monthly_targets:
        locked[TARGET] = MONTHLY_TARGET
        records[TARGET] = Revenue(target=sum(monthly_targets))
    return GridRow(key_without_ids(source.key), source.name, records, locked)


def counting(revenues: list[Revenue], name: str) -> Revenue | None:
    """Of the rows of one period the one whose figure counts: of the latest stage that states it."""
    order = BudgetStage.values
    return max(
        revenues,
        key=lambda revenue: (getattr(revenue, name) is not None, order.index(revenue.stage)),
        default=None,
    )


def remarks(values: Values):
    """What cannot be right: a year typed twice, months left out, a month in another unit."""
    for key in dict.fromkeys(row for row, _ in values):
        amounts = {month: values[key, month] for month in MONTHS}
        typed = [month for month, amount in amounts.items() if amount is not None]
        if values[key, WHOLE] is not None and typed:
            yield Remark(key, WHOLE, period_clash("realised", monthly=False), is_error=True)
            for month in typed:
                yield Remark(key, month, period_clash("realised", monthly=True), is_error=True)
        for month in typed[:-1] and MONTHS[: MONTHS.index(typed[-1])]:
            if amounts[month] is None:
                yield Remark(key, month, "Bulan ini kosong, padahal bulan sesudahnya terisi.")
        yield from slips(key, {month: amounts[month] for month in typed})


def slips(key: str, amounts: dict[str, int]):
    """The months that are a hundred times the usual one, or a hundredth of it."""
    filled = [amount for amount in amounts.values() if amount]
    if len(filled) < FEWEST_MONTHS:
        return
    usual = int(median(filled))
    for month, amount in amounts.items():
        if amount and (amount >= usual * SLIP or amount * SLIP <= usual):
            yield Remark(
                key,
                month,
                f"{format_rupiah(amount)}, padahal biasanya sekitar {format_rupiah(usual)}. "
                "Periksa satuannya.",
            )


def realised_of(key: str, values: Values) -> int | None:
    """What a source brought in the year: its months, or the year as one figure."""
    amounts = [values[key, month] for month in MONTHS]
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts) if amounts else values[key, WHOLE]


def _sum(amounts):
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts) if amounts else None


def _whole(amount):
    return "" if amount is None else format_whole(amount)


def _percent(keys, values):
    """The share of the target that was reached, of the sources that have both."""
    pairs = [(values[key, TARGET], realised_of(key, values)) for key in keys]
    pairs = [(target, realised) for target, realised in pairs if None not in (target, realised)]
    target = sum(target for target, _ in pairs)
    if not target:
        return ""
    return format_decimal(Decimal(sum(realised for _, realised in pairs) * 100) / target, 1)
