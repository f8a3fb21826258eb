import io
import re
from dataclasses import replace

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from balikpapan.reports import html, pdf, xlsx
from balikpapan.reports.formats import shown
from balikpapan.reports.pdf_text import BOLD, broken, font_for, printable
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from tests.snapshots.pdf_layout import page_streams, plain

from .books import (
    book_of,
    grouped_table,
    head,
    knowing,
    letterhead,
    revenue_table,
    texts_of,
    workforce_table,
)


def pdf_of(book, **options):
    stream = io.BytesIO()
    pdf.write_book(book, stream, **options)
    return stream.getvalue()


def pages_of(data):
    """The pieces of text of each page, in the order they were drawn."""
    return [
        [
            plain(text.decode("cp1252"))
            for text in re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", page, re.DOTALL)
        ]
        for page in page_streams(data)
    ]


def long_table(rows, **options):
    columns = [ReportColumn("Nama usaha"), ReportColumn("Tenaga kerja", "whole")]
    return ReportTable(
        "t", "Daftar", columns, [(f"Usaha {n}", n) for n in range(rows)], number=5, **options
    )


def test_a_page_carries_letterhead_titles_table_and_signature():
    [page] = pages_of(pdf_of(book_of(revenue_table())))

    assert page[:6] == [
        "PEMERINTAH KOTA BALIKPAPAN",
        "DINAS KOPERASI, USAHA MIKRO, KECIL, MENENGAH DAN PERINDUSTRIAN",
        "Jalan Contoh Nomor 1",
        "Telepon (0542) 000000",
        "TABEL 9",
        "REALISASI PAD",
    ]
    for text in (
        "(6)",
        "Jumlah",
        "Sumber: DKUMKMP",
        "Balikpapan, 31 Desember 2024",
        "NIP. 19751229 199902 2 001",
    ):
        assert text in page


def test_all_three_renderings_show_the_same_figures():
    for table in (revenue_table(), workforce_table()):
        book, stream = book_of(table), io.BytesIO()
        [page] = pages_of(pdf_of(book))
        screen = re.findall(r"<t[hd][^>]*>([^<]*)", html.render_book(book))
        xlsx.write_book(book, stream)
        sheet = list(openpyxl.load_workbook(stream).active.values)

        for line, texts in zip(table.lines, texts_of(table), strict=True):
            wanted = [text for text in texts if text]
            assert _in_a_row(wanted, page)
            assert _in_a_row(texts, screen)
            assert texts in [_row(row, line) for row in sheet]


def _in_a_row(wanted, given):
    return any(given[i : i + len(wanted)] == wanted for i in range(len(given)))


def _row(row, line):
    """A sheet's row as a reader sees it, by the kinds of the line's columns."""
    places, index = [], 0
    for cell in line.cells:
        places.append((row[index], cell.column))
        index += cell.span
    return ["" if value is None else shown(value, c.kind, c.places) for value, c in places]


def test_headings_and_column_numbers_stand_on_every_page():
    pages = pages_of(pdf_of(book_of(long_table(100))))

    assert len(pages) > 2
    assert all("Nama usaha" in page and "(3)" in page for page in pages)


def test_every_page_knows_how_many_there_are():
    pages = pages_of(pdf_of(book_of(long_table(100))))

    assert [page[-1] for page in pages] == [
        f"Halaman {number} dari {len(pages)}" for number in range(1, len(pages) + 1)
    ]


@pytest.mark.parametrize("rows", [*range(12, 32), *range(118, 142)])
def test_a_signature_is_never_alone_on_its_page(rows):
    *_, last = pages_of(pdf_of(book_of(long_table(rows))))

    assert {"Budi Contoh, S.T.", "Jumlah", f"Usaha {rows - 1}"} <= set(last)


def test_no_row_is_lost_between_pages():
    pages = pages_of(pdf_of(book_of(long_table(500))))

    names = [text for page in pages for text in page if text.startswith("Usaha")]
    assert names == [f"Usaha {n}" for n in range(500)]


@pytest.mark.parametrize("rows", range(190, 230, 3))
def test_a_long_list_of_uneven_rows_fills_its_pages_and_keeps_its_order(rows):
    columns = [
        ReportColumn("Nama usaha"),
        ReportColumn("Alamat", width=20),
        *(ReportColumn(x) for x in "ABCDE"),
    ]
    uneven = [(f"Usaha {n}", "Jalan Contoh " * (n % 7 * 3), *"abcde") for n in range(rows)]
    table = ReportTable("t", "T", columns, uneven, source="Register")

    pages = pages_of(pdf_of(book_of(table, signatories=[head()])))

    counts = [sum(text.startswith("Usaha") for text in page) for page in pages]
    names = [text for page in pages for text in page if text.startswith("Usaha")]
    assert names == [f"Usaha {n}" for n in range(rows)]
    assert min(counts[:-2]) > 5
    assert counts[-1] > 0
    assert all(page.count("(8)") == 1 for page in pages)


def test_a_book_lists_its_tables_and_is_signed_once():
    pages = pages_of(pdf_of(book_of(signatories=[knowing(), head()])))

    cover, contents, *_ = pages
    assert {"LAPORAN TAHUNAN INDUSTRI", "EDISI 1", "Balikpapan, 31 Desember 2024"} <= set(cover)
    assert {"DAFTAR TABEL", "Realisasi PAD", "Dibuat oleh: Siti Contoh"} <= set(contents)
    assert [("Rina Misal, S.E." in page, "Budi Contoh, S.T." in page) for page in pages] == [
        *[(False, False)] * (len(pages) - 1),
        (True, True),
    ]


def test_a_line_of_the_contents_has_its_dots_and_its_page_within_the_line():
    lines = []
    canvas = Canvas(io.BytesIO())
    canvas.line, canvas.promised = (lambda *line: lines.append(line)), {}
    line = pdf.PageOf("t9", begin=5)
    width, height = line.wrap(100, 400)
    line.canv = canvas

    line.draw()

    [(begin, first, end, second)] = lines
    [(key, x, y)] = canvas.promised[1]
    assert 0 < first == second == y < height
    assert (begin, key, x) == (5, "t9", width)
    assert begin < end < x


def test_small_tables_share_a_page_and_a_large_one_begins_its_own():
    small = [replace(revenue_table(), key=f"t{n}", number=n) for n in (1, 2)]
    large = long_table(60)

    pages = pages_of(pdf_of(book_of(*small, large)))

    [shared] = [page for page in pages if "TABEL 1" in page]
    assert "TABEL 2" in shared
    assert not [page for page in pages if "TABEL 2" in page and large.title.upper() in page]


def test_paper_and_workbook_have_the_same_tables_on_the_same_pages():
    tall = replace(long_table(30), number=4)
    parts = [replace(revenue_table(), key=f"p{n}", number=9) for n in range(2)]
    small = [replace(revenue_table(), key=f"t{n}", number=n) for n in (1, 2, 3, 10)]
    book = book_of(*small[:3], tall, *parts, small[3], workforce_table(number=11))
    stream = io.BytesIO()

    xlsx.write_book(book, stream)
    printed = [_headings(page) for page in pages_of(pdf_of(book))]

    sheets = {
        sheet.title: _headings([row[0] for row in sheet.values])
        for sheet in openpyxl.load_workbook(stream)
    }
    assert [page for page in printed if page] == [names for names in sheets.values() if names]
    # The parts of one number stay together before they share a page with another number.
    assert list(sheets.values())[2:] == [
        ["TABEL 1", "TABEL 2"],
        ["TABEL 3"],
        ["TABEL 4"],
        ["TABEL 9a", "TABEL 9b"],
        ["TABEL 10"],
        ["TABEL 11"],
    ]
    assert list(sheets)[2:] == ["Tabel 1 dan 2", *(f"Tabel {n}" for n in (3, 4, 9, 10, 11))]


def _headings(texts):
    return [text for text in texts if str(text).startswith("TABEL")]


@pytest.mark.parametrize("above", [22, 23, 24, 2_000])
def test_a_heading_within_a_table_stays_with_the_row_it_heads(above):
    section = Row(("Kecamatan Uji",), kind="section")
    last = [(name, 1) for name in ("Pertama", *"abcdefghijkl")]
    rows = [*[(f"Usaha {n}", n) for n in range(above)], section, *last]
    table = ReportTable(
        "t", "Daftar", [ReportColumn("Nama"), ReportColumn("Jumlah", "whole")], rows
    )

    pages = pages_of(pdf_of(book_of(table)))

    [page] = [page for page in pages if "Kecamatan Uji" in page]
    assert "Pertama" in page


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("size", [1, 2, 5, 13])
def test_every_page_of_a_grouped_table_says_which_group_its_rows_are_of(before, size):
    pages = pages_of(pdf_of(book_of(grouped_table(before, 9, size), revenue_table())))

    group, names = None, []
    for page in pages[2:]:
        lines = [text for text in page if text[:5] in ("Kecam", "Kelur", "Jumla")]
        lines = [text for text in lines if text != "Jumlah"]
        # No sum without a row of it, and no heading without a row under it.
        assert not lines or not lines[0].startswith("Jumlah")
        assert not lines or not lines[-1].startswith("Kecamatan")
        again = f"Kecamatan {group} (lanjutan)"
        assert (again in lines) is bool(lines and lines[0] == again)
        if lines and lines[0].startswith("Kelurahan"):
            pytest.fail(f"{lines[0]} stands under no heading")
        for text in lines:
            if text.startswith("Kecamatan"):
                group = text.split()[1]
            elif text.startswith("Kelurahan"):
                names.append(text)
                assert text.split()[1].startswith(f"{group}.")
    assert names == [f"Kelurahan {group}.{n}" for group in range(9) for n in range(size)]


def test_two_tables_of_one_number_are_told_apart_by_a_letter():
    pages = pages_of(pdf_of(book_of(revenue_table(), replace(revenue_table(), key="lain"))))

    assert {"Tabel 9a", "Tabel 9b"} <= set(pages[1])
    assert "TABEL 9b" in pages[-1]


@pytest.mark.parametrize(
    "text", ["≤ 19 orang", "Perda № 5", "suhu −18 °C", "Łódź, Ω", "½ × 3 → 4 ✓"], ids=str
)
def test_signs_the_plain_font_lacks_are_printed(text):
    table = ReportTable("t", text, [ReportColumn(text)], [(text,)], notes=[text], source=text)

    shown = printable(text)

    assert "[U+" not in shown
    assert all(sign in shown for sign in set(text) & set("≤№→✓Ω"))
    assert (font_for(shown, BOLD) == BOLD) is ("−" in text)  # a minus is a hyphen on paper
    assert (b"DejaVuSans" in pdf_of(book_of(table))) is ("−" not in text)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            ReportTable(
                "t",
                "T",
                [ReportColumn(f"Uraian {n}", "rupiah") for n in range(40)],
                [[10**15] * 40],
            ),
            id="forty columns of money",
        ),
        pytest.param(
            ReportTable("t", "T", [ReportColumn("A")], [("x" * 3_000,)]),
            id="a word longer than a line",
        ),
        pytest.param(
            ReportTable("t", "T", [ReportColumn("A")], [("kata " * 4_000,)]),
            id="a cell longer than a page",
        ),
        pytest.param(
            long_table(30, notes=["catatan panjang " * 40] * 30), id="notes longer than a page"
        ),
        pytest.param(
            ReportTable("t", "T", [ReportColumn("A"), ReportColumn("B", "whole")], []),
            id="nothing at all",
        ),
    ],
)
@pytest.mark.parametrize("portrait", [False, True])
def test_no_table_is_cut_off(table, portrait):
    pages = pages_of(pdf_of(book_of(table), portrait=portrait))

    printed = re.sub(r"\s", "", "".join(text for page in pages for text in page))
    for texts in texts_of(table):
        for letter in ("x", "kata"):
            assert printed.count(letter) >= sum(text.count(letter) for text in texts)
    assert "BudiContoh,S.T." in printed


def test_what_people_typed_is_never_markup_on_paper():
    evil = "<b>PT. A&B</b> <img src='/etc/passwd'/>"
    table = ReportTable("t", evil, [ReportColumn("A")], [(evil,)], notes=[evil], source=evil)

    [page] = pages_of(
        pdf_of(book_of(table, letterhead=letterhead(address=evil), signatories=[head(name=evil)]))
    )

    assert "".join(page).replace(" ", "").count(evil.replace(" ", "")) == 5


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("PT. A&B – “Jaya” é", "PT. A&B – “Jaya” é"),
        ("e\u0301", "é"),
        ("Kopi 😀", "Kopi [U+1F600]"),
        ("а", "[U+0430]"),
        ("\u202eabc", "[U+202E]abc"),
        ("−5", "-5"),
        ("a\tb", "a b"),
    ],
)
def test_a_letter_the_fonts_lack_is_shown_by_its_number(text, printed):
    assert printable(text) == printed


def test_a_line_breaks_between_words_and_loses_nothing():
    lines = broken("Pengolahan hasil laut " + "x" * 50, "Helvetica", 8)

    assert lines[:2] == ["Pengolahan hasil", "laut"]
    assert "".join(lines[2:]) == "x" * 50


def test_the_same_book_gives_the_same_bytes_on_paper():
    assert pdf_of(book_of()) == pdf_of(book_of())


def test_kept_rows_never_start_the_table_again_in_the_middle_of_a_page():
    columns = [ReportColumn(label) for label in "ABCDEFGH"]
    tall = "kata " * 12
    for count in range(3, 16):
        table = ReportTable("t", "T", columns, [[tall] * 8] * count, source="Register")

        pages = pages_of(pdf_of(book_of(table, signatories=[knowing(), head()])))

        assert all(page.count("(8)") <= 1 for page in pages), count
