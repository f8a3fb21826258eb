"""What the bytes are decides what is read; everything else is refused by name."""

import io
import struct
import subprocess
import zipfile

import pytest

from balikpapan.spreadsheets.opening.open import open_workbook
from tests.spreadsheets.building import (
    ods,
    ods_parts,
    ole,
    record,
    xls,
    xls_text,
    xlsx,
    xlsx_parts,
    zip_of,
)
from tests.spreadsheets.opened import opened, refusal

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama Usaha</t></is></c></row>'
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        pytest.param(b"", "empty", "kosong", id="empty"),
        pytest.param(b"<html><table><tr><td>1", "html", "HTML", id="html"),
        pytest.param(b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "html", "HTML", id="html with mark"),
        pytest.param("<html>".encode("utf-16"), "html", "HTML", id="html in utf-16"),
        pytest.param("\r\n <html>".encode("utf-16"), "html", "HTML", id="after blanks in utf-16"),
        pytest.param(b"<!-- Rekap -->\n<html>", "html", "HTML", id="html behind a comment"),
        pytest.param(b"<table border=1><tr>", "html", "HTML", id="a bare table"),
        pytest.param(b"MIME-Version: 1.0\n", "html", "mht", id="saved web page"),
        pytest.param(
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://contoh.invalid/\r\n"
            b'Subject: Rekap "contoh"\r\nMIME-Version: 1.0\r\n',
            "html",
            "peramban",
            id="saved by a browser",
        ),
        pytest.param(
            b'<?xml version="1.0"?>\n<office:document xmlns:xhtml="http://www.w3.org/1999/xhtml">',
            "flat_odf",
            "simpan sebagai .ods",
            id="fods",
        ),
        pytest.param(b"%PDF-1.7\n", "pdf", "PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "image", "gambar", id="png"),
        pytest.param(b"{\\rtf1 a}", "word", "rtf", id="rtf"),
        pytest.param(b"Rar!\x1a\x07", "archive", "arsip", id="rar"),
        pytest.param(
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml",
            "XML Spreadsheet 2003",
            id="xml spreadsheet",
        ),
        pytest.param(bytes(range(1, 9)) * 50, "unknown_format", "biner", id="binary"),
        pytest.param(ole({"WordDocument": b"x"}), "word", "Word", id="doc"),
        pytest.param(ole({"Contents": b"x"}), "unknown_format", "Office", id="other ole"),
        pytest.param(zip_of({"word/document.xml": "<x/>"}), "word", "Word", id="docx"),
        pytest.param(
            zip_of({"ppt/presentation.xml": "<x/>"}), "presentation", "PowerPoint", id="pptx"
        ),
        pytest.param(zip_of({"xl/workbook.bin": b"x"}), "xlsb", ".xlsb", id="xlsb"),
        pytest.param(zip_of({"Index/Document.iwa": b"x"}), "numbers", "Numbers", id="numbers"),
        pytest.param(zip_of({"data.csv": "a;b"}), "archive", "arsip", id="a zip of files"),
        pytest.param(
            zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "word",
            "OpenDocument",
            id="odt",
        ),
    ],
)
def test_what_is_not_a_workbook_is_refused_by_its_name(content, code, word):
    refused = refusal(content)

    assert refused.code == code
    assert word in refused.message
    assert refused.message.endswith(".")


@pytest.mark.parametrize(
    ("content", "format"),
    [
        pytest.param(xlsx(ROW), "xlsx", id="xlsx"),
        pytest.param(xls(xls_text(0, 0, "Nama Usaha")), "xls", id="xls"),
        pytest.param(
            ods(
                '<table:table table:name="Data"><table:table-row><table:table-cell '
                'office:value-type="string"><text:p>Nama Usaha</text:p></table:table-cell>'
                "</table:table-row></table:table>"
            ),
            "ods",
            id="ods",
        ),
        pytest.param(b"Nama Usaha\n", "csv", id="csv"),
    ],
)
def test_the_four_formats_are_read_whatever_their_name_says(content, format):
    workbook = open_workbook(content, f"data.{format}")
    renamed = open_workbook(content, "data.pdf")

    assert workbook.format == renamed.format == format
    assert workbook.sheets[0].columns == [["Nama Usaha"]]
    assert workbook.notes == []
    assert [note.code for note in renamed.notes] == ["name_differs"]
    assert ".pdf" in renamed.notes[0].message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), id="xlsx"),
        pytest.param(xls(before=record(0x2F, bytes(6))), id="xls"),
        pytest.param(ods("", manifest="<manifest:encryption-data/>"), id="ods"),
    ],
)
def test_a_locked_workbook_is_refused_with_the_remedy(content):
    refused = refusal(content)

    assert refused.code == "encrypted"
    assert "kata sandi" in refused.message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zip_of(xlsx_parts(ROW) | {"xl/vbaProject.bin": b"x"}), id="vba project"),
        pytest.param(
            zip_of(
                xlsx_parts(ROW)
                | {"[Content_Types].xml": "<Types>application/vnd.ms-excel.sheet.macroEnabled"}
            ),
            id="content type",
        ),
        pytest.param(ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), id="xls"),
    ],
)
def test_a_workbook_with_macros_is_refused(content):
    assert refusal(content).code == "macro"


@pytest.mark.parametrize("part", list(xlsx_parts()))
def test_a_doctype_is_refused_in_every_part_that_is_read(part):
    parts = xlsx_parts(ROW)
    head, closing, rest = parts[part].rpartition("?>")
    parts[part] = head + closing + DOCTYPE + rest

    assert refusal(zip_of(parts)).code == "doctype"


def test_a_doctype_is_refused_in_an_ods_and_in_utf16():
    parts = ods_parts("")
    parts["content.xml"] = (DOCTYPE + parts["content.xml"]).encode("utf-16")

    assert refusal(zip_of(parts)).code == "doctype"


def test_a_truncated_file_is_refused_as_damaged():
    xlsx_content, xls_content = xlsx(ROW), xls(xls_text(0, 0, "Nama"))

    assert refusal(xlsx_content[:-30]).code == "damaged"
    assert refusal(xlsx_content[: len(xlsx_content) // 2]).code == "damaged"
    assert refusal(xls_content[:-1000]).code == "damaged"
    assert refusal(xls_content[:300]).code == "damaged"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/foto.png"])
def test_a_flipped_bit_is_noticed_even_in_a_part_nobody_reads(part):
    content = bytearray(zip_of(xlsx_parts(ROW) | {"xl/media/foto.png": b"x" * 99}, 0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo(part).header_offset + 30 + len(part) + 60
    content[place] ^= 1

    assert refusal(bytes(content)).code == "damaged"


def test_a_package_without_its_list_of_contents_is_refused():
    parts = xlsx_parts(ROW)
    del parts["[Content_Types].xml"]

    assert refusal(zip_of(parts)).code == "no_content_types"


@pytest.mark.parametrize("name", ["../../etc/x", "/etc/x", "C:/x", "a/../../x"])
def test_a_part_that_points_outside_is_refused(name):
    assert refusal(zip_of(xlsx_parts(ROW) | {name: "x"})).code == "unsafe_archive"


def test_two_parts_of_one_name_are_refused():
    content = zip_of(xlsx_parts(ROW) | {"XL/Workbook.xml": "x"})

    assert refusal(content).code == "unsafe_archive"


def test_overlapping_parts_are_refused():
    content = bytearray(zip_of(xlsx_parts(ROW)))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, second + 42, 0)

    assert refusal(bytes(content)).code == "unsafe_archive"


def test_too_many_parts_are_refused_before_they_are_listed():
    content = zip_of(xlsx_parts(ROW) | {f"x/{number}": "" for number in range(5000)})

    assert refusal(content).code == "unsafe_archive"


def test_a_forged_size_does_not_hide_what_unpacks():
    content = bytearray(xlsx(strings="<si><t>" + "a" * 5000 + "</t></si>"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = archive.getinfo("xl/sharedStrings.xml").filename.encode()
    struct.pack_into("<I", content, content.rindex(name) - 46 + 24, 100)

    assert refusal(bytes(content)).code == "damaged"


@pytest.mark.parametrize(
    "strings",
    [
        pytest.param("<si><t>" + "a" * 80_000_000 + "</t></si>", id="one giant text"),
        pytest.param("<si><t/></si>" * 10_000_000, id="ten million texts"),
        pytest.param("<si><t/></si>" * 2_200_000, id="more texts than cells"),
        pytest.param("<si><t>" + "a" * 2_000_000 + "</t></si>", id="a text longer than any cell"),
    ],
)
def test_a_small_file_that_unpacks_to_a_giant_is_refused(strings):
    assert refusal(xlsx(strings=strings)).code == "too_big_inside"


def test_endless_nesting_and_giant_attributes_are_refused():
    nested = xlsx('<row r="1"><c r="A1">' + "<x>" * 100_000)
    swollen = xlsx('<row r="1"><c r="A1" x="' + "a" * 10_000_000 + '"><v>1</v></c></row>')

    assert refusal(nested).code == "damaged"
    assert refusal(swollen).code == "too_big_inside"


def test_one_byte_over_the_limit_is_refused_and_the_limit_itself_accepted():
    content = xlsx(ROW)

    assert opened(content, max_bytes=len(content)).format == "xlsx"
    assert refusal(content, max_bytes=len(content) - 1).code == "too_large"
    assert "25 MiB" in refusal(bytes(25 * 1024 * 1024 + 1)).message


def test_a_child_out_of_time_or_memory_is_a_refusal():
    cells = '<c  r="{0}{1}"><v>1</v></c>'
    rows = "".join(
        f'<row r="{row}">{"".join(cells.format(letter, row) for letter in "ABCDEFGHIJ")}</row>'
        for row in range(1, 100_001)
    )
    content = xlsx(rows)

    assert refusal(content, seconds=1).code == "too_slow"
    assert refusal(content, memory_bytes=1).code == "too_heavy"


def test_the_child_is_not_told_the_secrets_of_its_parent(launched_children, monkeypatch):
    options = {}
    start = subprocess.Popen
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **kw: options.update(kw) or start(*args, **kw)
    )

    open_workbook(xlsx(ROW), "data.xlsx")

    assert "rahasia" not in options["env"].values()


def sheetjs_parts() -> dict:
    """A package that declares a type for every ending, macros included, as SheetJS does."""
    parts = xlsx_parts(ROW)
    macros = (
        '<Default Extension="bin" ContentType='
        '"application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/vbaProject.bin" ContentType='
        '"application/vnd.ms-office.vbaProject"/>'
    )
    types = parts["[Content_Types].xml"].replace("</Types>", f"{macros}</Types>")
    return parts | {"[Content_Types].xml": types}


def test_a_type_that_no_part_has_is_no_macro():
    assert opened(zip_of(sheetjs_parts())).sheets[0].columns == [["Nama Usaha"]]


@pytest.mark.parametrize("name", ["xl/printerSettings1.bin", "xl/vbaProject.bin", "xl/a.BIN"])
def test_a_part_that_has_such_a_type_is_one(name):
    assert refusal(zip_of(sheetjs_parts() | {name: b"x"})).code in ("macro", "xlsb")


def renamed(rename) -> bytes:
    """A package whose parts have other names."""
    return zip_of({rename(name): content for name, content in xlsx_parts(ROW).items()})


@pytest.mark.parametrize(
    "rename",
    [
        pytest.param(lambda name: name.replace("/", "\\"), id="backslashes"),
        pytest.param(str.lower, id="lower case"),
        pytest.param(lambda name: name.replace("[Content_Types]", "[CONTENT_TYPES]"), id="upper"),
    ],
)
def test_parts_are_found_by_names_as_excel_finds_them(rename):
    assert opened(renamed(rename)).sheets[0].columns == [["Nama Usaha"]]


def test_a_backslash_does_not_lead_out_of_the_file():
    content = zip_of(xlsx_parts(ROW) | {"..\\..\\etc\\x": "x"})

    assert refusal(content).code == "unsafe_archive"
