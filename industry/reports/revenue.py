"""Table 9: the industry sector's PAD against its target, over the years and by source."""

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added, difference, growth, percent
from balikpapan.reports.tables import Column, Row, Table

from ..choices import FigureStatus
from ..models import Revenue
from .movement import YEARS, last_years

SOURCE = "Register PAD DKUMKMP Kota Balikpapan"
TARGET = Column("Target", "rupiah", total=False)
REALISED = Column("Realisasi", "rupiah")
ACHIEVED = Column("Capaian", "percent")
SURPLUS = Column("Lebih/kurang", "rupiah", total=False)


def revenue_table(year: int) -> Table:
    """Table 9: target, realisation and growth of the last four years."""
    known = {sums["year"]: sums for sums in Revenue.objects.by_year()}
    return Table(
        "pad",
        "Target dan realisasi PAD sektor industri",
        [
            Column("Tahun", "year"),
            TARGET,
            REALISED,
            ACHIEVED,
            SURPLUS,
            Column("Pertumbuhan", "percent"),
            Column("Status angka"),
        ],
        [year_row(past, known) for past in last_years(year)],
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
    return Row(values, {2: list_of(Revenue, year=year)} if sums else {})


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


def revenue_source_table(year: int) -> Table:
    """Table 9, second part: target and realisation of every source in the year."""
    rows = [
        (
            sums["account__code"] or "",
            sums["source_name"],
            sums["target_sum"],
            sums["realised_sum"],
            percent(sums["realised_sum"], sums["target_sum"]),
            difference(sums["realised_sum"], sums["target_sum"]),
        )
        for sums in Revenue.objects.by_source(year)
    ]
    columns = [Column("Kode rekening"), Column("Sumber penerimaan")]
    target, realised = (added(row[index] for row in rows) for index in (2, 3))
    return Table(
        "pad-sumber",
        f"Target dan realisasi PAD menurut sumber tahun {year}",
        [*columns, TARGET, REALISED, ACHIEVED, SURPLUS],
        rows,
        totals=Row(
            (
                "Jumlah",
                "",
                target,
                realised,
                percent(realised, target),
                difference(realised, target),
            ),
            {2: list_of(Revenue, year=year), 3: list_of(Revenue, year=year)},
        ),
        source=SOURCE,
    )
