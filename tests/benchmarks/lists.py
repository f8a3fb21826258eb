"""Invented IKM lists of any length, in the 25 columns an office has."""

import io

import xlsxwriter

HEADINGS = [
    "Nama Usaha", "Nama Pemilik", "NIK", "NIB", "Alamat", "RT", "Kelurahan", "Kecamatan", "No. HP",
    "Email", "KBLI", "Kelompok Industri", "Komoditi", "Nama Produk", "Merek", "Tahun Berdiri",
    "Status", "Tahun Data", "TK LK", "TK PR", "Nilai Investasi (Rp.000)",
    "Kapasitas Produksi per Tahun", "Satuan Produksi", "Nilai Produksi (Rp.000)",
    "Nilai Bahan Baku (Rp.000)",
]  # fmt: skip
#: A list of the stock library holds what one model has, in the model's own spelling.
STOCK_HEADINGS = [
    "name", "owner_name", "nik", "nib", "address", "rt", "kelurahan", "kecamatan", "phone",
    "email", "kbli", "group", "commodity", "products", "brand", "founded_year", "status",
]  # fmt: skip


def ikm_list(count: int, places: list[tuple[str, str]], *, changed: bool = False) -> bytes:
    """A workbook of ``count`` businesses; every tenth has another investment where ``changed``."""
    rows = (row(number, places, changed=changed) for number in range(count))
    return workbook(HEADINGS, rows)


def stock_list(count: int, places: list[tuple[str, str]], *, changed: bool = False) -> bytes:
    """The businesses of the list without the figures of a year; every tenth has another brand."""

    def stock_row(number):
        values = [*row(number, places)[:16], "active"]
        if changed and number % 10 == 0:
            values[14] += " Baru"
        return values

    return workbook(STOCK_HEADINGS, map(stock_row, range(count)))


def row(number: int, places, *, changed: bool = False) -> list:
    """One invented business."""
    kelurahan, kecamatan = places[number % len(places)]
    more = 7 if changed and number % 10 == 0 else 0
    return [
        f"Usaha {number:06d} Maju", f"Pemilik {number:06d}", nik(number),
        f"9{number:012d}", f"Jl. Contoh No. {number}", str(number % 90), kelurahan, kecamatan,
        f"0812{number:08d}", f"u{number}@contoh.example", "10794", "Agro", "Pangan",
        "Kerupuk ikan", f"Merek {number}", 1990 + number % 30, "Aktif", 2024, number % 9,
        number % 7, 1000 + number % 5000 + more, number % 9000, "kg", 5000 + number % 90000,
        1000 + number % 4000,
    ]  # fmt: skip


def nik(number: int) -> str:
    """An invented NIK that looks sound: a province that does not exist, a day, a serial number."""
    day, month, year = number % 28 + 1, number // 28 % 12 + 1, number // 336 % 50 + 50
    return f"997101{day:02d}{month:02d}{year:02d}{number // 16800 + 1:04d}"


def workbook(headings, rows) -> bytes:
    """The rows as an xlsx."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, headings)
    for number, values in enumerate(rows, 1):
        sheet.write_row(number, 0, values)
    book.close()
    return stream.getvalue()
