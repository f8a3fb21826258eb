"""An opened workbook says what is in the file, within the limits, and never fails otherwise."""

import random

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from balikpapan.spreadsheets.opening.open import WorkbookRefused, open_workbook
from tests.spreadsheets.building import (
    MAIN,
    ods,
    relations,
    xls,
    xls_number,
    xls_text,
    xlsx,
    xlsx_parts,
    zip_of,
)
from tests.spreadsheets.opened import first_row, opened, refusal, saved, sheet_of


def test_empty_rows_and_columns_at_the_end_are_cut_and_those_between_kept():
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/>{cells}<c r="D{number}" s="0"/></row>'
        for number, cells in enumerate(["", '<c r="B2"><v>1</v></c>', "", ""], 1)
    )

    assert sheet_of(xlsx(rows)).columns == [[None, None], [None, 1]]
    assert sheet_of(xlsx("")).columns == []


def test_a_cell_far_away_stays_where_it_is_unless_the_area_is_too_large():
    rows = first_row('<c r="A1"><v>1</v></c>')
    far = sheet_of(xlsx(rows + '<row r="200000"><c r="C200000"><v>2</v></c></row>'))

    assert (far.height, far.columns[2][-1]) == (200_000, 2)
    assert refusal(xlsx(rows + '<row r="200000"><c r="SR200000"><v>2</v></c></row>')).code == (
        "too_many_cells"
    )
    assert refusal(xlsx('<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')).code in (
        "too_many_columns",
        "too_many_rows",
    )


def test_the_area_of_all_sheets_together_is_limited():
    def book_of(count):
        book = openpyxl.Workbook()
        for sheet in [book.active, *(book.create_sheet() for _ in range(count - 1))]:
            sheet["A1"] = sheet.cell(1200, 500).value = 1
        return saved(book)

    assert sheet_of(book_of(1), max_rows=3000).height == 1200
    assert refusal(book_of(2), max_rows=3000).code == "too_many_cells"


def long_sheet(height):
    return xlsx(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, height + 1))
    )


def test_rows_are_counted_to_the_last_filled_one_over_all_sheets():
    blank = '<row r="9"><c r="A9" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet()):
        for number in range(1, 4):
            sheet.cell(number, 1, number)

    assert sheet_of(xlsx(first_row('<c r="A1"><v>1</v></c>') + blank), max_rows=8).height == 1
    assert sheet_of(long_sheet(300), max_rows=300).height == 300
    assert refusal(long_sheet(301), max_rows=300).code == "too_many_rows"
    assert "300 baris" in refusal(long_sheet(301), max_rows=300).message
    assert len(opened(saved(book), max_rows=6).sheets) == 2
    assert refusal(saved(book), max_rows=5).code == "too_many_rows"


def test_exactly_as_many_rows_as_an_old_sheet_holds_is_a_warning():
    [note] = opened(long_sheet(65_536)).notes

    assert (note.code, note.severity) == ("maybe_truncated", "warning")
    assert "mungkin terpotong" in note.message
    assert opened(long_sheet(65_535)).notes == []
    assert "250.000" in refusal(long_sheet(1_048_576)).message


@pytest.mark.slow
def test_a_million_rows_are_read_when_the_limit_allows_them():
    assert sheet_of(long_sheet(1_000_000), max_rows=1_000_000).height == 1_000_000


def test_more_sheets_merges_or_text_than_any_office_has_is_refused():
    sheets = '<sheet name="A" r:id="rId1"/>' * 2000
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    workbook = f'<workbook xmlns="{MAIN}" {relation}><sheets>{sheets}</sheets></workbook>'
    merges = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20 + "</mergeCells>"
    texts = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><f>{n}</f></c></row>'
        f'<row r="{n + 1}"><c r="A{n + 1}" t="str"><v>{n}{"a" * 9000}</v></c></row>'
        for n in range(1, 16_001, 2)
    )

    assert refusal(xlsx(workbook=workbook)).code == "too_big_inside"
    assert refusal(xlsx(after=merges), max_rows=19).code == "too_big_inside"
    assert len(sheet_of(xlsx(after=merges), max_rows=20).merges) == 20
    assert refusal(xlsx(texts, strings="<si><t>a</t></si>"), max_rows=16_001).code == (
        "too_big_inside"
    )


def wide_sheet(width):
    return xlsx("<row>" + "<c><v>1</v></c>" * width + "</row>" + "<row/>")


def test_columns_are_read_up_to_the_limit():
    assert len(sheet_of(wide_sheet(512)).columns) == 512
    assert refusal(wide_sheet(513)).code == "too_many_columns"
    assert "«Data»" in refusal(wide_sheet(16_384)).message


def test_sheets_are_listed_with_their_kind_and_visibility():
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.create_sheet("Rahasia").sheet_state = "veryHidden"
    book.create_sheet("Bantu").sheet_state = "hidden"
    book.create_chartsheet("Grafik", 0)
    book.active = 0

    sheets = opened(saved(book)).sheets

    assert [(sheet.name, sheet.kind, sheet.visibility) for sheet in sheets] == [
        ("Grafik", "chart", "visible"),
        ("Sampul", "worksheet", "visible"),
        ("Rahasia", "worksheet", "very_hidden"),
        ("Bantu", "worksheet", "hidden"),
    ]


def test_merges_hidden_parts_comments_and_struck_text_are_reported():
    book = openpyxl.Workbook()
    sheet = book.active
    for number in range(1, 6):
        sheet.append([f"Usaha {number}", "x", number])
    sheet.merge_cells("A7:C8")
    sheet["A7"] = "JUMLAH"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A1"].comment = Comment("cek", "petugas")
    sheet["A3"].font = sheet["B3"].font = Font(strike=True)

    layout = sheet_of(saved(book))

    assert layout.merges == [(6, 0, 7, 2)]
    assert (layout.hidden_rows, layout.hidden_columns) == ({1}, {1})
    assert (layout.commented, layout.struck) == (1, 2)


def test_what_is_hidden_behind_the_last_cell_is_nothing_hidden():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nama", "Nilai"])
    sheet.append(["Amplang", 5])
    for number in (2, 3, 4):
        sheet.row_dimensions[number].hidden = True
    for letter in "BCD":
        sheet.column_dimensions[letter].hidden = True

    reread = sheet_of(saved(book))

    assert (reread.hidden_rows, reread.hidden_columns) == ({1}, {1})


@pytest.mark.parametrize(
    ("mark", "struck"), [("<strike/>", 1), ('<strike val="1"/>', 1), ('<strike val="0"/>', 0),
                         ('<strike val="false"/>', 0), ('<strike val="off"/>', 0), ("", 0)]
)  # fmt: skip
def test_a_text_is_struck_through_where_its_font_says_so_and_not_by_the_mark_alone(mark, struck):
    parts = xlsx_parts(first_row('<c r="A1" s="1"><v>1</v></c>', '<c r="B1" s="0"><v>2</v></c>'))
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/><font>{mark}</font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )

    assert sheet_of(zip_of(parts)).struck == struck


def test_what_lies_outside_the_sheets_is_noted_and_left_alone():
    parts = xlsx_parts(first_row('<c r="A1"><v>1</v></c>'))
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId9", "externalLink", "externalLinks/externalLink1.xml"),
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId1", "oleObject", "../embeddings/oleObject1.bin")
    )

    workbook = opened(zip_of(parts))

    assert [note.code for note in workbook.notes] == ["external_links", "embedded_objects"]
    assert workbook.sheets[0].columns == [[1]]


def test_flipped_bytes_give_a_workbook_or_a_refusal_but_never_another_error():
    rng = random.Random(30)
    messages = []
    seeds = [
        xlsx(first_row('<c r="A1"><v>1</v></c>')),
        xls(xls_text(0, 0, "Nama"), xls_number(1, 0, 1)),
        ods('<table:table table:name="A"><table:table-row/></table:table>'),
        b'Nama;"Kota"\n1;2\n',
    ]
    for number in range(48):
        content = bytearray(seeds[number % 4])
        for _ in range(rng.randrange(1, 8)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            open_workbook(bytes(content), "data.xlsx")
        except WorkbookRefused as refused:
            messages.append(refused.message)

    assert messages
    assert all(message.endswith(".") for message in messages)
