"""One year's figures of many businesses to be typed in at once, and the sheet made of them."""

import io
from collections.abc import Iterable

from django.urls import reverse

from balikpapan.grids.entries import GridEntries
from balikpapan.grids.layout import Grid, GridBlock, GridColumn, GridRow, Remark, Values
from balikpapan.spreadsheets.cells import format_whole
from balikpapan.spreadsheets.writing import write_rows

from .models import Business, BusinessYear
from .models.business_year import total_workers
from .resources import BusinessYearResource

MALE, FEMALE, TOTAL = "workers_male", "workers_female", "workers_total"
#: Field -> its short heading in the grid.
FIGURES = {
    MALE: "TK L",
    FEMALE: "TK P",
    TOTAL: "TK jumlah",
    "investment": "Investasi (Rp)",
    "investment_land_building": "Tanah, bangunan (Rp)",
    "capacity": "Kapasitas produksi",
    "production_value": "Nilai produksi (Rp)",
    "raw_material_value": "Bahan baku (Rp)",
    "turnover": "Omzet (Rp)",
    "export_percent": "Ekspor (%)",
}
#: Amounts of different goods, and shares, are not added up.
NOT_ADDED = {"capacity", "export_percent"}
#: What a cell of a sheet says to empty a figure; a blank one keeps it.
EMPTIED = "(kosongkan)"


def year_grid(year: int, businesses: Iterable[Business]) -> Grid:
    """The figures of these businesses for one year."""
    businesses = list(businesses)
    stored = {
        figures.business_id: figures
        for figures in BusinessYear.objects.kept().filter(year=year, business__in=businesses)
    }
    fields = {name: BusinessYear._meta.get_field(name) for name in FIGURES}
    return Grid(
        year=year,
        columns=[
            GridColumn(name, label, fields[name], "figures", name not in NOT_ADDED)
            for name, label in FIGURES.items()
        ],
        blocks=[
            GridBlock(
                f"Data tahunan IKM, {year}",
                [business_row(year, business, stored.get(business.pk)) for business in businesses],
            )
        ],
        reason=f"Isian tahunan {year}",
        check=remarks,
        row_label="Usaha IKM",
    )


def business_row(year: int, business: Business, figures: BusinessYear | None) -> GridRow:
    """The row of one business, with its figures of the year or none yet."""
    return GridRow(
        str(business.pk),
        f"{business.name} ({business.number})",
        {"figures": figures or BusinessYear(year=year, business_id=business.pk)},
        link=reverse("admin:industry_business_change", args=[business.pk]),
    )


def remarks(values: Values):
    """Totals that are not the sum of their parts."""
    for key in dict.fromkeys(row for row, _ in values):
        added = total_workers(values[key, MALE], values[key, FEMALE])
        total = values[key, TOTAL]
        if None not in (added, total) and added != total:
            yield Remark(
                key,
                TOTAL,
                f"L dan P berjumlah {format_whole(added)}, sedangkan di sini "
                f"{format_whole(total)}. Disimpan seperti tertulis; periksa angkanya.",
            )


def add_up_workers(entries: GridEntries) -> None:
    """Totals that followed from L and P follow them still, unless they were typed themselves."""
    for row in entries.grid.rows:
        male, female, total = (entries.cells[row, name] for name in (MALE, FEMALE, TOTAL))
        if not (male.is_changed or female.is_changed) or total.is_changed or total.locked:
            continue
        added = total_workers(male.value, female.value)
        if added is None or total.current not in (
            None,
            total_workers(male.current, female.current),
        ):
            continue
        if added != total.current:
            total.value, total.text = added, total.column.text_of(added)
            total.is_changed, total.warning = True, ""


def sheet_of(entries: GridEntries) -> bytes:
    """The changed rows as the sheet of yearly figures: what was not changed is left blank."""
    columns = BusinessYearResource.columns()
    changed: dict[str, dict[str, object]] = {}
    for cell in entries.changed:
        value = EMPTIED if cell.value is None else cell.value
        changed.setdefault(cell.row.key, {})[cell.column.key] = value
    names = ["number", "name", "year", *FIGURES]
    records = {b.pk: b for b in Business.objects.filter(pk__in=changed)}
    rows = []
    for key, figures in changed.items():
        business = records[int(key)]
        identity = [business.number, business.name, entries.grid.year]
        rows.append([*identity, *(figures.get(name) for name in FIGURES)])
    stream = io.BytesIO()
    write_rows(
        stream,
        [columns[name].column_name for name in names],
        rows,
        kinds=[columns[name].widget.kind for name in names],
        text_columns={0, 1},
        sheet_name=f"Isian {entries.grid.year}",
    )
    return stream.getvalue()
