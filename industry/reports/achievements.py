"""Tables 13 and 14: what was achieved over the years, and what was published of it."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Count

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import difference
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from facilities.models import Chamber, Facility

from ..figures import HEADLINES, YearlyFigure
from ..models import Business, Certificate, Participation, Programme, PublishedFigure, Revenue
from ..models.reading import read_once
from .movement import YEARS, last_years
from .revenue_months import growth_of, month_notes, partial_notes, revenue_by_year
from .shaping import is_money, lists

WORK = "Pembinaan"
REVENUE = "PAD sektor industri"


def achievements_table(year: int) -> ReportTable:
    """Table 13: capaian kinerja of the last four years."""
    revenue, years = revenue_by_year(), last_years(year)
    work = work_by_year(years)
    return ReportTable(
        "capaian",
        f"Capaian kinerja sektor industri tahun {year - YEARS + 1} sampai {year}",
        [
            ReportColumn("Tahun", "year", key="year"),
            ReportColumn("Unit usaha", "whole", key="units", group="IKM"),
            ReportColumn("Baru", "whole", key="begun", group="IKM"),
            ReportColumn("Melaporkan", "whole", key="reporting", group="IKM"),
            *map(headline_column, HEADLINES),
            ReportColumn("Target", "rupiah", key="target", group=REVENUE),
            ReportColumn("Realisasi", "rupiah", key="realised", group=REVENUE),
            ReportColumn("Pertumbuhan", "percent", key="growth", group=REVENUE),
            ReportColumn("Sertifikat berlaku", "whole", key="certificates", group=WORK),
            ReportColumn("Kegiatan", "whole", key="programmes", group=WORK),
            ReportColumn("Peserta", "whole", key="participants", group=WORK),
        ],
        [achieved_row(past, revenue, work[past]) for past in years],
        totals=False,
        notes=[
            "IKM dan sertifikat: posisi 31 Desember. Tenaga kerja, investasi, dan produksi: "
            "jumlah dari IKM yang melaporkan tahun itu; tanda – bila tidak ada yang melaporkan.",
            "PAD: lihat Tabel 9a.",
            *month_notes(years, revenue),
        ],
        source="Register DKUMKMP Kota Balikpapan",
    )


def businesses_in(year: int) -> dict:
    """How many IKM count at the end of the year and began in it, and what they reported in all."""

    def ask():
        figures = Business.objects.figures_in(year, HEADLINES)
        return {**figures, "begun": Business.objects.new_in(year).count()}

    # Tables 13 and 14 show it of each of the last years.
    return read_once(("businesses", year), ask)


def work_by_year(years: Sequence[int]) -> dict[int, dict[str, int]]:
    """What was done for the IKM in each year, by the columns of table 13."""
    valid = Certificate.objects.valid_by_year(years)
    held = Programme.objects.kept().filter(year__in=years).order_by().values_list("year")
    programmes = dict(held.annotate(Count("pk")))
    participants = Participation.objects.reached_by_year(years)
    return {
        year: {
            "certificates": valid[year],
            "programmes": programmes.get(year, 0),
            "participants": participants.get(year, 0),
        }
        for year in years
    }


def achieved_row(year: int, revenue: dict, work: dict[str, int]) -> Row:
    """One year of table 13."""
    figures = businesses_in(year)
    paid = revenue.get(year, {})
    values = {
        "year": year,
        "units": figures["units"],
        "begun": figures["begun"],
        "reporting": figures["reporting"],
        **{figure.field: figures[figure.sum] for figure in HEADLINES},
        "target": paid.get("target_sum"),
        "realised": paid.get("realised_sum"),
        "growth": growth_of(year, revenue),
        **work,
    }
    to = lists(year)
    revenue_of_year = list_of(Revenue, dihitung="ya", year__exact=year)
    places = {
        "units": to.businesses,
        "begun": list_of(Business, baru=year),
        "reporting": to.figures,
        **{figure.field: to.figures for figure in HEADLINES},
        "target": revenue_of_year,
        "realised": revenue_of_year,
        "growth": list_of(Revenue, dihitung="ya", year__in=f"{year - 1},{year}"),
        "certificates": list_of(Certificate, berlaku=year),
        "programmes": list_of(Programme, year__exact=year),
        "participants": list_of(Participation, tahun=year),
    }
    return Row(
        values,
        {key: link for key, link in places.items() if values[key]},
        contributors={figure.field: figures[figure.reports] for figure in HEADLINES},
        key=f"tahun-{year}",
    )


def headline_column(figure: YearlyFigure) -> ReportColumn:
    """The column of a figure under its own name, one year a line."""
    kind = "rupiah" if is_money(figure) else "whole"
    return ReportColumn(figure.name, kind, key=figure.field)


def count_list(name: str | None, year: int) -> str:
    """The records behind what the registers count of an indicator, by its name in ``COUNTED``."""
    lists_of = {
        "units": partial(list_of, Business, posisi=year),
        "begun": partial(list_of, Business, baru=year),
        "installed_tons": partial(list_of, Facility, penyimpanan=year),
        "revenue": partial(list_of, Revenue, dihitung="ya", year__exact=year),
        "certificates": partial(list_of, Certificate, berlaku=year),
        "programmes": partial(list_of, Programme, year__exact=year),
        "participants": partial(list_of, Participation, tahun=year),
    }
    return lists_of[name]() if name in lists_of else lists(year).figures


def published_figures_table(year: int) -> ReportTable:
    """Table 14: figures once published beside what the registers count."""
    published = PublishedFigure.objects.kept().filter(year__in=last_years(year))
    figures = list(published.order_by("indicator", "year", "as_of", "pk"))
    register = {past: counted_in(past) for past in sorted({figure.year for figure in figures})}
    rows = []
    for figure in figures:
        name = counted_name(figure.indicator)
        counted = register[figure.year].get(name)
        values = {
            "indicator": figure.indicator,
            "year": figure.year,
            "unit": figure.unit,
            "published": figure.value,
            "counted": counted,
            "difference": difference(counted, figure.value),
            "as_of": figure.as_of,
            "source": figure.source,
        }
        links = {"published": list_of(PublishedFigure, id__exact=figure.pk)}
        if counted is not None:
            businesses_list = count_list(name, figure.year)
            links |= {"counted": businesses_list, "difference": businesses_list}
        rows.append(
            Row(
                values,
                links,
                key=f"angka-{figure.pk}",
                **about_businesses(name, figure.year, register[figure.year]),
            )
        )
    amounts = [row.values[key] for row in rows for key in ("published", "counted")]
    whole = all(amount is None or amount == int(amount) for amount in amounts)
    number = {"kind": "decimal", "places": 0 if whole else 2}
    return ReportTable(
        "publikasi",
        "Angka publikasi dan angka register",
        [
            ReportColumn("Indikator", key="indicator"),
            ReportColumn("Tahun", "year", key="year"),
            ReportColumn("Satuan", key="unit"),
            ReportColumn("Dipublikasikan", key="published", **number),
            ReportColumn("Terhitung", key="counted", **number),
            ReportColumn("Selisih", key="difference", **number),
            ReportColumn("Per tanggal", "date", key="as_of"),
            ReportColumn("Sumber publikasi", key="source"),
        ],
        rows,
        totals=False,
        notes=[
            "Terhitung: posisi 31 Desember menurut register; tanda – bila register tidak "
            "menghitung indikator itu. Selisih = terhitung – dipublikasikan.",
            "Angka publikasi tidak pernah mengubah isi register, dan isi register tidak pernah "
            "ditambah untuk mencapai angka publikasi.",
        ],
        source="Angka publikasi dan register DKUMKMP Kota Balikpapan",
    )


def about_businesses(name: str | None, year: int, counted: dict) -> dict[str, dict]:
    """What a row says about the figures IKM reported: how many they are, and which figure it is."""
    figure = next((figure for figure in HEADLINES if figure.sum == name), None)
    if figure is None:
        return {}
    keys = ("counted", "difference")
    return {
        "contributors": dict.fromkeys(keys, counted[figure.reports]),
        "cells": dict.fromkeys(keys, (figure.field, f"tahun-{year}")),
    }


def published_revenue_table(year: int) -> ReportTable:
    """Table 14, second part: the PAD once published beside the realisation in the register."""
    published = {sums["year"]: sums for sums in Revenue.objects.published_by_year()}
    measured = {sums["year"]: sums for sums in Revenue.objects.measured_by_year()}
    rows = []
    for past in last_years(year):
        once, now = published.get(past, {}), measured.get(past, {})
        if not once and not now:
            continue
        rows.append(
            Row(
                {
                    "year": past,
                    "published": once.get("realised_sum"),
                    "counted": now.get("realised_sum"),
                    "difference": difference(now.get("realised_sum"), once.get("realised_sum")),
                    "as_of": once.get("latest"),
                },
                {
                    "published": published_list(past),
                    "counted": list_of(Revenue, dihitung="ya", year__exact=past),
                    "difference": list_of(Revenue, year__exact=past),
                },
                key=f"tahun-{past}",
            )
        )
    return ReportTable(
        "publikasi-pad",
        "Realisasi PAD menurut publikasi dan menurut register",
        [
            ReportColumn("Tahun", "year", key="year"),
            ReportColumn("Dipublikasikan", "rupiah", key="published"),
            ReportColumn("Terhitung", "rupiah", key="counted"),
            ReportColumn("Selisih", "rupiah", key="difference"),
            ReportColumn("Publikasi per tanggal", "date", key="as_of"),
        ],
        rows,
        totals=False,
        notes=[
            "Terhitung: realisasi yang dicatat dalam register, tanpa angka publikasi; tanda – "
            "bila belum ada.",
            *partial_notes(last_years(year), revenue_by_year()),
        ],
        source="Register PAD DKUMKMP Kota Balikpapan",
    )


def published_list(year: int) -> str:
    """The PAD of a year as it was once published."""
    return list_of(Revenue, year__exact=year, status__exact="published")


def counted_in(year: int) -> dict:
    """What the registers count at the end of a year, by the names of ``COUNTED``."""
    return {
        **businesses_in(year),
        "installed_tons": Chamber.objects.installed_in(year),
    }


#: How publications name what the registers count.
COUNTED = {
    "jumlah ikm": "units",
    "ikm": "units",
    "unit usaha": "units",
    "unit usaha ikm": "units",
    "ikm baru": "begun",
    **{figure.name.casefold(): figure.sum for figure in HEADLINES},
    "tenaga kerja ikm": "workers_total_sum",
    "jumlah tenaga kerja": "workers_total_sum",
    "kapasitas cold storage": "installed_tons",
}


def counted_name(indicator: str) -> str | None:
    """What the registers call a published indicator; None where they do not count it."""
    return COUNTED.get(" ".join(indicator.casefold().split()))
