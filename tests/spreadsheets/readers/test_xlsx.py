"""Every cell of an .xlsx is read as it is stored, with and without the shortcut around the parser."""

import datetime
import io
import random

import openpyxl
import pytest
import xlsxwriter

from balikpapan.spreadsheets.model import CellError, Formula, Percent
from balikpapan.spreadsheets.readers.safe_xml import BLOCK
from tests.spreadsheets.building import MAIN, relations, xls, xls_number, xlsx, xlsx_parts, zip_of
from tests.spreadsheets.opened import first_cell, first_row, refusal, saved, sheet_of

STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="[$-421]dd\\ mmmm\\ yyyy"/>'
    '<numFmt numFmtId="171" formatCode="&quot;Rp&quot;#,##0"/>'
    '<numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="20"/><xf numFmtId="172"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        pytest.param("<c r='A1'><v>12</v></c>", 12, id="whole number"),
        pytest.param('<c r="A1"><v>12.0</v></c>', 12, id="whole float"),
        pytest.param('<c r="A1"><v>12.5</v></c>', 12.5, id="float"),
        pytest.param('<c r="A1"><v>6.47101234567890E+15</v></c>', 6471012345678900, id="16 digits"),
        pytest.param('<c r="A1"><v>9.1E+15</v></c>', 9.1e15, id="beyond exact numbers"),
        pytest.param('<c r="A1"><v>1E5000</v></c>', float("inf"), id="infinite"),
        pytest.param('<c r="A1" t="b"><v>1</v></c>', True, id="boolean"),
        pytest.param('<c r="A1" t="e"><v>#REF!</v></c>', CellError("#REF!"), id="error"),
        pytest.param('<c r="A1" s="1"><v>0.125</v></c>', Percent(0.125), id="percent"),
        pytest.param('<c r="A1" s="2"><v>45000</v></c>', datetime.date(2023, 3, 15), id="date"),
        pytest.param(
            '<c r="A1" s="3"><v>45000.5</v></c>',
            datetime.datetime(2023, 3, 15, 12),
            id="date with time",
        ),
        pytest.param('<c r="A1" s="3"><v>60</v></c>', 60, id="29 February 1900 never was"),
        pytest.param('<c r="A1" s="3"><v>59</v></c>', datetime.date(1900, 2, 28), id="day 59"),
        pytest.param('<c r="A1" s="3"><v>61</v></c>', datetime.date(1900, 3, 1), id="day 61"),
        pytest.param('<c r="A1" s="3"><v>-1</v></c>', -1, id="before the first day"),
        pytest.param('<c r="A1" s="3"><v>1E300</v></c>', 1e300, id="after the last day"),
        pytest.param('<c r="A1" s="4"><v>1500000</v></c>', 1500000, id="rupiah are no date"),
        pytest.param('<c r="A1" s="5"><v>0.5</v></c>', datetime.time(12), id="time of day"),
        pytest.param('<c r="A1" s="6"><v>1.5</v></c>', 1.5, id="duration"),
        pytest.param('<c r="A1" s="99"><v>7</v></c>', 7, id="unknown style"),
        pytest.param('<c r="A1" t="d"><v>2024-05-06</v></c>', datetime.date(2024, 5, 6), id="iso"),
        pytest.param('<c r="A1" t="s"><v>0</v></c>', " A&B <c> ", id="shared text"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "baris\rdua_x000D_", id="escaped text"),
        pytest.param('<c r="A1" t="s"><v>2</v></c>', "kaya teks", id="rich text"),
        pytest.param('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', "x", id="inline text"),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><t>A&amp;B</t></is></c>', "A&B", id="inline entity"
        ),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb", id="inline escape"
        ),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>',
            " x ",
            id="inline text with spaces",
        ),
        pytest.param('<c r="A1" t="str"><v>é漢</v></c>', "é漢", id="text as a value"),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c>',
            "xy",
            id="rich inline text",
        ),
        pytest.param('<c r="A1"><f>1+1</f><v>2</v></c>', Formula("=1+1", 2), id="formula"),
        pytest.param('<c r="A1"><f>1+1</f></c>', Formula("=1+1"), id="formula, nothing stored"),
        pytest.param('<c r="A1"><f>1+1</f><v></v></c>', Formula("=1+1"), id="formula, empty"),
        pytest.param(
            '<c r="A1" t="str"><f>A2&amp;""</f><v></v></c>', Formula('=A2&""', ""), id="empty text"
        ),
        pytest.param(
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            Formula("=1/0", CellError("#DIV/0!")),
            id="formula with an error",
        ),
        pytest.param(
            '<c r="A1" s="1"><f>B1</f><v>0.5</v></c>', Formula("=B1", Percent(0.5)), id="formula %"
        ),
    ],
)
def test_every_kind_of_cell_is_read_alike_with_and_without_the_parser(xml, value):
    strings = (
        '<si><t xml:space="preserve"> A&amp;B &lt;c&gt; </t></si>'
        "<si><t>baris_x000D_dua_x005F_x000D_</t></si>"
        "<si><r><t>kaya </t></r><r><t>teks</t></r><rPh><t>zz</t></rPh></si>"
    )
    rows = first_row('<c r="A1"><v>0</v></c>') + first_row(xml)
    plain = xlsx(rows, styles=STYLES, strings=strings)
    commented = xlsx("<!-- x -->" + rows, styles=STYLES, strings="<!-- x -->" + strings)

    assert first_cell(plain) == first_cell(commented) == value
    assert type(first_cell(plain)) is type(value)


def test_dates_of_a_1904_workbook_are_the_right_days():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2024, 2, 29)
    old = xls(xls_number(0, 0, 45000 - 1462, 18), is_1904=True)

    assert first_cell(saved(book)) == datetime.date(2024, 2, 29)
    assert first_cell(old) == datetime.date(2023, 3, 15)


def test_shared_formulas_read_as_they_stand_in_their_own_row():
    first = '<c r="C{0}"><f t="shared" ref="C1:C900" si="0">A1*$B$1+SUM(\'A1\'!B:B)</f><v>1</v></c>'
    rows = f'<row r="1">{first.format(1)}</row>' + "".join(
        f'<row r="{number}"><c r="C{number}"><f t="shared" si="0"/><v>1</v></c></row>'
        for number in range(2, 901)
    )

    column = sheet_of(xlsx(rows)).columns[2]

    assert column[0] == Formula("=A1*$B$1+SUM('A1'!B:B)", 1)
    assert column[899] == Formula("=A900*$B$1+SUM('A1'!B:B)", 1)


def test_any_sheet_written_by_openpyxl_comes_back_cell_by_cell():
    rng = random.Random(64)
    values = [1, 2.5, -3, "teks", "a&b <c>", " sp ", "dua\nbaris", True, "é漢😀", 1234567890123456]
    values += [datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 7, 8, 9), "=A1+1"]
    book = openpyxl.Workbook()
    expected = {}
    for place in rng.sample(range(400 * 30), 4000):
        value = rng.choice(values)
        expected[divmod(place, 30)] = Formula(value) if value == "=A1+1" else value
        book.active.cell(place // 30 + 1, place % 30 + 1, value)

    sheet = sheet_of(saved(book))

    cells_read = {
        (number, index): value
        for index, column in enumerate(sheet.columns)
        for number, value in enumerate(column)
        if value is not None
    }
    assert cells_read == expected


@pytest.mark.parametrize("odd", ["Usaha & Anak", "a_x000D_b", "dua\nbaris", None, "漢"], ids=repr)
@pytest.mark.parametrize("inline", [True, False], ids=["inline texts", "shared texts"])
def test_a_long_sheet_of_few_and_of_many_values_comes_back_cell_by_cell(inline, odd):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": inline})
    sheet = book.add_worksheet()
    height = 6_000
    names = [f"Usaha {number}" for number in range(height)]
    names[5_000] = odd
    written = [
        names,
        [("Manggar", "Teritip", None)[number % 3] for number in range(height)],
        [number * 7919 for number in range(height)],
        [number / 7 for number in range(height)],
        [None if number % 11 else number for number in range(height)],
    ]
    for number, cells in enumerate(zip(*written, strict=True)):
        sheet.write_row(number, 0, cells)
    book.close()

    columns = sheet_of(buffer.getvalue()).columns

    assert columns[:3] == written[:3]
    assert columns[3] == pytest.approx(written[3])
    assert columns[4] == written[4]


@pytest.mark.parametrize(
    "dimension", ["A1:B4", "A1:A11", "A1:B1048576", "A1:XFD5000", "kacau"], ids=str
)
def test_the_declared_dimension_is_not_believed(dimension):
    rows = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}"><v>1</v></c></row>'
        for number in range(1, 11)
    )

    sheet = sheet_of(xlsx(rows, before=f'<dimension ref="{dimension}"/>'))

    assert (sheet.height, len(sheet.columns)) == (10, 2)


def test_cells_without_places_out_of_order_or_in_another_namespace_are_read():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    swapped = '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>' + first_row(
        '<c r="A1"><v>1</v></c>'
    )
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )

    assert sheet_of(xlsx(rows)).columns == [[1, 3], [2, None]]
    assert sheet_of(xlsx(swapped)).columns == [[1, 3], [None, 4]]
    assert sheet_of(zip_of(parts)).columns == [[7]]


@pytest.mark.parametrize("offset", [0, 7, 1000])
def test_what_stands_before_the_rows_may_be_longer_than_a_block(offset):
    before = '<cols><col min="2" max="2" hidden="1"/></cols>'
    rows = first_row('<c r="A1"><v>7</v></c>', '<c r="B1"><v>8</v></c>')
    parts = xlsx_parts(rows, before=before)
    name = "xl/worksheets/sheet1.xml"
    filling = BLOCK - parts[name].index("<sheetData>") - offset
    parts = xlsx_parts(rows, before=before + " " * filling)

    sheet = sheet_of(zip_of(parts))

    assert (sheet.columns, sheet.hidden_columns) == ([[7], [8]], {1})


def test_rows_in_a_comment_before_the_rows_are_none():
    commented = "<!-- <sheetData>" + first_row('<c r="A1"><v>8</v></c>') + "</sheetData> -->"

    sheet = sheet_of(xlsx(first_row('<c r="A1"><v>7</v></c>'), before=commented))

    assert sheet.columns == [[7]]


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16"])
def test_xml_in_another_encoding_is_read_by_its_declaration(encoding):
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Café</t></is></c>'
    parts = xlsx_parts(first_row(cells), strings="<si><t>Soto Ñ</t></si>")
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        parts[part] = (declaration + parts[part].rpartition("?>")[2]).encode(encoding)

    assert sheet_of(zip_of(parts)).columns == [["Soto Ñ"], ["Café"]]


def test_rows_alike_in_another_encoding_are_read_by_its_declaration_too():
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Café {row}</t></is></c></row>'
        for row in range(1, 6)
    )
    parts = xlsx_parts(rows)
    declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    text = declaration + parts["xl/worksheets/sheet1.xml"].rpartition("?>")[2]
    parts["xl/worksheets/sheet1.xml"] = text.encode("ISO-8859-1")

    assert sheet_of(zip_of(parts)).columns == [[f"Café {row}" for row in range(1, 6)]]


def test_text_that_looks_like_a_formula_or_a_script_is_just_text():
    texts = ["=cmd|' /C calc'!A0", "=HYPERLINK(1)", "+1+1", "@SUM(1)", "<script>", "{{7*7}}"]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    book.add_worksheet().write_column(0, 0, texts)
    book.close()

    assert sheet_of(buffer.getvalue()).columns == [texts]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"xl/worksheets/sheet1.xml": "<worksheet"}, id="broken xml"),
        pytest.param({"xl/worksheets/sheet1.xml": b"\xff\xfe\xff"}, id="no xml"),
        pytest.param({"xl/workbook.xml": "<a/><b/>"}, id="two roots"),
        pytest.param({"xl/workbook.xml": '<?xml version="1.0" encoding="x-1"?><a/>'}, id="code"),
        pytest.param({"xl/_rels/workbook.xml.rels": relations()}, id="lost sheet"),
    ],
)
def test_broken_parts_are_a_refusal_and_nothing_else(parts):
    content = xlsx_parts(first_row('<c r="A1"><v>1</v></c>')) | parts

    assert refusal(zip_of(content)).code == "damaged"


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1" t="s"><v>5</v></c>',
        '<c r="A1" t="s"><v>1</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="s"><v> 0</v></c>',
        '<c r="A0"><v>5</v></c>',
        '<c r="AAAA1"><v>5</v></c>',
        '<c r="XFE1"><v>5</v></c>',
        '<c r="A1" t="str"><v>&nbsp;</v></c>',
        '<c r="A1" t="str"><v>&#0;</v></c>',
    ],
)
def test_cells_that_point_nowhere_are_damage(xml):
    strings = "<si><t>satu</t></si>"
    before = first_row('<c r="A1"><v>0</v></c>')
    assert refusal(xlsx(first_row(xml), strings=strings)).code == "damaged"
    assert refusal(xlsx(before + first_row(xml), strings=strings)).code == "damaged"


@pytest.mark.parametrize(
    "strings",
    ["<!-- <si><t>bukan</t></si> --><si><t>ya</t></si>", "<si><t><![CDATA[ya]]></t></si>"],
    ids=["a comment", "characters as they are"],
)
def test_what_looks_like_a_text_in_a_comment_is_none(strings):
    assert first_cell(xlsx(first_row('<c r="A1" t="s"><v>0</v></c>'), strings=strings)) == "ya"


@pytest.mark.parametrize("number", ["123456789012345", "12345678901234567"])
def test_a_column_of_long_numbers_holds_what_one_such_cell_holds(number):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{number}</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, 3_001)
    )

    column, _ = sheet_of(xlsx(rows)).columns

    assert list(column) == [first_cell(xlsx(first_row(f'<c r="A1"><v>{number}</v></c>')))] * 3_000
