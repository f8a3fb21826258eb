"""Workbooks built in memory the way offices write them. Persons and businesses are invented."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

Rows = Iterable[Sequence]

#: Title, two-row heading with merged groups, number row: the usual printed IKM list.
PRINTED_COLUMNS = 11


def xlsx(rows: Rows, *, sheet: str = "Data", merge: Iterable[str] = ()) -> bytes:
    """One sheet with these rows; ``merge`` names ranges such as "C3:D3"."""
    return workbook({sheet: rows}, merge={sheet: merge})


def workbook(
    sheets: dict[str, Rows], *, merge: dict | None = None, hidden: Iterable[str] = ()
) -> bytes:
    """Several sheets; those in ``hidden`` are there but not seen."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    write(page.cell(number, column), value)
        for area in (merge or {}).get(name, ()):
            page.merge_cells(area)
        if name in hidden:
            page.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write(cell, value) -> None:
    """A value as a person types it; text stays text even where it begins with "="."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def delimited(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A table as csv, as Indonesian Excel saves it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(
        ["" if value is None else value for value in row] for row in rows
    )
    return text.getvalue().encode(encoding)


def printed_list(bands: dict[str, list[tuple]], *, year: int = 2024) -> bytes:
    """The list as an office prints it: letterhead, titles, merged two-row heading, number row,
    a band and a JUMLAH per kecamatan, signature below.

    Each row is (name, owner, L, P, unit count, unit, investment, production) in thousands.
    """
    book = Workbook()
    page = book.active
    page.title = "IKM"
    page["A1"] = "PEMERINTAH KOTA BALIKPAPAN"
    page["A2"] = "DATA INDUSTRI KECIL DAN MENENGAH"
    page["A3"] = f"TAHUN {year}"
    for area in ("A1:I1", "A2:I2", "A3:I3", "D5:E5", "F5:G5"):
        page.merge_cells(area)
    for column in "ABCHI":
        page.merge_cells(f"{column}5:{column}6")
    heading = ["No", "Nama Usaha", "Nama Pemilik", "Tenaga Kerja", None, "Kapasitas Produksi"]
    for column, text in enumerate(
        [*heading, None, "Nilai Investasi\n(Rp.000)", "Nilai Produksi (Rp.000)"], 1
    ):
        cell = page.cell(5, column, text)
        cell.font = Font(bold=True)
    for column, text in zip("DEFG", ["L", "P", "Jumlah", "Satuan"], strict=True):
        page[f"{column}6"] = text
    for column in range(1, 10):
        page.cell(7, column, f"({column})")
    row = 8
    for title, businesses in bands.items():
        page.cell(row, 1, f"KECAMATAN {title.upper()}")
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
        row += 1
        for number, business in enumerate(businesses, 1):
            for column, value in enumerate([number, *business], 1):
                page.cell(row, column, value)
            row += 1
        page.cell(row, 2, "JUMLAH")
        for column, position in ((8, 6), (9, 7)):
            page.cell(row, column, sum(b[position] or 0 for b in businesses))
        row += 2
    page.cell(row, 8, f"Balikpapan, 31 Desember {year}")
    page.cell(row + 1, 8, "Kepala Bidang Perindustrian")
    page.cell(row + 4, 8, "Budi Contoh, S.T.")
    page.cell(row + 5, 8, "NIP. 197512291999022001")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


PLACES = [
    ("Harapan Baru", "Loa Janan"),
    ("Sungai Pinang", "Samarinda Kota"),
    # A ward of another city that shares its name with one of Balikpapan.
    ("Mekar Sari", "Palaran"),
    ("Gunung Sari", "Loa Janan"),
]
CITY_HEADINGS = [
    "No",
    "Nama",
    "Alamat",
    "No Telp",
    "Komoditi",
    "TK",
    "Nilai Investasi",
    "Nilai Produksi",
]


def city_list(count: int = 60, *, moved: int = 0) -> list[list]:
    """A list of another city: eight columns, full rupiah, no year, the address in one cell.

    With ``moved`` the first so many businesses have another phone, the next as many another
    address, as a year later.
    """
    rows = [CITY_HEADINGS]
    for number in range(1, count + 1):
        kelurahan, kecamatan = PLACES[number % len(PLACES)]
        house = number + 500 if moved < number <= 2 * moved else number
        phone = 812_5500_0000 + number + (7_000 if number <= moved else 0)
        rows.append(
            [
                number,
                f"Usaha Contoh {spelled(number)}",
                f"Jl. Contoh No. {house} RT.{number % 9 + 1}, {kelurahan}, {kecamatan}",
                f"0{phone}",
                ["Makanan", "Anyaman", "Mebel"][number % 3],
                number % 7 + 1,
                5_000_000 + number * 250_000,
                12_000_000 + number * 1_000_000,
            ]
        )
    return rows


def spelled(number: int) -> str:
    """A number as an invented word, so that no two names lie one letter apart."""
    syllables = ["ba", "cido", "fegu", "hamulo", "jipe", "kora", "lunesi", "mata", "nuwi", "poyara"]
    return "".join(syllables[int(digit)] for digit in f"{number:03}").capitalize()
