"""The monthly PAD forms: what their titles and headings say about month, stage and target."""

import calendar
import datetime
import re

from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import Finding, comparison_key, format_rupiah
from balikpapan.spreadsheets.cells.months import (
    MONTHS,
    NamedMonth,
    named_month,
    without_named_month,
)
from facilities.choices import Month

from ..choices import BudgetStage
from .revenue_stages import STAGE_COLUMNS

_TITLE_STAGE = re.compile(
    r"\b(?:apbd|tahapan|anggaran)\W{0,4}(perubahan|pergeseran|murni|penetapan)\b|\bapbd\W?p\b",
    re.IGNORECASE,
)
_STAGES = {"perubahan": "revised", "pergeseran": "shifted", "murni": "original"}
_YEARLY = re.compile(r"\b(apbd|tahunan|setahun)\b", re.IGNORECASE)
_THIS_MONTH = re.compile(r"\b(bulan|bln)\W*ini\b", re.IGNORECASE)


SINCE_JANUARY = Finding(
    "error",
    "cumulative_only",
    'Angka ini sejak Januari ("s.d. bulan ini"), bukan penerimaan satu bulan. Isi penerimaan bulan '
    "ini di kolomnya sendiri, atau kosongkan bulannya bila yang dicatat angka setahun.",
)


class RevenueFormRules(SheetRules):
    """Brings the monthly forms into the shape in which PAD is kept.

    A form of March states the target of the whole budget year beside what came in during March.
    Twelve forms would add that target up twelve times, so each figure is kept where it is true:
    BULAN INI is the realisation of the row of that month, the target goes to the row of the whole
    year of the same source, account and stage. One row of the sheet then writes two records.
    BULAN LALU and S/D BULAN INI follow from the others; they are compared, not kept. A form that
    states S/D alone gives the year's figure as of the end of its month.
    """

    def fill_derived(self, rows, options, problems):
        _read_titles(rows, problems)
        _set_year_targets_apart(rows)


def _read_titles(rows, problems):
    """Month, stage and to-date figures, from the title where no column says them."""
    titles = rows.titles or [""] * len(rows.sheets)
    rows.fill("month")
    for sheet, (tab, title) in enumerate(zip(rows.sheets, titles, strict=True)):
        indexes = [i for i, s in enumerate(rows.sheet_of) if s == sheet]
        if not indexes:
            continue
        places = rows.places[sheet]
        named = _month_of_form(title, tab)
        if "month" not in places:
            _read_month(rows, problems, indexes, places, named)
        if not {"stage", *STAGE_COLUMNS} & places.keys():
            _read_stage(rows, problems, indexes, title)
        if "realised_to_date" in places:
            _read_to_date(rows, problems, indexes, places, named.month)


def _read_month(rows, problems, indexes, places, named):
    month, until, months = named.month, named.until, rows.fill("month")
    monthly = bool(_THIS_MONTH.search(places.get("realised", ("", ""))[1]))
    if month and (monthly or not until) and "realised" in places:
        for index in indexes:  # a caption between the rows stands closer
            months[index] = months[index] or month
        message = f"Bulan {Month(month).label} diambil dari judul; target dibaca target setahun."
        rows.tell(problems, indexes[0], "month", Finding("note", "month_from_title", message))
    elif month and until and "realised" in places and "as_of" not in places:
        _date_to_month_end(rows, indexes, month)
    elif monthly:
        message = (
            'Realisasi "bulan ini" tanpa nama bulan. Tulis judul seperti "BULAN MARET 2024" '
            "di atas tabel, atau tambahkan kolom Bulan."
        )
        for index in indexes:
            rows.tell(problems, index, "realised", Finding("error", "month_unknown", message))


def stage_in(title: str) -> str | None:
    """The stage of the budget that a title names."""
    match = _TITLE_STAGE.search(title)
    return _STAGES.get((match[1] or "perubahan").lower()) if match else None


def _read_stage(rows, problems, indexes, title):
    stage = stage_in(title)
    if stage and stage != BudgetStage.ORIGINAL:
        column = rows.fill("stage")
        for index in indexes:
            column[index] = stage
        message = f"Tahapan {BudgetStage(stage).label} diambil dari judul."
        rows.tell(problems, indexes[0], "stage", Finding("note", "stage_from_title", message))


def _read_to_date(rows, problems, indexes, places, month):
    """S/D = BULAN LALU + BULAN INI; alone it is the year's figure so far."""
    to_date, realised = rows.column("realised_to_date"), rows.fill("realised")
    before, months = rows.column("realised_before"), rows.column("month")
    for index in indexes:
        stated = to_date[index]
        if not isinstance(stated, int):
            continue
        if "realised" not in places:
            if months[index] is None:
                realised[index] = stated
            else:
                rows.tell(problems, index, "realised_to_date", SINCE_JANUARY, stated)
            continue
        children = (before[index], realised[index])
        if all(isinstance(child, int) for child in children) and sum(children) != stated:
            message = (
                f"Bulan lalu {format_rupiah(children[0])} dan bulan ini "
                f"{format_rupiah(children[1])} berjumlah {format_rupiah(sum(children))}, bukan "
                f"{format_rupiah(stated)}. Periksa ketiganya."
            )
            finding = Finding("warning", "total_mismatch", message)
            rows.tell(problems, index, "realised_to_date", finding, stated)

    if "realised" not in places and month:
        _date_to_month_end(rows, indexes, month)


def _date_to_month_end(rows, indexes, month):
    """A figure "s/d bulan" is the year's so far: it stands as of the end of that month."""
    days, years = rows.fill("as_of"), rows.column("year")
    for index in indexes:
        if days[index] is None and isinstance(years[index], int):
            last = calendar.monthrange(years[index], month)[1]
            days[index] = datetime.date(years[index], month, last)


def _set_year_targets_apart(rows):
    """Takes the target of the year out of the rows of a month."""
    if "target" not in rows.values and "year_target" not in rows.values:
        return
    targets, year_targets = rows.fill("target"), rows.fill("year_target")
    months = rows.column("month")
    for index, target in enumerate(targets):
        if months[index] is None:
            if target is None:
                targets[index] = year_targets[index]
            year_targets[index] = None
            continue
        places = rows.places[rows.sheet_of[index]]
        heading = places.get("target", ("", ""))[1]
        yearly = _YEARLY.search(heading) or "month" not in places
        if yearly and isinstance(target, int):
            year_targets[index], targets[index] = target, None


def _month_of_form(title: str, tab: str) -> NamedMonth:
    """The one month a title or tab names, and whether it means "until then"."""
    if without_named_month(title) != title:
        return named_month(title)
    return NamedMonth(MONTHS.get(comparison_key(tab).partition(" ")[0]))
