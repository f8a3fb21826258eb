"""Table 9: the industry sector's PAD against its target, over the years and by source."""

from collections.abc import Iterable, Mapping

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added, difference, percent
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from facilities.choices import Month

from ..choices import FigureStatus
from ..models import Revenue
from .movement import YEARS, last_years
from .revenue_months import growth_of, month_notes, revenue_by_year

SOURCE = "Register PAD DKUMKMP Kota Balikpapan"
WHOLE_YEAR = "Tanpa bulan"
YEAR = ReportColumn("Tahun", "year", key="year")
TARGET = ReportColumn("Target", "rupiah", key="target", total=False)
REALISED = ReportColumn("Realisasi", "rupiah", key="realised")
ACHIEVED = ReportColumn("Capaian", "percent", key="achieved")
SURPLUS = ReportColumn("Lebih/kurang", "rupiah", key="surplus", total=False)
FIGURES_OF_A_MONTH = ("target", "realised", "cumulative", "share")
MONTHS = ReportColumn("Bulan tercatat", "whole", key="months", total=False)
STATUS = ReportColumn("Status angka", key="status")
#: What is said of every sum of PAD.
OF_A_SUM = ("target", "realised", "achieved", "surplus")


def revenue_table(year: int) -> ReportTable:
    """Table 9: target, realisation and growth of the last four years."""
    sums_of = revenue_by_year()
    return ReportTable(
        "pad",
        "Target dan realisasi PAD sektor industri",
        [
            YEAR,
            TARGET,
            REALISED,
            ACHIEVED,
            SURPLUS,
            ReportColumn("Pertumbuhan", "percent", key="growth"),
            STATUS,
            ReportColumn("Per tanggal", "date", key="as_of"),
            MONTHS,
        ],
        [year_row(past, sums_of) for past in last_years(year)],
        total_links={
            "realised": list_of(
                Revenue, dihitung="ya", year__in=",".join(map(str, last_years(year)))
            )
        },
        subtitle=[f"Tahun {year - YEARS + 1} sampai {year}"],
        notes=[
            "Capaian = realisasi : target × 100; pertumbuhan = (realisasi – realisasi tahun "
            "sebelumnya) : realisasi tahun sebelumnya × 100. Tanda – bila pembaginya tidak "
            "diketahui atau nol.",
            "Dari beberapa tahapan anggaran dipakai tahapan terakhir yang memuat angkanya.",
            *publication_notes(sums_of, year),
            *month_notes(last_years(year), sums_of),
        ],
        source=SOURCE,
    )


def year_row(year: int, sums_of: dict) -> Row:
    """One year of table 9."""
    sums = sums_of.get(year, {})
    target, realised = sums.get("target_sum"), sums.get("realised_sum")
    firmness = sums.get("firmness")
    values = {
        "year": year,
        **achieved_of(target, realised),
        "growth": growth_of(year, sums_of),
        "status": "" if firmness is None else FigureStatus.labels[firmness],
        "as_of": sums.get("latest"),
        # A year recorded as one figure has no months of its own.
        "months": sums.get("months") or "",
    }
    both = revenue_links(values, ("growth",), year__in=f"{year - 1},{year}")
    own = (*OF_A_SUM, "months") if values["months"] else OF_A_SUM
    links = revenue_links(values, own, year__exact=year) | both
    return Row(values, links, key=f"tahun-{year}")


def achieved_of(target: int | None, realised: int | None) -> dict[str, object]:
    """Target and realisation with what is worked out from the two."""
    return {
        "target": target,
        "realised": realised,
        "achieved": percent(realised, target),
        "surplus": difference(realised, target),
    }


def revenue_links(
    values: Mapping[str, object], columns: Iterable[str], **lookups: object
) -> dict[str, str]:
    """From the known amounts of a line to the rows they were added up or worked out from."""
    link = list_of(Revenue, dihitung="ya", **lookups)
    return {key: link for key in columns if values[key] is not None}


def publication_notes(sums_of: dict, year: int) -> list[str]:
    """Which years rest on what was once published."""
    place = FigureStatus.values.index(FigureStatus.PUBLISHED)
    years = [
        str(past) for past in last_years(year) if sums_of.get(past, {}).get("firmness") == place
    ]
    if not years:
        return []
    return [
        f"Tahun {', '.join(years)}: angka publikasi, karena realisasi tahun itu belum dicatat "
        "dalam register."
    ]


def revenue_source_table(year: int) -> ReportTable:
    """Table 9, second part: target and realisation of every source in the year."""
    rows = [source_row(sums, year) for sums in Revenue.objects.by_source(year)]
    columns = [
        ReportColumn("Kode rekening", key="account", is_code=True),
        ReportColumn("Sumber penerimaan", key="source"),
    ]
    sums = (added(row.values[key] for row in rows) for key in ("target", "realised"))
    totals = {"account": "Jumlah", "source": "", **achieved_of(*sums)}
    return ReportTable(
        "pad-sumber",
        f"Target dan realisasi PAD menurut sumber tahun {year}",
        [*columns, TARGET, REALISED, ACHIEVED, SURPLUS],
        rows,
        totals=Row(totals, revenue_links(totals, OF_A_SUM, year__exact=year)),
        notes=of_some_months(year),
        source=SOURCE,
    )


def of_some_months(year: int) -> list[str]:
    """The note on a year whose sums rest on some of its months."""
    own = {past: sums for past, sums in revenue_by_year().items() if past == year}
    return month_notes([year], own)


def source_row(sums: dict, year: int) -> Row:
    """One source of the year."""
    code, source = sums["code"], sums["name"]
    values = {
        "account": code or "",
        "source": source,
        **achieved_of(sums["target_sum"], sums["realised_sum"]),
    }
    where = {"year__exact": year, "source_key__exact": sums["source_key"]}
    links = revenue_links(values, OF_A_SUM, **where)
    return Row(values, links, key=f"{code or ''}|{source}")


def revenue_month_table(year: int) -> ReportTable:
    """PAD month by month, added up as the year goes on, against the target of the year."""
    sums_of = {sums["month"]: sums for sums in Revenue.objects.by_month(year)}
    target = added(sums["target_sum"] for sums in sums_of.values())
    rows, paid = [], None
    periods = [*Month.choices, *([(None, WHOLE_YEAR)] if None in sums_of else [])]
    for month, label in periods:
        sums = sums_of.get(month, {})
        paid = added([paid, sums.get("realised_sum")])
        is_recorded = sums.get("realised_sum") is not None
        values = {
            "month": label,
            "target": sums.get("target_sum"),
            "realised": sums.get("realised_sum"),
            "cumulative": paid if is_recorded else None,
            "share": percent(paid, target) if is_recorded else None,
        }
        place = {"month__exact": month} if month else {"month__isnull": True}
        until = {"month__lte": month} if month else {}
        links = {
            **revenue_links(values, ("target", "realised"), year__exact=year, **place),
            **revenue_links(values, ("cumulative",), year__exact=year, **until),
            **revenue_links(values, ("share",), year__exact=year),
        }
        rows.append(Row(values, links, key=f"bulan-{month or 0}"))
    totals = {
        "month": "Jumlah",
        "target": target,
        "realised": paid,
        "cumulative": paid,
        "share": percent(paid, target),
    }
    return ReportTable(
        "pad-bulanan",
        f"Realisasi PAD sektor industri per bulan tahun {year}",
        [
            ReportColumn("Bulan", key="month"),
            ReportColumn("Target", "rupiah", key="target"),
            ReportColumn("Realisasi", "rupiah", key="realised"),
            ReportColumn("Realisasi kumulatif", "rupiah", key="cumulative", total=False),
            ReportColumn("Kumulatif terhadap target setahun", "percent", key="share"),
        ],
        rows,
        totals=Row(totals, revenue_links(totals, FIGURES_OF_A_MONTH, year__exact=year)),
        notes=[
            "Kumulatif = jumlah realisasi sampai dengan bulan itu; persennya terhadap seluruh "
            "target tahun itu.",
            f"{WHOLE_YEAR}: target atau realisasi yang dicatat untuk setahun penuh, bukan per "
            "bulan.",
            *of_some_months(year),
        ],
        source=SOURCE,
    )
