"""What is to be done, on the first page: to each role its own, each number with its list."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from balikpapan.accounts.groups import ADMINISTRATOR, PETUGAS, PIMPINAN, VERIFIKATOR
from balikpapan.dashboard.queries import of_year, overview
from balikpapan.intake.models import Upload
from industry.models import Business
from tests.cast import member
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ClosedYearFactory,
    MaintenanceFactory,
    WorkItemFactory,
)

pytestmark = pytest.mark.django_db


def handed_in(by, status, held=0):
    return Upload.objects.create(
        register="ikm",
        file_name=f"{status}.xlsx",
        sha256="0" * 64,
        size=1,
        by=by,
        status=status,
        counts={"held": held},
    )


@pytest.fixture
def office(db):
    """One account of each group, and work of every kind for somebody."""
    people = {group: member(group) for group in (PETUGAS, VERIFIKATOR, PIMPINAN, ADMINISTRATOR)}
    today = timezone.localdate()
    firm = BusinessFactory(status="unverified")
    BusinessFactory.create_batch(2, name="Kembar", owner_name="Budi Contoh")
    CertificateFactory(business=firm, expires_on=today + timedelta(days=9))
    MaintenanceFactory(asset=AssetFactory(), due_on=today - timedelta(days=1), done_on=None)
    late = {"due_on": today - timedelta(days=1)}
    WorkItemFactory(business=firm, assignee=people[PETUGAS], **late)
    WorkItemFactory(assignee=people[PETUGAS])
    WorkItemFactory(assignee=people[VERIFIKATOR])
    for status in ("planned", "needs_answer", "stored", "refused"):
        handed_in(people[PETUGAS], status, held=2)
    handed_in(people[VERIFIKATOR], "stored")
    return people


def work_of(client, user):
    client.force_login(user)
    return client.get("/").context["work"]


OF_BOTH = [
    "unggahan dengan baris ditahan",
    "IKM yang datanya belum lengkap",
    "sertifikat berakhir dalam 90 hari",
    "pemeliharaan terlambat",
]


@pytest.mark.parametrize(
    ("group", "labels"),
    [
        (PETUGAS, ["tugas saya", "unggahan saya menunggu jawaban atau penyimpanan", *OF_BOTH]),
        (
            VERIFIKATOR,
            [
                "tugas saya",
                *OF_BOTH[:2],
                "IKM menunggu verifikasi",
                "IKM mungkin tercatat ganda",
                *OF_BOTH[2:],
                f"tahun {date.today().year - 1} belum ditutup",
            ],
        ),
        (PIMPINAN, []),
    ],
)
def test_each_role_is_shown_its_own_work_and_each_number_is_the_length_of_its_list(
    office, client, group, labels
):
    work = work_of(client, office[group])

    lengths = {
        figure.label: client.get(figure.link).context["cl"].result_count
        for figure in work
        if figure.value is not None
    }

    assert [figure.label for figure in work] == labels
    assert lengths == {f.label: f.value for f in work if f.value is not None}
    assert all(client.get(figure.link).status_code == 200 for figure in work)
    if group == PETUGAS:
        assert (lengths["tugas saya"], work[0].note) == (2, "1 lewat tenggat")
        assert lengths["unggahan dengan baris ditahan"] == 3


def test_a_year_that_is_closed_and_what_nobody_waits_for_is_not_shown(client):
    ClosedYearFactory(year=timezone.localdate().year - 1)
    BusinessFactory(owner_name="", status="active")

    labels = [figure.label for figure in work_of(client, member(VERIFIKATOR))]

    assert labels == ["IKM yang datanya belum lengkap"]


def test_the_first_page_of_a_year_shows_that_year_and_nothing_about_today(client):
    today = timezone.localdate()
    year = today.year - 2
    firm = BusinessFactory(founded_year=year, listed_year=year)
    BusinessFactory(founded_year=year + 1, listed_year=year + 1)
    BusinessYearFactory(business=firm, year=year)
    client.force_login(get_user_model().objects.create_superuser("pertama"))

    page = client.get("/", {"tahun": year})
    board = page.context["board"]
    links = {figure.label: client.get(figure.link).context["cl"] for figure in board.counts}
    still_open = "laporan edisi" in page.content.decode()
    ClosedYearFactory(year=year, edition=2)
    frozen = client.get("/", {"tahun": year}).content.decode()
    odd = [client.get("/", {"tahun": asked}).context["past_year"] for asked in ("x", "", "2999")]

    assert not still_open
    assert f'href="/laporan/{year}/">laporan edisi 2</a>' in frozen
    assert board.industries.years[-1] == year
    assert {label: cl.result_count for label, cl in links.items()} == {
        f.label: f.value for f in board.counts
    }
    assert board.counts[0].label == f"usaha IKM, 31 Desember {year}"
    assert board.counts[0].value == 1
    assert (board.certificates, board.uploads, board.health) == (None, None, None)
    assert page.context["work"] == []
    assert "sampai hari ini" not in page.context["charts"]["by_district"].unit
    assert odd == [None] * 3
    # The board of the last day of a year, seen on that day, is another one.
    last = date(year, 12, 31)
    assert overview(lambda model: model is Business, last).health is not None
    assert of_year(lambda model: model is Business, year).health is None
