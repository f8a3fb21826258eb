"""Csv files as offices really have them: encodings, separators, quotes, titles and blank lines."""

import pytest

from balikpapan.spreadsheets.readers.csv_dialect import recognise_delimiter
from tests.spreadsheets.opened import opened, refusal, sheet_of


def columns(content, **limits):
    return sheet_of(content, "data.csv", **limits).columns


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        pytest.param("utf-8", None, id="utf-8"),
        pytest.param("utf-8-sig", None, id="utf-8 with mark"),
        pytest.param("utf-16", "UTF-16", id="utf-16 with mark"),
        pytest.param("utf-16-le", "UTF-16", id="utf-16 little"),
        pytest.param("utf-16-be", "UTF-16", id="utf-16 big"),
        pytest.param("cp1252", "Windows-1252", id="cp1252"),
    ],
)
def test_the_encoding_is_recognised_and_named_when_it_is_not_utf8(encoding, name):
    workbook = opened("Nama;Kota\nKafé Ñ;Balikpapan\n".encode(encoding), "data.csv")

    assert workbook.sheets[0].columns == [["Nama", "Kafé Ñ"], ["Kota", "Balikpapan"]]
    assert workbook.sheets[0].name == "CSV"
    assert [name in note.message for note in workbook.notes] == ([True] if name else [])


def test_bytes_of_no_encoding_are_refused_with_the_remedy():
    refused = refusal(b"Nama;Kota\nKaf\x81;Balikpapan\n")

    assert refused.code == "undecodable"
    assert "CSV UTF-8" in refused.message


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_on_which_the_rows_agree(separator):
    rows = [["DATA IKM"], [""], ["No", "Nama"], ["1", '"PT A, B; C\tD"'], ["2", "Roti"]]
    text = "\n".join(separator.join(row) for row in rows)

    assert columns(text.encode()) == [
        ["DATA IKM", None, "No", "1", "2"],
        [None, None, "Nama", "PT A, B; C\tD", "Roti"],
    ]


def test_decimal_commas_do_not_pass_for_separators():
    assert columns(b"1,5;2,5\n3,5;4,5\n") == [["1,5", "3,5"], ["2,5", "4,5"]]


def test_a_separator_line_is_obeyed_and_is_not_data():
    assert columns(b"sep=;\r\nA,B;C\r\n") == [["A,B"], ["C"]]
    assert columns(b"\xef\xbb\xbfsep=|\n\nA|C\n") == [[None, "A"], [None, "C"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end):
    assert columns(f"A;B{end}1;2{end}".encode()) == [["A", "1"], ["B", "2"]]


def test_a_quoted_cell_may_hold_line_breaks_quotes_and_separators():
    content = b'Nama;Alamat\n"Ny. Siti ""Bunda""";"Jl. A\r\nRT 1; No 2"\nRoti;\n'

    assert columns(content) == [
        ["Nama", 'Ny. Siti "Bunda"', "Roti"],
        ["Alamat", "Jl. A\r\nRT 1; No 2", None],
    ]


def test_a_quote_in_the_middle_of_a_cell_is_just_a_character():
    assert columns(b'Nama;Ukuran\nPipa;3" besar\n') == [["Nama", "Pipa"], ["Ukuran", '3" besar']]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b'A;B\n1;"2\n3;4\n', 2, id="never closed"),
        pytest.param(b'A;B\n"x\ny";1\n"Toko;2\n', 4, id="after a cell of two lines"),
        pytest.param(b'A;B\n"Toko;2\n"Roti";3\n', 2, id="closed by the next cell"),
        pytest.param(b'sep=;\nA;B\n1;"2\n', 3, id="under a separator line"),
    ],
)
def test_an_unclosed_quote_is_refused_with_its_line(content, line):
    refused = refusal(content)

    assert refused.code == "unclosed_quote"
    assert f"baris {line} " in refused.message


def test_ragged_rows_and_empty_edges_are_read_as_they_are():
    content = b"A;B;;\n1\n\n2;3;4;\n;;;\n;;;\n"

    assert columns(content) == [
        ["A", "1", None, "2"],
        ["B", None, None, "3"],
        [None, None, None, "4"],
    ]


def test_long_cells_and_nul_characters_reach_the_cell_reader_untouched():
    content = b"Nama;Catatan\n\x00Roti;" + b"a" * 1_000_000 + b"\n"

    assert columns(content) == [["Nama", "\0Roti"], ["Catatan", "a" * 1_000_000]]


def test_spaces_are_kept_and_a_row_of_spaces_is_not_empty():
    assert columns(b" A ;B\n  ; \n") == [[" A ", "  "], ["B", " "]]


def test_a_csv_has_no_comments_and_nothing_hidden_merged_or_struck():
    sheet = sheet_of(b"Nama;Kota\nRoti;Balikpapan\n", "data.csv")

    assert (sheet.commented, sheet.struck, sheet.merges) == (0, 0, [])
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset(), frozenset())
    assert (sheet.kind, sheet.visibility, sheet.delimited) == ("worksheet", "visible", True)


def test_the_limits_hold_for_filled_rows_and_columns_only():
    assert len(columns(b"a;b\n" * 5 + b";\n" * 9, max_rows=5)[0]) == 5
    assert refusal(b"a;b\n" * 6, max_rows=5).code == "too_many_rows"
    assert len(columns(b"a;b;;;;\n", max_columns=2)) == 2
    assert refusal(b"a;b;c\n", max_columns=2).code == "too_many_columns"


def test_a_text_that_starts_like_a_picture_is_still_text():
    assert columns(b"BMD;Nilai\n1;2\n") == [["BMD", "1"], ["Nilai", "2"]]


def test_a_long_file_with_blank_stretches_keeps_its_row_numbers():
    rows = [b"A;B"] + [b""] * 10_000 + [b"1;2;3"] + [b"4;5"] * 5000

    cells = columns(b"\n".join(rows))

    assert [len(column) for column in cells] == [15_002] * 3
    assert (cells[0][10_001], cells[2][10_001], cells[1][-1]) == ("1", "3", "5")


def test_a_file_of_blank_lines_has_one_empty_sheet():
    [sheet] = opened(b"\n\n;;\n", "data.csv").sheets

    assert (sheet.columns, sheet.height) == ([], 0)


def test_a_bar_parts_cells_too():
    assert columns(b"No|Nama Usaha|Alamat\n1|Usaha A|Jl. A, No 1\n") == [
        ["No", "1"],
        ["Nama Usaha", "Usaha A"],
        ["Alamat", "Jl. A, No 1"],
    ]


def test_rows_without_their_last_cells_do_not_hide_the_separator():
    text = (
        "DATA IKM KOTA BALIKPAPAN, TAHUN 2024\n\nNama Usaha;Alamat;Kelurahan;No. HP\n"
        "Usaha A;Jl. A, No 1\nUsaha B;Jl. B, No 2;Manggar\nUsaha C;Jl. C, No 3\n"
    )

    assert columns(text.encode())[1] == [
        None, None, "Alamat", "Jl. A, No 1", "Jl. B, No 2", "Jl. C, No 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("a,b,c\n1,x; y,2\n3,z; w,4\n", ",", id="lists inside the cells"),
        pytest.param("DATA, 2024\na;b\n1;x, y, z\n2;x, y, w\n", ";", id="title and addresses"),
        pytest.param("a,b\nKECAMATAN X\n1,x; y\nKECAMATAN Y\n2,z; w\n", ",", id="bare bands"),
        pytest.param("a;b\n0,5;1,5\n2,5;3,5\n", ";", id="decimal commas"),
        pytest.param("1,5\n2,5\n", ",", id="nothing else"),
        pytest.param("Nama Usaha\nRoti\n", ",", id="one column"),
    ],
)
def test_the_separator_is_the_one_that_runs_through_the_table(text, separator):
    assert recognise_delimiter(text) == separator


def test_a_mark_that_few_lines_of_a_list_hold_parts_no_cells():
    dense, sparse = ("\n".join(["Roti; Kue", *["Sate"] * n, "Soto; Kopi"]) for n in (1, 3))

    assert recognise_delimiter(dense) == ";"
    assert recognise_delimiter(sparse) != ";"


def test_quotes_around_whole_lines_are_taken_off_and_noted():
    text = '"No,Nama Usaha,Alamat"\r\n"1,Usaha A,Jl. A"\r\n"2,Usaha B,""Jl. B, No 2"""\r\n'

    workbook = opened(text.encode(), "data.csv")

    assert workbook.sheets[0].columns == [
        ["No", "1", "2"],
        ["Nama Usaha", "Usaha A", "Usaha B"],
        ["Alamat", "Jl. A", "Jl. B, No 2"],
    ]
    assert [note.code for note in workbook.notes] == ["whole_line_quotes"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"Nama, lengkap"\n"Roti"\n', id="one column of texts"),
        pytest.param('"a","b"\n"1","2, 3"\n', id="every cell quoted"),
    ],
)
def test_quotes_around_cells_are_no_quotes_around_lines(text):
    assert opened(text.encode(), "data.csv").notes == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="0812"', "0812"),
        ('"=""0812"""', "0812"),
        ('="=""0812"""', "0812"),
        ('="Jl. A; No 1"', "Jl. A; No 1"),
        ("=1+1", "=1+1"),
        ('=HYPERLINK("a")', '=HYPERLINK("a")'),
    ],
)
def test_a_number_that_excel_was_told_to_keep_as_text_is_that_text(cell, text):
    assert columns(f"A;B\n{cell};x\n".encode()) == [["A", text], ["B", "x"]]


def test_every_record_says_how_many_fields_it_had():
    sheet = sheet_of(b"\xef\xbb\xbfA;B;;\n\n1;2;;3\n4\n\n", "data.csv")

    assert list(sheet.field_counts) == [4, 1, 4, 1]


def test_zeros_that_an_accounting_format_printed_are_zeros_in_columns_of_numbers_alone():
    lines = [
        "Nama,Nilai,Ket,Alamat",
        'A," 1,500 ",x,Jl. A - B',
        "B, - , - ,Jl. C",
        "D,700,z,Jl. E",
        "C,-,y,Jl. D",
    ]

    workbook = opened("\n".join(lines).encode(), "data.csv")

    assert workbook.sheets[0].columns[1:3] == [
        ["Nilai", " 1,500 ", "0", "700", "-"],
        ["Ket", "x", " - ", "z", "y"],
    ]
    assert [note.code for note in workbook.notes] == ["accounting_zero"]
