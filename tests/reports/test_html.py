import re

import pytest
from django.template.loader import render_to_string

from balikpapan.reports import html
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from .books import book_of, head, letterhead, revenue_table, workforce_table


def rendered(table):
    return render_to_string("reports/table.html", {"table": html.table_context(table)})


def rows_of(page):
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", row) for row in rows]


def test_a_table_on_screen_has_caption_headings_numbers_rows_and_jumlah():
    page = rendered(revenue_table())

    assert rows_of(page) == [
        ["No", "Tahun", "Target (Rp)", "Realisasi (Rp)", "Pertumbuhan (%)", "Per tanggal"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "2022", "–", "115.000.000", "–", ""],
        ["2", "2023", "–", "144.000.000", "25,22", ""],
        ["3", "2024", "350.000.000", "330.280.000", "129,36", "25 November 2024"],
        ["Jumlah", "350.000.000", "589.280.000", "", ""],
    ]
    assert "Realisasi PAD" in page
    assert "Sumber: DKUMKMP" in page


def test_headings_say_what_they_head():
    page = rendered(workforce_table())

    assert '<th scope="colgroup" colspan="2">Tenaga kerja</th>' in page
    assert '<th scope="col" rowspan="2">Kelurahan</th>' in page
    assert re.search(r'<th scope="row" class="is-text">\s*Baru Ilir', page)
    assert re.search(r'<th scope="rowgroup" class="is-text" colspan="6">\s*Balikpapan Barat', page)


def test_figures_stand_to_the_right():
    assert '<td class="is-figure">115.000.000</td>' in rendered(revenue_table())


def test_a_wide_table_scrolls_in_a_region_the_keyboard_reaches():
    page = rendered(revenue_table())

    assert (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Tabel 9: Realisasi PAD">'
        in page
    )


def test_a_figure_leads_to_the_list_behind_it():
    page = rendered(revenue_table())

    assert '<a href="/admin/pad/?year=2023">144.000.000</a>' in page


def test_a_file_that_leaves_the_office_has_no_links_into_it():
    assert "/admin/" not in html.render_book(book_of(revenue_table()))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//jahat.id", "https://jahat.id", "data:,x"]
)
def test_a_link_never_leaves_our_pages(url):
    table = ReportTable("t", "T", [ReportColumn("A", key="a")], [Row(("x",), {"a": url})])

    assert "<a " not in rendered(table)


def test_what_people_typed_is_never_markup():
    evil = "<script>alert(1)</script>{{ 7|add:7 }}"
    table = ReportTable(
        "t",
        evil,
        [ReportColumn(evil, group=evil)],
        [(evil,)],
        subtitle=[evil],
        notes=[evil],
        source=evil,
    )

    page = html.render_book(
        book_of(
            table, title=evil, letterhead=letterhead(office=evil), signatories=[head(name=evil)]
        )
    )

    assert "<script" not in page.lower()
    assert "{{ 7|add:7 }}" in page


def test_a_table_on_a_page_brings_no_style_and_no_script():
    page = rendered(workforce_table())

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", page)


def test_the_book_is_one_file_that_needs_nothing_else():
    page = html.render_book(book_of())

    assert page.startswith("<!DOCTYPE html>")
    assert "@page" in page
    assert not re.search(r"<link|<script|src=\"(?!data:)|url\(", page)
    for text in ("LAPORAN TAHUNAN INDUSTRI", "EDISI 1", "Daftar Tabel", "Dibuat oleh: Siti Contoh"):
        assert text in page


def test_the_book_is_signed_once_at_its_end():
    page = html.render_book(book_of())

    assert page.count("Budi Contoh, S.T.") == 1
    assert page.index("Budi Contoh, S.T.") > page.index("Realisasi PAD")
