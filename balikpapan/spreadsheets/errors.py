"""Why a file cannot be read: what it is and what the office can do about it."""


class WorkbookRefused(Exception):
    """A file that is not read at all; ``message`` is Indonesian and names the remedy."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


def damaged() -> WorkbookRefused:
    """The file is broken somewhere between its first and last byte."""
    return WorkbookRefused(
        "damaged",
        "Berkas rusak atau terpotong sehingga tidak dapat dibaca utuh. "
        "Buka di Excel, simpan ulang, lalu unggah lagi.",
    )


def encrypted() -> WorkbookRefused:
    """The file opens only with a password."""
    return WorkbookRefused(
        "encrypted", "Berkas terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
    )


def macro() -> WorkbookRefused:
    """The file carries program code."""
    return WorkbookRefused("macro", "Berkas bermakro. Simpan sebagai .xlsx, lalu unggah lagi.")


def doctype() -> WorkbookRefused:
    """The XML inside declares a DOCTYPE, which no spreadsheet program writes."""
    return WorkbookRefused(
        "doctype",
        "Isi berkas memuat DOCTYPE yang tidak wajar dan tidak dibaca. "
        "Salin isinya ke buku kerja baru, lalu unggah lagi.",
    )


def too_big_inside() -> WorkbookRefused:
    """The file unpacks to far more than its size promises."""
    return WorkbookRefused(
        "too_big_inside",
        "Isi berkas terlalu besar setelah dibuka. "
        "Hapus lembar dan isian yang tidak perlu atau bagi berkasnya, lalu unggah lagi.",
    )


def too_many_rows(limit: int) -> WorkbookRefused:
    """More filled rows than one upload may have."""
    return WorkbookRefused(
        "too_many_rows",
        f"Berkas berisi lebih dari {_grouped(limit)} baris, batas satu unggahan. "
        "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
    )


def too_many_columns(limit: int, sheet: str = "") -> WorkbookRefused:
    """A filled cell to the right of the last column that is read."""
    place = f"Lembar «{sheet}»" if sheet else "Berkas"
    return WorkbookRefused(
        "too_many_columns",
        f"{place} berisi lebih dari {_grouped(limit)} kolom, batas satu lembar. "
        "Hapus kolom yang tidak perlu, lalu unggah lagi.",
    )


def too_wide(sheet: str) -> WorkbookRefused:
    """Rows times columns is more than can be held, mostly because of a stray cell far away."""
    return WorkbookRefused(
        "too_many_cells",
        f"Lembar «{sheet}» terlalu luas (baris dikali kolom). "
        "Hapus sel yang tertinggal jauh di luar tabel, lalu unggah lagi.",
    )


def _grouped(number: int) -> str:
    # Imported late: a child process that reads a file starts without the cell readers.
    from .cells.formatting import format_whole

    return format_whole(number)
