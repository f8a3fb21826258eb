"""The yearly figures of an IKM as reports print them: one entry each, and all else follows from it.

The tables, the sums the database adds up, the open data, the definitions of table 15 and the
nominative list are derived from these entries. Whether a figure is money or a count, the class of
its model field says.
"""

from dataclasses import KW_ONLY, dataclass

WORKERS = "Tenaga kerja (orang)"
INVESTMENT = "Nilai investasi (Rp)"
AMOUNTS = "Nilai (Rp)"


@dataclass(frozen=True, slots=True)
class YearlyFigure:
    """One figure of ``BusinessYear``: its name, its headings and what it means.

    ``field`` is the model field and the key of its columns. ``name`` stands in notes, open data
    and definitions. ``heading`` and ``group`` stand over it in table 5, ``short`` and
    ``short_group`` in the tables that print the main figures only; a figure without ``short`` is
    not among those. ``part_of`` is the figure it is a part of.
    """

    field: str
    name: str
    definition: str
    _: KW_ONLY
    heading: str
    group: str
    unit: str = "rupiah"
    short: str = ""
    short_group: str | None = None
    part_of: str = ""

    @property
    def is_main(self) -> bool:
        """Whether it stands in tables 1 to 4, the nominative list and the open data."""
        return bool(self.short)

    @property
    def is_headline(self) -> bool:
        """Whether it stands for a year by itself, as in table 13."""
        return self.is_main and not self.part_of

    @property
    def sum(self) -> str:
        """The name its sum over several IKM has in a query."""
        return f"{self.field}_sum"

    @property
    def reports(self) -> str:
        """The name that the number of IKM behind the sum has in a query."""
        return f"{self.field}_reports"


FIGURES = (
    YearlyFigure(
        "workers_male",
        "Tenaga kerja laki-laki",
        "Laki-laki yang bekerja pada IKM (L).",
        unit="orang",
        heading="L",
        group=WORKERS,
        short="L",
        short_group=WORKERS,
        part_of="workers_total",
    ),
    YearlyFigure(
        "workers_female",
        "Tenaga kerja perempuan",
        "Perempuan yang bekerja pada IKM (P).",
        unit="orang",
        heading="P",
        group=WORKERS,
        short="P",
        short_group=WORKERS,
        part_of="workers_total",
    ),
    YearlyFigure(
        "workers_total",
        "Tenaga kerja",
        "Jumlah orang yang bekerja pada IKM; L laki-laki, P perempuan.",
        unit="orang",
        heading="Jumlah",
        group=WORKERS,
        short="Jumlah",
        short_group=WORKERS,
    ),
    YearlyFigure(
        "investment",
        "Nilai investasi",
        "Modal di luar tanah dan bangunan tempat usaha.",
        heading="Tanpa tanah dan bangunan",
        group=INVESTMENT,
        short="Nilai investasi",
    ),
    YearlyFigure(
        "investment_land_building",
        "Investasi tanah dan bangunan",
        "Nilai tanah dan bangunan tempat usaha.",
        heading="Tanah dan bangunan",
        group=INVESTMENT,
    ),
    YearlyFigure(
        "raw_material_value",
        "Nilai bahan baku",
        "Nilai bahan baku yang dipakai selama setahun.",
        heading="Bahan baku",
        group=AMOUNTS,
    ),
    YearlyFigure(
        "production_value",
        "Nilai produksi",
        "Nilai barang yang dihasilkan selama setahun.",
        heading="Produksi",
        group=AMOUNTS,
        short="Nilai produksi",
    ),
    YearlyFigure(
        "turnover",
        "Omzet",
        "Nilai penjualan selama setahun.",
        heading="Omzet",
        group=AMOUNTS,
    ),
)
MAIN_FIGURES = tuple(figure for figure in FIGURES if figure.is_main)
HEADLINES = tuple(figure for figure in FIGURES if figure.is_headline)
