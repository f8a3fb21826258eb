import datetime
import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest

from balikpapan.reports import xlsx
from balikpapan.reports.tables import ReportColumn, ReportTable
from balikpapan.reports.xlsx_layout import (
    USUAL_ROW,
    WIDEST_SHEET,
    grid_for,
    height_about,
    lines_of,
    page_breaks,
    signature_blocks,
    widths_of,
)

from .books import (
    book_of,
    grouped_table,
    head,
    knowing,
    revenue_table,
    workforce_table,
)


def workbook_of(book):
    stream = io.BytesIO()
    xlsx.write_book(book, stream)
    return openpyxl.load_workbook(stream)


def rows_of(sheet):
    return [[value for value in row if value is not None] for row in sheet.values]


def row_starting(sheet, first):
    return next(row for row in sheet if row[0].value == first)


def test_a_book_has_a_list_of_tables_and_one_sheet_for_each():
    workbook = workbook_of(book_of())

    assert workbook.sheetnames == ["Sampul", "Daftar Tabel", "Tabel 1", "Tabel 9"]
    assert ["Tabel 9", "Realisasi PAD"] in rows_of(workbook["Daftar Tabel"])


def test_a_single_table_is_a_single_sheet():
    assert workbook_of(book_of(revenue_table())).sheetnames == ["Tabel 9"]


def test_a_sheet_is_a_page_of_an_official_report():
    sheet = workbook_of(book_of(revenue_table()))["Tabel 9"]

    assert [row for row in rows_of(sheet) if row] == [
        ["PEMERINTAH KOTA BALIKPAPAN"],
        ["DINAS KOPERASI, USAHA MIKRO, KECIL, MENENGAH DAN PERINDUSTRIAN"],
        ["Jalan Contoh Nomor 1"],
        ["Telepon (0542) 000000"],
        ["TABEL 9"],
        ["REALISASI PAD"],
        ["No", "Tahun", "Target (Rp)", "Realisasi (Rp)", "Pertumbuhan (%)", "Per tanggal"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, 2022, "–", 115_000_000, "–"],
        [2, 2023, "–", 144_000_000, 25.22],
        [3, 2024, 350_000_000, 330_280_000, 129.36, datetime.datetime(2024, 11, 25)],
        ["Jumlah", 350_000_000, 589_280_000],
        ["Sumber: DKUMKMP"],
        ["Balikpapan, 31 Desember 2024"],
        ["KEPALA DINAS"],
        ["Budi Contoh, S.T."],
        ["Pembina Utama Muda (IV/c)"],
        ["NIP. 19751229 199902 2 001"],
    ]


def test_figures_are_numbers_in_indonesian_dress_and_unknown_ones_say_so():
    row = row_starting(workbook_of(book_of(revenue_table()))["Tabel 9"], 2)

    assert [cell.data_type for cell in row[:5]] == ["n", "n", "s", "n", "n"]
    assert row[2].value == "–"
    assert row[3].number_format == "[$-421]#,##0"
    assert row[4].number_format == "[$-421]#,##0.00"


def test_headings_and_the_label_of_jumlah_are_merged():
    sheet = workbook_of(book_of(workforce_table()))["Tabel 1"]

    heading = row_starting(sheet, "No")[0].row
    total = row_starting(sheet, "Jumlah")[0].row
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{heading}:A{heading + 1}", f"D{heading}:E{heading}", f"A{total}:B{total}"} <= merged


def test_headings_stay_in_view_and_repeat_when_printed():
    sheet = workbook_of(book_of(workforce_table()))["Tabel 1"]

    heading = row_starting(sheet, "No")[0].row
    assert sheet.freeze_panes == f"A{heading + 3}"
    assert sheet.print_title_rows == f"${heading}:${heading + 2}"


def test_a_sheet_prints_on_a4_landscape_as_wide_as_the_page_with_page_numbers():
    sheet = workbook_of(book_of())["Tabel 9"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_two_signers_stand_side_by_side_with_their_names_level():
    sheet = workbook_of(book_of(revenue_table(), signatories=[knowing(), head()]))["Tabel 9"]

    assert ["Mengetahui,", "Balikpapan, 31 Desember 2024"] in rows_of(sheet)
    assert ["Rina Misal, S.E.", "Budi Contoh, S.T."] in rows_of(sheet)


@pytest.mark.parametrize("columns", [1, 2, 3, 30])
@pytest.mark.parametrize("signers", [0, 1, 2, 3])
def test_a_table_of_any_width_can_be_signed_by_anyone(columns, signers):
    table = ReportTable(
        "t", "T", [ReportColumn(f"K{n}") for n in range(columns)], [["x"] * columns], number=1
    )

    sheet = workbook_of(book_of(table, signatories=[head() for _ in range(signers)])).active

    assert [v for row in rows_of(sheet) for v in row].count("Budi Contoh, S.T.") == signers


def test_text_is_never_a_formula_or_a_link_anywhere():
    live = '=HYPERLINK("http://contoh.id")'
    table = ReportTable(
        "t", live, [ReportColumn(live, group=live), ReportColumn("B")], [(live, "http://contoh.id")],
        number=1, subtitle=[live], notes=[live], source=live,
    )  # fmt: skip
    stream = io.BytesIO()

    xlsx.write_book(book_of(table, title=live, place=live, signatories=[head(name=live)]), stream)

    xml = zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml
    cell = row_starting(openpyxl.load_workbook(stream).active, 1)[1]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (live, "s", True)


def long_table(rows):
    return ReportTable("t", "T", [ReportColumn("A")], [("x",)] * rows, number=9)


def test_two_long_tables_of_one_number_get_sheets_of_their_own():
    workbook = workbook_of(book_of(long_table(30), long_table(30)))

    assert workbook.sheetnames == ["Sampul", "Daftar Tabel", "Tabel 9a", "Tabel 9b"]
    assert workbook["Tabel 9b"].print_title_rows


def test_small_parts_of_one_number_share_a_sheet_and_its_page():
    workbook = workbook_of(book_of(long_table(3), revenue_table(), workforce_table()))

    assert workbook.sheetnames == ["Sampul", "Daftar Tabel", "Tabel 9", "Tabel 1"]
    sheet = workbook["Tabel 9"]
    texts = [row[0] for row in rows_of(sheet) if row]
    assert [text for text in texts if str(text).startswith("TABEL")] == ["TABEL 9a", "TABEL 9b"]
    assert (sheet.page_setup.fitToHeight or 1, sheet.freeze_panes) == (1, None)
    assert not sheet.print_title_rows
    # Each table numbers its own columns.
    assert [row for row in rows_of(sheet) if row and row[0] == "(1)"] == [
        ["(1)", "(2)"],
        [f"({number})" for number in range(1, 7)],
    ]
    names = [row[0] for row in rows_of(workbook["Daftar Tabel"]) if row]
    assert [name for name in names if str(name).startswith("Tabel 9")] == ["Tabel 9a", "Tabel 9b"]


def right_edges(sheet):
    """The last column of every heading row of numbers, merged cells counted in full."""
    ends = {area.min_row: 0 for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        if row[0].value == "(1)":
            last = max(cell.column for cell in row if cell.value)
            merged = [a.max_col for a in sheet.merged_cells.ranges if a.min_row == row[0].row]
            ends[row[0].row] = max([last, *merged])
    return {end for end in ends.values() if end}


def test_tables_that_share_a_sheet_are_equally_wide_and_no_column_is_too_narrow():
    few = [ReportColumn("Uraian yang panjang"), ReportColumn("Nilai", "rupiah")]
    narrow = ReportTable("t", "T", few, [("kata", 123_456_789_012)], number=9)
    tables = [revenue_table(), replace(workforce_table(), number=9), narrow]

    grid = grid_for(tables)
    sheet = workbook_of(book_of(*tables))["Tabel 9"]

    for place, table in enumerate(tables):
        assert sum(grid.widths_for(place)) == sum(grid.widths)
        assert [n for spans in grid.spans[place] for n in spans][0] == 0
        pairs = zip(grid.widths_for(place), widths_of(table), strict=True)
        assert not [pair for pair in pairs if pair[0] < pair[1]]
    assert right_edges(sheet) == {len(grid.widths)}
    # The table with the most columns has them one by one, so that it can be sorted and filtered.
    assert grid.spans[0] == [(place, place) for place in range(6)]


@pytest.mark.parametrize("signers", [1, 2])
def test_signatures_stand_at_the_right_and_level_under_a_table_of_a_few_wide_columns(signers):
    columns = [ReportColumn("Langkah", width=77), ReportColumn("Catatan", "whole", width=18)]
    table = ReportTable("t", "T", columns, [("kata", 1)], number=1)

    grid = grid_for([table], signers)

    blocks = signature_blocks(grid.widths, signers)
    shares = [sum(grid.widths[first : last + 1]) for first, last in blocks]
    assert blocks[-1][1] == len(grid.widths) - 1
    assert max(shares) <= {1: 44, 2: 52}[signers]
    assert grid_for([table]).widths == widths_of(table)


def test_the_same_book_gives_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()

    xlsx.write_book(book_of(), first)
    xlsx.write_book(book_of(), second)

    assert first.getvalue() == second.getvalue()
    created = openpyxl.load_workbook(first).properties.created
    assert created == datetime.datetime(2024, 12, 31)


def test_the_signatures_stay_on_one_page_with_the_last_rows():
    rows = [("Kelurahan", number, 1, 1, 1) for number in range(60)]
    columns = [ReportColumn("A"), *(ReportColumn(label, "whole") for label in "BCDE")]
    for count in range(20, 60):
        sheet = workbook_of(book_of(ReportTable("t", "T", columns, rows[:count])))["Tabel 1"]
        breaks = [each.id for each in sheet.row_breaks.brk]
        signed = next(row for row in range(1, 200) if sheet.cell(row, 1).value == "Jumlah")
        last = sheet.max_row

        assert not any(signed - 2 < place <= last for place in breaks), count


@pytest.mark.parametrize("tail", [0, 5, 38])
def test_no_page_holds_more_than_there_is_room_for(tail):
    heights = [10.0] * 40

    breaks = page_breaks(heights, 100, range(1, 3), tail)

    ends = [0, *breaks, 40]
    pages = [end - start + (2 if start else 0) for start, end in pairwise(ends)]
    assert max(pages) <= 10
    assert breaks == sorted(set(breaks))


@pytest.mark.parametrize("joined", [set(), {10}, {9, 10}, set(range(1, 40))], ids=len)
def test_no_page_begins_with_a_row_that_stays_with_the_one_above(joined):
    breaks = page_breaks([10.0] * 40, 100, range(0), 40, joined)

    assert not joined & set(breaks) or len(joined) == 39  # all at once cannot be kept
    assert breaks[0] == {1: 9, 2: 8}.get(len(joined), 10)
    assert max(end - start for start, end in pairwise([0, *breaks, 40])) <= 10


@pytest.mark.parametrize("size", [1, 2, 5, 13])
def test_a_heading_within_a_sheet_is_no_last_and_a_sum_no_first_row_of_a_page(size):
    for before in range(4):
        sheet = workbook_of(book_of(grouped_table(before, 9, size), revenue_table()))["Tabel 1"]

        breaks = [each.id for each in sheet.row_breaks.brk]
        above = [str(sheet.cell(row, 1).value or "") for row in breaks]
        below = [str(sheet.cell(row + 1, 1).value or "") for row in breaks]
        assert not [text for text in above if text.startswith("Kecamatan")]
        assert not [text for text in below if text.startswith("Jumlah")]
        assert breaks or size == 1


def test_a_book_is_headed_on_its_first_sheet_and_signed_on_its_last():
    workbook = workbook_of(book_of())
    texts = {sheet.title: {value for row in rows_of(sheet) for value in row} for sheet in workbook}

    headed = [name for name, words in texts.items() if "PEMERINTAH KOTA BALIKPAPAN" in words]
    signed = [name for name, words in texts.items() if "Budi Contoh, S.T." in words]
    assert headed == ["Sampul"]
    assert signed == ["Tabel 9"]


@pytest.mark.parametrize(("rows", "pages"), [(3, 1), (30, 1), (60, 2)])
def test_a_table_takes_no_more_pages_than_it_needs(rows, pages):
    columns = [ReportColumn("A"), ReportColumn("B", "whole")]
    table = ReportTable("t", "T", columns, [("x", 1)] * rows, number=1)

    sheet = workbook_of(book_of(table, revenue_table()))["Tabel 1"]

    assert (sheet.page_setup.fitToHeight or 1) == pages


def test_a_long_text_in_a_narrow_column_makes_its_row_higher():
    columns = [ReportColumn("A", width=12), ReportColumn("B", "whole")]
    table = ReportTable("t", "T", columns, [("kata " * 36, 1), ("kata", 2)], number=1)
    sheet = workbook_of(book_of(table))["Tabel 1"]
    long, short = (row_starting(sheet, number) for number in (1, 2))

    heights = [sheet.row_dimensions[row[0].row].height for row in (long, short)]

    assert heights[0] > 1.8 * heights[1]
    assert long[1].alignment.wrap_text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("Industri Bahan Kimia dan Barang dari Bahan Kimia", 1, id="narrow letters"),
        pytest.param("MEMBUAT WADAH MAMIN MMM WWW MEMBUAT WADAH WW", 2, id="wide letters"),
        pytest.param("satu\ndua", 2, id="a line of its own"),
        pytest.param("", 1, id="nothing"),
    ],
)
def test_a_row_is_as_high_as_its_letters_need_rather_than_their_number(text, lines):
    assert lines_of(text, 44) == lines


def test_columns_of_words_are_squeezed_before_those_of_figures():
    wide = [ReportColumn(f"Uraian {n}") for n in range(6)]
    columns = [*wide, ReportColumn("Nilai", "rupiah")]
    rows = [[*("kata " * 12 for _ in wide), 123_456_789_012]]

    widths = widths_of(ReportTable("t", "T", columns, rows))

    assert sum(widths) <= WIDEST_SHEET + len(wide)
    assert widths[-1] > len("123.456.789.012")
    assert max(widths[1:7]) < 46


def test_a_heading_over_two_rows_needs_half_of_its_lines_in_each():
    label = "Tenaga kerja yang bekerja penuh waktu sepanjang tahun menurut laporan usaha"
    columns = [
        ReportColumn("Kelompok"),
        ReportColumn(label, "whole"),
        ReportColumn("Laki-laki", "whole", group="Tenaga kerja"),
        ReportColumn("Perempuan", "whole", group="Tenaga kerja"),
    ]
    tall = ReportTable("k", "Uji", columns, [("A", 1, 2, 3)], number=2)
    flat = ReportTable("k", "Uji", columns[:2], [("A", 1)], number=2)

    def heights(table):
        sheet = workbook_of(book_of(table))["Tabel 2"]
        [first] = [row[0].row for row in sheet if row[0].value == "No"]
        return [sheet.row_dimensions[row].height for row in (first, first + 1)]

    whole, halves = heights(flat)[0], heights(tall)
    assert halves[0] == halves[1] < whole
    assert sum(halves) >= whole


def test_every_line_above_a_table_counts_for_the_page_it_needs():
    def height(**more):
        return height_about(revenue_table(**more), widths_of(revenue_table()))

    plain = height()
    one, three = height(subtitle=["Posisi"]), height(subtitle=["Posisi"] * 3)
    assert one > plain
    assert three - one == pytest.approx(2 * (one - plain))
    assert plain > 6 * USUAL_ROW
