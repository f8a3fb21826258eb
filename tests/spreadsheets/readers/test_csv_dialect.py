"""How the text of a csv was written is told from the text alone."""

import pytest

from balikpapan.spreadsheets.readers.csv_dialect import (
    quotes_whole_lines,
    recognise_delimiter,
    recognise_encoding,
    unquoted_line,
)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("a;b,c,d\n1;2,x,y\n", ",", id="the one that makes more columns"),
        pytest.param("a;b;c,d\n1;2;x,y\n", ";", id="the other one"),
        pytest.param("Data\na,b,c\nI\n1,d; e,f\nII\n2,g,h\n", ",", id="bare lines between"),
        pytest.param("\r\n\r\nA;B\r\r1;2\n", ";", id="blank lines"),
        pytest.param('"a,b,c";d\n"e,f,g";h\n', ";", id="quoted texts"),
    ],
)
def test_the_separator_makes_the_columns_of_the_table(text, separator):
    assert recognise_delimiter(text) == separator


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", "utf-8"),
        ("Kafé".encode(), "utf-8"),
        ("Kafé".encode()[:-1], "cp1252"),
        ("Kafé".encode("cp1252"), "cp1252"),
        ("Kafé".encode("utf-16-le"), "utf-16-le"),
        ("Kafé".encode("utf-16-be"), "utf-16-be"),
        ("Kafé".encode("utf-16"), "utf-16"),
        (b"\xef\xbb\xbfKaf", "utf-8-sig"),
    ],
    ids=["nothing", "utf-8", "cut off", "cp1252", "little", "big", "with mark", "utf-8 with mark"],
)
def test_the_encoding_is_one_that_every_byte_obeys(content, encoding):
    assert recognise_encoding(content)[0] == encoding


def test_a_letter_may_lie_across_two_blocks():
    content = b"a" * ((1 << 20) - 1) + "é".encode()

    assert recognise_encoding(content) == ("utf-8", None)
    assert recognise_encoding(content[:-1]) == ("cp1252", "Windows-1252")


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ('"No,Nama"\n"1,Roti"\n', True),
        ('"No,Nama"\n\n "1,""Roti, B"""  \n', False),
        ('"No,Nama"\n\n"1,""Roti, B"""  \n', True),
        ('"No,Nama"\n', False),
        ('"No,Nama"\n1,Roti\n', False),
        ('"No,Nama"\n"Roti"\n', False),
    ],
    ids=["every line", "an indented one", "quotes within", "one line", "not the last", "a text"],
)
def test_quotes_are_around_lines_where_every_line_is_one_quoted_record(text, is_whole):
    assert quotes_whole_lines(text) is is_whole


@pytest.mark.parametrize(
    ("line", "record"),
    [
        ('"1,""Roti, B"""\r\n', '1,"Roti, B"\n'),
        ('"No,Nama"', "No,Nama\n"),
        ('"a","b"\n', '"a","b"\n'),
        ("1,Roti\n", "1,Roti\n"),
    ],
)
def test_the_quotes_around_a_line_are_taken_off(line, record):
    assert unquoted_line(line) == record
