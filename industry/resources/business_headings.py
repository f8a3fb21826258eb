"""Headings of the IKM sheet whose meaning hangs on the other columns beside them."""

_BRANCH = ("commodity", "group")
_DETAIL = ("commodity", "product_kind", "business_kind")
_SECOND_PHONE = ("phone", "second_phone")
#: Heading -> the columns it may mean, the likeliest first; "" leaves it unread, and listed.
#: "Nama" alone is the business, unless another column is; then it is the owner.
PREFERENCES = {
    "Nama": ("name", "owner_name"),
    "Nama Sentra": ("name", "centre"),
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
    "Sub Cabang Industri": _DETAIL,
    "HP": _SECOND_PHONE,
    "No HP": _SECOND_PHONE,
    "Nomor HP": _SECOND_PHONE,
    "Handphone": _SECOND_PHONE,
    "Nomor Whatsapp": _SECOND_PHONE,
    "No WA": _SECOND_PHONE,
}
