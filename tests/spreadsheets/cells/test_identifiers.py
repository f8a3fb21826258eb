import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import (
    Read,
    is_masked,
    mask,
    mask_phone,
    read_code,
    read_digits,
    read_phone,
    read_text,
)
from balikpapan.spreadsheets.model import Formula, Percent
from tests.spreadsheets.cell_strategies import CELLS
from tests.spreadsheets.findings import codes

NIK = "6471011203850001"
NIB = "0123456789012"
ITEM_CODE = re.compile(r"\d+(\.\d+)*")
KBLI = re.compile(r"\d{5}")


def read_nik(value):
    return read_digits(value, lengths=(16,), what="NIK")


def read_nib(value):
    return read_digits(value, lengths=(13,), what="NIB")


def read_npwp(value):
    return read_digits(value, lengths=(15, 16), what="NPWP")


def test_p20_an_identity_number_in_text_is_taken_as_it_is():
    assert read_nik(NIK) == Read(NIK)
    assert read_nib(NIB) == Read(NIB)


@pytest.mark.parametrize("value", [6471011203850001, 6471011203850001.0, 9471011203850001, 123])
def test_p20_a_nik_in_a_number_cell_is_refused_even_if_it_looks_right(value):
    result = read_nik(value)

    assert codes(result) == ["id_as_number"]
    assert "Excel hanya menyimpan 15 angka" in result.findings[0].message
    assert "Format kolom sebagai Teks lalu ketik ulang." in result.findings[0].message


@pytest.mark.parametrize("read", [read_nik, read_nib, read_npwp])
@pytest.mark.parametrize("value", ["6.47101234567890E+15", "6,47E+15", "8.52348e+010"])
def test_scientific_notation_is_refused(read, value):
    assert codes(read(value)) == ["id_scientific"]


@pytest.mark.parametrize(
    "value",
    ["6471 0112 0385 0001", "6471.0112.0385.0001", "647101-120385-0001", f"'{NIK}", f" {NIK}\xa0"]
    + ["６４７１011203850001", f"\u200b{NIK}"],
)
def test_separators_and_the_apostrophe_are_removed_and_noted(value):
    result = read_nik(value)

    assert result.value == NIK
    assert codes(result) == ["separators_removed"]


@pytest.mark.parametrize("value", [NIK[:-1], NIK + "1"])
def test_a_nik_of_another_length_is_refused(value):
    assert codes(read_nik(value)) == ["id_wrong_length"]


@pytest.mark.parametrize("value", ["64710112O3850001", "647101l203850001", "anjai", "\x0064", "²"])
def test_a_letter_in_an_identity_number_is_refused(value):
    assert codes(read_nik(value)) == ["id_not_digits"]


@pytest.mark.parametrize("value", [True, datetime.date(2024, 1, 1), datetime.time(1)])
def test_an_identity_number_that_excel_turned_into_a_date_is_refused(value):
    assert codes(read_nik(value)) == ["not_text"]


@pytest.mark.parametrize("value", [-5, 1.5, float("nan"), 10**400, Percent(0.5), b"1"])
def test_a_number_that_names_nobody_is_refused(value):
    assert read_nib(value).has_error


@pytest.mark.parametrize(
    "value",
    ["6471013203850001", "6471011213850001", "0071011203850001", "6471011203850000"],
    ids=["day 32", "month 13", "province 00", "serial 0000"],
)
def test_a_nik_of_unusual_structure_is_a_warning_only(value):
    result = read_nik(value)

    assert result.value == value
    assert [(f.severity, f.code) for f in result.findings] == [("warning", "implausible")]


def test_a_nik_of_a_woman_is_not_unusual():
    assert read_nik("6471015203850001") == Read("6471015203850001")


def test_a_nib_of_thirteen_digits_in_a_number_cell_is_noted():
    result = read_nib(1234567890123)

    assert result.value == "1234567890123"
    assert codes(result) == ["id_from_number"]


@pytest.mark.parametrize("value", [123456789012, 123456789012.0, "123456789012"])
def test_a_nib_without_its_leading_zero_is_refused_with_the_remedy(value):
    result = read_nib(value)

    assert codes(result) == ["id_wrong_length"]
    assert "Nol di depan mungkin hilang" in result.findings[0].message


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("01.234.567.8-721.000", "012345678721000"),
        ("012345678721000", "012345678721000"),
        (NIK, NIK),
    ],
)
def test_an_npwp_has_fifteen_or_sixteen_digits(value, digits):
    assert read_npwp(value).value == digits


def test_an_npwp_number_of_fourteen_digits_has_lost_its_zero():
    assert codes(read_npwp(12345678721000)) == ["id_wrong_length"]


@pytest.mark.parametrize("value", ["0", "null", "NULL", "000", 0, 0.0])
@pytest.mark.parametrize("read", [read_nik, read_nib, read_phone])
def test_zero_and_null_are_blank_and_noted(read, value):
    result = read(value)

    assert result.value is None
    assert [(f.severity, f.code) for f in result.findings] == [("note", "read_as_blank")]


@pytest.mark.parametrize("read", [read_nik, read_phone])
@pytest.mark.parametrize("value", ["************8901", "0812****789", "0812****789 / 0542****466"])
def test_a_masked_number_keeps_what_is_stored(read, value):
    result = read(value)

    assert result.value is None
    assert codes(result) == ["masked_value"]
    assert not result.has_error


@pytest.mark.parametrize("reader", [read_nik, read_npwp, read_phone, read_text])
@pytest.mark.parametrize(
    "value",
    [NIK, NIK + "1", NIK[:-1] + "O", int(NIK), f" {NIK}", f"{NIK}\x00", Formula(f'="{NIK}"', NIK)],
)
def test_a_message_never_shows_a_whole_nik(reader, value):
    for finding in reader(value).findings:
        assert NIK not in finding.message
        assert NIK[:12] not in finding.message.replace(" ", "")


@settings(deadline=None)
@given(value=CELLS)
def test_p20_an_identity_number_is_always_of_its_length(value):
    result = read_npwp(value)

    assert not isinstance(result.value, str) or re.fullmatch("[0-9]{15,16}", result.value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("081234567890", "081234567890"),
        ("0812-3456-7890", "081234567890"),
        ("0812 3456 7890", "081234567890"),
        ("(0542) 422546", "0542422546"),
        ("0542 - 422546", "0542422546"),
        ("HP. 0812 3456 7890", "081234567890"),
        ("Telp/WA: 081234567890", "081234567890"),
        ("'081234567890", "081234567890"),
        ("054212345", "054212345"),
        ("08123456789012", "08123456789012"),
    ],
)
def test_a_phone_number_is_its_digits(value, number):
    assert read_phone(value) == Read(number)


@pytest.mark.parametrize(
    ("value", "number", "code"),
    [
        ("+62 812-3456-789", "08123456789", "country_code"),
        ("+62 (0)812-3456-789", "08123456789", "country_code"),
        ("628123456789", "08123456789", "country_code"),
        (628123456789, "08123456789", "country_code"),
        ("0062 8123456789", "08123456789", "country_code"),
        ("62542422546", "0542422546", "country_code"),
        ("6254242254", "06254242254", "restored_zero"),
        ("8123456789", "08123456789", "restored_zero"),
        (8123456789, "08123456789", "restored_zero"),
        (8123456789.0, "08123456789", "restored_zero"),
        (542422546, "0542422546", "restored_zero"),
        ("812345678", "0812345678", "restored_zero"),
        ("812345678901", "0812345678901", "restored_zero"),
        ("422546", "422546", "short_phone"),
        ("42254", "42254", "short_phone"),
        ("81234567", "81234567", "short_phone"),
        ("0335 - 422546 / 085234567890", "0335422546 / 085234567890", "several_phones"),
        ("081234567890, 085234567890", "081234567890 / 085234567890", "several_phones"),
        ("HP 081234567890 / WA 085234567890", "081234567890 / 085234567890", "several_phones"),
    ],
)
def test_what_was_done_to_a_phone_number_is_noted(value, number, code):
    result = read_phone(value)

    assert result.value == number
    assert codes(result) == [code]
    assert number not in result.findings[0].message


@pytest.mark.parametrize(
    "value",
    [
        "8.52E+10",
        "8.52348e+010",
        "anjai",
        "2147483647",
        2147483647,
        "081",
        "00123456789",
        "+60123456789",
        "4225",
        "05421234",
        "081234567890123",
        "8123456789012",
        "123456789",
    ]
    + [
        8.5e30,
        True,
        datetime.date(2024, 1, 1),
        "1-1-1",
        "08123456789 (Budi)",
        ",",
        "081234\x00567890",
    ],
)
def test_an_unreadable_phone_number_is_blank_with_a_warning(value):
    result = read_phone(value)

    assert result.value is None
    assert [(f.severity, f.code) for f in result.findings] == [("warning", "unreadable_phone")]


@settings(deadline=None)
@given(value=CELLS)
def test_a_phone_number_read_again_is_the_same(value):
    result = read_phone(value)

    if isinstance(result.value, str):
        assert read_phone(result.value).value == result.value


@pytest.mark.parametrize("value", ["4.1.02.02.20", "1", 1, "1.3"])
def test_a_code_that_fits_its_pattern_is_taken_as_it_is(value):
    assert read_code(value, pattern=ITEM_CODE, what="kode barang") == Read(str(value))


def test_the_point_behind_a_code_is_dropped_and_noted():
    result = read_code("1.3.2.", pattern=ITEM_CODE, what="kode barang")

    assert result.value == "1.3.2"
    assert codes(result) == ["stray_mark"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (4.1, "id_as_number"),
        (1111, "id_as_number"),
        ("1111", "bad_code"),
        ("anjai", "bad_code"),
        ("1.07E+04", "id_scientific"),
        ("10794\x00", "bad_characters"),
        (datetime.date(2024, 1, 4), "not_text"),
    ],
)
def test_a_code_that_lost_its_form_is_refused(value, code):
    assert codes(read_code(value, pattern=KBLI, what="kode KBLI")) == [code]


def test_a_masked_number_shows_its_last_places_only():
    assert mask(NIK) == "************0001"
    assert mask("12") == "12"
    assert mask_phone("08123456789") == "0812****789"
    assert mask_phone("08123456789 / 422546") == "0812****789 / ****546"


@given(digits=st.text("0123456789", min_size=7, max_size=20))
def test_what_we_mask_is_known_as_masked(digits):
    assert is_masked(mask(digits))
    assert is_masked(mask_phone(digits))
    assert not is_masked(digits)
