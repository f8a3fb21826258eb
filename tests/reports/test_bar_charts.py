"""The charts of a book draw what its tables print: nothing else, nothing hidden, no text on a line."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from balikpapan.reports import html, xlsx
from balikpapan.reports.bar_charts import ChartSource, charts_of
from balikpapan.reports.pdf_chart import BarDrawing
from balikpapan.reports.pdf_text import PLAIN, width_of
from balikpapan.reports.suppression import HIDDEN, suppressed
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from .books import book_of
from .test_pdf import pages_of, pdf_of

PLACE, COUNT = ReportColumn("Kecamatan", key="place"), ReportColumn("IKM", "whole", key="count")
YEAR = ReportColumn("Tahun", "year", key="year")
TARGET = ReportColumn("Target", "rupiah", key="target")
REALISED = ReportColumn("Realisasi", "rupiah", key="realised")
LYING = ChartSource("ikm", "IKM menurut kecamatan", PLACE, [COUNT], "unit usaha")
STANDING = ChartSource(
    "pad", "PAD", YEAR, [TARGET, REALISED], "juta rupiah", 1_000_000, places=1, is_standing=True
)


def places_table(*counts):
    rows = [
        Row(
            {"place": f"Balikpapan {name}", "count": count},
            key=f"k-{name}",
            contributors={"count": 3},
        )
        for name, count in zip(
            ("Timur", "Barat", "Utara yang panjang sekali"), counts, strict=False
        )
    ]
    return ReportTable("ikm", "IKM", [PLACE, COUNT], rows, number=6)


def revenue_of(*years):
    return ReportTable("pad", "PAD", [YEAR, TARGET, REALISED], years, number=9)


def texts_of_bars(chart):
    return {label: [bar.text for bar in bars] for label, bars in chart.rows}


def test_a_chart_draws_the_figures_of_the_rows_and_leaves_jumlah_out():
    tables = [places_table(12, 0, 1_500), revenue_of((2023, None, 144_000_000))]

    places, revenue = charts_of([LYING, STANDING], tables, 2024)

    assert (places.name, revenue.name) == ("Gambar 1", "Gambar 2")
    assert list(texts_of_bars(places).values()) == [["12"], ["0"], ["1.500"]]
    assert texts_of_bars(revenue) == {"2023": ["–", "144,0"]}
    assert [bar.value for bar in revenue.rows[0][1]] == [None, Decimal(144)]
    assert revenue.description == (
        "Grafik batang. PAD (juta rupiah): 2023 target –, realisasi 144,0."
    )
    assert revenue.source_line == "Sumber: Tabel 9. Tanda –: tidak diketahui."


def test_a_chart_whose_table_column_or_rows_are_missing_is_left_out():
    bare = ReportTable("ikm", "IKM", [PLACE], [("Timur",)])

    for tables in ([], [bare], [places_table()]):
        assert charts_of([LYING], tables, 2024) == []
    assert len(charts_of([STANDING, LYING], [places_table(1)], 2024)) == 1


def test_a_figure_the_table_hides_is_in_no_chart():
    table = suppressed(places_table(12, 777_777, 15), frozenset([("count", "k-Barat")]))
    book = book_of(table, revenue_of((2024, 1, 1)), chart_sources=[LYING])
    stream = io.BytesIO()

    [chart] = book.charts
    xlsx.write_book(book, stream)

    assert texts_of_bars(chart)["Balikpapan Barat"] == [HIDDEN]
    assert chart.highest == 15
    assert not [text for page in pages_of(pdf_of(book)) for text in page if "777.777" in text]
    assert "777.777" not in html.render_book(book)
    assert HIDDEN in [
        cell.value for row in openpyxl.load_workbook(stream)["Gambar"] for cell in row
    ]
    parts = zipfile.ZipFile(stream)
    assert not [name for name in parts.namelist() if b"777777" in parts.read(name)]


class Recorder:
    """A canvas that keeps the boxes of what is drawn: left, base, right, top."""

    def __init__(self):
        self.texts, self.marks, self.hatching = [], [], False

    def __getattr__(self, name):
        return lambda *given, **options: self

    def saveState(self):
        self.hatching = True

    def restoreState(self):
        self.hatching = False

    def setFont(self, font, size):
        self.size = size

    def drawString(self, left, base, text):
        across = width_of(text, PLAIN) * self.size
        self.texts.append((left, base - 0.2 * self.size, left + across, base + 0.75 * self.size))

    def rect(self, left, base, width, height, **options):
        self.marks.append((left, base, left + width, base + height))

    def line(self, left, base, right, top):
        if not self.hatching:  # which stays within its bar
            self.marks.append((left, base, right, top))


def touches(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(
    ("source", "table"),
    [
        pytest.param(LYING, places_table(12, 0, 1_500), id="lying"),
        pytest.param(LYING, places_table(10**15, HIDDEN, None), id="lying, hidden and unknown"),
        pytest.param(
            STANDING, revenue_of(*((y, 10**8, 10**8) for y in range(2021, 2025))), id="standing"
        ),
        pytest.param(
            STANDING,
            revenue_of(*((y, None, 10**15 // (y - 2020)) for y in range(2021, 2027))),
            id="standing, unknown and very large",
        ),
        pytest.param(STANDING, revenue_of((2024, -5, 0)), id="nothing above nought"),
    ],
)
def test_no_text_of_a_chart_touches_a_bar_a_line_another_text_or_the_edge(source, table):
    [chart] = charts_of([source], [table], 2024)
    drawing, canvas = BarDrawing(chart, 360, 300), Recorder()
    drawing.canv = canvas

    drawing.draw()

    texts = canvas.texts
    assert len(texts) >= len(chart.rows) * (1 + len(chart.series))
    assert not [(t, m) for t in texts for m in canvas.marks if touches(t, m)]
    assert not [(a, b) for n, a in enumerate(texts) for b in texts[n + 1 :] if touches(a, b)]
    assert not [t for t in texts if t[0] < -1 or t[1] < -1 or t[2] > 361 or t[3] > 301]


def charted_book():
    tables = [places_table(12, 5, 15), revenue_of((2023, None, 144_000_000), (2024, 10**9, 9**9))]
    return book_of(*tables, chart_sources=[LYING, STANDING])


def test_the_charts_of_a_book_stand_on_one_page_after_its_contents():
    _, contents, page, *_ = pages_of(pdf_of(charted_book()))

    assert {"DAFTAR GAMBAR", "Gambar 2", "PAD (juta rupiah)"} <= set(contents)
    assert {"GAMBAR 1", "GAMBAR 2", "144,0", "15", "–", "Sumber: Tabel 6."} <= set(page)
    assert "Target" in page  # the key


def test_the_workbook_has_charts_of_its_own_over_the_same_figures():
    stream = io.BytesIO()
    xlsx.write_book(charted_book(), stream)
    workbook = openpyxl.load_workbook(stream)
    parts = zipfile.ZipFile(stream)

    assert workbook.sheetnames[:3] == ["Sampul", "Daftar Tabel", "Gambar"]
    sheet = workbook["Gambar"]
    assert len(sheet._charts) == 2
    assert sheet.page_setup.fitToHeight in (None, 1)
    values = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert ["Balikpapan Timur", 12, "2023", "–", 144] in values
    charts = [parts.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2)]
    assert "<c:majorGridlines" not in "".join(charts)
    assert "wdUpDiag" in charts[1]  # told apart without colours
    drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Grafik batang. IKM menurut kecamatan' in drawing


def test_the_page_has_both_charts_as_drawings_without_script_or_style_of_their_own():
    page = html.render_book(charted_book())
    lying, standing = re.findall(r"<svg.*?</svg>", page)

    assert re.findall(r">Gambar \d<", page) == [">Gambar 1<", ">Gambar 2<"]
    for number, text in ((1, "IKM menurut kecamatan (unit usaha)"), (2, "PAD (juta rupiah)")):
        assert f'<a href="#gambar-{number}">Gambar {number}. {text}</a>' in page
        assert f'aria-label="Gambar {number}: {text}"' in lying + standing
    assert "Grafik batang. PAD (juta rupiah): 2023 target –, realisasi 144,0; 2024" in page
    assert re.findall(r'class="chart-number"[^>]*>([^<]*)', lying) == ["12", "5", "15"]
    numbers = re.findall(r'class="chart-number chart-middle"[^>]*>([^<]*)', standing)
    assert numbers == ["–", "144,0", "1.000,0", "387,4"]
    assert not re.search(r"<script|style=|url\(|href=\"/", lying + standing)


def test_a_book_without_charts_has_no_sheet_and_no_page_for_them():
    stream = io.BytesIO()
    book = replace(charted_book(), chart_sources=())
    xlsx.write_book(book, stream)

    assert "Gambar" not in openpyxl.load_workbook(stream).sheetnames
    assert not [page for page in pages_of(pdf_of(book)) if "DAFTAR GAMBAR" in page]
    assert "<svg" not in html.render_book(book)
