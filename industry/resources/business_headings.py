"""Headings of the IKM sheet whose meaning hangs on the other columns beside them."""

import re
from itertools import filterfalse, islice

from balikpapan.intake.widgets import Degrees
from balikpapan.spreadsheets.cells import is_blank

_BRANCH = ("commodity", "group")
_DETAIL = ("commodity", "product_kind", "business_kind")
_SECOND_PHONE = ("phone", "second_phone")
#: Heading -> the columns it may mean, the likeliest first; "" leaves it unread, and listed.
#: "Nama" alone is the business, unless another column is; then it is the owner.
PREFERENCES = {
    "Nama": ("name", "owner_name"),
    "Nama Sentra": ("name", "centre"),
    "Business Name": ("name", ""),
    "Company Name": ("name", ""),
    "Owner": ("owner_name", ""),
    "Owner Name": ("owner_name", ""),
    "Employees": ("workers_total", ""),
    "Kontak": ("owner_name", "phone", ""),
    "Kontak Person": ("owner_name", ""),
    "KBLI": ("kbli", ""),
    "Jenis Produk": ("products", "product_kind"),
    "Cabang Industri": _BRANCH,
    "Cabang Indutri": _BRANCH,
    "Cabang": _BRANCH,
    "Kategori": _BRANCH,
    "Jenis Industri": ("commodity", "group", "business_kind"),
    "Jenis Usaha": _DETAIL,
    "Bidang Usaha": _DETAIL,
    "Bidang": _DETAIL,
    "Jenis Kegiatan Usaha": _DETAIL,
    "Sub Cabang Industri": _DETAIL,
    "HP": _SECOND_PHONE,
    "No HP": _SECOND_PHONE,
    "Nomor HP": _SECOND_PHONE,
    "Handphone": _SECOND_PHONE,
    "Nomor Whatsapp": _SECOND_PHONE,
    "No WA": _SECOND_PHONE,
    **dict.fromkeys(Degrees.pair_headings, ("latitude", "")),
}
_CODE = re.compile(r"\d{5}")
#: So many cells tell what a column holds.
_ENOUGH = 200


def of_business(place: str) -> str:
    """A heading of a place with the words that say that it is the business's: "Kelurahan Pabrik"."""
    words = ("Usaha", "Pabrik", "Perusahaan", "Lokasi Usaha", "Tempat Usaha", "Lokasi", "Produksi",
             "Tempat Usaha Berada", "Lokasi Usaha Berada")  # fmt: skip
    return "; ".join(f"{place} {word}" for word in words)


def take_codes_from_number(table) -> None:
    """Reads the codes from a column "Nomor" beside "KBLI", which then holds their titles."""
    titles = table.column_of("kbli")
    numbered = [column for column in table.columns if column.running_number]
    if titles is None or not _holds(table, titles, codes=False):
        return
    for column in numbered[1:] or numbered:
        if abs(column.index - titles.index) == 1 and _holds(table, column, codes=True):
            column.field, column.running_number, titles.field = "kbli", False, None
            return


def _holds(table, column, *, codes):
    """Whether all of the first filled cells are KBLI codes, or none of them is."""
    cells = islice(table.sheet.columns[column.index], table.first_row, None)
    filled = [str(c).strip() for c in islice(filterfalse(is_blank, cells), _ENOUGH)]
    matches = sum(bool(_CODE.fullmatch(cell)) for cell in filled)
    return bool(filled) and (matches > 0.8 * len(filled) if codes else matches == 0)
