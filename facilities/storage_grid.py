"""The months of the cold storage to be typed in at once: a table per chamber."""

from balikpapan.grids.layout import (
    DerivedColumn,
    Grid,
    GridBlock,
    GridColumn,
    GridRow,
    Remark,
    Values,
)
from balikpapan.spreadsheets.cells import format_decimal

from .choices import Month
from .models import Chamber, StorageMonth
from .models.storage import month_warnings
from .month_comparison import ledger_remarks
from .storage_figures import FIGURES as COMPARED
from .storage_figures import ledger_months

FIGURES = ("kg_in", "kg_out", "kg_end", "kg_days")
OPERATION = ("operating_days", "tenants", "revenue", "energy_kwh")
#: What is counted at one moment is not added up over the months.
STATES = {"kg_end", "tenants"}


def storage_grid(year: int) -> Grid:
    """Goods, operation and retribusi of every chamber and month of a year."""
    chambers = list(
        Chamber.objects.kept().select_related("facility").order_by("facility__name", "name")
    )
    months = StorageMonth.objects.kept()
    stored = {(row.chamber_id, row.month): row for row in months.filter(year=year)}
    before = dict(months.filter(year=year - 1, month=12).values_list("chamber", "kg_end"))

    ledger = ledger_months(chambers, [year])

    def check(values: Values):
        for chamber in chambers:
            yield from chamber_remarks(year, chamber, before.get(chamber.pk), values)
        for (chamber, _, month), figures in ledger.items():
            key, record = row_key(chamber, month), stored.get((chamber, month))
            typed = {name: values[key, name] for name in COMPARED}
            decided = record.basis if record else ""
            for name, _, message in ledger_remarks(typed, figures, decided):
                yield Remark(key, name, message)

    return Grid(
        year=year,
        columns=[column_of(name) for name in (*FIGURES, *OPERATION)],
        blocks=[
            GridBlock(
                title_of(chamber), [month_row(year, chamber, month, stored) for month in Month]
            )
            for chamber in chambers
        ],
        reason=f"Isian bulanan cold storage {year}",
        derived=[
            DerivedColumn(
                "Stok hitung (kg)", lambda key, values: expected_text(key, before, values)
            )
        ],
        check=check,
        row_label="Bulan",
    )


def title_of(chamber: Chamber) -> str:
    """What stands above the months of a chamber."""
    title = f"{chamber.facility.name}: {chamber.name}"
    if chamber.capacity_ton is None:
        return title
    return f"{title}, {format_decimal(chamber.capacity_ton.normalize())} ton"


def column_of(name: str) -> GridColumn:
    """The column of one figure of a month."""
    model_field = StorageMonth._meta.get_field(name)
    label = str(model_field.verbose_name)
    return GridColumn(name, label[0].upper() + label[1:], model_field, "month", name not in STATES)


def month_row(year: int, chamber: Chamber, month: Month, stored: dict) -> GridRow:
    """The row of one month of a chamber, with its record or a new one."""
    record = stored.get((chamber.pk, month.value))
    if record is None:
        record = StorageMonth(year=year, month=month.value)
    record.chamber = chamber
    return GridRow(row_key(chamber.pk, month.value), month.label, {"month": record})


def row_key(chamber: int, month: int) -> str:
    """How a month of a chamber is named in the page."""
    return f"{chamber}-{month}"


def chamber_remarks(year: int, chamber: Chamber, before, values: Values):
    """What looks wrong about the months of a chamber, each after the month before it."""
    for month in Month.values:
        key = row_key(chamber.pk, month)
        figures = {"year": year, "month": month, **{n: values[key, n] for n in FIGURES}}
        for name, _, message in month_warnings(figures, before=before, tons=chamber.capacity_ton):
            yield Remark(key, name, message)
        before = figures["kg_end"]


def expected_text(key: str, december: dict, values: Values) -> str:
    """The stock of the month before, plus what came, minus what went; blank where unknown."""
    chamber, month = map(int, key.split("-"))
    before = december.get(chamber) if month == 1 else values[row_key(chamber, month - 1), "kg_end"]
    amounts = (before, values[key, "kg_in"], values[key, "kg_out"])
    if None in amounts:
        return ""
    return format_decimal((before + amounts[1] - amounts[2]).normalize())
