"""The nominative list: the IKM one by one, as the office signs it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db.models import FilteredRelation, Q

from balikpapan.audit.personal_data import masked
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.masking import mask_free_text

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
#: So many businesses are read at a time.
BLOCK = 2_000
FIELDS = [figure.field for figure in MAIN_FIGURES]


def nominative_table(
    year: int, selection: Selection = EVERYTHING, *, personal: bool = False, limit: int = 0
) -> ReportTable:
    """The IKM counting at the end of the year; phones are masked unless ``personal``.

    ``limit`` is for a screen: so many of them, with a note of how many there are.
    """
    table = nominative_frame(year, selection, personal=personal)
    if not limit:
        return replace(table, rows=list(nominative_rows(year, selection, personal=personal)))
    rows = list(clickable_rows(year, selection, personal=personal, limit=limit))
    if len(rows) < limit:
        return replace(table, rows=rows)
    count = nominative_count(year, selection)
    more = f"{limit} dari {count} IKM ditampilkan. Unduh daftar ini untuk melihat semuanya."
    notes = [*([more] if count > limit else []), *table.notes]
    return replace(table, rows=rows, totals=False, notes=notes)


def nominative_frame(
    year: int, selection: Selection = EVERYTHING, *, personal: bool = False
) -> ReportTable:
    """The list without its rows: title, columns, notes."""
    return ReportTable(
        "daftar-ikm",
        "Daftar nominatif industri kecil dan menengah",
        [*WORDS.values(), *map(short_column, MAIN_FIGURES)],
        [],
        subtitle=[position(year), *selection.words(year)],
        total_links=dict.fromkeys(FIELDS, lists(year, selection).figures),
        notes=[] if personal else ["Telepon disamarkan."],
        source=SOURCE,
    )


def nominative_count(year: int, selection: Selection = EVERYTHING) -> int:
    """How many IKM the list has."""
    return selection.businesses(year).counting_in(year).count()


def nominative_rows(
    year: int, selection: Selection = EVERYTHING, *, personal: bool = False
) -> Iterator[tuple]:
    """One line per business in the order of the columns, read as they are asked for."""
    return (values for _, values in _lines(year, selection, personal))


def clickable_rows(year: int, selection: Selection, *, personal: bool, limit: int) -> Iterator[Row]:
    """The first lines for a screen, each figure leading to what it was read from.

    A long list for paper is not burdened with addresses.
    """
    for key, values in _lines(year, selection, personal, limit):
        yield Row(values, figure_links(key, year, values[len(WORDS) :]))


def _lines(year, selection, personal, limit=0) -> Iterator[tuple[int, tuple]]:
    """The key and the values of each business, ordered by place and name, in one statement."""
    of_year = FilteredRelation("years", condition=Q(years__year=year, years__archived_at=None))
    chosen = selection.businesses(year).counting_in(year).annotate(of_year=of_year)
    chosen = chosen.order_by("kecamatan__code", "kelurahan__code", "name", "pk")
    chosen = chosen.values_list("pk", *WORDS, *(f"of_year__{field}" for field in FIELDS))
    names = [*WORDS, *FIELDS]
    for key, *values in chosen[:limit] if limit else chosen.iterator(BLOCK):
        if not personal:
            values = [_masked_word(name, value) for name, value in zip(names, values, strict=True)]
        yield key, tuple(values)


def _masked_word(name, value):
    """A value of the list as it is read without personal data."""
    if name in PERSONAL:
        return masked(name, value)
    is_text = isinstance(value, str) and name != "nib"
    return mask_free_text(value) if is_text else value


def figure_links(business: int, year: int, reported: Sequence) -> dict[str, str]:
    """From the name to the business, from its figures to what it reported for the year."""
    link = list_of(BusinessYear, business__id__exact=business, year__exact=year)
    pairs = zip(FIELDS, reported, strict=True)
    return {
        "name": list_of(Business, id__exact=business),
        **{field: link for field, figure in pairs if figure},
    }
