"""Section C: the container; what the bytes are decides, and nothing in it can stop the server."""

import contextlib
import socket
import struct
import threading
import time
import zipfile

import pytest
import waitress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from waitress import wasyncore as asyncore

from balikpapan.intake import storage, working_file
from balikpapan.intake.models import Upload
from balikpapan.server.error_pages import speak_indonesian
from balikpapan.server.serve import server_options
from tests.pages import upload_url
from tests.sheets import delimited, xlsx
from tests.spreadsheets.building import (
    ods,
    ods_parts,
    ole,
    record,
    xls,
    xls_text,
    xlsx_parts,
    zip_of,
)
from tests.spreadsheets.building import xlsx as raw_xlsx
from tests.trust.verdicts import Case, by_command, check_every_list, check_page, checker

ROWS = [["Nama Usaha", "Nama Pemilik"], ["Amplang Siti", "Siti"], ["Roti Ani", "Ani"]]
SECRET = "RAHASIA-4711"
BOTH = {"tally": (2, 0, 0, 0, 0)}


def as_xls(**more) -> bytes:
    texts = [xls_text(r, c, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    return xls(*texts, **more)


def as_ods() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS
    )
    return ods(f'<table:table table:name="Data">{rows}</table:table>')


def flipped(content: bytes) -> bytes:
    """One bit of the middle turned over."""
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 0x10
    return bytes(changed)


def without(part: str) -> bytes:
    return zip_of({name: text for name, text in xlsx_parts().items() if name != part})


def with_parts(**parts: str) -> bytes:
    return zip_of(xlsx_parts() | {name.replace("__", "/"): text for name, text in parts.items()})


def doubled_names() -> bytes:
    return zip_of(xlsx_parts() | {"XL/WORKBOOK.XML": "x"})


def overlapping() -> bytes:
    content = bytearray(zip_of(xlsx_parts()))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, second + 42, 0)
    return bytes(content)


def forged() -> bytes:
    """A part that says of itself that it is small."""
    content = bytearray(raw_xlsx(strings="<si><t>" + "a" * 5000 + "</t></si>"))
    name = b"xl/sharedStrings.xml"
    struct.pack_into("<I", content, content.rindex(name) - 46 + 24, 100)
    return bytes(content)


def declared(part: str, entity: str) -> bytes:
    """A part of the package with a document type of its own."""
    parts = xlsx_parts()
    head, closing, rest = parts[part].rpartition("?>")
    parts[part] = head + closing + entity + rest
    return zip_of(parts)


def declared_ods(entity: str) -> bytes:
    parts = ods_parts("<table:table table:name='A'/>")
    return zip_of(parts | {"content.xml": entity + parts["content.xml"]})


OUTSIDE = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///tmp/{SECRET}">]>'
CALLING = '<!DOCTYPE x SYSTEM "http://203.0.113.9/x.dtd">'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>"
SPREADSHEET = "xl/worksheets/sheet1.xml"


def refused(content, wording: str, **more) -> Case:
    return Case(content, "F", wording=wording, **more)


def slow(case: Case, name: str):
    return pytest.param(case, id=name, marks=pytest.mark.slow)


CASES = [
    pytest.param(refused(b"", "kosong"), id="case-25-empty"),
    pytest.param(refused(b"<html><table><tr><td>1", "HTML"), id="case-26-html"),
    pytest.param(refused(b"<html><table><tr><td>1", "HTML", name="data.xls"), id="case-26-html-as-xls"),
    pytest.param(refused(b"%PDF-1.7\n", "PDF"), id="case-26-pdf"),
    pytest.param(refused(b"\x89PNG\r\n\x1a\n" + bytes(50), "gambar"), id="case-26-png"),
    pytest.param(Case(lambda: delimited(ROWS), "N", ("name_differs",), **BOTH), id="case-26-text"),
    pytest.param(refused(lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "kata sandi"), id="case-27-xlsx"),
    pytest.param(refused(lambda: xls(before=record(0x2F, bytes(6))), "kata sandi"), id="case-27-xls"),
    pytest.param(refused(lambda: ods("", manifest="<manifest:encryption-data/>"), "kata sandi"), id="case-27-ods"),
    pytest.param(Case(as_xls, "N", ("name_differs",), name="a.xlsx", **BOTH), id="case-28-xls-as-xlsx"),
    pytest.param(Case(ROWS, "N", ("name_differs",), name="a.xls", **BOTH), id="case-28-xlsx-as-xls"),
    pytest.param(Case(as_ods, "N", ("name_differs",), name="a.xlsx", **BOTH), id="case-28-ods-as-xlsx"),
    pytest.param(Case(as_ods, "A", name="a.ods", **BOTH), id="case-29-ods"),
    pytest.param(Case(as_xls, "A", name="a.xls", **BOTH), id="case-29-xls"),
    pytest.param(refused(lambda: zip_of({"xl/workbook.bin": b"x"}), ".xlsb"), id="case-29-xlsb"),
    pytest.param(refused(lambda: zip_of({"Index/Document.iwa": b"x"}), "Numbers"), id="case-29-numbers"),
    pytest.param(refused(lambda: zip_of({"word/document.xml": "<x/>"}), "Word"), id="case-29-docx"),
    pytest.param(refused(lambda: zip_of({"data.csv": "a;b"}), "arsip"), id="case-29-zip"),
    pytest.param(refused(lambda: xlsx(ROWS)[:-40], "rusak atau terpotong"), id="case-30-truncated"),
    pytest.param(refused(lambda: xlsx(ROWS)[:900], "rusak atau terpotong"), id="case-30-half"),
    pytest.param(refused(lambda: flipped(zip_of(xlsx_parts(), zipfile.ZIP_STORED)), "."), id="case-30-flipped"),
    pytest.param(refused(lambda: as_xls()[:-1000], "rusak atau terpotong"), id="case-30-xls"),
    pytest.param(refused(lambda: without("[Content_Types].xml"), "."), id="case-31-no-content-types"),
    pytest.param(refused(lambda: with_parts(**{"../../etc/x": "x"}), "."), id="case-32-upwards"),
    pytest.param(refused(lambda: with_parts(**{"/etc/x": "x"}), "."), id="case-32-absolute"),
    pytest.param(refused(doubled_names, "."), id="case-32-twice"),
    slow(refused(lambda: raw_xlsx(strings=f"<si><t>{'a' * 400_000_000}</t></si>"), "terlalu besar"), "case-33-one-string"),
    slow(refused(lambda: raw_xlsx(strings="<si><t/></si>" * 10_000_000), "terlalu besar"), "case-34-many-strings"),
    slow(refused(lambda: raw_xlsx("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))), "250.000"), "case-35-rows"),
    pytest.param(refused(lambda: zip_of({"a.zip": xlsx(ROWS)}), "arsip"), id="case-36-nested"),
    slow(refused(lambda: zip_of(xlsx_parts() | {f"x/{n}": "" for n in range(100_000)}), "."), "case-36-entries"),
    pytest.param(refused(overlapping, "."), id="case-36-overlapping"),
    pytest.param(refused(forged, "rusak"), id="case-37-forged-size"),
    *[pytest.param(refused(lambda part=part: declared(part, OUTSIDE), "DOCTYPE"), id=f"case-38-{part}") for part in xlsx_parts()],
    pytest.param(refused(lambda: declared(SPREADSHEET, CALLING), "DOCTYPE"), id="case-38-calling"),
    pytest.param(refused(lambda: declared_ods(OUTSIDE), "DOCTYPE"), id="case-38-ods"),
    pytest.param(refused(lambda: declared(SPREADSHEET, LAUGHS), "DOCTYPE"), id="case-39-laughs"),
    pytest.param(refused(lambda: declared("xl/sharedStrings.xml", QUADRATIC), "DOCTYPE"), id="case-39-quadratic"),
    pytest.param(refused(lambda: declared_ods(LAUGHS), "DOCTYPE"), id="case-39-ods"),
    pytest.param(refused(lambda: bytes(25 * 2**20 + 1), "25 MiB"), id="case-40-one-byte-over"),
    *[pytest.param(Case(ROWS, "A" if name.endswith(".xlsx") else "N", name=name, **BOTH), id=f"case-42-{n}") for n, name in enumerate(("CON.xlsx", "a.xlsx%00.exe", "📊.xlsx", "x" * 5000 + ".xlsx"))],
    slow(refused(lambda: raw_xlsx('<row r="1"><c r="A1">' + "<x>" * 100_000), "."), "case-43-nested-deep"),
    slow(refused(lambda: raw_xlsx(f'<row r="1"><c r="A1" x="{"a" * 10_000_000}"><v>1</v></c></row>'), "terlalu besar"), "case-43-attribute"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p45_only_real_workbooks_are_read_and_all_others_refused_by_name(case, desk):
    result = checker(case, desk)

    assert SECRET not in result.readable_text


def test_p46_nothing_is_fetched_while_a_file_is_read(desk, monkeypatch):
    called = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: called.append(a) or [])
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: called.append(address))
    content = declared(SPREADSHEET, CALLING)
    page = reverse("admin:intake_upload_new", args=["ikm"])

    desk.post(page, {"file": SimpleUploadedFile("a.xlsx", content)})

    assert Upload.objects.get().status == "refused"
    assert not [address for address in called if "203.0.113.9" in str(address)]


# Case 40 and 41: what comes instead of one file


def test_a_file_at_the_limit_is_read_and_one_over_it_is_not(desk, settings):
    settings.UPLOAD_MAX_MIB = 1
    line = b"Nama Usaha;Merek\n"
    content = line + b";\n" * ((2**20 - len(line)) // 2)
    content += b" " * (2**20 - len(content))
    page = reverse("admin:intake_upload_new", args=["ikm"])

    inside = desk.post(page, {"file": SimpleUploadedFile("a.csv", content)})
    beyond = desk.post(page, {"file": SimpleUploadedFile("a.csv", content + b" ")})

    assert inside.status_code == 302
    assert "1 MiB" in check_page(beyond)
    assert Upload.objects.count() == 1


def two_files():
    return {"file": [SimpleUploadedFile("a.csv", b"a"), SimpleUploadedFile("b.csv", b"b")]}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param(two_files, "satu berkas", id="case-41-two"),
        pytest.param(dict, "Pilih berkas", id="case-41-none"),
        pytest.param(lambda: {"file": "data.xlsx"}, "Pilih berkas", id="case-41-text-field"),
        pytest.param(lambda: {"berkas": SimpleUploadedFile("a.csv", b"a")}, "Pilih berkas", id="case-41-other-name"),
    ],
)  # fmt: skip
def test_anything_but_one_file_is_turned_back_by_the_form(data, word, desk):
    response = desk.post(reverse("admin:intake_upload_new", args=["ikm"]), data())

    assert word in check_page(response)
    assert Upload.objects.count() == 0


def test_a_base64_part_is_decoded_or_refused_and_never_a_500(desk):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"TmFtYQ==" * 1000 + b"\r\n--x--\r\n"
    )

    response = desk.post(
        reverse("admin:intake_upload_new", args=["ikm"]),
        data=body, content_type="multipart/form-data; boundary=x",
    )  # fmt: skip

    assert response.status_code < 500


@pytest.fixture
def served_port(settings):
    """The server as the office runs it, with a limit of 1 MiB; its program is never reached."""
    settings.UPLOAD_MAX_MIB = 1
    speak_indonesian()
    server = waitress.create_server(
        lambda *request: pytest.fail("the program was asked"), host="127.0.0.1", port=0,
        **server_options(),
    )  # fmt: skip
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.effective_port
    server.close()
    server.task_dispatcher.shutdown()
    asyncore.close_all(server._map)
    thread.join(10)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("Transfer-Encoding: chunked", b"100000\r\n" + bytes(2**20) + b"\r\n", id="chunked"),
        pytest.param("Content-Length: 1073741824", bytes(2**20), id="declared"),
    ],
)  # fmt: skip
def test_an_endless_body_is_turned_away_at_the_door_with_the_limit(head, body, served_port):
    answer = b""
    with socket.create_connection(("127.0.0.1", served_port), timeout=10) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            for _ in range(5):
                line.sendall(body)
        with contextlib.suppress(ConnectionError):
            while piece := line.recv(65536):
                answer += piece

    text = answer.decode()
    assert text.startswith("HTTP/1.1 413")
    assert "paling besar 1 MiB" in text
    assert "Content-Security-Policy" in text
    assert "waitress" not in text


@pytest.mark.parametrize("name", ["../../x.xlsx", "..\\..\\x.xlsx", "/etc/passwd"])
def test_a_file_name_never_decides_where_a_file_is_kept(name, desk, settings):
    rows = [*ROWS, [f"Dari {name}", "Siti"]]  # bytes that no other test hands in

    result = checker(Case(rows, "A", name=name), desk)

    assert "/" not in result.upload.file_name
    assert "\\" not in result.upload.file_name
    stored_files = [
        file for file in storage.folder(result.upload.sha256).iterdir() if file.is_file()
    ]
    assert {file.name for file in stored_files} == {
        "original",
        working_file.path(result.upload).name,
    }
    assert all(file.stat().st_mode & 0o077 == 0 for file in stored_files)


def test_every_list_opens_and_a_refused_file_can_still_be_fetched(desk):
    result = checker(refused(lambda: xlsx(ROWS)[:900], "rusak"), desk)

    file = desk.post(upload_url("file", result.upload), {"purpose": "memeriksa berkas"})

    assert file.content == xlsx(ROWS)[:900] or len(file.content) == 900
    check_every_list(desk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_p44_others_are_served_while_three_bombs_are_being_read(client, django_user_model):
    from balikpapan.intake.pipeline import limits
    from balikpapan.spreadsheets.opening.open import WorkbookRefused, open_workbook

    client.force_login(django_user_model.objects.create_superuser("penguji"))
    content = raw_xlsx(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 600_001))
    )
    ended = []

    def bomb():
        try:
            open_workbook(content, "a.xlsx", limits())
        except WorkbookRefused as refusal:
            ended.append(refusal.code)

    threads = [threading.Thread(target=bomb) for _ in range(3)]
    for thread in threads:
        thread.start()
    began, waits = time.monotonic(), []
    while any(thread.is_alive() for thread in threads):
        started = time.monotonic()
        check_page(client.get(reverse("admin:intake_upload_changelist")))
        waits.append(time.monotonic() - started)
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - began

    assert ended == ["too_many_rows"] * 3
    # Nobody waits for the reading; how long a page takes is the busy computer's affair.
    assert len(waits) > 1
    assert max(waits) < max(2, lasted / 2)


@pytest.mark.parametrize("case", [case for case in CASES[::7] if not case.marks])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)


def test_p48_a_refused_package_leaves_nothing_but_itself(desk):
    content = overlapping() + b"x"

    result = checker(refused(content, "."), desk)

    stored_files = list(storage.folder(result.upload.sha256).iterdir())
    assert [file.name for file in stored_files] == ["original"]
    assert stored_files[0].read_bytes() == content
