"""Why a sheet of a workbook is not read: codes that decide, and the sentences beside them."""

import enum


class Unread(enum.StrEnum):
    """Why a sheet is not read."""

    CHART = "chart"
    DIALOG = "dialog"
    MACRO = "macro"
    NOT_DATA = "not_data"
    NOT_CHOSEN = "not_chosen"
    HIDDEN = "hidden"
    EMPTY = "empty"
    RECAP = "recap"
    UNKNOWN_HEADINGS = "unknown_headings"
    MISSING_COLUMN = "missing_column"
    NO_ROWS = "no_rows"
    OTHER_REGISTER = "other_register"
    REPEATED = "repeated"
    UPRIGHT = "upright"
    AMOUNTS_DOWN = "amounts_down"


#: What people read; ``{}`` is the name of what is missing, or of the other register.
UNREAD_REASONS = {
    Unread.CHART: "lembar grafik",
    Unread.DIALOG: "lembar dialog",
    Unread.MACRO: "lembar makro",
    Unread.NOT_DATA: "bukan lembar data",
    Unread.NOT_CHOSEN: "tidak dipilih",
    Unread.HIDDEN: "lembar tersembunyi",
    Unread.EMPTY: "lembar kosong",
    Unread.RECAP: "rekapitulasi, bukan daftar",
    Unread.UNKNOWN_HEADINGS: "tidak ada judul kolom yang dikenal",
    Unread.MISSING_COLUMN: "tidak ada kolom {}",
    Unread.NO_ROWS: "hanya judul kolom, tanpa baris data",
    Unread.OTHER_REGISTER: "judul kolomnya milik daftar {}; unggah di daftar itu",
    Unread.UPRIGHT: (
        "judul kolomnya tersusun ke bawah seperti formulir; susun satu usaha per baris dengan "
        "judul di baris pertama"
    ),
    Unread.AMOUNTS_DOWN: (
        "barisnya Masuk, Keluar, dan Sisa dengan bulan menyamping; susun satu baris per ruang dan "
        "bulan dengan kolom Ruang, Bulan, Masuk (kg), Keluar (kg), dan Stok Akhir (kg), atau unduh "
        "templatnya"
    ),
    Unread.REPEATED: "mengulang lembar «{}», menurut jawaban",
}
KINDS = {"chart": Unread.CHART, "dialog": Unread.DIALOG, "macro": Unread.MACRO}
#: They may well be a list, but not one of this register.
FOREIGN = (Unread.UNKNOWN_HEADINGS, Unread.MISSING_COLUMN)
