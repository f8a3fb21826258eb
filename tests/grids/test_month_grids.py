"""A year's months typed at once: read as cells, stored together, refused in their cells."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.audit.models import Change, Link
from facilities.models import StorageMonth
from industry.models import Revenue, RevenueSource
from tests.factories import ChamberFactory, ClosedYearFactory, RevenueFactory, StorageMonthFactory

pytestmark = pytest.mark.django_db

PAD = "industry_revenue"
STORAGE = "facilities_storagemonth"


@pytest.fixture
def sources(db):
    """Two recorded sources of PAD."""
    return [
        RevenueSource.objects.create(name=name, key=name.lower().replace(" ", ""))
        for name in ("Retribusi pendinginan", "Sewa rumah produksi")
    ]


def opened(client, model, year=2024):
    """What a browser would send of the page as it is shown."""
    content = client.get(address(model, year)).content.decode()
    boxes = re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', content)
    state = unescape(re.search(r'name="opened" value="([^"]*)"', content)[1])
    return {"opened": state, **{name: unescape(value) for name, value in boxes}}


def address(model, year=2024, page="grid"):
    return f"{reverse(f'admin:{model}_{page}')}?tahun={year}"


def errors(response):
    """Label -> message of the cells that were refused."""
    cells = response.context["entries"].cells.values()
    return {cell.label: cell.error for cell in cells if cell.error}


def amounts(key):
    """(month, target, realised) of a source."""
    rows = Revenue.objects.kept().filter(source_key=key).order_by("month")
    return sorted((row.month or 0, row.target, row.realised) for row in rows)


def test_a_year_is_typed_as_in_a_sheet_and_stored_as_one(client, petugas, sources):
    client.force_login(petugas)
    data = opened(client, PAD)
    months = {f"c-0-{month}": f"{month},5 juta" for month in range(1, 13)}

    response = client.post(
        address(PAD), {**data, "c-0-target": "Rp 100.000.000,-", **months, "c-1-3": "750 ribu"}
    )

    assert (response.status_code, response.url) == (302, address(PAD))
    assert amounts("retribusipendinginan") == [
        (0, 100_000_000, None),
        *((month, None, month * 1_000_000 + 500_000) for month in range(1, 13)),
    ]
    assert amounts("sewarumahproduksi") == [(3, None, 750_000)]
    changes = Change.objects.filter(model="industry.revenue")
    assert {(c.by, c.reason, c.link) for c in changes} == {
        (petugas, "Isian bulanan PAD 2024", Link.objects.first().pk)
    }
    page = client.get(address(PAD)).content.decode()
    assert "84.000.000" in page  # the sum of the months
    assert ">84,0<" in page  # percent of the target

    again = client.post(address(PAD), opened(client, PAD))

    assert again.status_code == 302
    assert changes.count() == 14


def test_one_wrong_cell_keeps_all_from_being_stored_and_is_named(client, petugas, sources):
    client.force_login(petugas)
    data = opened(client, PAD)

    response = client.post(address(PAD), {**data, "c-0-1": "850,000", "c-1-2": "5 juta"})

    assert response.status_code == 200
    [(label, message)] = errors(response).items()
    assert label == "Retribusi pendinginan, Januari"
    assert message in unescape(response.content.decode())
    assert 'value="850,000"' in response.content.decode()
    assert 'value="5 juta"' in response.content.decode()
    assert not Revenue.objects.exists()
    assert client.post(address(PAD), {**opened(client, PAD), "c-0-1": "850.000"}).status_code == 302


def test_a_year_as_one_figure_or_its_months_never_both(client, petugas, sources):
    client.force_login(petugas)
    client.post(address(PAD), {**opened(client, PAD), "c-0-whole": "90 juta"})

    refused = client.post(address(PAD), {**opened(client, PAD), "c-0-1": "5 juta"})
    moved = client.post(address(PAD), {**opened(client, PAD), "c-0-whole": "", "c-0-1": "5 juta"})

    assert set(errors(refused)) >= {"Retribusi pendinginan, Januari"}
    assert moved.status_code == 302
    assert amounts("retribusipendinginan") == [(0, None, None), (1, None, 5_000_000)]


def test_two_tabs_keep_what_they_did_not_touch_and_quarrel_over_what_both_did(
    client, petugas, sources
):
    client.force_login(petugas)
    first, second = opened(client, PAD), opened(client, PAD)
    client.post(address(PAD), {**first, "c-0-1": "1 juta", "c-0-2": "2 juta"})

    response = client.post(address(PAD), {**second, "c-0-2": "3 juta", "c-0-3": "4 juta"})

    assert "2.000.000" in errors(response)["Retribusi pendinginan, Februari"]
    assert amounts("retribusipendinginan") == [(1, None, 1_000_000), (2, None, 2_000_000)]
    state = json.loads(response.context["entries"].opened)
    again = client.post(
        address(PAD),
        {
            "opened": json.dumps(state),
            "c-0-1": "1.000.000",
            "c-0-2": "3 juta",
            "c-0-3": "4 juta",
        },
    )
    assert again.status_code == 302
    assert amounts("retribusipendinginan") == [
        (1, None, 1_000_000),
        (2, None, 3_000_000),
        (3, None, 4_000_000),
    ]


def test_the_row_that_counts_is_the_one_typed_into(client, petugas, sources):
    shared = {"source_name": sources[0].name, "source_key": sources[0].key}
    original = RevenueFactory(**shared, target=5, realised=None)
    revised = RevenueFactory(**shared, target=7, realised=None, stage="revised")
    client.force_login(petugas)
    data = opened(client, PAD)

    client.post(address(PAD), {**data, "c-0-target": "9"})

    assert data["c-0-target"] == "7"
    original.refresh_from_db()
    revised.refresh_from_db()
    assert (original.target, revised.target) == (5, 9)


def test_a_closed_year_is_read_only(client, petugas, sources):
    ClosedYearFactory(year=2023)
    client.force_login(petugas)

    shown = opened(client, PAD, 2023)
    sent = client.post(address(PAD, 2023), {**shown, "c-0-1": "5 juta"})

    assert list(shown) == ["opened"]
    assert "sudah ditutup" in errors(sent)["Retribusi pendinginan, Januari"]
    assert not Revenue.objects.exists()


def test_each_types_what_is_his_to_type(client, verifikator, pimpinan, sources):
    RevenueFactory(
        source_name=sources[0].name, source_key=sources[0].key, month=1, target=None, realised=5
    )
    client.force_login(verifikator)
    boxes = [name for name in opened(client, PAD) if name != "opened"]
    client.force_login(pimpinan)
    reading = opened(client, PAD)
    refused = client.post(address(PAD), {"opened": "[]"})

    assert boxes == ["c-0-1"]
    assert list(reading) == ["opened"]
    assert refused.status_code == 403


def test_what_is_typed_is_looked_at_before_it_is_sent(client, petugas, sources):
    client.force_login(petugas)
    data = opened(client, PAD)
    typed = {"c-0-1": "1 juta", "c-0-2": "2 juta", "c-0-3": "3 juta", "c-0-5": "400 juta"}

    answer = client.post(address(PAD, page="grid_check"), {**data, **typed, "c-1-1": "lima"}).json()

    assert answer["sums"]["d-0-0"] == "406.000.000"
    assert "satuannya" in answer["cells"]["c-0-5"]["warning"]
    assert "kosong" in answer["cells"]["c-0-4"]["warning"]
    assert answer["cells"]["c-1-1"]["error"]
    assert answer["changed"] == 4
    assert not Revenue.objects.exists()


def test_the_months_of_two_chambers_are_typed_with_their_warnings(client, petugas):
    chamber = ChamberFactory(name="A", capacity_ton=60)
    ChamberFactory(name="B", facility=chamber.facility, capacity_ton=20)
    StorageMonthFactory(chamber=chamber, year=2023, month=12, kg_end=100)
    client.force_login(petugas)
    data = opened(client, STORAGE)
    typed = {"c-0-kg_in": "1.250,5 kg", "c-0-kg_out": "50", "c-0-kg_end": "1.200"}

    answer = client.post(address(STORAGE, page="grid_check"), {**data, **typed}).json()
    stored = client.post(
        address(STORAGE), {**data, **typed, "c-12-kg_in": "7", "c-12-revenue": "5"}
    )
    refused = client.post(address(STORAGE), {**opened(client, STORAGE), "c-1-operating_days": "32"})

    assert "1.300,5" in answer["cells"]["c-0-kg_end"]["warning"]
    assert answer["sums"]["d-0-0"] == "1.300,5"
    assert stored.status_code == 302
    january = StorageMonth.objects.get(chamber=chamber, year=2024)
    assert (str(january.kg_in), january.month) == ("1250.50", 1)
    assert StorageMonth.objects.filter(chamber__name="B", revenue=5).count() == 1
    assert "31" in errors(refused)["Februari, Hari beroperasi"]


@pytest.mark.parametrize("state", ["", "{", "[[1]]", "[[[]]]", '{"a": 1}', "[" * 100_000])
def test_a_page_that_was_tampered_with_stores_nothing(client, petugas, sources, state):
    client.force_login(petugas)

    response = client.post(address(PAD), {"opened": state, "c-0-1": "5"})

    assert response.status_code in (200, 302)
    assert not Revenue.objects.exists()


def test_a_grid_asks_as_much_for_six_sources_as_for_one(client, petugas, sources):
    client.force_login(petugas)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(PAD))
        return len(captured)

    client.get(address(PAD))
    few = queries()
    for number in range(6):
        RevenueFactory(source_name=f"Sumber {number} uji", month=number + 1, target=None)

    assert queries() == few
