"""One year's figures of many businesses: typed at once, previewed, stored and undone as an upload."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.intake.models import Upload
from industry.models import BusinessYear
from tests.cast import permitted
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    ClosedYearFactory,
    IndustryGroupFactory,
    KecamatanFactory,
)
from tests.pages import upload_url

pytestmark = pytest.mark.django_db


def address(question="tahun=2024", page="grid"):
    return f"{reverse(f'admin:industry_businessyear_{page}')}?{question}"


def opened(client, question="tahun=2024"):
    """What a browser would send of the page as it is shown."""
    content = client.get(address(question)).content.decode()
    boxes = re.findall(r'<input type="text" name="(c-[^"]+)" value="([^"]*)"', content)
    state = unescape(re.search(r'name="opened" value="([^"]*)"', content)[1])
    return {"opened": state, **{name: unescape(value) for name, value in boxes}}


@pytest.fixture
def two(db):
    """A business with figures of 2024 and one without."""
    first = BusinessFactory(name="Amplang Uji")
    BusinessYearFactory(business=first, turnover=7_000_000)
    return first, BusinessFactory(name="Batik Uji")


def test_what_is_typed_is_previewed_stored_and_undone_as_an_upload(client, petugas, two):
    first, second = two
    client.force_login(petugas)
    data = opened(client)

    response = client.post(
        address(),
        {
            **data,
            "c-0-workers_male": "5",
            "c-0-turnover": "",
            "c-1-investment": "12,5 juta",
            "c-1-workers_total": "4 orang",
        },
    )

    upload = Upload.objects.get()
    assert response.url == upload_url("change", upload)
    assert (upload.status, upload.by) == ("planned", petugas)
    assert (upload.counts["changed"], upload.counts["held"]) == (2, 0)
    assert BusinessYear.objects.get().workers_male == 2  # nothing is stored yet
    client.post(upload_url("confirm", upload), {"fingerprint": upload.fingerprint})
    upload.refresh_from_db()
    assert upload.status == "stored"
    old, new = (business.years.get() for business in two)
    assert (old.workers_male, old.workers_female, old.workers_total) == (5, 1, 6)
    assert (old.turnover, old.investment) == (None, 50_000_000)
    assert (new.year, new.investment, new.workers_total) == (2024, 12_500_000, 4)

    client.post(upload_url("undo", upload))

    first_again = first.years.get()
    assert (first_again.workers_male, first_again.turnover) == (2, 7_000_000)
    assert not second.years.filter(archived_at=None).exists()


def test_a_wrong_cell_is_named_in_its_place_and_makes_no_upload(client, petugas, two):
    client.force_login(petugas)
    data = {**opened(client), "c-0-investment": "850,000", "c-1-export_percent": "120"}

    response = client.post(address(), data)
    answer = client.post(address(page="grid_check"), data).json()

    errors = {c.name for c in response.context["entries"].cells.values() if c.error}
    assert errors == {"c-0-investment", "c-1-export_percent"} == set(answer["cells"])
    assert not Upload.objects.exists()


def test_what_another_stored_meanwhile_is_not_overwritten_unseen(client, petugas, two):
    client.force_login(petugas)
    data = opened(client)
    BusinessYear.objects.update(turnover=9)

    response = client.post(address(), {**data, "c-0-turnover": "8"})

    [cell] = [c for c in response.context["entries"].cells.values() if c.error]
    assert "diubah menjadi 9" in cell.error
    assert not Upload.objects.exists()


def test_a_row_that_is_gone_does_not_swallow_what_was_typed(client, petugas, two):
    client.force_login(petugas)
    data = opened(client)
    type(two[1]).objects.filter(pk=two[1].pk).update(archived_at="2025-01-01T00:00Z")

    response = client.post(address(), {**data, "c-1-turnover": "8"})

    assert "1 angka diketik pada baris yang tidak ada lagi" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("rights", "status"), [(["change"], 200), (["add"], 200), (["change", "add"], 200), ([], 403)]
)
def test_who_may_either_change_or_add_figures_types_them(client, two, rights, status):
    names = [f"industry.{right}_businessyear" for right in ("view", *rights)]
    client.force_login(permitted(*names))

    assert client.post(address(page="grid_check"), {"opened": "[]"}).status_code == status


def test_a_closed_year_is_read_only_and_so_is_every_year_for_who_only_reads(
    client, petugas, pimpinan, two
):
    client.force_login(pimpinan)
    assert list(opened(client)) == ["opened"]
    assert client.post(address(), {"opened": "[]"}).status_code == 403
    ClosedYearFactory(year=2024)
    client.force_login(petugas)
    assert list(opened(client)) == ["opened"]


def test_the_rows_are_narrowed_and_paged_in_as_many_queries(client, petugas):
    district, group = KecamatanFactory(), IndustryGroupFactory()
    BusinessFactory(name="Amplang", kecamatan=district, group=group)
    client.force_login(petugas)

    def rows(question):
        with CaptureQueriesContext(connection) as captured:
            content = client.get(address(question)).content.decode()
        return content.count('class="row-name"'), len(captured)

    rows("tahun=2024")
    one, few = rows("tahun=2024")
    BusinessFactory.create_batch(55)

    assert (one, rows("tahun=2024")) == (1, (50, few))
    assert rows("tahun=2024&hal=2")[0] == 6
    assert rows(f"tahun=2024&kecamatan={district.pk}&kelompok={group.pk}&q=ampl")[0] == 1
    assert rows("tahun=2024&kecamatan=x&kelompok=99999999999999999999&hal=-1")[0] == 50
    assert rows("tahun=2024&q=tidak-ada")[0] == 0
