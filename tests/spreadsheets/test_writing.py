import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from balikpapan.spreadsheets.writing import as_cell, as_csv, guard, unguard, write_csv, write_rows

LIVE = [
    "=1+1",
    "+62 812",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "＝1+1",
    "\u200b=1",
    "−1",
]
CALM = ["Amplang Siti", "O'Brien", "1+1", "a=b", "surel@contoh.id", "PT. A&B <Jaya>", "😀"]


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def workbook_of(rows, **options):
    stream = io.BytesIO()
    write_rows(stream, [f"Kolom {n}" for n in range(len(rows[0]))], rows, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param(None, None, id="unknown stays empty"),
        pytest.param("", None, id="empty stays empty"),
        pytest.param(0, 0, id="zero is a number, not empty"),
        pytest.param(-5, -5, id="a negative number stays a number"),
        pytest.param(10**15, 10**15, id="the largest money"),
        pytest.param(2**60, str(2**60), id="too long for a number keeps its digits as text"),
        pytest.param(Decimal("12.50"), 12.5, id="a measure"),
        pytest.param(Decimal("7.000"), 7, id="a whole measure"),
        pytest.param(
            Decimal("0.12345678901234567890"), "0,12345678901234567890", id="too fine for a number"
        ),
        pytest.param(True, "Ya", id="yes"),
        pytest.param(False, "Tidak", id="no"),
        pytest.param(datetime.date(2024, 11, 25), datetime.date(2024, 11, 25), id="a date"),
        pytest.param(
            datetime.datetime(2024, 11, 25, 17, tzinfo=datetime.UTC),
            datetime.datetime(2024, 11, 26, 1),
            id="a time of day is the office's own",
        ),
        pytest.param("0812", "0812", id="text of digits stays text"),
        pytest.param(
            "a\x00b\ud800", "a\ufffdb\ufffd", id="unwritable characters are shown as such"
        ),
    ],
)
def test_a_value_goes_out_as_what_it_is(value, cell):
    assert as_cell(value) == cell
    assert type(as_cell(value)) is type(cell)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        as_cell(value)


@pytest.mark.parametrize("text", LIVE)
def test_p47_live_text_is_guarded_in_a_csv(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", CALM)
def test_calm_text_is_left_alone_in_a_csv(text):
    assert guard(text) == text


@pytest.mark.parametrize("text", [*LIVE, *CALM, "'tis", "'=1", "''", "'"])
def test_guarded_text_is_read_back_as_it_was(text):
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["'tis", "'0812", "Siti"])
def test_an_apostrophe_we_did_not_put_stays(text):
    assert unguard(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(1029, "1029", id="no thousands separator"),
        pytest.param(-5, "-5", id="a negative number is not guarded"),
        pytest.param(Decimal("12.5"), "12,5", id="decimal comma"),
        pytest.param(Decimal("0.125"), "0,1250", id="never one comma and three digits"),
        pytest.param(datetime.date(2024, 11, 25), "2024-11-25", id="a date"),
        pytest.param(None, "", id="unknown"),
    ],
)
def test_a_csv_writes_what_cannot_be_misread(value, text):
    assert as_csv(value) == text


def test_a_csv_opens_in_indonesian_excel():
    stream = io.BytesIO()

    write_csv(stream, ["Nama", "=Judul"], [["Kopi; Teritip", None], ["=1+1", 5]])

    assert stream.getvalue().decode("utf-8") == (
        "\ufeffNama;'=Judul\r\n\"Kopi; Teritip\";\r\n'=1+1;5\r\n"
    )


@pytest.mark.parametrize("text", LIVE)
def test_live_text_in_a_workbook_is_text_whole_and_quoted(text):
    data = workbook_of([[text, "tetangga"]])

    cell = sheet_of(data)["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert (
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1][0]
        == text
    )


@pytest.mark.parametrize("text", [*CALM, " berspasi ", "_x000D_", "dua\nbaris", "]]>", "&amp;"])
def test_text_in_a_workbook_comes_back_unchanged(text):
    data = workbook_of([["sebelum"], [text], ["sesudah"]])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1:] == [["sebelum"], [text], ["sesudah"]]


def test_no_cell_of_a_workbook_is_a_formula():
    data = workbook_of([[text] for text in LIVE])

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_numbers_dates_and_blanks_keep_their_type():
    data = workbook_of(
        [[115_000_000, Decimal("12.5"), datetime.date(2024, 11, 25), None, 2024]],
        kinds=["rupiah", "decimal", "date", "whole", "year"],
    )

    sheet = sheet_of(data)
    assert [cell.value for cell in sheet[2]][:2] == [115_000_000, 12.5]
    assert sheet["C2"].value == datetime.datetime(2024, 11, 25)
    assert sheet["D2"].value is None
    assert [cell.number_format for cell in sheet[2]][:3] == [
        "[$-421]#,##0",
        "[$-421]#,##0.00",
        "[$-421]dd/mm/yyyy",
    ]
    assert sheet["E2"].number_format == "0"


def test_ids_are_text_in_columns_formatted_as_text():
    data = workbook_of([["6471012345678901"], [6471012345678901]], text_columns={0})

    sheet = sheet_of(data)
    assert [sheet[place].value for place in ("A2", "A3")] == ["6471012345678901"] * 2
    assert sheet["A3"].number_format == "@"


def test_the_heading_stays_in_view():
    assert sheet_of(workbook_of([["a"]])).freeze_panes == "A2"


def test_a_register_without_rows_still_has_its_headings():
    stream = io.BytesIO()

    write_rows(stream, ["Nama", "NIB"], [])

    assert [cell.value for cell in sheet_of(stream.getvalue())[1]] == ["Nama", "NIB"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr("balikpapan.spreadsheets.writing.MOST_ROWS", 4)

    book = openpyxl.load_workbook(io.BytesIO(workbook_of([[n] for n in range(7)])))

    assert book.sheetnames == ["Data", "Data 2", "Data 3"]
    assert [[row[0] for row in sheet.values] for sheet in book] == [
        ["Kolom 0", 0, 1, 2],
        ["Kolom 0", 3, 4, 5],
        ["Kolom 0", 6],
    ]


def test_a_text_too_long_for_a_cell_is_cut_visibly():
    cell = sheet_of(workbook_of([["x" * 40_000]]))["A2"]

    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


def test_the_same_rows_give_the_same_bytes():
    rows = [["Amplang", 1], ["=1", None]]

    assert workbook_of(rows) == workbook_of(rows)


def test_a_row_of_another_length_is_refused_rather_than_shifted():
    with pytest.raises(ValueError, match="zip"):
        workbook_of([["a", "b"], ["a"]])
