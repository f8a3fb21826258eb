"""What is published of a year is one release: decided once, proved, and the same everywhere."""

import io
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.reports.models import Edition
from balikpapan.reports.suppression import HIDDEN, cells_of, lines_of
from balikpapan.yearbook import contents, publication, release
from balikpapan.yearbook.closing import reopen_year
from balikpapan.yearbook.extracts import TableRequest, single
from balikpapan.yearbook.open_data import datasets
from balikpapan.yearbook.release import ReleaseRefused
from industry.figures import FIGURES
from industry.models import BusinessYear, IndustryGroup
from industry.reports.contributions import contributions
from industry.reports.selection import Selection
from tests.factories import (
    BusinessYearFactory,
    PublishedFigureFactory,
)
from tests.industry.messy import make_register
from tests.reports.exact import derivable_few

from .releases import LARGE, YEAR, close, everything_written, public

pytestmark = pytest.mark.django_db


def test_the_figures_of_one_large_business_stand_nowhere(register):
    book = public()

    written = {value for value in everything_written(book) if isinstance(value, int)}
    assert not [value for value in written if value >= LARGE]
    data = {
        value
        for each in datasets(publication.publication(YEAR, public=True))
        for row in each.rows
        for value in row
    }
    assert not [value for value in data if isinstance(value, int) and value >= LARGE]


def test_a_comparison_for_the_public_tells_no_more_than_its_two_tables(register):
    BusinessYearFactory.create_batch(4, year=YEAR - 1, investment=1_000_000)

    open_tables = single(TableRequest("ikm-kelompok", YEAR, base=YEAR - 1)).book.tables
    tables = single(TableRequest("ikm-kelompok", YEAR, base=YEAR - 1, public=True)).book.tables

    def amounts(made):
        [table] = [table for table in made if table.key == "ikm-kelompok-investment"]
        return {row.values[0]: row.values[1:] for row in table.rows}

    assert amounts(open_tables)["Kelompok B"][1] == LARGE + 12_000_000
    assert amounts(tables)["Kelompok B"][1:] == (HIDDEN, None, None)


def test_the_public_takes_no_filters(register):
    group = IndustryGroup.objects.get(name="Kelompok B")

    whole = single(TableRequest("ikm-wilayah", YEAR, public=True))
    narrowed = single(
        TableRequest("ikm-wilayah", YEAR, selection=Selection(group=group), public=True)
    )

    assert narrowed.table.rows == whole.table.rows


@pytest.mark.parametrize("key", contents.BESIDES)
def test_a_list_of_the_register_is_no_part_of_what_the_public_gets(key, register, client, admin):
    client.force_login(admin)
    page = reverse("admin:report_table", args=[YEAR, key])

    assert client.get(page).status_code == 200
    assert client.get(page, {"umum": "1"}).status_code == 404


def test_the_page_for_the_public_offers_no_filters_and_keeps_none(register, client, admin):
    client.force_login(admin)
    page = reverse("admin:report_table", args=[YEAR, "ikm-kelompok"])
    asked = {"kelompok": IndustryGroup.objects.get(name="Kelompok B").pk}

    office = client.get(page, asked)
    public_page = client.get(page, {**asked, "umum": "1"})

    assert office.context["form"] is not None
    assert "kelompok" in office.context["query"]
    assert public_page.context["form"] is None
    assert public_page.context["query"] == "?umum=1"
    assert str(LARGE)[:4] not in public_page.content.decode()


def test_a_file_for_the_public_says_so_in_its_name(register, client, admin):
    client.force_login(admin)
    page = reverse("admin:report_table_file", args=[YEAR, "ikm-kelompok", "html"])

    assert "-umum" not in client.get(page)["Content-Disposition"]
    assert "ikm-kelompok-2024-umum.html" in client.get(page, {"umum": "1"})["Content-Disposition"]


@pytest.mark.parametrize(
    "address",
    [
        "unduh/html/?umum=1",
        "unduh/xlsx/?umum=1",
        "unduh/pdf/?umum=1",
        "ikm-kelompok/unduh/pdf/?umum=1&banding=2023",
        "data-terbuka/unduh/",
        "siaran-pers/unduh/txt/",
    ],
)
def test_every_file_for_the_public_says_so_in_its_name(address, client, admin):
    client.force_login(admin)

    answer = client.get(f"/laporan/{YEAR}/{address}")

    assert "-umum." in answer["Content-Disposition"]
    if address.startswith("data-terbuka"):
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert len(names) == 6
        assert [name for name in names if "-umum." not in name] == []


@pytest.mark.parametrize("name", ["a.html", "a-umum.html"])
def test_the_command_writes_under_a_name_that_says_so(name, tmp_path, capsys):
    call_command("yearly_report", YEAR, tmp_path / name, public=True)

    assert [file.name for file in tmp_path.iterdir()] == ["a-umum.html"]
    assert str(tmp_path / "a-umum.html") in capsys.readouterr().out

    call_command("yearly_report", YEAR, tmp_path / name)
    assert (tmp_path / name).exists()


def test_a_published_figure_beside_a_hidden_sum_does_not_tell_it():
    BusinessYearFactory(year=YEAR, investment=LARGE)
    PublishedFigureFactory(year=YEAR, indicator="Nilai investasi", value=LARGE - 7)
    PublishedFigureFactory(year=YEAR, indicator="Jumlah IKM", value=3)

    [table] = [table for table in public().tables if table.key == "publikasi"]
    rows = {row.values[0]: row for row in table.rows}

    line = rows["Nilai investasi"]
    assert [table.value(line, key) for key in ("counted", "difference")] == [HIDDEN, HIDDEN]
    assert table.value(rows["Jumlah IKM"], "counted") == 1


# The certificate


def test_the_last_table_certifies_what_is_hidden_and_that_the_audit_holds(register):
    table = public().tables[-1]

    row = next(row for row in table.rows if row.values[0] == "Nilai investasi")
    assert (table.key, table.number) == ("penyamaran", 16)
    assert table.value(row, "dominated") > 0
    assert any("aturan terpenuhi" in note for note in table.notes)


def test_an_edition_keeps_its_certificate_and_the_amounts_it_rests_on(register):
    edition = close()
    BusinessYear.objects.update(investment=5)

    stored = Edition.objects.get(pk=edition.pk)

    assert stored.release["figures"]
    assert sum(each["figures"].get("investment") == LARGE for each in stored.contributions) == 1
    assert [table.rows for table in public().tables[:-1]] == [
        table.rows for table in publication.publication(YEAR, public=True).book.tables[:-1]
    ]
    assert HIDDEN in everything_written(public())


def test_the_second_edition_is_audited_with_the_first(register):
    close()
    reopen_year(ClosedYear.objects.get(), by=None, channel=Change.Channel.COMMAND, reason="uji")
    newcomer = BusinessYearFactory(
        year=YEAR, business__group=IndustryGroup.objects.get(name="Kelompok A"), investment=777
    )
    assert newcomer.pk
    close()

    second = public()

    certificate = second.tables[-1]
    assert any("Edisi 1" in note for note in certificate.notes)
    [table] = [table for table in second.tables if table.key == "ikm-kelompok"]
    row = next(row for row in table.rows if row.values[0] == "Kelompok A")
    assert table.value(row, "investment") == HIDDEN


def test_an_open_year_says_that_its_figures_may_change_and_its_files_are_kept(
    register, client, admin, tmp_path, capsys
):
    client.force_login(admin)
    page = f"/laporan/{YEAR}/?umum=1"

    assert release.OPEN_YEAR in public().tables[-1].notes
    assert release.OPEN_YEAR in client.get(page).content.decode()
    call_command("open_data", YEAR, tmp_path)
    assert release.OPEN_YEAR in capsys.readouterr().err

    close()
    assert release.OPEN_YEAR not in public().tables[-1].notes
    assert release.OPEN_YEAR not in client.get(page).content.decode()
    call_command("yearly_report", YEAR, tmp_path / "a-umum.html", public=True)
    assert release.OPEN_YEAR not in capsys.readouterr().err


def years_told(book):
    """What table 13 of a book says of the investment of every year."""
    [table] = [table for table in book.tables if table.key == "capaian"]
    return {row.values[0]: table.value(row, "investment") for row in table.rows}


def add_newcomer(year):
    BusinessYearFactory(
        year=year, business__founded_year=year, investment=777, business__group=None
    )


def test_a_year_closed_late_does_not_give_away_what_it_gained_since_a_later_book(register):
    BusinessYearFactory.create_batch(5, year=YEAR - 1, investment=1_000_000)
    close(YEAR)
    assert years_told(public(YEAR))[YEAR - 1] == 5_000_000
    add_newcomer(YEAR - 1)
    close(YEAR - 1)

    # Told, it would leave the newcomer's amount above what the later book says.
    assert years_told(public(YEAR - 1))[YEAR - 1] == HIDDEN
    assert any(f"Laporan {YEAR} Edisi 1" in note for note in public(YEAR - 1).tables[-1].notes)


def test_a_later_book_does_not_give_away_what_an_earlier_year_gained_since_its_edition(register):
    BusinessYearFactory.create_batch(5, year=YEAR - 1, investment=1_000_000)
    close(YEAR - 1)
    closed = ClosedYear.objects.get(year=YEAR - 1)
    reopen_year(closed, by=None, channel=Change.Channel.COMMAND, reason="uji")
    add_newcomer(YEAR - 1)
    close(YEAR)

    assert years_told(public(YEAR))[YEAR - 1] == HIDDEN


def test_a_later_book_may_repeat_what_an_unchanged_year_has_told(register):
    BusinessYearFactory.create_batch(5, year=YEAR - 1, investment=1_000_000)
    close(YEAR - 1)
    close(YEAR)

    assert years_told(public(YEAR))[YEAR - 1] == 5_000_000


@pytest.mark.parametrize(
    ("command", "target", "options"),
    [
        pytest.param("yearly_report", "laporan.html", {"public": True}, id="the book"),
        pytest.param("open_data", "terbuka", {}, id="open data"),
    ],
)
def test_what_cannot_be_certified_is_not_published(
    command, target, options, register, tmp_path, monkeypatch
):
    monkeypatch.setattr(release, "contributions", lambda year: contributions(year)[1:])

    with pytest.raises(CommandError, match="tidak dapat dibuat"):
        call_command(command, YEAR, tmp_path / target, **options)
    assert list(tmp_path.iterdir()) == []
    call_command("yearly_report", YEAR, tmp_path / "laporan.html")


def test_an_edition_that_could_not_be_certified_is_closed_and_not_published(register, monkeypatch):
    monkeypatch.setattr(
        "balikpapan.yearbook.closing.contributions", lambda year: contributions(year)[1:]
    )
    edition = close()

    assert publication.publication(YEAR).edition == edition
    with pytest.raises(ReleaseRefused):
        public()

    monkeypatch.undo()
    reopen_year(ClosedYear.objects.get(), by=None, channel=Change.Channel.COMMAND, reason="uji")
    close()
    assert public().tables[-1].key == "penyamaran"


def test_an_edition_after_one_of_unknown_amounts_is_not_published(register):
    Edition.objects.create(year=YEAR, number=1, figures=[])

    close()

    with pytest.raises(ReleaseRefused):
        public()


def test_the_page_tells_why_there_is_no_edition_for_the_public(
    register, client, admin, monkeypatch
):
    monkeypatch.setattr(release, "contributions", lambda year: [])
    client.force_login(admin)

    answer = client.get(reverse("admin:report_book", args=[YEAR]), {"umum": "1"}, follow=True)

    assert "tidak dapat dibuat" in answer.content.decode()


# Everything published of a year together


@pytest.mark.parametrize("businesses", [30, 60])
def test_nothing_about_a_few_follows_from_the_whole_release_of_a_messy_register(businesses):
    make_register(businesses)
    for before, amount in enumerate(BusinessYear.objects.order_by("pk")[:40:7]):
        BusinessYear.objects.filter(pk=amount.pk).update(investment=LARGE + before)
    published = publication.publication(YEAR, public=True)
    shown = {
        cell
        for table in [*published.book.tables, *published.book.appendix]
        for row in lines_of(table)
        for key, cell in cells_of(row).items()
        if table.value(row, key) != HIDDEN
    }
    given = contributions(YEAR)

    for figure in FIGURES:
        amounts = {
            each.unit: each.figures[figure.field] for each in given if figure.field in each.figures
        }
        sums = [
            frozenset(each.unit for each in given if name in each.sets and each.unit in amounts)
            for at, name in shown
            if at == figure.field
        ]
        line = [
            few
            for few in derivable_few([units for units in sums if units], amounts)
            if any(amounts[unit] for unit in few)
        ]
        assert line == [], figure.field


def test_the_workbook_for_the_public_holds_no_hidden_figure(register, tmp_path):
    content = publication.publication(YEAR, public=True).file("xlsx")

    sheets = openpyxl.load_workbook(io.BytesIO(content))
    numbers = [
        cell.value
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int)
    ]

    assert numbers
    assert not [number for number in numbers if number >= LARGE]
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if str(LARGE).encode() in parts.read(name)]
