"""Section D: what offices and their programs do to the shape of a sheet."""

import io
import random

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font

from balikpapan.intake.uploads import confirm
from industry.models import Business
from tests.factories import KecamatanFactory, KelurahanFactory
from tests.sheets import printed_list, spelled, workbook, xlsx
from tests.spreadsheets.building import xlsx as raw_xlsx
from tests.trust.verdicts import Case, by_command, check_every_list, checker

HEADINGS = ["Nama Usaha", "Nama Pemilik"]


def people(count: int, start: int = 1) -> list[list]:
    """So many businesses that nothing could take for one another."""
    return [[f"Usaha {spelled(n)}", f"Pemilik {spelled(n)}"] for n in range(start, start + count)]


def listed(count: int, start: int = 1) -> list[list]:
    return [HEADINGS, *people(count, start)]


def edited(rows, edit) -> bytes:
    """A workbook of these rows after somebody has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(rows)))
    edit(book, book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sized(dimension: str, count: int = 10) -> bytes:
    """Ten businesses in a sheet that declares another size."""
    text = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(
        f'<row r="{number}">{text.format("A", number, name)}{text.format("B", number, owner)}</row>'
        for number, (name, owner) in enumerate(listed(count), 1)
    )
    return raw_xlsx(rows, before=f'<dimension ref="{dimension}"/>')


def with_cell(place: str, value) -> bytes:
    return edited(listed(10), lambda book, sheet: sheet.__setitem__(place, value))


def long_list(height: int) -> bytes:
    """A list that ends in this Excel row, every business another."""
    cell = '<c r="{}{}" t="str"><v>{}</v></c>'
    rows = "".join(
        f'<row r="{n}">{cell.format("A", n, "Nama Usaha" if n == 1 else f"Usaha {n}")}'
        f"{cell.format('B', n, 'No. HP' if n == 1 else f'0812{n:08}')}</row>"
        for n in range(1, height + 1)
    )
    return raw_xlsx(rows)


def hide_rows(book, sheet):
    for number in range(3, 6):
        sheet.row_dimensions[number].hidden = True


def hide_columns(book, sheet):
    sheet.column_dimensions["B"].hidden = True


def filter_rows(book, sheet):
    sheet.auto_filter.ref = "A1:B11"
    hide_rows(book, sheet)


def add_chart(book, sheet):
    chart_sheet = book.create_chartsheet("Grafik", 0)
    chart_sheet.add_chart(BarChart())
    book.active = 0


def mark_cells(book, sheet):
    sheet["A2"].comment = Comment("sudah tutup", "petugas")
    sheet["A3"].font = Font(strike=True)


def very_hidden(book, sheet):
    book.create_sheet("Arsip").append(HEADINGS)
    book["Arsip"].append(["Usaha Rahasia", "Siti"])
    book["Arsip"].sheet_state = "veryHidden"


def merged_ward(book, sheet):
    sheet.merge_cells("C2:C6")


WARDS = [
    [*HEADINGS, "Kelurahan"],
    *([*row, "Damai" if n == 0 else None] for n, row in enumerate(people(5))),
]
LETTERHEAD = [["PEMERINTAH KOTA BALIKPAPAN"], ["DATA IKM TAHUN 2024"], [None]]
NUMBERED = [
    *LETTERHEAD,
    ["No", *HEADINGS],
    ["(1)", "(2)", "(3)"],
    *([n, *row] for n, row in enumerate(people(3), 1)),
]
SIGNED = [
    ["No", "Nama Usaha", "Tenaga Kerja", "Tahun Data"],
    *([n, f"Usaha {spelled(n)}", 3, 2024] for n in range(1, 4)),
    [None, "JUMLAH", 9], [None], [None, None, "Balikpapan, 31 Desember 2024"],
    [None, None, "Kepala Bidang Perindustrian"], [None, None, "Budi Contoh, S.T."],
]  # fmt: skip
WRONG_SUM = [*SIGNED[:4], [None, "JUMLAH", 10]]
TWO_ROWS = [
    ["Nama Usaha", "Tenaga Kerja", None, "Tahun Data"], [None, "L", "P", None],
    *([f"Usaha {spelled(n)}", 1, 2, 2024] for n in range(1, 4)),
]  # fmt: skip
THREE_ROWS = [
    ["Nama Usaha", "Data Usaha", None, None], [None, "Tenaga Kerja", None, "Tahun Data"],
    [None, "L", "P", None], *TWO_ROWS[2:],
]  # fmt: skip
BANDS = [
    HEADINGS,
    ["KECAMATAN BALIKPAPAN TIMUR"],
    *people(2),
    ["KECAMATAN BALIKPAPAN KOTA"],
    *people(2, 3),
]
SHUFFLED = random.Random(65).sample(people(6), 6)


def wide(count: int) -> list[list]:
    """A known list followed by so many columns nobody knows."""
    return [
        [*HEADINGS, *(f"Kolom {spelled(n)}" for n in range(3, count + 1))],
        *([*row, *([1] * (count - 2))] for row in people(2)),
    ]


CASES = [
    pytest.param(Case(lambda: sized("A1:B4"), "A", tally=(10, 0, 0, 0, 0)), id="case-44-too-few-rows"),
    pytest.param(Case(lambda: sized("A1:A11"), "A", stored={"owner_name": f"Pemilik {spelled(10)}"}), id="case-45-too-few-columns"),
    pytest.param(Case(lambda: sized("A1:B1048576"), "A", tally=(10, 0, 0, 0, 0)), id="case-46-endless-rows"),
    pytest.param(Case(lambda: sized("A1:XFD5000"), "A", tally=(10, 0, 0, 0, 0)), id="case-47-endless-columns"),
    pytest.param(Case(lambda: with_cell("A200000", "x"), "WI", ("outside_table",), "Baris 200000 di luar tabel"), id="case-48-far-cell", marks=pytest.mark.slow),
    pytest.param(Case(lambda: with_cell("A500", "x"), "WI", ("outside_table",), "Baris 500 di luar tabel"), id="case-48-cell-below"),
    pytest.param(Case(lambda: long_list(65_536), "W", ("maybe_truncated",), "mungkin terpotong"), id="case-49-old-sheet", marks=pytest.mark.slow),
    pytest.param(Case(lambda: long_list(300_000), "F", wording="250.000"), id="case-49-limit", marks=pytest.mark.slow),
    pytest.param(Case([[None]], "F", wording="lembar kosong"), id="case-50-empty"),
    pytest.param(Case([HEADINGS], "F", wording="hanya judul kolom"), id="case-50-header-only"),
    pytest.param(Case([HEADINGS, [" "], [" "]], "F"), id="case-50-blank-rows"),
    pytest.param(Case(lambda: workbook({"Kosong": [[None]], "Data": listed(2)}), "A", wording="lembar kosong", tally=(2, 0, 0, 0, 0)), id="case-50-one-left"),
    pytest.param(Case(lambda: workbook({"Sampul": [["LAPORAN IKM"]], "Data": listed(3)}), "A", wording="tidak ada judul kolom", tally=(3, 0, 0, 0, 0)), id="case-51-cover"),
    pytest.param(Case(lambda: workbook({"Timur": listed(3), "Barat": listed(2, 4)}), "A", tally=(5, 0, 0, 0, 0)), id="case-52-two-sheets"),
    pytest.param(Case(lambda: workbook({"Data": listed(3), "Bantu": listed(2, 4)}, hidden=["Bantu"]), "A", wording="lembar tersembunyi", tally=(3, 0, 0, 0, 0)), id="case-52-hidden"),
    pytest.param(Case(lambda: edited(listed(3), very_hidden), "A", wording="lembar tersembunyi", tally=(3, 0, 0, 0, 0)), id="case-52-very-hidden"),
    pytest.param(Case(lambda: edited(listed(3), add_chart), "A", wording="lembar grafik", tally=(3, 0, 0, 0, 0)), id="case-53-chart"),
    pytest.param(Case(lambda: edited(listed(10), hide_rows), "W", ("hidden_rows",), "3 baris tersembunyi ikut dibaca", tally=(10, 0, 0, 0, 0)), id="case-54-rows"),
    pytest.param(Case(lambda: edited(listed(10), filter_rows), "W", ("hidden_rows",), tally=(10, 0, 0, 0, 0)), id="case-54-filtered"),
    pytest.param(Case(lambda: edited(listed(10), hide_columns), "W", ("hidden_columns",), "Kolom tersembunyi B"), id="case-54-columns"),
    pytest.param(Case(NUMBERED, "A", tally=(3, 0, 0, 0, 0)), id="case-55-letterhead"),
    pytest.param(Case(lambda: edited(BANDS, lambda b, s: None), "I", wording="judul kecamatan", tally=(4, 0, 0, 0, 2)), id="case-56-bands"),
    pytest.param(Case(TWO_ROWS, "A", stored={"workers_total": 3, "workers_female": 2}), id="case-57-two-rows"),
    pytest.param(Case(lambda: edited(TWO_ROWS, lambda b, s: s.merge_cells("B1:C1")), "A", stored={"workers_male": 1}), id="case-57-merged"),
    pytest.param(Case(lambda: edited(THREE_ROWS, lambda b, s: (s.merge_cells("B1:D1"), s.merge_cells("B2:C2"))), "A", stored={"workers_total": 3}), id="case-57-three-rows"),
    pytest.param(Case([["Nama Usaha", "Merek", "Merek"], ["Amplang", "a", "b"]], "Q", wording="kolom B «Merek» dan C «Merek»"), id="case-58-same-heading"),
    pytest.param(Case([["Nama Usaha", "Merek", "Merk"], ["Amplang", "a", "b"]], "Q", wording="B «Merek» dan C «Merk»"), id="case-58-two-aliases"),
    pytest.param(Case([["NAMA\nUSAHA ", "nik\xa0"], ["Amplang", "6471015203900001"]], "A", stored={"nik": "6471015203900001"}), id="case-59-odd-headings"),
    pytest.param(Case([[*HEADINGS, "Warna Pagar"], ["Amplang", "Siti", "biru"]], "N", ("unknown_heading",), "Warna Pagar"), id="case-60-unknown"),
    pytest.param(Case([["NIB", "No. HP"], ["9123456789012", "081255500001"]], "Q", wording="nama usaha"), id="case-60-no-name"),
    pytest.param(Case([HEADINGS[::-1], ["Siti", "Amplang"]], "A", stored={"name": "Amplang"}), id="case-60-order"),
    pytest.param(Case([["Amplang Siti", "6471015203900001", "081255500001"], ["Roti Ani", "6471015203900002", "081255500002"]], "Q", wording="tidak punya judul"), id="case-60-no-header"),
    pytest.param(Case(SIGNED, "I", wording="tanda tangan", tally=(3, 0, 0, 0, 5)), id="case-61-signature"),
    pytest.param(Case(WRONG_SUM, "WI", ("total_mismatch",), "jumlah tertulis 10", tally=(3, 0, 0, 0, 1)), id="case-61-wrong-sum"),
    pytest.param(Case([*SIGNED[:4], [None, "Rata-rata", 3]], "I", wording="baris jumlah"), id="case-61-average"),
    pytest.param(Case([HEADINGS, *people(1), [None], [" ", "\xa0"], *people(1, 2)], "I", wording="baris kosong", tally=(2, 0, 0, 0, 2)), id="case-62-blank"),
    pytest.param(Case(wide(300), "N", ("unknown_heading",), tally=(2, 0, 0, 0, 0)), id="case-63-300"),
    pytest.param(Case(wide(512), "N", tally=(2, 0, 0, 0, 0)), id="case-63-512"),
    pytest.param(Case(wide(513), "F", wording="512 kolom"), id="case-63-513"),
    pytest.param(Case(lambda: edited(listed(2), lambda b, s: s.__setitem__("XFD1", "x")), "F", wording="512 kolom"), id="case-63-16384"),
    pytest.param(Case(lambda: edited(listed(3), mark_cells), "N", ("marked_cells",), "1 sel bercatatan dan 1 sel bercoretan"), id="case-64-marks"),
    pytest.param(Case([["No", *HEADINGS, "NIB"], *([9 - n, *row, "1" if n == 4 else None] for n, row in enumerate(SHUFFLED))], "H", ("id_wrong_length",), "baris 6, kolom D"), id="case-65-excel-rows"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p11_every_row_and_column_is_read_or_named(case, desk):
    # The bands of a list are told from businesses by the regions there are.
    for name in ("Balikpapan Timur", "Balikpapan Kota"):
        KecamatanFactory(name=name)

    checker(case, desk)


def test_a_merged_ward_stands_in_every_row_it_covers(desk):
    KelurahanFactory(name="Damai", kecamatan=KecamatanFactory(name="Balikpapan Kota"))

    result = checker(Case(lambda: edited(WARDS, merged_ward), "N", ("merged_carried",)), desk)
    confirm(result.upload, result.upload.by)

    assert Business.objects.filter(kelurahan__name="Damai").count() == 5


def test_a_band_gives_its_rows_the_kecamatan(desk):
    for name in ("Balikpapan Timur", "Balikpapan Kota"):
        KecamatanFactory(name=name)

    result = checker(Case(BANDS, "I"), desk)
    confirm(result.upload, result.upload.by)

    assert Business.objects.filter(kecamatan__name="Balikpapan Timur").count() == 2
    assert Business.objects.filter(kecamatan__name="Balikpapan Kota").count() == 2


def test_the_printed_list_of_an_office_is_read_to_the_last_row(desk):
    band = {
        place: [
            (f"Usaha {spelled(n)}", f"Pemilik {spelled(n)}", 1, 1, 10, "kg", 5000, 9000)
            for n in range(first, first + 3)
        ]
        for place, first in (("Balikpapan Timur", 1), ("Balikpapan Kota", 4))
    }
    for name in band:
        KecamatanFactory(name=f"{name}")

    result = checker(Case(lambda: printed_list(band), "WNI"), desk)

    assert (result.tally[0], result.tally[3]) == (6, 0)
    check_every_list(desk)


def test_a_hidden_sheet_is_read_when_it_is_named(desk):
    content = workbook({"Data": listed(3), "Bantu": listed(2, 4)}, hidden=["Bantu"])

    result = checker(Case(content, "A", answers={"sheets": ["Bantu"]}), desk)

    assert result.tally == (2, 0, 0, 0, 0)


def test_doubled_columns_are_settled_by_the_mapping(desk):
    rows = [["Nama Usaha", "Merek", "Merk"], ["Amplang", "a", "b"]]

    checker(
        Case(rows, "N", answers={"mapping": {"B": "", "C": "brand"}}, stored={"brand": "b"}), desk
    )


@pytest.mark.parametrize("case", [case for case in CASES[::6] if not case.marks])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
    assert set(case.codes) <= {problem["code"] for problem in report["problems"]}
