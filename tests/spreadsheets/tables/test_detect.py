"""Finding the table in a sheet: its heading, its rows, and a reason for every row left out."""

import pytest

from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.detect import find_table, headerless_table
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.rows import settle_rows

VOCABULARY = Vocabulary(
    {
        "nama usaha": ("name",),
        "pemilik": ("owner_name",),
        "alamat": ("address",),
        "tenaga kerja": ("workers_total",),
        "tenaga kerja l": ("workers_male",),
        "tenaga kerja p": ("workers_female",),
        "nilai investasi": ("investment",),
    },
    required=(frozenset({"name"}),),
)
HEADING = ["No", "Nama Usaha", "Pemilik", "Alamat", "Tenaga Kerja"]
ROW = [1, "Amplang Siti", "Siti", "Jl. Contoh 1", 3]
OTHER = [2, "Roti Ani", "Ani", "Jl. Contoh 2", 4]


def sheet(*rows, **more):
    """A grid of these rows."""
    width = max(len(row) for row in rows)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return Sheet("Data", [list(column) for column in zip(*filled, strict=True)], **more)


def settled(*rows, **more):
    """The table of these rows with its rows sorted."""
    table = find_table(sheet(*rows, **more), VOCABULARY)
    settle_rows(table, frozenset({"name"}))
    return table


def reasons(table):
    return {entry.row: entry.reason for entry in table.ignored}


def excel(table):
    """The data rows by Excel's numbers."""
    return [row + 1 for row in table.rows]


# The heading


@pytest.mark.parametrize("above", [0, 1, 5, 40])
def test_a_heading_is_found_by_what_it_says_not_where_it_stands(above):
    titles = [["PEMERINTAH KOTA BALIKPAPAN"]] * above

    table = find_table(sheet(*titles, HEADING, ROW), VOCABULARY)

    assert table.header_rows == [above + 1]
    assert [column.field for column in table.columns] == [
        None, "name", "owner_name", "address", "workers_total",
    ]  # fmt: skip


def test_a_heading_over_two_merged_rows_is_joined():
    upper = ["No", "Nama Usaha", "Tenaga Kerja", None, "Nilai Investasi"]
    lower = [None, None, "L", "P", "(Rp.000)"]
    merges = [(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1)]

    table = find_table(sheet(upper, lower, [1, "Amplang", 1, 2, 5], merges=merges), VOCABULARY)

    assert table.header_rows == [1, 2]
    assert [column.field for column in table.columns][1:] == [
        "name", "workers_male", "workers_female", "investment",
    ]  # fmt: skip
    assert table.columns[2].heading == "Tenaga Kerja – L"
    assert table.columns[4].unit == 1000


def test_a_group_heading_that_csv_leaves_out_is_carried_to_its_right():
    upper = ["Nama Usaha", "Tenaga Kerja", "", "Alamat"]
    lower = ["", "L", "P", ""]

    table = find_table(sheet(upper, lower, ["Amplang", "1", "2", "Jl. 1"]), VOCABULARY)

    assert [column.field for column in table.columns] == [
        "name", "workers_male", "workers_female", "address",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "numbers", [["(1)", "(2)", "(3)", "(4)", "(5)"], [1, 2, 3, 4, 5], ["1", "2", "3", "4", "5=3+4"]]
)
def test_a_row_of_column_numbers_below_it_is_part_of_the_heading(numbers):
    table = settled(HEADING, numbers, ROW, OTHER)

    assert excel(table) == [3, 4]
    assert table.row_count == 2


def test_a_table_of_something_else_is_not_taken():
    assert find_table(sheet(["Menu", "Harga"], ["Soto", 20]), VOCABULARY) is None


def test_a_sheet_with_nothing_but_rows_has_no_heading():
    assert find_table(sheet(ROW, OTHER), VOCABULARY) is None


def test_without_a_heading_the_letters_stand_for_it():
    table = headerless_table(sheet(["DAFTAR"], ROW, OTHER))

    assert [column.heading for column in table.columns] == ["A", "B", "C", "D", "E"]
    assert table.first_row == 1


# The rows


LEFT_OUT = {
    "blank": ([], "baris kosong"),
    "spaces": ([" ", "", None], "baris kosong"),
    "band": (["KECAMATAN BALIKPAPAN TIMUR"], "judul kecamatan"),
    "total": ([None, "JUMLAH", None, None, 7], "baris jumlah"),
    "subtotal": (["Sub Total", None, None, None, 7], "baris jumlah"),
    "total of a district": ([None, "Jumlah Kecamatan Balikpapan Kota", None, None, 7], "baris jumlah"),
    "heading again": (HEADING, "judul kolom berulang"),
    "column numbers": (["(1)", "(2)", "(3)", "(4)", "(5)"], "baris nomor kolom"),
    "remark": (["Sumber: pendataan 2024"], "keterangan di bawah tabel"),
    "signature": ([None, None, None, "Balikpapan, 2 Januari 2025"], "blok tanda tangan"),
    "office": ([None, None, None, "Kepala Dinas,"], "blok tanda tangan"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_row_that_is_no_data_is_left_out_with_its_reason(row, reason):
    table = settled(HEADING, ROW, row, OTHER)

    assert reasons(table) == {3: reason}
    assert excel(table) == [2, 4]


RECORDS = {
    "only a name": [None, "Amplang"],
    "named like a total": [3, "Jumlah Rejeki", "Ani", "Jl. 1", 2],
    "named Total with an owner": [3, "Total", "Ani Contoh", "Jl. 1", 2],
    "named like a signature": [3, "Kepala Ikan", "Ani", "Jl. 1", 2],
    "named like a band": [3, "Kecamatan Jaya", "Ani", "Jl. 1", 2],
    "without a name": [3, None, "Ani", "Jl. 1", 2],
}


@pytest.mark.parametrize("row", RECORDS.values(), ids=RECORDS)
def test_a_row_of_data_is_never_taken_for_something_else(row):
    table = settled(HEADING, ROW, row, OTHER)

    assert excel(table) == [2, 3, 4]


def test_a_band_stands_for_the_rows_below_it_until_the_next():
    table = settled(HEADING, ["KECAMATAN BALIKPAPAN TIMUR"], ROW, ["Kec. Balikpapan Kota"], OTHER)

    assert table.bands == {
        2: {"kecamatan": "BALIKPAPAN TIMUR"},
        4: {"kecamatan": "Balikpapan Kota"},
    }


def test_a_whole_signature_block_is_left_out():
    block = [[None, None, None, text] for text in ("Mengetahui,", "Budi Contoh", "NIP. 1975")]

    table = settled(HEADING, ROW, [], *block)

    assert set(reasons(table).values()) == {"baris kosong", "blok tanda tangan"}
    assert excel(table) == [2]


def test_rows_run_to_the_last_one_that_holds_anything_and_all_are_accounted_for():
    table = settled(HEADING, ROW, [], ["Jumlah", None, None, None, 3], OTHER, ["", " "])

    assert table.row_count == len(table.rows) + len(table.ignored) == 4


def test_a_cell_merged_downwards_stands_in_every_row():
    table = settled(HEADING, ROW, [2, "Roti", "Ani", None, 4], merges=[(1, 3, 2, 3)])

    assert table.sheet.columns[3] == ["Alamat", "Jl. Contoh 1", "Jl. Contoh 1"]
    assert table.carried == {3: 1}


def test_a_lone_cell_far_below_is_told_as_outside():
    table = settled(HEADING, ROW, *[[]] * 150, [None, None, "lupa"])

    assert table.far_rows == [153]
    assert excel(table) == [2]


@pytest.mark.parametrize(
    ("gap", "cells", "rows"),
    [
        (100, [None, "lupa", "Ani"], [2]),
        (99, [None, "lupa", "Ani"], [2, 102]),
        (100, [None, "lupa", "Ani", "Jl. Contoh 3"], [2, 103]),
    ],
)
def test_two_cells_after_a_hundred_empty_rows_are_outside_and_three_or_nearer_ones_are_not(
    gap, cells, rows
):
    assert excel(settled(HEADING, ROW, *[[]] * gap, cells)) == rows


def test_a_row_of_years_below_the_heading_names_its_columns_and_is_part_of_it():
    heading = ["No", "Nama Usaha", "Nilai Investasi", None]
    merges = [(0, 2, 0, 3)]

    table = find_table(
        sheet(heading, [None, None, 2023, 2024], [1, "Amplang", 5, 6], merges=merges), VOCABULARY
    )

    assert table.header_rows == [1, 2]
    assert table.first_row == 2
    assert [column.year for column in table.columns] == [None, None, 2023, 2024]


# The titles


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["DATA IKM TAHUN 2024"], 2024),
        (["Tahun Anggaran 2023"], 2023),
        (["Per 31 Desember 2024"], 2024),
        (["PERDA NOMOR 8 TAHUN 2023", "DATA IKM TAHUN 2024"], None),
        (["RENSTRA TAHUN 2021-2026"], None),
        (["DATA IKM"], None),
    ],
)
def test_the_year_of_the_titles_is_known_only_where_they_name_one(titles, year):
    table = find_table(sheet(*[[title] for title in titles], HEADING, ROW), VOCABULARY)

    assert table.title_year() == year


@pytest.mark.parametrize(
    ("title", "unit"),
    [("(Dalam Ribuan Rupiah)", 1000), ("Nilai dalam juta", 1_000_000), ("(Rp)", 1), ("IKM", None)],
)
def test_the_unit_of_the_titles(title, unit):
    table = find_table(sheet([title], HEADING, ROW), VOCABULARY)

    assert table.title_unit() == unit


def test_a_merged_heading_printed_again_on_the_next_page_is_left_out():
    upper = ["No", "Nama Usaha", "Tenaga Kerja", None, "Nilai Investasi"]
    lower = [None, None, "L", "P", None]
    rows = [[1, "Amplang", 1, 2, 5], [2, "Nasi Kuning", 3, 4, 5]]
    merges = [(0, 2, 0, 3), (3, 2, 3, 3)]

    table = settled(upper, lower, rows[0], upper, lower, rows[1], merges=merges)

    assert reasons(table) == {4: "judul kolom berulang", 5: "judul kolom berulang"}
    assert excel(table) == [3, 6]
