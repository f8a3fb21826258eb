"""The nominative list: the IKM one by one, as the office signs it."""

from collections.abc import Iterator, Sequence

from balikpapan.audit.personal_data import masked
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..figures import MAIN_FIGURES
from ..models import Business, BusinessYear
from .selection import EVERYTHING, Selection
from .shaping import SOURCE, lists, position, short_column

#: The columns of the list that hold personal data.
PERSONAL = ("phone",)
#: What the list says of a business in words: the columns and the fields they are read from.
WORDS = {
    "name": ReportColumn("Nama usaha", key="name"),
    "owner_name": ReportColumn("Nama pemilik", key="owner_name"),
    "address": ReportColumn("Alamat", key="address"),
    "kelurahan__name": ReportColumn("Kelurahan", key="kelurahan"),
    "kecamatan__name": ReportColumn("Kecamatan", key="kecamatan"),
    "phone": ReportColumn("Telepon", key="phone"),
    "nib": ReportColumn("NIB", key="nib"),
    "kbli__code": ReportColumn("KBLI", "number", key="kbli"),
    "group__name": ReportColumn("Kelompok industri", key="group"),
    "products": ReportColumn("Produk", key="products"),
}
FIELDS = [figure.field for figure in MAIN_FIGURES]


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
        [*WORDS.values(), *map(short_column, MAIN_FIGURES)],
        rows,
        subtitle=[position(year), *selection.words(year)],
        totals=False if limit and len(rows) == limit else None,
        total_links=dict.fromkeys(FIELDS, lists(year, selection).figures),
        notes=notes,
        source=SOURCE,
    )


def business_rows(chosen, year: int, personal: bool, limit: int) -> Iterator[tuple | Row]:
    """One line per business, ordered by place and name."""
    of_year = BusinessYear.objects.kept().filter(year=year)
    figures = {business: rest for business, *rest in of_year.values_list("business", *FIELDS)}
    nothing = [None] * len(FIELDS)
    phone = list(WORDS).index("phone")
    chosen = chosen.order_by("kecamatan__code", "kelurahan__code", "name", "pk").values_list(
        "pk", *WORDS
    )
    for key, *words in chosen[:limit] if limit else chosen.iterator(5000):
        if not personal:
            words[phone] = masked("phone", words[phone])
        reported = figures.get(key, nothing)
        values = (*words, *reported)
        # Only a screen is clicked; a long list for paper is not burdened with addresses.
        yield Row(values, figure_links(key, year, reported)) if limit else values


def figure_links(business: int, year: int, reported: Sequence) -> dict[str, str]:
    """From the name to the business, from its figures to what it reported for the year."""
    link = list_of(BusinessYear, business__id__exact=business, year__exact=year)
    pairs = zip(FIELDS, reported, strict=True)
    return {
        "name": list_of(Business, id__exact=business),
        **{field: link for field, figure in pairs if figure},
    }
