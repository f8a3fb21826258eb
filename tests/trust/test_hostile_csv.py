"""Section G: text with separators, in every encoding and every shape of line."""

import pytest

from tests.sheets import delimited
from tests.trust.verdicts import Case, by_command, check_every_list, checker

ROWS = [["Nama Usaha", "Nama Pemilik"], ["Kafé Siti", "Siti"], ["Roti Ani – Sedap", "Ani"]]
TEXT = "Nama Usaha;Nama Pemilik\r\nKafé Siti;Siti\r\nRoti Ani;Ani\r\n"


def text(content: str | bytes, verdict: str, *codes: str, **more) -> Case:
    content = content.encode() if isinstance(content, str) else content
    more.setdefault("name", "data.csv")
    return Case(content, verdict, codes, **more)


BOTH = {"tally": (2, 0, 0, 0, 0)}

CASES = [
    pytest.param(text(delimited(ROWS), "A", **BOTH), id="case-104-with-mark"),
    pytest.param(text(delimited(ROWS, encoding="utf-8"), "A", **BOTH), id="case-104-without-mark"),
    pytest.param(text(delimited(ROWS, encoding="utf-16"), "N", "encoding", wording="UTF-16", **BOTH), id="case-105-utf-16"),
    pytest.param(text(delimited(ROWS, encoding="utf-16-be"), "N", "encoding", wording="UTF-16", **BOTH), id="case-105-utf-16-be"),
    pytest.param(text(delimited(ROWS, encoding="cp1252"), "N", "encoding", wording="Windows-1252", **BOTH), id="case-105-cp1252"),
    pytest.param(text(TEXT.encode("utf-8") + b"\x81\x8d;\xff\x8f", "F", wording="simpan sebagai CSV UTF-8"), id="case-105-undecodable"),
    pytest.param(text(delimited(ROWS, delimiter=";"), "A", **BOTH), id="case-106-semicolon"),
    pytest.param(text(delimited(ROWS, delimiter=","), "A", **BOTH), id="case-106-comma"),
    pytest.param(text(delimited(ROWS, delimiter="\t"), "A", **BOTH), id="case-106-tab"),
    pytest.param(text('Nama Usaha;Nama Pemilik\nAmplang;"Siti\nRoti;Ani\n', "F", wording="baris 2"), id="case-107-unclosed"),
    pytest.param(text('Nama Usaha;Nama Pemilik\nAmplang;Siti "Bunda" Ani\n', "A", tally=(1, 0, 0, 0, 0)), id="case-107-quote-inside"),
    pytest.param(text("Nama Usaha;Nama Pemilik;NIB\nAmplang\nRoti;Ani\n", "A", **BOTH), id="case-108-short-rows"),
    pytest.param(text("Nama Usaha;Nama Pemilik\nAmplang;Siti;lebih\nRoti;Ani\n", "HN", "beyond_heading", wording="kolom C", tally=(1, 0, 0, 1, 0)), id="case-108-beyond-header"),
    pytest.param(text("Nama Usaha;Nama Pemilik\nAmplang;Siti;lebih\nRoti;Ani;lagi\n", "N", "unknown_heading", **BOTH), id="case-108-column-without-heading"),
    pytest.param(text(TEXT.replace("\r\n", "\r"), "A", **BOTH), id="case-108-cr-only"),
    pytest.param(text('Nama Usaha;Nama Pemilik\n"Kafé\nSiti";Siti\nRoti;Ani\n', "N", "line_break", **BOTH), id="case-108-quoted-newline"),
    pytest.param(text(f"Nama Usaha;Nama Pemilik\n{'x' * 2**20};Siti\n", "H", "too_long", tally=(0, 0, 0, 1, 0)), id="case-108-long-line"),
    pytest.param(text("sep=;\r\n" + TEXT, "A", **BOTH), id="case-109-announced"),
    pytest.param(text("sep=|\r\n" + TEXT.replace(";", "|"), "A", **BOTH), id="case-109-odd-separator"),
    pytest.param(text(TEXT.replace("\r\n", ";\r\n"), "A", **BOTH), id="case-109-trailing-column"),
    pytest.param(text(TEXT + "\r\n" * 50, "A", **BOTH), id="case-109-trailing-lines"),
    pytest.param(text(TEXT, "N", "name_differs", name="data.xlsx", **BOTH), id="case-26-text-as-xlsx"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p49_every_way_to_write_a_csv_is_read_or_refused(case, desk):
    checker(case, desk)


def test_every_list_opens_afterwards(desk):
    checker(Case(delimited(ROWS), "A", stored={"name": "Roti Ani – Sedap"}, name="data.csv"), desk)

    check_every_list(desk)


@pytest.mark.parametrize("case", CASES[::4])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
