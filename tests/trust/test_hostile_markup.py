"""Section B: markup and injection in values, headings, file names and sheet names."""

import logging

import pytest
from django.urls import reverse

from balikpapan.intake.models import Upload
from balikpapan.logs import OneLine
from industry.models import Business
from tests.pages import upload_url, url
from tests.sheets import workbook
from tests.trust.verdicts import (
    Case,
    by_command,
    cell,
    check_every_list,
    check_page,
    checker,
    named,
)

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'


def literal(text: str):
    """A name that is stored exactly as it was typed."""
    return named(text, "A", stored={"name": text})


def headed(heading: str, verdict: str = "N", *codes: str, **more) -> Case:
    """A known name column beside an odd heading that holds something."""
    rows = [["Nama Usaha", "Nama Pemilik", heading], ["Amplang Siti", "Siti Contoh", "isi"]]
    return Case(rows, verdict, codes, **more)


UNKNOWN = [
    SCRIPT, IMAGE, "'; DROP TABLE industry_business;--", "{{7*7}}", "__class__", "history", "id",
    "pk", "password", "is_superuser", "nib__contains", "version", "archived_at", "kelurahan_id",
]  # fmt: skip

CASES = [
    pytest.param(literal(SCRIPT), id="case-15-script"),
    pytest.param(literal(IMAGE), id="case-15-image"),
    *[
        pytest.param(headed(heading, "N", "unknown_heading"), id=f"case-16-20-heading-{number}")
        for number, heading in enumerate(UNKNOWN)
    ],
    pytest.param(Case([[SCRIPT, IMAGE], ["a", "b"]], "F"), id="case-16-nothing-known"),
    pytest.param(
        Case(lambda: workbook({"<b>Data": [["Nama Usaha", "NIB"], ["Amplang", "1"]]}), "H",
             ("id_wrong_length",), "«<b>Data»", name=f"{SCRIPT}.xlsx"),
        id="case-17-names",
    ),
    *[
        pytest.param(literal(text), id=f"case-18-19-{number}")
        for number, text in enumerate(
            ["{{7*7}}", "{% load static %}", "${7*7}", "%(x)s", "'; DROP TABLE industry_business;--"]
        )
    ],
    pytest.param(
        named("Amp\u202elang", "N", "invisible_removed", wording="U+202E", stored={"name": "Amplang"}),
        id="case-22-direction",
    ),
    pytest.param(
        named("Amp\u200dlang", "N", "invisible_removed", wording="U+200D", stored={"name": "Amplang"}),
        id="case-22-joiner",
    ),
    pytest.param(
        named("Amp\ufefflang", "N", "invisible_removed", wording="U+FEFF", stored={"name": "Amplang"}),
        id="case-22-bom",
    ),
    pytest.param(
        named("Toko\nSiti", "N", "line_break", stored={"name": "Toko Siti"}), id="case-23-newline"
    ),
    pytest.param(
        named("Toko_x000D_\nSiti", "N", "line_break", stored={"name": "Toko Siti"}),
        id="case-23-crlf",
    ),
    pytest.param(named("Toko_x001B_[31m", "H", "bad_characters"), id="case-23-ansi"),
    *[
        pytest.param(literal(text), id=f"case-24-{number}")
        for number, text in enumerate(
            ["Kue 🍰 Ibu", "👩🏽‍🍳 Dapur", "O'Brien", 'Ny. Siti "Bunda"', "PT. A&B <Jaya>"]
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p49_markup_is_only_text(case, desk):
    checker(case, desk)


def test_p42_a_script_in_a_name_is_escaped_on_every_page_that_shows_it(desk):
    result = checker(Case([["Nama Usaha", "Alamat"], [SCRIPT, IMAGE]], "A"), desk)
    preview = desk.get(upload_url("change", result.upload))
    desk.post(upload_url("confirm", result.upload), {"fingerprint": result.upload.fingerprint})
    business = Business.objects.get()

    pages = [preview, desk.get(url(Business, "changelist"))]
    pages += [desk.get(url(Business, page, business)) for page in ("change", "history", "delete")]

    assert business.name == SCRIPT
    for page in pages:
        text = page.content.decode()
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        check_page(page)
    check_every_list(desk)


@pytest.mark.parametrize(
    "name", [f"{SCRIPT}.xlsx", 'a"; filename="b.exe".xlsx', "a\r\nX-Evil: 1.xlsx"]
)
def test_a_hostile_file_name_is_escaped_in_pages_and_headers(desk, name):
    from balikpapan.intake.answers import Answers
    from balikpapan.intake.uploads import receive
    from tests.sheets import xlsx

    user = Upload.by.field.related_model.objects.get()
    upload, _ = receive(
        "ikm", xlsx([["Nama Usaha", "NIB"], ["Amplang", "1"]]), name, Answers(), user
    )

    pages = [
        desk.get(upload_url("change", upload)),
        desk.get(reverse("admin:intake_upload_changelist")),
    ]
    file = desk.post(upload_url("file", upload), {"purpose": "memeriksa berkas"})

    assert all(
        "<script>alert" not in check_page(p) or "&lt;script&gt;" in p.content.decode()
        for p in pages
    )
    header = file.headers["Content-Disposition"]
    assert header.startswith("attachment; filename*=UTF-8''")
    assert not set(header.partition("UTF-8''")[2]) & set('\r\n"<>; ')
    assert "X-Evil" not in file.headers


def test_p51_line_breaks_and_escapes_make_one_line_in_the_log():
    entry = logging.LogRecord("x", logging.INFO, "", 1, "a\r\nGALAT palsu \x1b[31m", None, None)

    line = OneLine("{message}", style="{").format(entry)

    assert not [char for char in line if ord(char) < 32]


@pytest.mark.parametrize("case", CASES[::9])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
    assert set(case.codes) <= {problem["code"] for problem in report["problems"]}


def test_a_cell_of_markup_is_named_escaped_in_the_problems(desk):
    result = checker(cell("Tenaga Kerja", SCRIPT, "H", "not_a_number"), desk)

    text = desk.get(upload_url("problems", result.upload)).content.decode()

    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
