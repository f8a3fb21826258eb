"""The marked copy: what was found shown in the office's own workbook, nothing else touched."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side

from balikpapan.spreadsheets.annotate import copy as marking
from balikpapan.spreadsheets.annotate.copy import Annotation, mark, mark_values
from balikpapan.spreadsheets.annotate.package import MOST_COMMENTS, marked_package
from balikpapan.spreadsheets.annotate.worksheet import Unusual
from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.opening.open import open_workbook
from balikpapan.spreadsheets.writing import write_sheets
from tests.spreadsheets.building import MAIN, ods, xls, xlsx, xlsx_parts, zip_of
from tests.spreadsheets.opened import opened

RED, AMBER, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
LISTING = "Hasil pemeriksaan"


def an_error(sheet="Data", row=3, column="B", message="Salah.", severity="error"):
    """One mark; an error in B3 unless said otherwise."""
    return Annotation(sheet, row, column, severity, message)


@pytest.fixture
def own():
    """A workbook as an office keeps it: formats, a formula, a comment, a chart, two sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3], ["Kerupuk", "anjai"], ["Abon", 5]):
        sheet.append(row)
    sheet["B5"] = "=SUM(B2:B4)"
    sheet["B3"].font = Font(bold=True, name="Arial")
    sheet["B3"].border = Border(left=Side(style="thick"))
    sheet["B3"].number_format = "0.00"
    sheet["A2"].comment = Comment("milik Siti", "Petugas")
    sheet.column_dimensions["A"].width = 41
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4))
    sheet.add_chart(chart, "E2")
    book.create_sheet("Lain")["A1"] = "tetap"
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain(**sheets):
    """A workbook of our own writer."""
    stream = io.BytesIO()
    write_sheets(stream, sheets.items())
    return stream.getvalue()


def loaded(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(content):
    """The rows of the sheet that lists everything, below its heading."""
    rows = [list(row) for row in loaded(content)[LISTING].iter_rows(values_only=True)]
    return rows[rows.index(["Lembar", "Baris", "Kolom", "Tingkat", "Keterangan"]) + 1 :]


def words(content):
    """All that the listing says."""
    cells = loaded(content)[LISTING].iter_rows(values_only=True)
    return " ".join(str(value) for row in cells for value in row if value is not None)


@pytest.mark.parametrize(
    ("severity", "colour"), [("error", RED), ("warning", AMBER), ("note", BLUE)]
)
def test_a_marked_cell_is_coloured_and_commented(own, severity, colour):
    cell = loaded(mark(own, "xlsx", [an_error(severity=severity)]))["Data"]["B3"]

    assert cell.fill.fgColor.rgb == colour
    assert (cell.comment.text, cell.comment.author) == ("Salah.", "Register Industri")
    assert cell.value == "anjai"


def test_a_marked_cell_keeps_its_own_format(own):
    cell = loaded(mark(own, "xlsx", [an_error()]))["Data"]["B3"]

    assert (cell.font.b, cell.font.name, cell.number_format) == (True, "Arial", "0.00")
    assert cell.border.left.style == "thick"


def test_every_part_that_is_not_concerned_stays_byte_for_byte(own):
    copy = mark(own, "xlsx", [an_error()])

    with zipfile.ZipFile(io.BytesIO(own)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        touched = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert touched == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }


def test_formulas_widths_and_unmarked_cells_stay(own):
    sheet = loaded(mark(own, "xlsx", [an_error()]))["Data"]

    assert sheet["B5"].value == "=SUM(B2:B4)"
    assert sheet.column_dimensions["A"].width == 41
    assert sheet["B4"].fill.fill_type is None
    assert sheet["A2"].comment.text == "milik Siti"


def test_a_stored_formula_result_survives_so_that_the_copy_can_be_uploaded():
    own = xlsx(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
        styles=_styles(),
    )

    copy = mark(own, "xlsx", [an_error(row=1, column="A")])

    assert opened(copy).sheets[0].columns[0][0].value == 2


def _styles():
    return (
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0"/></cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    )


def test_a_comment_of_the_offices_own_is_kept_and_ours_added(own):
    sheet = loaded(mark(own, "xlsx", [an_error(row=2, column="A")]))["Data"]

    assert sheet["A2"].comment.text == "milik Siti\nRegister Industri: Salah."


def test_marking_a_marked_copy_replaces_our_own_comment(own):
    once = mark(own, "xlsx", [an_error(message="Lama.")])

    twice = mark(once, "xlsx", [an_error(message="Baru.")])

    assert loaded(twice)["Data"]["B3"].comment.text == "Baru."
    assert loaded(twice).sheetnames == ["Data", "Lain", LISTING, f"{LISTING} 2"]


def test_several_findings_of_a_cell_share_a_comment_and_the_gravest_colours_it(own):
    marks = [an_error(severity="warning", message="Ragu."), an_error(message="Salah.")]

    cell = loaded(mark(own, "xlsx", marks))["Data"]["B3"]

    assert cell.comment.text == "Ragu.\nSalah."
    assert cell.fill.fgColor.rgb == RED


@pytest.mark.parametrize(
    ("row", "place"), [(3, "A3"), (6, "B6")], ids=["its first cell", "its first filled cell"]
)
def test_what_concerns_a_row_stands_at_its_first_filled_cell(row, place):
    own = plain(Data=[("a", 1)] * 5 + [(None, 1)])

    sheet = loaded(mark(own, "xlsx", [an_error(row=row, column=None)]))["Data"]

    assert sheet[place].fill.fgColor.rgb == RED
    assert sheet[place].comment.text == "Salah."


def test_an_empty_cell_can_be_marked():
    own = plain(Data=[("Nama", "NIB", "Ket"), ("Amplang", None, "x")])

    sheet = loaded(mark(own, "xlsx", [an_error(row=2, column="B"), an_error(row=2, column="E")]))

    row = [cell.value for cell in sheet["Data"][2]]
    assert row == ["Amplang", None, "x", None, None]
    assert [c.coordinate for c in sheet["Data"][2] if c.fill.fgColor.rgb == RED] == ["B2", "E2"]


def test_cells_without_references_are_counted_from_the_left():
    own = xlsx("<row><c><v>1</v></c><c><v>2</v></c></row>", styles=_styles())

    sheet = loaded(mark(own, "xlsx", [an_error(row=1, column="B")]))["Data"]

    assert (sheet["A1"].value, sheet["B1"].value) == (1, 2)
    assert sheet["B1"].fill.fgColor.rgb == RED


def test_a_workbook_with_prefixed_xml_is_marked_in_place():
    parts = xlsx_parts("", styles=_styles())
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="str">'
        "<x:v>Nama</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )

    copy = marked_package(zip_of(parts), [an_error(row=1, column="A")], [])

    cell = loaded(copy)["Data"]["A1"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text) == ("Nama", RED, "Salah.")


def test_the_last_sheet_lists_everything_the_gravest_first(own):
    marks = [
        an_error("semua", None, None, "Sudah pernah diunggah.", "warning"),
        an_error(message="Bukan angka."),
        an_error(row=2, column="A", severity="note", message="Dibaca begitu."),
    ]

    copy = mark(own, "xlsx", marks, ["Keterangan tambahan."])

    assert loaded(copy).sheetnames == ["Data", "Lain", LISTING]
    assert listed(copy) == [
        ["Data", 3, "B", "Kesalahan", "Bukan angka."],
        ["semua", None, None, "Peringatan", "Sudah pernah diunggah."],
        ["Data", 2, "A", "Catatan", "Dibaca begitu."],
    ]
    assert "1 kesalahan, 1 peringatan, 1 catatan." in words(copy)
    assert "Keterangan tambahan." in words(copy)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "@SUM(1)", "<b>&"])
def test_no_text_becomes_a_formula_or_markup(text):
    own = f"Nama;Ket\nAmplang;{text}\n".encode()

    copy = mark(own, "csv", [an_error("CSV", 2, "B", text)])

    book = loaded(copy)
    for cell in (book.worksheets[0]["B2"], book[LISTING].cell(book[LISTING].max_row, 5)):
        assert (cell.value, cell.data_type) == (text, "s")
    assert book.worksheets[0]["B2"].comment.text == text
    assert "hyperlink" not in _sheet_xml(copy).lower().replace("hyperlink(", "")


def _sheet_xml(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(
            archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/")
        )


@pytest.mark.parametrize(
    ("file_format", "content"),
    [
        ("csv", b"Nama;Tenaga\nAmplang;anjai\n"),
        (
            "ods",
            ods(
                '<table:table table:name="Data"><table:table-row><table:table-cell '
                'office:value-type="string"><text:p>Nama</text:p></table:table-cell>'
                "</table:table-row></table:table>"
            ),
        ),
        ("xls", xls()),
    ],
    ids=["csv", "ods", "xls"],
)
def test_other_formats_come_back_as_an_xlsx_of_their_values(file_format, content):
    before = open_workbook(content, f"a.{file_format}").sheets[0]

    copy = mark(content, file_format, [an_error(before.name, 1, "A")])

    after = opened(copy).sheets[0]
    assert (after.name, after.columns) == (before.name, before.columns)
    assert marking.VALUES_ONLY in words(copy)


@pytest.mark.parametrize(
    "change",
    [
        {"xl/worksheets/sheet1.xml": "<!-- <c r='A1'/> -->"},
        {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'},
    ],
    ids=["a comment that looks like a cell", "no styles"],
)
def test_an_xlsx_that_cannot_be_edited_safely_comes_back_as_values(change):
    parts = xlsx_parts('<row r="1"><c r="A1"><v>7</v></c></row>', styles=_styles())
    for name, text in change.items():
        whole = name.endswith("styles.xml")
        parts[name] = text if whole else parts[name].replace("<sheetData>", f"{text}<sheetData>")
    own = zip_of(parts)

    with pytest.raises(Unusual):
        marked_package(own, [an_error(row=1, column="A")], [])
    copy = mark(own, "xlsx", [an_error(row=1, column="A")])

    assert loaded(copy)["Data"]["A1"].value == 7
    assert loaded(copy)["Data"]["A1"].fill.fgColor.rgb == RED
    assert marking.VALUES_ONLY in words(copy)


def test_what_even_the_values_cannot_carry_is_refused_with_a_remedy(launched_children, monkeypatch):
    monkeypatch.setattr(marking, "MEMORY", 1 << 20)

    with pytest.raises(WorkbookRefused, match=r"Bagi menjadi beberapa berkas"):
        mark(plain(Data=[("a",)]), "xlsx", [an_error(row=1, column="A")])


def test_sheet_names_excel_does_not_know_are_made_acceptable():
    sheets = {"Kec. Utara/Timur": [("a",)], "x" * 40: [("b",)], "x" * 41: [("c",)]}
    book = opened(plain(Data=[("a",)]))
    book.sheets = [type(book.sheets[0])(name, [["isi"]]) for name in sheets]

    copy = mark_values(book, [an_error(name, 1, "A") for name in sheets])

    names = loaded(copy).sheetnames
    assert names[0] == "Kec. Utara_Timur"
    assert all(len(name) <= 31 for name in names)
    assert [loaded(copy)[name]["A1"].fill.fgColor.rgb for name in names[:3]] == [RED] * 3


def test_beyond_the_first_thousands_cells_are_coloured_without_comment_and_it_is_said():
    count = MOST_COMMENTS + 10
    own = plain(Data=[(f"Usaha {n}", n) for n in range(count)])
    marks = [
        an_error(row=n, severity="warning" if n < 50 else "error") for n in range(1, count + 1)
    ]

    copy = mark(own, "xlsx", marks)

    sheet = loaded(copy)["Data"]
    assert sheet["B1"].fill.fgColor.rgb == AMBER
    assert sum(1 for (cell,) in sheet["B1:B5010"] if cell.comment) == MOST_COMMENTS
    assert sheet[f"B{count}"].comment  # an error goes before the warnings above it
    assert "10 sel lain hanya diwarnai" in words(copy)


def test_the_listing_is_not_read_when_the_copy_is_uploaded_again(own):
    copy = opened(mark(own, "xlsx", [an_error()]))

    assert [sheet.name for sheet in copy.sheets][-1] == LISTING
    assert copy.sheets[0].columns[1][2] == "anjai"


def test_a_package_with_backslashes_comes_back_with_names_every_program_finds():
    styled = xlsx_parts('<row r="3"><c r="B3"><v>7</v></c></row>', styles=_styles())
    content = zip_of({name.replace("/", "\\"): text for name, text in styled.items()})

    copy = marked_package(content, [an_error()], [])

    assert not any("\\" in name for name in zipfile.ZipFile(io.BytesIO(copy)).namelist())
    assert openpyxl.load_workbook(io.BytesIO(copy))["Data"]["B3"].fill.fgColor.rgb == RED


def test_a_percentage_is_kept_in_a_copy_of_values():
    content = ods(
        '<table:table table:name="Data"><table:table-row><table:table-cell '
        'office:value-type="percentage" office:value="0.125"/></table:table-row></table:table>'
    )

    copy = mark(content, "ods", [an_error(row=1, column="A")])

    assert loaded(copy)["Data"]["A1"].value == "12,5%"
