"""Table 9: the industry sector's PAD against its target, over the years and by source."""

from collections.abc import Iterable, Sequence

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added, difference, growth, percent
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from facilities.choices import Month

from ..choices import FigureStatus
from ..models import Revenue
from .movement import YEARS, last_years

SOURCE = "Register PAD DKUMKMP Kota Balikpapan"
WHOLE_YEAR = "Tanpa bulan"
TARGET = ReportColumn("Target", "rupiah", total=False)
REALISED = ReportColumn("Realisasi", "rupiah")
ACHIEVED = ReportColumn("Capaian", "percent")
SURPLUS = ReportColumn("Lebih/kurang", "rupiah", total=False)


def revenue_table(year: int) -> ReportTable:
    """Table 9: target, realisation and growth of the last four years."""
    known = {sums["year"]: sums for sums in Revenue.objects.by_year()}
    return ReportTable(
        "pad",
        "Target dan realisasi PAD sektor industri",
        [
            ReportColumn("Tahun", "year"),
            TARGET,
            REALISED,
            ACHIEVED,
            SURPLUS,
            ReportColumn("Pertumbuhan", "percent"),
            ReportColumn("Status angka"),
        ],
        [year_row(past, known) for past in last_years(year)],
        total_links={
            2: list_of(Revenue, dihitung="ya", year__in=",".join(map(str, last_years(year))))
        },
        subtitle=[f"Tahun {year - YEARS + 1} sampai {year}"],
        notes=[
            "Capaian = realisasi : target × 100; pertumbuhan = (realisasi – realisasi tahun "
            "sebelumnya) : realisasi tahun sebelumnya × 100. Kosong bila pembaginya tidak "
            "diketahui atau nol.",
            "Dari beberapa tahapan anggaran dipakai tahapan terakhir yang memuat angkanya.",
            *publication_notes(known, year),
        ],
        source=SOURCE,
    )


def year_row(year: int, known: dict) -> Row:
    """One year of table 9."""
    sums, before = known.get(year, {}), known.get(year - 1, {})
    target, realised = sums.get("target_sum"), sums.get("realised_sum")
    firmness = sums.get("firmness")
    values = (
        year,
        target,
        realised,
        percent(realised, target),
        difference(realised, target),
        growth(realised, before.get("realised_sum")),
        "" if firmness is None else FigureStatus.labels[firmness],
    )
    both = revenue_links(values, (5,), year__in=f"{year - 1},{year}")
    return Row(values, revenue_links(values, range(1, 5), year__exact=year) | both)


def revenue_links(values: Sequence, columns: Iterable[int], **lookups: object) -> dict[int, str]:
    """From the known amounts of a line to the rows they were added up or worked out from."""
    link = list_of(Revenue, dihitung="ya", **lookups)
    return {index: link for index in columns if values[index] is not None}


def publication_notes(known: dict, year: int) -> list[str]:
    """Which years rest on what was once published."""
    place = FigureStatus.values.index(FigureStatus.PUBLISHED)
    years = [str(past) for past in last_years(year) if known.get(past, {}).get("firmness") == place]
    if not years:
        return []
    return [
        f"Tahun {', '.join(years)}: angka publikasi, karena realisasi tahun itu belum dicatat "
        "dalam register."
    ]


def revenue_source_table(year: int) -> ReportTable:
    """Table 9, second part: target and realisation of every source in the year."""
    rows = [source_row(sums, year) for sums in Revenue.objects.by_source(year)]
    columns = [ReportColumn("Kode rekening"), ReportColumn("Sumber penerimaan")]
    target, realised = (added(row.values[index] for row in rows) for index in (2, 3))
    totals = (
        "Jumlah",
        "",
        target,
        realised,
        percent(realised, target),
        difference(realised, target),
    )
    return ReportTable(
        "pad-sumber",
        f"Target dan realisasi PAD menurut sumber tahun {year}",
        [*columns, TARGET, REALISED, ACHIEVED, SURPLUS],
        rows,
        totals=Row(totals, revenue_links(totals, range(2, 6), year__exact=year)),
        source=SOURCE,
    )


def source_row(sums: dict, year: int) -> Row:
    """One source of the year."""
    code, source = sums["account__code"], sums["source_name"]
    target, realised = sums["target_sum"], sums["realised_sum"]
    values = (
        code or "",
        source,
        target,
        realised,
        percent(realised, target),
        difference(realised, target),
    )
    account = {"account__code__exact": code} if code else {"account__isnull": True}
    where = {"year__exact": year, "source_name__exact": source, **account}
    return Row(values, revenue_links(values, range(2, 6), **where))


def revenue_month_table(year: int) -> ReportTable:
    """PAD month by month, added up as the year goes on, against the target of the year."""
    found = {sums["month"]: sums for sums in Revenue.objects.by_month(year)}
    target = added(sums["target_sum"] for sums in found.values())
    rows, paid = [], None
    periods = [*Month.choices, *([(None, WHOLE_YEAR)] if None in found else [])]
    for month, label in periods:
        sums = found.get(month, {})
        paid = added([paid, sums.get("realised_sum")])
        known = sums.get("realised_sum") is not None
        values = (
            label,
            sums.get("target_sum"),
            sums.get("realised_sum"),
            paid if known else None,
            percent(paid, target) if known else None,
        )
        place = {"month__exact": month} if month else {"month__isnull": True}
        until = {"month__lte": month} if month else {}
        links = {
            **revenue_links(values, (1, 2), year__exact=year, **place),
            **revenue_links(values, (3,), year__exact=year, **until),
            **revenue_links(values, (4,), year__exact=year),
        }
        rows.append(Row(values, links))
    totals = ("Jumlah", target, paid, paid, percent(paid, target))
    return ReportTable(
        "pad-bulanan",
        f"Realisasi PAD sektor industri per bulan tahun {year}",
        [
            ReportColumn("Bulan"),
            ReportColumn("Target", "rupiah"),
            ReportColumn("Realisasi", "rupiah"),
            ReportColumn("Realisasi kumulatif", "rupiah", total=False),
            ReportColumn("Kumulatif terhadap target setahun", "percent"),
        ],
        rows,
        totals=Row(totals, revenue_links(totals, range(1, 5), year__exact=year)),
        notes=[
            "Kumulatif = jumlah realisasi sampai dengan bulan itu; persennya terhadap seluruh "
            "target tahun itu.",
            f"{WHOLE_YEAR}: target atau realisasi yang dicatat untuk setahun penuh, bukan per "
            "bulan.",
        ],
        source=SOURCE,
    )
