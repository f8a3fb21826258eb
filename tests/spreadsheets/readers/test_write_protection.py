"""Workbooks that are encrypted only so that nobody edits them."""

import pytest

from balikpapan.spreadsheets.annotate.copy import Annotation, mark
from tests.spreadsheets.building import ole, xlsx, xlsx_parts, zip_of
from tests.spreadsheets.encrypting import agile, standard
from tests.spreadsheets.opened import opened, refusal

ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Usaha {n} {n * 7919}</t></is></c></row>'
    for n in range(1, 400)
)


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


@pytest.mark.parametrize(
    "info",
    [
        b"",
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
