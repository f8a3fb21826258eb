"""Long files: whose list they are is settled by their first rows, before all of them are read."""

import pytest

from balikpapan.intake import pipeline
from balikpapan.intake.reading.wrong_register import MOST_SHEETS
from balikpapan.spreadsheets.opening.limits import Limits
from balikpapan.spreadsheets.opening.open import open_workbook
from tests.intake.importing import look
from tests.sheets import delimited, workbook, xlsx
from tests.spreadsheets import building

HEADING = ["No", "Nama Usaha", "Nama Pemilik", "Alamat", "Tahun Data", "Tenaga Kerja"]
ROWS = [[n, f"Usaha {n}", f"Pemilik {n}", f"Jl. Uji {n}", 2024, n % 9] for n in range(1, 3000)]
#: More rows of each of many sheets than its first.
EACH = 80


def ods(*sheets):
    """A workbook whose sheets hold these rows of texts."""
    tables = (
        "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{v}</text:p></table:table-cell>" for v in row)
            + "</table:table-row>"
            for row in rows
        )
        for rows in sheets
    )
    named = (f'<table:table table:name="{n}">{rows}</table:table>' for n, rows in enumerate(tables))
    return building.ods("".join(named))


FORMS = {"xlsx": xlsx, "csv": delimited, "ods": ods}


@pytest.mark.one_database
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.django_db
def test_a_long_list_of_another_register_is_refused_by_its_first_rows(form, monkeypatch):
    content, name = FORMS[form]([HEADING, *ROWS]), f"data.{form}"
    whole = look(content, "pad", name=name)
    opened = []
    monkeypatch.setattr(pipeline, "LONG", 1000)
    monkeypatch.setattr(
        pipeline, "limits", lambda rows=0: opened.append(rows) or Limits(sample_rows=rows)
    )

    refused = look(content, "pad", name=name)

    assert opened == [pipeline.SAMPLE_ROWS]
    assert (refused.status, refused.reason_code, refused.other_register) == (
        "refused", "wrong_register", "ikm",
    )  # fmt: skip
    assert (refused.reason, refused.sheets_json()) == (whole.reason, whole.sheets_json())
    assert look(content, "ikm", name=name).counts["rows"] == len(ROWS)
    assert opened[1:] == [pipeline.SAMPLE_ROWS, 0]


@pytest.mark.one_database
@pytest.mark.django_db
def test_many_short_lists_of_another_register_are_refused_by_the_first_rows_of_each(monkeypatch):
    sheets = {
        f"Lembar {n}": [HEADING, *ROWS[n * EACH : (n + 1) * EACH]] for n in range(MOST_SHEETS + 5)
    }
    content, opened = workbook(sheets), []
    monkeypatch.setattr(pipeline, "LONG", 1000)
    monkeypatch.setattr(
        pipeline, "limits", lambda rows=0: opened.append(rows) or Limits(sample_rows=rows)
    )

    refused = look(content, "pad")

    assert opened == [pipeline.SAMPLE_ROWS_OF_MANY]
    assert (refused.reason_code, refused.other_register) == ("wrong_register", "ikm")
    assert {item.owner for item in refused.layout.sheets} == {"ikm"}
    assert max(item.sheet.height for item in refused.layout.sheets) < EACH
    assert look(content, "ikm").counts["rows"] == EACH * len(sheets)


def test_the_first_rows_come_with_the_merged_ranges_that_stand_behind_the_last():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(1, 40_000))
    strings = "".join(f"<si><t>Uji {n}</t></si>" for n in range(40_000))
    merge = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    content = building.xlsx(rows, strings=strings, after=merge)
    whole, sample = (
        open_workbook(content, "data.xlsx", Limits(sample_rows=count)).sheets[0]
        for count in (0, 50)
    )

    assert sample.merges == whole.merges == [(0, 0, 0, 1)]
    assert 50 <= sample.height < whole.height == 39_999
    assert list(sample.columns[0])[:50] == list(whole.columns[0])[:50]


def test_of_each_sheet_of_an_ods_the_first_rows_come():
    content = ods([HEADING, *ROWS], [HEADING], [HEADING, *ROWS[::-1]])
    whole, sample = (
        open_workbook(content, "data.ods", Limits(sample_rows=count)).sheets for count in (0, 50)
    )

    assert [sheet.height for sheet in whole] == [3000, 1, 3000]
    assert [50 <= sheet.height < 3000 for sheet in sample] == [True, False, True]
    assert [s.columns[1][:50] for s in sample] == [w.columns[1][:50] for w in whole]


def test_of_an_xls_the_first_rows_come():
    content = building.xls(*(building.xls_text(row, 0, f"Uji {row}") for row in range(20)))
    whole, sample = (
        open_workbook(content, "data.xls", Limits(sample_rows=count)).sheets[0] for count in (0, 5)
    )

    assert (whole.height, sample.height) == (20, 5)
    assert list(sample.columns[0]) == list(whole.columns[0])[:5]
