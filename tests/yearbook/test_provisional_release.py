"""What left the office of a year that is not closed is audited with whatever leaves it next."""

import pytest
from django.core.management import call_command

from balikpapan.reports.disclosure import Contribution
from balikpapan.reports.models import Edition, ProvisionalRelease
from balikpapan.reports.suppression import HIDDEN, lines_of
from balikpapan.yearbook import publication
from balikpapan.yearbook.press_sentences import press_text
from balikpapan.yearbook.release import contributions_json, published_before
from industry.figures import FIGURES
from industry.models import IndustryGroup
from tests.factories import BusinessYearFactory

from .releases import YEAR, close, everything_written, public

pytestmark = pytest.mark.django_db


def investment_of(book, row, key="ikm-kelompok"):
    [table] = [table for table in book.tables if table.key == key]
    line = next(line for line in lines_of(table) if line.values[0] == row)
    return table.value(line, "investment")


def given_out(client, address):
    answer = client.get(f"/laporan/{YEAR}/{address}")
    assert answer.status_code == 200
    return ProvisionalRelease.objects.count()


def newcomer(group="Kelompok A"):
    return BusinessYearFactory(
        year=YEAR, business__group=IndustryGroup.objects.get(name=group), investment=777
    )


def test_two_files_of_different_days_of_an_open_year_cannot_be_subtracted(register, client, admin):
    client.force_login(admin)
    before = investment_of(public(), "Kelompok A")
    assert before == 12_000_000
    assert given_out(client, "unduh/html/?umum=1") == 1
    first = ProvisionalRelease.objects.get()
    assert (first.made_by, first.year) == (admin, YEAR)

    newcomer()
    book = public()

    assert investment_of(book, "Kelompok A") == HIDDEN
    [note] = [note for note in book.tables[-1].notes if "Diperiksa bersama" in note]
    assert f"1 terbitan sementara {YEAR} (terakhir" in note
    # A third would be told to within a few rupiah too, by the edition of the year then closed.
    assert given_out(client, "data-terbuka/unduh/") == 2
    edition = close()
    assert len(edition.release["provisional"]) == 2
    assert investment_of(public(), "Kelompok A") == HIDDEN
    assert given_out(client, "unduh/html/?umum=1") == 2


def test_equal_figures_given_out_again_store_nothing_and_hide_nothing_more(
    register, client, admin, tmp_path
):
    client.force_login(admin)
    shown = everything_written(public())

    assert given_out(client, "ikm-kelompok/unduh/html/?umum=1") == 1
    assert given_out(client, "ikm-kelompok/unduh/pdf/?umum=1") == 1
    part = set(map(tuple, ProvisionalRelease.objects.get().shown))
    assert "investment" in {figure for figure, _ in part}
    assert not {name for _, name in part if name.startswith(("kecamatan", "tahun"))}

    # What the first file did not hold leaves with the second.
    assert given_out(client, "unduh/xlsx/?umum=1") == 2
    for address in ("unduh/pdf/?umum=1", "siaran-pers/unduh/txt/"):
        assert given_out(client, address) == 2
    call_command("yearly_report", YEAR, tmp_path / "a.html", public=True)
    call_command("open_data", YEAR, tmp_path / "terbuka")
    assert given_out(client, "data-terbuka/unduh/") == ProvisionalRelease.objects.count()
    assert ProvisionalRelease.objects.count() <= 3
    notes = set(public().tables[-1].notes)
    assert {value for value in everything_written(public()) if value not in notes} == shown


@pytest.mark.parametrize(
    "address",
    ["?umum=1", "ikm-kelompok/?umum=1", "siaran-pers/", "unduh/html/", "ikm-kelompok/unduh/pdf/"],
)
def test_what_is_looked_at_or_stays_in_the_office_is_not_kept(address, register, client, admin):
    client.force_login(admin)

    assert given_out(client, address) == 0


@pytest.mark.parametrize(
    ("page", "shown"),
    [("?umum=1", "12.000.000"), ("ikm-kelompok/?umum=1", "12.000.000")],
    ids=["the book", "a table"],
)
def test_a_page_for_the_public_shows_what_was_published_and_nothing_newer(
    page, shown, register, client, admin
):
    client.force_login(admin)
    address = f"/laporan/{YEAR}/{page}"

    unpublished = client.get(address).content.decode()
    assert "belum ada angka yang terbit" in unpublished
    assert shown not in unpublished
    assert "Catat sebagai terbitan" in unpublished
    assert ProvisionalRelease.objects.count() == 0

    assert client.post(address)["Location"] == address
    assert ProvisionalRelease.objects.get().made_by == admin
    assert shown in client.get(address).content.decode()
    assert ProvisionalRelease.objects.count() == 1

    newcomer()
    changed = client.get(address).content.decode()
    assert "sejak terbitan terakhir" in changed
    assert shown not in changed
    assert "12.000.777" not in changed

    # Published again, the two moments tell nothing about the newcomer.
    client.post(address)
    after = client.get(address).content.decode()
    assert "Catat sebagai terbitan" not in after
    assert "12.000.777" not in after
    assert investment_of(public(), "Kelompok A") == HIDDEN
    assert HIDDEN in after

    close()
    assert ProvisionalRelease.objects.count() == 2
    assert "Catat sebagai terbitan" not in client.get(address).content.decode()


def test_a_table_published_by_itself_lets_no_page_show_the_rest(register, client, admin):
    client.force_login(admin)

    given_out(client, "ikm-kelompok/unduh/html/?umum=1")

    table, other, whole = (
        client.get(f"/laporan/{YEAR}/{page}?umum=1").content.decode()
        for page in ("ikm-kelompok/", "ikm-wilayah/", "")
    )
    assert "12.000.000" in table
    assert "Catat sebagai terbitan" in other
    assert "Catat sebagai terbitan" in whole


def test_a_comparison_on_screen_shows_no_year_that_was_not_published(register, client, admin):
    BusinessYearFactory.create_batch(4, year=YEAR - 1, investment=1_000_000)
    client.force_login(admin)
    address = f"/laporan/{YEAR}/ikm-kelompok/?umum=1&banding={YEAR - 1}"
    given_out(client, "ikm-kelompok/unduh/html/?umum=1")

    assert f"Dari tahun {YEAR - 1} belum ada" in client.get(address).content.decode()
    client.post(address)
    assert "Catat sebagai terbitan" not in client.get(address).content.decode()
    assert set(ProvisionalRelease.objects.values_list("year", flat=True)) == {YEAR, YEAR - 1}


def test_a_comparison_gives_out_both_years(register, client, admin):
    BusinessYearFactory.create_batch(4, year=YEAR - 1, investment=1_000_000)
    client.force_login(admin)

    given_out(client, f"ikm-kelompok/unduh/html/?umum=1&banding={YEAR - 1}")

    years = ProvisionalRelease.objects.order_by("pk").values_list("year", flat=True)
    assert list(years) == [YEAR, YEAR - 1]


def test_the_press_text_names_no_figure_an_audit_would_hide(register):
    text = press_text(publication.publication(YEAR, public=True)).as_text().lower()

    assert [figure.name for figure in FIGURES if figure.name.lower() in text] == []


def test_what_was_published_before_stands_by_year_and_in_the_order_of_publication():
    for number in (2, 1):
        Edition.objects.create(year=YEAR, number=number, contributions=[])
    files = [ProvisionalRelease.objects.create(year=year) for year in (YEAR, YEAR - 1, YEAR - 1)]

    assert [str(each) for each in published_before(YEAR)[:2]] == [
        str(Edition.objects.get(year=YEAR, number=number)) for number in (1, 2)
    ]
    assert published_before(YEAR)[2:] == [files[1], files[2], files[0]]


def test_the_sets_of_an_amount_are_kept_in_one_order():
    sets = frozenset(f"set-{number}" for number in range(40))

    [stored] = contributions_json([Contribution("a", sets, {"investment": 5})])

    assert stored["sets"] == sorted(sets)
