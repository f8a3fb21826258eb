"""The pages of kept editions and of closed years: whose, which files, what changed, what reopens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.reports.editions import keep_edition
from balikpapan.reports.models import Edition
from balikpapan.reports.tables import ReportColumn, ReportTable
from balikpapan.yearbook.closing import reopen_year
from tests.factories import ClosedYearFactory
from tests.pages import messages_of
from tests.reports.books import book_of

pytestmark = pytest.mark.django_db

YEAR = 2023
LIST = "admin:audit_closedyear_changelist"


def stored_edition(units, number=1, year=YEAR, by=None):
    """An edition of one small table with one figure."""
    columns = [ReportColumn("Kelompok", key="label"), ReportColumn("Unit", "whole", key="units")]
    table = ReportTable("k", "IKM menurut kelompok", columns, [("Pangan", units)], number=2)
    return keep_edition(book_of(table, year=year, edition=number), by=by)


def page_of(edition):
    return reverse("admin:reports_edition_change", args=[edition.pk])


@pytest.fixture
def reader(client, pimpinan):
    client.force_login(pimpinan)
    return client


@pytest.fixture
def closer(client, verifikator):
    client.force_login(verifikator)
    return client


# An edition


def test_an_edition_says_who_kept_it_when_and_by_which_print(reader, verifikator):
    verifikator.first_name = "Rina"
    verifikator.save()
    edition = stored_edition(2, by=verifikator)

    text = reader.get(page_of(edition)).content.decode()

    assert f"{timezone.localtime(edition.made_at):%H.%M} WITA oleh {verifikator}" in text
    assert edition.sha256 in text
    assert f"/laporan/{YEAR}/?edisi=1" in text
    assert "Yang berbeda dari" not in text


def test_an_edition_kept_by_a_command_says_so(reader):
    assert "oleh perintah." in reader.get(page_of(stored_edition(2))).content.decode()


def test_an_edition_is_set_beside_the_one_before_it_of_its_own_year(reader):
    for year in (YEAR - 1, YEAR + 1):
        stored_edition(9, year=year, number=1)
        stored_edition(9, year=year, number=2)
    stored_edition(2, number=1)
    second, third = stored_edition(3, number=2), stored_edition(5, number=3)

    pages = [reader.get(page_of(edition)).context for edition in (second, third)]

    assert [page["earlier"].number for page in pages] == [1, 2]
    assert {page["earlier"].year for page in pages} == {YEAR}
    assert [
        [(line["row"], line["was"], line["now"]) for line in page["differences"]] for page in pages
    ] == [
        [("Pangan", "2", "3"), ("Jumlah", "2", "3")],
        [("Pangan", "3", "5"), ("Jumlah", "3", "5")],
    ]


def test_editions_of_the_same_figures_say_that_nothing_differs(reader):
    stored_edition(2)

    text = reader.get(page_of(stored_edition(2, number=2))).content.decode()

    assert f"Yang berbeda dari Laporan {YEAR}, Edisi 1" in text
    assert "Tidak ada angka yang berbeda." in text


@pytest.mark.parametrize(("extension", "field"), [("xlsx", "workbook"), ("pdf", "document")])
def test_the_files_of_an_edition_are_its_own(extension, field, reader):
    first, second = stored_edition(2), stored_edition(3, number=2)

    for edition in (first, second):
        file = reader.get(reverse("admin:report_edition", args=[edition.pk, extension]))

        assert f"-{YEAR}-edisi-{edition.number}.{extension}" in file["Content-Disposition"]
        with getattr(edition, field).open("rb") as stored:
            assert file.content == stored.read()


@pytest.mark.parametrize("extension", ["xlsx", "pdf"])
def test_a_file_that_is_gone_from_the_folder_is_told_and_not_made_anew(extension, reader):
    edition = stored_edition(2)
    field = edition.workbook if extension == "xlsx" else edition.document
    field.storage.delete(field.name)

    answer = reader.get(reverse("admin:report_edition", args=[edition.pk, extension]), follow=True)

    assert answer.redirect_chain == [(reverse("admin:report_choose"), 302)]
    assert "Pulihkan dari cadangan" in " ".join(messages_of(answer))


@pytest.mark.parametrize("extension", ["html", "doc"])
def test_an_edition_has_no_other_files(extension, reader):
    edition = stored_edition(2)

    assert reader.get(f"/laporan/edisi/{edition.pk}/{extension}/").status_code == 404


def test_an_edition_that_is_not_there_leads_back_and_has_no_files(reader):
    page = reverse("admin:reports_edition_change", args=[999])

    assert reader.get(page).status_code == 302
    assert reader.get("/laporan/edisi/999/pdf/").status_code == 404


def test_who_may_not_see_reports_sees_no_edition(client, administrator):
    edition = stored_edition(2)
    administrator.groups.clear()
    client.force_login(administrator)

    pages = [page_of(edition), f"/laporan/edisi/{edition.pk}/pdf/"]

    assert [client.get(page).status_code for page in pages] == [403, 403]


def test_nothing_is_changed_on_the_page_of_an_edition(reader):
    edition = stored_edition(2)
    before = Edition.objects.values().get()

    reader.post(page_of(edition), {"number": 9, "year": 2000})

    assert Edition.objects.values().get() == before


# Which year can be closed


def test_the_fourteen_years_before_this_one_are_offered_but_for_the_closed(closer):
    this_year = timezone.localdate().year
    ClosedYearFactory(year=this_year - 2)
    ClosedYearFactory(year=this_year - 3, archived=True)

    offered = [year for year, _ in closer.get(reverse(LIST)).context["form"].fields["year"].choices]

    assert offered == [this_year - 1, *range(this_year - 3, this_year - 15, -1)]


def test_who_may_not_close_is_offered_nothing_and_sees_what_is_closed(reader):
    ClosedYearFactory(year=YEAR)
    ClosedYearFactory(year=YEAR - 1, archived=True)

    context = reader.get(reverse(LIST)).context

    assert (context["may_close"], context["form"]) == (False, None)
    assert [closed.year for closed in context["closed_years"]] == [YEAR]


# Reopening


def reopened(client, closed, reason="Ada koreksi."):
    page = reverse("admin:audit_closedyear_reopen", args=[closed.pk])
    return client.post(page, {"reason": reason}, follow=True)


def test_reopening_one_of_two_closed_years_leaves_the_other_closed(closer, verifikator):
    one, other = ClosedYearFactory(year=YEAR), ClosedYearFactory(year=YEAR - 1)

    response = reopened(closer, one)

    assert ClosedYear.objects.frozen() == {other.year}
    assert messages_of(response) == [f"Tahun {YEAR} dibuka kembali."]
    change = Change.objects.get(action="archived")
    assert (change.record, change.by, change.channel, change.reason) == (
        one.pk,
        verifikator,
        "form",
        "Ada koreksi.",
    )


@pytest.mark.parametrize("reason", ["", "   "])
def test_reopening_without_a_reason_is_refused_in_a_sentence(closer, reason):
    closed = ClosedYearFactory(year=YEAR)

    response = reopened(closer, closed, reason)

    assert messages_of(response) == ["Isi alasan membuka kembali tahun ini."]
    assert ClosedYear.objects.frozen() == {YEAR}


def test_a_year_open_again_is_not_opened_once_more(closer):
    closed = ClosedYearFactory(year=YEAR, archived=True)

    response = reopened(closer, closed)

    assert messages_of(response) == []
    assert not Change.objects.exists()


def test_a_reason_is_kept_without_blanks_around_and_as_far_as_there_is_room(verifikator):
    closed = ClosedYearFactory(year=YEAR)

    reopen_year(closed, by=verifikator, channel="form", reason="  " + "a" * 201 + "  ")

    assert Change.objects.get().reason == "a" * 200
