"""Tables 13 and 14: what was achieved over the years, and what was published of it."""

from functools import partial

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import difference, growth
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from facilities.models import Chamber, Facility

from ..models import Business, Certificate, Participation, Programme, PublishedFigure, Revenue
from .movement import YEARS, last_years
from .shaping import lists

WORK = "Pembinaan"
REVENUE = "PAD sektor industri"


def achievements_table(year: int) -> ReportTable:
    """Table 13: capaian kinerja of the last four years."""
    revenue = {sums["year"]: sums for sums in Revenue.objects.by_year()}
    return ReportTable(
        "capaian",
        f"Capaian kinerja sektor industri tahun {year - YEARS + 1} sampai {year}",
        [
            ReportColumn("Tahun", "year"),
            ReportColumn("Unit usaha", "whole", group="IKM"),
            ReportColumn("Baru", "whole", group="IKM"),
            ReportColumn("Melaporkan", "whole", group="IKM"),
            ReportColumn("Tenaga kerja", "whole"),
            ReportColumn("Nilai investasi", "rupiah"),
            ReportColumn("Nilai produksi", "rupiah"),
            ReportColumn("Target", "rupiah", group=REVENUE),
            ReportColumn("Realisasi", "rupiah", group=REVENUE),
            ReportColumn("Pertumbuhan", "percent", group=REVENUE),
            ReportColumn("Sertifikat berlaku", "whole", group=WORK),
            ReportColumn("Kegiatan", "whole", group=WORK),
            ReportColumn("Peserta", "whole", group=WORK),
        ],
        [achieved_row(past, revenue) for past in last_years(year)],
        totals=False,
        notes=[
            "IKM dan sertifikat: posisi 31 Desember. Tenaga kerja, investasi, dan produksi: "
            "jumlah dari IKM yang melaporkan tahun itu; kosong bila tidak ada yang melaporkan.",
            "PAD: lihat Tabel 9.",
        ],
        source="Register DKUMKMP Kota Balikpapan",
    )


def achieved_row(year: int, revenue: dict) -> Row:
    """One year of table 13."""
    figures = Business.objects.figures_in(year)
    paid, before = revenue.get(year, {}), revenue.get(year - 1, {})
    values = (
        year,
        figures["units"],
        Business.objects.new_in(year).count(),
        figures["reporting"],
        figures["workers_total_sum"],
        figures["investment_sum"],
        figures["production_value_sum"],
        paid.get("target_sum"),
        paid.get("realised_sum"),
        growth(paid.get("realised_sum"), before.get("realised_sum")),
        Certificate.objects.counted_in(year)["valid"],
        Programme.objects.kept().filter(year=year).count(),
        Participation.objects.reached_in(year)["participants"],
    )
    to = lists(year)
    places = {
        1: to.businesses,
        2: list_of(Business, baru=year),
        3: to.figures,
        4: to.figures,
        5: to.figures,
        6: to.figures,
        7: list_of(Revenue, dihitung="ya", year__exact=year),
        8: list_of(Revenue, dihitung="ya", year__exact=year),
        9: list_of(Revenue, dihitung="ya", year__in=f"{year - 1},{year}"),
        10: list_of(Certificate, berlaku=year),
        11: list_of(Programme, year__exact=year),
        12: list_of(Participation, tahun=year),
    }
    contributors = {5: figures["investment_reports"], 6: figures["production_value_reports"]}
    return Row(
        values, {i: link for i, link in places.items() if values[i]}, contributors=contributors
    )


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
    figures = PublishedFigure.objects.kept().filter(year__in=last_years(year))
    register = {past: counted_in(past) for past in last_years(year)}
    rows = []
    for figure in figures.order_by("indicator", "year", "as_of", "pk"):
        indicator = " ".join(figure.indicator.casefold().split())
        counted = register[figure.year].get(COUNTED.get(indicator))
        values = (
            figure.indicator,
            figure.year,
            figure.unit,
            figure.value,
            counted,
            difference(counted, figure.value),
            figure.as_of,
            figure.source,
        )
        links = {3: list_of(PublishedFigure, id__exact=figure.pk)}
        if counted is not None:
            behind = count_list(COUNTED[indicator], figure.year)
            links |= {4: behind, 5: behind}
        rows.append(Row(values, links))
    whole = all(
        row.values[index] in (None, int(row.values[index] or 0)) for row in rows for index in (3, 4)
    )
    number = {"kind": "decimal", "places": 0 if whole else 2}
    return ReportTable(
        "publikasi",
        "Angka publikasi dan angka register",
        [
            ReportColumn("Indikator"),
            ReportColumn("Tahun", "year"),
            ReportColumn("Satuan"),
            ReportColumn("Dipublikasikan", **number),
            ReportColumn("Terhitung", **number),
            ReportColumn("Selisih", **number),
            ReportColumn("Per tanggal", "date"),
            ReportColumn("Sumber publikasi"),
        ],
        rows,
        totals=False,
        notes=[
            "Terhitung: posisi 31 Desember menurut register; kosong bila register tidak "
            "menghitung indikator itu. Selisih = terhitung – dipublikasikan.",
            "Angka publikasi tidak pernah mengubah isi register, dan isi register tidak pernah "
            "ditambah untuk mencapai angka publikasi.",
        ],
        source="Angka publikasi dan register DKUMKMP Kota Balikpapan",
    )


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
                (
                    past,
                    once.get("realised_sum"),
                    now.get("realised_sum"),
                    difference(now.get("realised_sum"), once.get("realised_sum")),
                    once.get("latest"),
                ),
                {
                    1: published_list(past),
                    2: list_of(Revenue, dihitung="ya", year__exact=past),
                    3: list_of(Revenue, year__exact=past),
                },
            )
        )
    return ReportTable(
        "publikasi-pad",
        "Realisasi PAD menurut publikasi dan menurut register",
        [
            ReportColumn("Tahun", "year"),
            ReportColumn("Dipublikasikan", "rupiah"),
            ReportColumn("Terhitung", "rupiah"),
            ReportColumn("Selisih", "rupiah"),
            ReportColumn("Publikasi per tanggal", "date"),
        ],
        rows,
        totals=False,
        notes=[
            "Terhitung: realisasi yang dicatat dalam register, tanpa angka publikasi; kosong bila "
            "belum ada."
        ],
        source="Register PAD DKUMKMP Kota Balikpapan",
    )


def published_list(year: int) -> str:
    """The PAD of a year as it was once published."""
    return list_of(Revenue, year__exact=year, status__exact="published")


def counted_in(year: int) -> dict:
    """What the registers count at the end of a year, by the names of ``COUNTED``."""
    return {
        **Business.objects.figures_in(year),
        "begun": Business.objects.new_in(year).count(),
        "installed_tons": Chamber.objects.installed_in(year),
    }


#: How publications name what the registers count.
COUNTED = {
    "jumlah ikm": "units",
    "ikm": "units",
    "unit usaha": "units",
    "unit usaha ikm": "units",
    "ikm baru": "begun",
    "tenaga kerja": "workers_total_sum",
    "tenaga kerja ikm": "workers_total_sum",
    "jumlah tenaga kerja": "workers_total_sum",
    "nilai investasi": "investment_sum",
    "nilai produksi": "production_value_sum",
    "kapasitas cold storage": "installed_tons",
}
