import datetime
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import (
    ERASE,
    DecimalLimits,
    MoneyNotation,
    Read,
    comparison_key,
    heading_key,
    is_blank,
    read_boolean,
    read_choice,
    read_code,
    read_coordinate,
    read_date,
    read_decimal,
    read_digits,
    read_money,
    read_percent,
    read_phone,
    read_text,
    read_whole,
    read_year,
)
from balikpapan.spreadsheets.model import CellError, Formula, Percent
from tests.spreadsheets.cell_strategies import CELLS, OFFICE_TEXT
from tests.spreadsheets.findings import codes

READERS = {
    "text": read_text,
    "lines": lambda value: read_text(value, lines=True),
    "whole": read_whole,
    "money": read_money,
    "thousands": lambda value: read_money(value, MoneyNotation(1000)),
    "english": lambda value: read_money(value, MoneyNotation(english=True)),
    "decimal": lambda value: read_decimal(value, DecimalLimits(places=3, digits=14)),
    "percent": read_percent,
    "coordinate": lambda value: read_coordinate(value, low=-180, high=180),
    "date": lambda value: read_date(value, today=datetime.date(2026, 3, 1)),
    "year": read_year,
    "boolean": read_boolean,
    "choice": lambda value: read_choice(value, {"Kecil": "small"}, what="skala"),
    "nik": lambda value: read_digits(value, lengths=(16,), what="NIK"),
    "npwp": lambda value: read_digits(value, lengths=(15, 16), what="NPWP"),
    "phone": read_phone,
    "code": lambda value: read_code(value, pattern=re.compile(r"\d+(\.\d+)*"), what="kode"),
}
every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@every_reader
@settings(deadline=None, max_examples=150)
@given(value=CELLS)
def test_no_cell_of_any_kind_breaks_a_reader(read, value):
    result = read(value)

    assert isinstance(result, Read)
    for finding in result.findings:
        assert finding.severity in ("error", "warning", "note")
        assert finding.message.endswith(".")
        assert finding.message.isprintable()
        assert len(finding.message) < 400
    if result.has_error:
        assert result.value is None


@every_reader
@settings(deadline=None, max_examples=150)
@given(value=CELLS)
def test_what_is_not_blank_is_either_read_or_complained_about(read, value):
    result = read(value)

    if result.value is None and not result.findings:
        assert is_blank(value)


@every_reader
@pytest.mark.parametrize(
    "value",
    [None, "", "  ", "-", "- ", "—", "*", "...", "n/a", "N/A", "Tidak  Ada", "belum", "\u200b"],
)
def test_a_blank_marker_is_blank_in_silence(read, value):
    assert read(value) == Read(None)


@pytest.mark.parametrize("value", [0, 0.0, "0", False, "nihil", "Belum Beres", "minus -"])
def test_a_zero_and_other_words_are_not_blank(value):
    assert not is_blank(value)


@every_reader
@pytest.mark.parametrize("value", ["(kosongkan)", " ( KOSONGKAN ) "])
def test_erasing_is_asked_for_by_its_word(read, value):
    assert read(value) == Read(ERASE)


@every_reader
def test_a_formula_that_was_never_computed_is_refused(read):
    result = read(Formula("=A1+1"))

    assert codes(result) == ["formula_without_value"]
    assert result.has_error


def test_a_formula_is_read_by_its_stored_value_and_noted():
    result = read_whole(Formula("A1+B1", 12))

    assert result.value == 12
    assert codes(result) == ["formula_used"]
    assert '"=A1+B1"' in result.findings[0].message


def test_a_long_formula_is_shortened_in_its_note():
    result = read_text(Formula("=" + "A1&" * 500, "Toko"))

    assert result.value == "Toko"
    assert len(result.findings[0].message) < 150


@every_reader
@pytest.mark.parametrize("value", [CellError("#DIV/0!"), "########", "#N/A", "#REF!", " #VALUE! "])
def test_an_error_value_is_refused(read, value):
    assert codes(read(value)) == ["error_cell"]


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("text", "lines")])
@pytest.mark.parametrize("value", ["=D9062", "＝1+1", "\xa0=1"])
def test_a_formula_left_as_text_is_refused_where_no_text_belongs(name, value):
    assert codes(READERS[name](value)) == ["formula_as_text"]


@pytest.mark.parametrize(
    "value",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "＝1+1",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "O'Brien",
        'Ny. Siti "Bunda"',
        "PT. A&B <Jaya>",
        "Sari 🍜",
        "Keluarga 👨‍👩‍👧",
        "NA",
        "null",
        "10 ton",
    ],
)
def test_a_text_stands_as_typed(value):
    assert read_text(value, max_length=200) == Read(value)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Toko  Siti ", "Toko Siti"),
        ("Toko\xa0Siti", "Toko Siti"),
        ("\t=1+1", "=1+1"),
        (unicodedata.normalize("NFD", "Café"), "Café"),
        (12, "12"),
        (12.0, "12"),
        (607.2, "607.2"),
        (0, "0"),
        (Percent(0.125), "12,5%"),
    ],
)
def test_spaces_composition_and_numbers_become_plain_text_in_silence(typed, read):
    assert read_text(typed) == Read(read)


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\u00ad", "tanda hubung lunak"),
        ("\u200b", "spasi tanpa lebar"),
        ("\u200c", "pemisah tanpa lebar"),
        ("\u200d", "penggabung tanpa lebar"),
        ("\u200e", "tanda kiri-ke-kanan"),
        ("\u200f", "tanda kanan-ke-kiri"),
        *[(chr(code), "pembalik arah teks") for code in range(0x202A, 0x202F)],
        ("\u2060", "perekat kata"),
        ("\ufeff", "BOM"),
    ],
)
def test_an_invisible_character_is_taken_out_and_named(hidden, name):
    result = read_text(f"Toko{hidden}Siti")

    assert result.value == "TokoSiti"
    assert codes(result) == ["invisible_removed"]
    assert f"yang dibuang: U+{ord(hidden):04X} ({name})." in result.findings[0].message


@pytest.mark.parametrize("value", ["Toko\x00", "\x1b[31mToko", "Toko_x0000_", "a\ud800", "a\uffff"])
def test_a_control_character_is_refused(value):
    assert codes(read_text(value)) == ["bad_characters"]


@pytest.mark.parametrize("value", ["Jl. A\nNo. 5", "Jl. A\r\nNo. 5", "Jl. A_x000D_No. 5"])
def test_a_line_break_becomes_a_space_and_is_noted(value):
    result = read_text(value)

    assert result.value == "Jl. A No. 5"
    assert codes(result) == ["line_break"]


def test_a_field_of_several_lines_keeps_them():
    assert read_text("satu  \r\n dua", lines=True) == Read("satu\ndua")


def test_a_text_that_is_too_long_is_refused_with_both_lengths():
    result = read_text("a" * 5000, max_length=50)

    assert codes(result) == ["too_long"]
    assert "5.000" in result.findings[0].message
    assert "50." in result.findings[0].message


def test_a_text_of_the_full_length_is_kept():
    assert read_text("a" * 50, max_length=50).value == "a" * 50


@pytest.mark.parametrize("value", [datetime.date(2021, 2, 1), datetime.time(8), True])
def test_a_text_that_excel_turned_into_something_else_is_refused(value):
    result = read_text(value)

    assert codes(result) == ["not_text"]
    assert "Excel mengubah nilai" in result.findings[0].message


def test_a_number_too_long_for_excel_is_refused_as_text():
    assert codes(read_text(6471012345678901)) == ["id_as_number"]


@settings(deadline=None)
@given(text=OFFICE_TEXT | st.text())
def test_a_text_read_twice_is_the_same_text_with_nothing_left_to_say(text):
    first = read_text(text)

    if isinstance(first.value, str):
        again = read_text(first.value)
        assert again.value == first.value
        assert {finding.severity for finding in again.findings} <= {"warning"}


@settings(deadline=None)
@given(text=st.text())
def test_a_visible_letter_is_never_lost_in_silence(text):
    result = read_text(text)

    if isinstance(result.value, str) and not result.findings:
        assert result.value == " ".join(unicodedata.normalize("NFC", text).split())


def test_a_short_clean_text_is_read_quickly():
    start = time.process_time()
    for _ in range(10_000):
        read_text("Toko Sumber Rejeki", max_length=200)

    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buah", "buah "),
        ("Variasi/Showroom", "Variasi / Showroom"),
        ("P.T. Maju-Jaya", "PT. Maju Jaya"),
        ("Gn. Samarinda", "gn.samarinda"),
        ("Jum'at", "JUMAT"),
        ("Toko\u200b Siti", "toko\xa0siti"),
        ("１２ Mei", "12 mei"),
        (unicodedata.normalize("NFD", "Café"), "CAFÉ"),
    ],
)
def test_what_an_office_calls_the_same_shares_a_key(one, other):
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5", "15"), ("Sepingan", "Sepinggan"), ("Toko А", "Toko A"), ("A&B", "AB")],
)
def test_what_differs_in_a_letter_keeps_its_own_key(one, other):
    assert comparison_key(one) != comparison_key(other)


@settings(deadline=None)
@given(text=st.text())
def test_a_key_is_its_own_key(text):
    key = comparison_key(text)

    assert comparison_key(key) == key


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Nilai Investasi\n(Rp.000)", "nilai investasi"),
        ("NILAI INVESTASI (RP. 000)", "nilai investasi"),
        ("Nilai  Produksi (Ribu Rp)", "nilai produksi"),
        ("Nilai Produksi [Dalam Juta Rupiah]", "nilai produksi"),
        ("Tenaga Kerja (Orang)", "tenaga kerja"),
        ("Tenaga Kerja (L)", "tenaga kerja l"),
        ("Tenaga Kerja – L", "tenaga kerja l"),
        ("Kapasitas (ton/tahun)", "kapasitas"),
        ("Luas (m²)", "luas"),
        ("No. HP", "no hp"),
        ("Nama_Usaha *", "nama usaha"),
    ],
)
def test_a_heading_is_known_without_its_unit(heading, key):
    assert heading_key(heading) == key


@pytest.mark.parametrize("value", ["NULL", "None", "nan", " NULL ", "<NA>"])
def test_what_a_program_writes_for_no_value_is_blank_and_noted(value):
    result = read_text(value)

    assert (result.value, is_blank(value)) == (None, True)
    assert codes(result) == ["read_as_blank"]


@pytest.mark.parametrize("value", ["Nan", "Nuль", "NULLA", "Nona None"])
def test_a_name_that_resembles_it_is_no_blank(value):
    assert not is_blank(value)


@pytest.mark.parametrize("value", ["NULL", "null", "None", "none", "nan"])
def test_a_machine_blank_is_blank_where_a_number_belongs(value):
    result = read_whole(value)

    assert result.value is None
    assert codes(result) == ["read_as_blank"]
