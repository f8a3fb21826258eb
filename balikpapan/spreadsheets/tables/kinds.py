"""The kinds of rows below a heading, and what people read about those that are no records."""

import enum


class RowKind(enum.StrEnum):
    """What a row is."""

    DATA = "data"
    BLANK = "blank"
    SIGNATURE = "signature"
    REPEATED_HEADING = "repeated_heading"
    OTHER_HEADING = "other_heading"
    NUMBER_ROW = "number_row"
    CONTINUATION = "continuation"
    BAND = "band"
    CAPTION = "caption"
    SECTION = "section"
    RECAP = "recap"
    SUM = "sum"
    BELOW_SUM = "below_sum"
    REMARK = "remark"
    FAR = "far"
    NO_CONTENT = "no_content"
    DOUBTFUL = "doubtful"
    #: Lines of a further table that stand above its rows.
    TABLE_TITLE = "table_title"
    TABLE_HEADING = "table_heading"
    #: A row of a further table that is not read.
    OTHER_TABLE = "other_table"


#: What people read for a kind of row that is left out.
REASONS = {
    RowKind.BLANK: "baris kosong",
    RowKind.SIGNATURE: "blok tanda tangan",
    RowKind.REPEATED_HEADING: "judul kolom berulang",
    RowKind.OTHER_HEADING: "judul tabel lain",
    RowKind.NUMBER_ROW: "baris nomor kolom",
    RowKind.CAPTION: "judul bagian",
    RowKind.SECTION: "judul bagian",
    RowKind.RECAP: "rekapitulasi di bawah daftar",
    RowKind.SUM: "baris jumlah",
    RowKind.BELOW_SUM: "angka di bawah baris jumlah",
    RowKind.REMARK: "keterangan di bawah tabel",
    RowKind.FAR: "di luar tabel",
    RowKind.NO_CONTENT: "tidak ada isi pada kolom yang dikenal",
    RowKind.TABLE_TITLE: "judul tabel berikutnya",
    RowKind.TABLE_HEADING: "judul kolom tabel berikutnya",
}
BAND_REASONS = {
    "kecamatan": "judul kecamatan",
    "kelurahan": "judul kelurahan",
    "group": "judul kelompok",
    "chamber": "judul ruang",
}


class Doubt(enum.StrEnum):
    """Why a row may be something else than a record."""

    BAND = "band"
    SUM = "sum"
    OTHER_TABLE = "other_table"
    CONTINUED = "continued"
    LONE = "lone"
    RESUMED = "resumed"
    NUMBER_WORD = "number_word"


DOUBT_MESSAGES = {
    Doubt.BAND: (
        "Baris ini mirip judul kecamatan, kelurahan, atau kelompok, tetapi berisi data lain. Bila "
        "judul, kosongkan sel lainnya; bila usaha, catat sebagai baru."
    ),
    Doubt.SUM: (
        "Baris ini mirip baris jumlah, tetapi berisi data lain. Bila jumlah, hapus atau lewati "
        "baris ini; bila usaha, catat sebagai baru."
    ),
    Doubt.OTHER_TABLE: (
        "Baris ini di bawah judul kolom yang tidak dikenal, jadi tidak dibaca menurut judul di "
        "atasnya. Pindahkan tabel ini ke lembar sendiri."
    ),
    Doubt.RESUMED: (
        "Baris ini di bawah tabel lain, tetapi nomornya melanjutkan daftar di atas tabel itu. Bila "
        "lanjutan daftar, pindahkan tabel itu ke lembar sendiri atau catat baris ini sebagai baru; "
        "bila bukan, lewati baris ini."
    ),
    Doubt.NUMBER_WORD: (
        "Kolom nomor urut baris ini berisi kata, sedangkan baris lain bernomor, jadi mungkin judul "
        "atau baris tabel lain. Bila bukan data daftar ini, lewati atau pindahkan ke lembar "
        "sendiri; bila data, isi nomornya atau catat sebagai baru."
    ),
    Doubt.CONTINUED: (
        "Baris ini tidak bernomor dan tidak berangka, jadi mungkin lanjutan teks pada baris di "
        "atasnya. Bila lanjutan, gabungkan teksnya ke baris itu; bila usaha, catat sebagai baru."
    ),
    Doubt.LONE: (
        "Baris ini hanya berisi satu teks tanpa nomor urut, jadi mungkin judul atau catatan. Bila "
        "bukan data, lewati baris ini; bila usaha, catat sebagai baru."
    ),
}
