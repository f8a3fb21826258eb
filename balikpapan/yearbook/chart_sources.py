"""Which figures of the yearly book are drawn as charts."""

from balikpapan.reports.bar_charts import ChartSource
from industry.reports.movement import KECAMATAN, flow_columns
from industry.reports.revenue import REALISED, TARGET, YEAR


def chart_sources(year: int) -> list[ChartSource]:
    """The two charts of the book: where the IKM stand, and what the PAD reached of its target."""
    standing = flow_columns(
        KECAMATAN, f"Posisi 31 Desember {year - 1}", f"Posisi 31 Desember {year}"
    )[-1]
    return [
        ChartSource(
            "ikm-baru-tutup",
            f"Jumlah IKM menurut kecamatan, posisi 31 Desember {year}",
            KECAMATAN,
            [standing],
            "unit usaha",
        ),
        ChartSource(
            "pad",
            "Target dan realisasi PAD sektor industri",
            YEAR,
            [TARGET, REALISED],
            "juta rupiah",
            divisor=1_000_000,
            places=1,
            is_standing=True,
        ),
    ]
