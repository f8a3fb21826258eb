"""The nominative list: the IKM one by one, as the office signs it."""

from collections.abc import Iterator

from balikpapan.audit.personal_data import masked
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Business, BusinessYear
from .selection import EVERYTHING, Selection
from .shaping import SOURCE, lists, position

#: The columns of the list that hold personal data.
PERSONAL = ("phone",)
COLUMNS = (
    ReportColumn("Nama usaha"),
    ReportColumn("Nama pemilik"),
    ReportColumn("Alamat"),
    ReportColumn("Kelurahan"),
    ReportColumn("Kecamatan"),
    ReportColumn("Telepon"),
    ReportColumn("NIB"),
    ReportColumn("KBLI", "number"),
    ReportColumn("Kelompok industri"),
    ReportColumn("Produk"),
    ReportColumn("L", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("P", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("Jumlah", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("Nilai investasi", "rupiah"),
    ReportColumn("Nilai produksi", "rupiah"),
)
#: Where the figures of the year begin.
FIRST_FIGURE = 10


def nominative_table(
    year: int, selection: Selection = EVERYTHING, *, personal: bool = False, limit: int = 0
) -> ReportTable:
    """The IKM counting at the end of the year; phones are masked unless ``personal``.

    ``limit`` is for a screen: so many of them, with a note of how many there are.
    """
    chosen = selection.businesses(year).counting_in(year)
    notes = [] if personal else ["Telepon disamarkan."]
    rows = list(business_rows(chosen, year, personal, limit))
    if limit and len(rows) == limit and (count := chosen.count()) > limit:
        notes.insert(
            0, f"{limit} dari {count} IKM ditampilkan. Unduh daftar ini untuk melihat semuanya."
        )
    return ReportTable(
        "daftar-ikm",
        "Daftar nominatif industri kecil dan menengah",
        COLUMNS,
        rows,
        subtitle=[position(year), *selection.words(year)],
        totals=False if limit and len(rows) == limit else None,
        total_links=dict.fromkeys(
            range(FIRST_FIGURE, len(COLUMNS)), lists(year, selection).figures
        ),
        notes=notes,
        source=SOURCE,
    )


def business_rows(chosen, year: int, personal: bool, limit: int) -> Iterator[tuple | Row]:
    """One line per business, ordered by place and name."""
    names = ("business", "workers_male", "workers_female", "workers_total")
    told = BusinessYear.objects.kept().filter(year=year)
    figures = {
        business: rest
        for business, *rest in told.values_list(*names, "investment", "production_value")
    }
    nothing = [None] * 5
    chosen = chosen.order_by("kecamatan__code", "kelurahan__code", "name", "pk").values_list(
        "pk",
        "name",
        "owner_name",
        "address",
        "kelurahan__name",
        "kecamatan__name",
        "phone",
        "nib",
        "kbli__code",
        "group__name",
        "products",
    )
    for key, *words in chosen[:limit] if limit else chosen.iterator(5000):
        if not personal:
            words[5] = masked("phone", words[5])
        values = (*words, *figures.get(key, nothing))
        # Only a screen is clicked; a long list for paper is not burdened with addresses.
        yield Row(values, figure_links(key, year, values)) if limit else values


def figure_links(business: int, year: int, values: tuple) -> dict[int, str]:
    """From the name to the business, from its figures to what it reported for the year."""
    reported = list_of(BusinessYear, business__id__exact=business, year__exact=year)
    known = {index: reported for index in range(FIRST_FIGURE, len(values)) if values[index]}
    return {0: list_of(Business, id__exact=business), **known}
