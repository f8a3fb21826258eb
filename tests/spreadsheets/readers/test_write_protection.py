"""Workbooks that are encrypted only so that nobody edits them."""

import pytest

from balikpapan.spreadsheets.annotate.copy import Annotation, mark
from tests.spreadsheets.building import ole, xls_records, xls_text, xlsx, xlsx_parts, zip_of
from tests.spreadsheets.encrypting import agile, standard, xls_97, xls_crypto_api
from tests.spreadsheets.opened import opened, refusal

ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Usaha {n} {n * 7919}</t></is></c></row>'
    for n in range(1, 400)
)
#: More than one block of 1.024 bytes, each of which is encrypted anew.
RECORDS = xls_records(*(xls_text(n, 0, f"Usaha {n} {n * 7919}") for n in range(60)))


def xls_40_bits(records, password="VelvetSweatshop"):
    return xls_crypto_api(records, password, key_bits=40)


@pytest.mark.parametrize("encrypt", [agile, standard])
def test_a_workbook_under_the_key_of_excel_itself_is_read_and_noted(encrypt):
    workbook = opened(encrypt(xlsx(ROWS)))

    assert workbook.format == "xlsx"
    assert workbook.sheets[0].columns[0][398] == f"Usaha 399 {399 * 7919}"
    assert [note.code for note in workbook.notes] == ["write_protected"]


@pytest.mark.parametrize("encrypt", [agile, standard])
def test_a_workbook_under_another_password_is_refused(encrypt):
    assert refusal(encrypt(xlsx(ROWS), "rahasia")).code == "encrypted"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(
            agile(zip_of(xlsx_parts(ROWS) | {"xl/vbaProject.bin": b"x"})), "macro", id="macros"
        ),
        pytest.param(agile(zip_of({"../x": "x"})), "unsafe_archive", id="unsafe names"),
        pytest.param(agile(b"Nama;Kota\n" * 500), "damaged", id="no package"),
        pytest.param(agile(xlsx(ROWS), turns=200_001), "encrypted", id="endless hashing"),
    ],
)
def test_what_comes_out_is_checked_like_any_other_file(content, code):
    assert refusal(content).code == code


OFFICE = "http://schemas.microsoft.com/office/2006"
KEY_DATA = f'<keyData xmlns="{OFFICE}/encryption" hashAlgorithm="SHA1"/>'
PASSWORD_KEY = f'<encryptedKey xmlns="{OFFICE}/keyEncryptor/password" spinCount="1"/>'


def described(*elements: str) -> bytes:
    """A description of Excel 2010 with these elements."""
    text = f'<encryption xmlns="{OFFICE}/encryption">{"".join(elements)}</encryption>'
    return b"\x04\0\x04\0\x40\0\0\0" + text.encode()


@pytest.mark.parametrize(
    "info",
    [
        b"",
        described(),
        described(KEY_DATA),
        described(PASSWORD_KEY),
        b"\x04\0\x04\0\x40\0\0\0<encryption",
        b'\x04\0\x04\0\x40\0\0\0<!DOCTYPE x [<!ENTITY a "b">]><encryption/>',
        b"\x04\0\x02\0" + bytes(200),
        b"\x09\0\x09\0",
    ],
)
def test_a_broken_description_is_refused_in_words(info):
    content = ole({"EncryptionInfo": info, "EncryptedPackage": bytes(5000)})

    assert refusal(content).code in ("encrypted", "doctype")


def test_its_marked_copy_is_an_open_workbook():
    copy = mark(agile(xlsx(ROWS)), "xlsx", [Annotation("Data", 2, "A", "error", "Salah.")])

    assert opened(copy).sheets[0].columns[0][1] == f"Usaha 2 {2 * 7919}"


@pytest.mark.parametrize("encrypt", [xls_97, xls_crypto_api, xls_40_bits])
def test_an_old_workbook_under_the_key_of_excel_itself_is_read_and_noted(encrypt):
    workbook = opened(encrypt(RECORDS), "daftar.xls")

    assert workbook.format == "xls"
    assert workbook.sheets[0].columns[0][59] == f"Usaha 59 {59 * 7919}"
    assert [note.code for note in workbook.notes] == ["write_protected"]


@pytest.mark.parametrize("encrypt", [xls_97, xls_crypto_api, xls_40_bits])
def test_an_old_workbook_under_another_password_is_refused(encrypt):
    assert refusal(encrypt(RECORDS, "rahasia")).code == "encrypted"


@pytest.mark.parametrize(
    "description",
    [b"", b"\0\0\1\2", b"\1\0\1\0\1\0", b"\1\0\4\0\2\0" + b"\xff" * 40, b"\1\0\4\0\1\0"],
)
def test_a_broken_description_of_an_old_workbook_is_refused_in_words(description):
    begin, rest = RECORDS[:20], RECORDS[20:]
    filepass = bytes([0x2F, 0, len(description), 0]) + description

    assert refusal(ole({"Workbook": begin + filepass + rest})).code == "encrypted"
