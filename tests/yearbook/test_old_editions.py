"""An edition outlives the tables it was made of: columns come, go and change places after it."""

import datetime
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from balikpapan.audit.models import Change
from balikpapan.reports.bar_charts import charts_of
from balikpapan.reports.comparison import compared
from balikpapan.reports.editions import differences, keep_edition, stored_table, stored_tables
from balikpapan.reports.matching import WORDS_BEFORE_KEYS
from balikpapan.reports.models import Edition
from balikpapan.reports.suppression import hidden_by_counts
from balikpapan.reports.tables import ReportColumn, ReportTable
from balikpapan.yearbook import contents
from balikpapan.yearbook.chart_sources import chart_sources
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.contents import yearbook
from balikpapan.yearbook.extracts import TableRequest, single
from balikpapan.yearbook.open_data import datasets
from balikpapan.yearbook.press_sentences import EditionTooOld, press_text
from balikpapan.yearbook.publication import publication
from tests.factories import (
    BusinessYearFactory,
    ClosedYearFactory,
    FacilityFactory,
    IndustryGroupFactory,
    LeaseFactory,
    ProductionUnitFactory,
)

pytestmark = pytest.mark.django_db

YEAR = 2023
TODAY = datetime.date(2024, 1, 15)
#: Written by the program before its columns had keys, from a small invented register.
STORED = json.loads(Path(__file__).with_name("edition_without_keys.json").read_text("utf-8"))
NEW = ReportColumn("Listrik", "whole", key="electricity")


def inserted(table: ReportTable) -> ReportTable:
    """The table with one more figure before its others."""
    place = next((i for i, column in enumerate(table.columns) if column.is_figure), None)
    if place is None:
        return table
    return rearranged(table, lambda values: [*values[:place], 7, *values[place:]], place)


def swapped(table: ReportTable) -> ReportTable:
    """The table with its first two figures in the other order."""
    figures = [i for i, column in enumerate(table.columns) if column.is_figure][:2]
    if len(figures) < 2:
        return table
    first, second = figures

    def swap(values):
        values = list(values)
        values[first], values[second] = values[second], values[first]
        return values

    return rearranged(table, swap)


def rearranged(table, arrange, place=None):
    columns = arrange(list(table.columns))
    if place is not None:
        columns[place] = NEW

    def of(row):
        return row if row.kind == "section" else replace(row, values=arrange(list(row.values)))

    totals = table.totals if isinstance(table.totals, bool | None) else of(table.totals)
    return replace(table, columns=columns, rows=[of(row) for row in table.rows], totals=totals)


CHANGES = pytest.mark.parametrize(
    "change", [inserted, swapped], ids=["a column inserted", "two columns swapped"]
)


@pytest.fixture
def edition():
    """Edition 1 of the year as the earlier program stored it."""
    ClosedYearFactory(year=YEAR, edition=1)
    return Edition.objects.create(
        year=YEAR, number=1, figures=STORED["figures"], sha256=STORED["sha256"]
    )


@cache
def present_keys():
    """The keys of the present program's columns, by their table and their words.

    Where a column is called otherwise since, its words are those of the stored edition.
    """
    keys = {
        (table.key, column.group, column.label): column.key
        for table in yearbook(YEAR, today=TODAY).tables
        for column in table.columns
    }
    return keys | {
        (table, group or None, label): key
        for (table, key), (group, label) in WORDS_BEFORE_KEYS.items()
    }


def keyed_as_now(table):
    """The stored table as the present program makes it, with keys on its columns."""
    keys = present_keys()

    def without_contributors(row):
        return replace(row, contributors={})

    totals = table.totals
    return replace(
        table,
        columns=[
            replace(column, key=keys[table.key, column.group, column.label])
            for column in table.columns
        ],
        rows=map(without_contributors, table.rows),
        totals=totals if isinstance(totals, bool | None) else without_contributors(totals),
    )


def table_of(edition, key):
    return next(table for table in stored_tables(edition) if table.key == key)


def by_words(table):
    """Every figure of a table by the words of its row and the heading over it."""
    return {
        (place, str(row.values[0]), column.group, column.label): value
        for place, row in enumerate([*table.rows, *([table.total_row] if table.total_row else [])])
        if row.kind != "section"
        for column, value in zip(table.columns, row.values, strict=True)
        if column.is_figure and column.key != NEW.key
    }


def test_an_edition_without_keys_reads_as_it_was_stored(edition):
    for stored in STORED["figures"]:
        table = stored_table(stored)
        headings = [(column.group, column.label) for column in table.columns]

        assert headings == [(column["group"], column["label"]) for column in stored["columns"]]
        assert [list(row.values) for row in table.rows if row.kind == "row"] == [
            [plain(value) for value in row["values"]]
            for row in stored["rows"]
            if row["kind"] == "row"
        ]


def plain(value):
    return (
        stored_table(
            {
                **STORED["figures"][0],
                "columns": [{"label": "A", "kind": "text"}],
                "rows": [{"kind": "row", "values": [value]}],
                "totals": False,
            }
        )
        .rows[0]
        .values[0]
    )


def test_an_edition_without_keys_hides_what_is_about_a_few(edition):
    table = hidden_by_counts(table_of(edition, "ikm-wilayah"))

    [row] = [row for row in table.rows if row.values[0] == "Contoh Barat 1"]
    amounts = [
        value
        for column, value in zip(table.columns, row.values, strict=True)
        if column.kind == "rupiah"
    ]
    assert amounts == ["disamarkan", "disamarkan"]


@CHANGES
def test_an_edition_without_keys_is_compared_with_a_later_table_of_other_columns(edition, change):
    before = table_of(edition, "ikm-kelompok")
    keyed = keyed_as_now(before)

    tables = {table.key: table for table in compared(change(keyed), before, 2024, YEAR)}

    for key in ("units", "investment", "production_value"):
        table = tables[f"ikm-kelompok-{key}"]
        column = next(column for column in keyed.columns if column.key == key)
        old = {row.values[0]: value_at(before, row, column.label) for row in before.rows}
        assert {row.values[0]: row.values[1] for row in table.rows} == old
        assert all(row.values[3] == 0 for row in table.rows)
        assert table.total_row.values[1:4] == (sum(old.values()), sum(old.values()), 0)


def value_at(table, row, label):
    [place] = [i for i, column in enumerate(table.columns) if column.label == label]
    return row.values[place]


@CHANGES
def test_the_page_compares_a_year_with_one_closed_before_columns_had_keys(
    edition, change, monkeypatch
):
    group = IndustryGroupFactory(name="Kelompok Uji Pangan")
    BusinessYearFactory.create_batch(3, business__group=group, investment=100_000_000)
    number, make = contents.ABOUT_IKM["ikm-kelompok"]
    monkeypatch.setitem(
        contents.ABOUT_IKM, "ikm-kelompok", (number, lambda *given: change(make(*given)))
    )

    tables = single(TableRequest("ikm-kelompok", 2024, base=YEAR)).book.tables

    [table] = [table for table in tables if table.key == "ikm-kelompok-investment"]
    [row] = [row for row in table.rows if row.values[0] == "Kelompok Uji Pangan"]
    assert row.values[1:4] == (200_000_000, 300_000_000, 100_000_000)
    if change is inserted:
        [new] = [table for table in tables if table.key == "ikm-kelompok-electricity"]
        [row] = [row for row in new.rows if row.values[0] == "Kelompok Uji Pangan"]
        assert row.values[1:3] == (None, 7)


@CHANGES
def test_editions_are_told_apart_by_figures_and_never_by_places(edition, change):
    book = yearbook(YEAR, today=TODAY, edition=2)
    later = keep_edition(
        replace(book, tables=[change(keyed_as_now(table)) for table in stored_tables(edition)])
    )

    lines = differences(edition, later)

    changed = [line for line in lines if line["row"] != "seluruh kolom"]
    assert changed == []
    headings = {line["column"] for line in lines}
    assert headings == ({NEW.heading} if change is inserted else set())


def test_a_column_that_is_called_otherwise_since_is_the_one_it_was(edition):
    """Occupancy was one column of table 10 before it had the number of units beside it."""
    before = table_of(edition, "sentra")
    [place] = [i for i, column in enumerate(before.columns) if column.label == "Hunian"]
    [row] = before.rows
    values = [*row.values[:place], 40, *row.values[place + 1 :]]
    before = replace(before, rows=[replace(row, values=values)])
    facility = FacilityFactory(name="Sentra Uji 0", kind="cold_storage")
    LeaseFactory(unit=ProductionUnitFactory.create_batch(2, facility=facility)[0])
    book = yearbook(2024, today=TODAY)
    [now] = [table for table in book.tables if table.key == "sentra"]

    figures = {table.key: table.rows[0].values for table in compared(now, before, 2024, YEAR)}

    assert figures["sentra-occupancy"][1:4] == (40, 50, 10)
    assert figures["sentra-units"][1:4] == (None, 2, None)
    later = keep_edition(replace(book, year=YEAR, edition=2, tables=[now]))
    lines = [line for line in differences(edition, later) if line["row"] == "seluruh kolom"]
    assert {line["column"]: line["now"] for line in lines} == {"Unit": "baru", "Disewa": "baru"}


def test_a_changed_figure_is_one_difference_after_a_column_was_inserted(edition):
    book = yearbook(YEAR, today=TODAY, edition=2)
    tables = [inserted(keyed_as_now(table)) for table in stored_tables(edition)]
    [place] = [i for i, table in enumerate(tables) if table.key == "ikm-kelompok"]
    row = tables[place].rows[0]
    column = tables[place].places["investment"]
    values = [*row.values[:column], 1, *row.values[column + 1 :]]
    tables[place] = replace(
        tables[place], rows=[replace(row, values=values), *tables[place].rows[1:]]
    )

    later = keep_edition(replace(book, tables=tables))

    [line] = [line for line in differences(edition, later) if line["row"] != "seluruh kolom"]
    assert (line["row"], line["column"]) == ("Kelompok Uji Pangan", "Nilai investasi (Rp)")
    assert (line["was"], line["now"]) == ("200.000.000", "1")


def test_the_open_data_of_an_edition_without_keys_are_complete(edition):
    data = {dataset.name: dataset for dataset in datasets(publication(YEAR, public=True))}

    figures = [row[7:10] for row in data["angka-ikm-2023-umum"].rows if row[6] == "CONTOH BARAT"]
    assert figures == [
        ("Tenaga kerja laki-laki", 15, "ORANG"),
        ("Tenaga kerja perempuan", 10, "ORANG"),
        ("Tenaga kerja", 25, "ORANG"),
        ("Nilai investasi", 150_000_000, "RUPIAH"),
        ("Nilai produksi", 300_000_000, "RUPIAH"),
    ]
    assert sum(row[8] for row in data["jumlah-ikm-2023-umum"].rows) == 8
    assert data["pad-industri-2023-umum"].rows[-1][5:] == (
        150_000_000,
        144_000_000,
        "Sementara",
        "RUPIAH",
        "",
        2023,
    )


def test_the_press_text_of_an_edition_without_keys_is_refused_with_a_remedy(edition):
    with pytest.raises(EditionTooOld, match="membuka lalu menutup kembali"):
        press_text(publication(YEAR, public=True))


@CHANGES
def test_the_open_data_of_an_edition_follow_its_keys_wherever_the_columns_stand(
    change, monkeypatch
):
    BusinessYearFactory.create_batch(4, year=2024, investment=50_000_000, production_value=9_000)
    plain_rows = {d.name: d.rows for d in datasets(publication(2024, public=True))}
    make = contents.yearbook

    def changed(*args, **options):
        book = make(*args, **options)
        return replace(
            book,
            tables=[change(table) for table in book.tables],
            appendix=[change(table) for table in book.appendix],
        )

    monkeypatch.setattr("balikpapan.yearbook.closing.yearbook", changed)
    close_year(2024, by=None, channel=Change.Channel.COMMAND)

    after = {d.name: d.rows for d in datasets(publication(2024, public=True))}

    assert after == plain_rows


def test_an_edition_without_keys_is_drawn_from_its_own_tables():
    tables = [stored_table(figures) for figures in STORED["figures"]]

    places, revenue = charts_of(chart_sources(YEAR), tables, YEAR)

    assert (places.table.key, revenue.table.key) == ("ikm-baru-tutup", "pad")
    assert sum(bar.value for _, [bar] in places.rows) == places.table.total_row.values[-1]
    assert [label for label, _ in revenue.rows] == [str(year) for year in range(YEAR - 3, YEAR + 1)]
