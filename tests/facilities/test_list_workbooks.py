"""The lists that are no sheets of their own, taken out as workbooks."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.audit.list_workbook import WorkbookAdmin, column_of, field_at, rows_of
from facilities.models import BuildingRental, Maintenance, TemperatureReading
from tests.cast import member
from tests.factories import (
    AssetFactory,
    BillFactory,
    BuildingRentalFactory,
    ChamberFactory,
    InventoryEntryFactory,
    InventorySessionFactory,
    MaintenanceFactory,
    OutageFactory,
    TariffFactory,
    TemperatureReadingFactory,
)
from tests.pages import FACTORIES

KEEPERS = [keeper for keeper in admin.site._registry.values() if isinstance(keeper, WorkbookAdmin)]
IDS = [keeper.opts.model_name for keeper in KEEPERS]


@pytest.mark.parametrize("keeper", KEEPERS, ids=IDS)
def test_a_workbook_has_no_personal_field_and_every_column_has_a_source(keeper):
    for name in keeper.workbook_columns:
        field = field_at(keeper.model, name)
        assert field is not None or callable(getattr(keeper, name)), name
        assert field is None or field.name not in getattr(field.model, "personal_fields", ()), name


def sheet(response):
    """The rows of a workbook that was sent."""
    assert response.status_code == 200, response
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def workbook(client, model, **asked):
    address = f"admin:{model._meta.app_label}_{model._meta.model_name}_workbook"
    return client.get(reverse(address), asked)


@pytest.mark.django_db
def test_lists_leave_as_they_are_filtered_with_typed_cells_and_masked_texts(client):
    asset = AssetFactory(item_code="1.3.2.05.01.01.001", register="000007", name="Mesin uji")
    done = datetime.date(2024, 5, 3)
    MaintenanceFactory(asset=asset, due_on=None, done_on=done, cost=1_500_000, vendor="=1+1")
    MaintenanceFactory(asset=asset, done_on=None, due_on=done, notes="NIK 6471012505900001")
    MaintenanceFactory(archived=True)
    chamber = ChamberFactory(name="Ruang uji", temperature_min=0, temperature_max=5)
    TemperatureReadingFactory(chamber=chamber, degrees=Decimal("7.5"), read_on=done)
    BuildingRentalFactory(tenant_name="Penyewa Gedung", year=2024, month=6)
    client.force_login(member("Pimpinan"))

    heading, *rows = sheet(workbook(client, Maintenance))
    [degrees, reading] = sheet(workbook(client, TemperatureReading))
    [_, rental] = sheet(workbook(client, BuildingRental))
    planned = sheet(workbook(client, Maintenance, keadaan="rencana", arsip="semua"))

    assert heading[:4] == ["Kode barang", "Nomor register", "Nama barang", "Sarana"]
    [first] = [row for row in rows if row[6]]
    assert first[:3] == ["1.3.2.05.01.01.001", "000007", "Mesin uji"]
    assert (first[6].date(), first[7], first[8]) == (done, 1_500_000, "=1+1")
    assert len(rows) == 2
    assert [row[5].date() for row in planned[1:]] == [done]
    assert "6471012505900001" not in str(planned)
    assert (reading[degrees.index("Suhu (°C)")], reading[2]) == (7.5, "Ruang uji")
    assert any("lebih panas" in str(cell) for cell in reading)
    assert rental[1:4] == [2024, "Juni", "Penyewa Gedung"]


@pytest.mark.django_db
def test_every_list_offers_its_workbook_to_whoever_may_take_it_out(client):
    for factory in (OutageFactory, TariffFactory, BillFactory):
        factory()
    client.force_login(member("Verifikator"))
    offered = {
        keeper.opts.model_name
        for keeper in KEEPERS
        if "Unduh Excel"
        in client.get(
            reverse(f"admin:facilities_{keeper.opts.model_name}_changelist")
        ).content.decode()
    }
    sizes = {
        name: len(sheet(client.get(reverse(f"admin:facilities_{name}_workbook"))))
        for name in sorted(offered)
    }
    client.force_login(member("Petugas"))
    refused = client.get(reverse("admin:facilities_tariff_workbook")).status_code

    assert offered == set(IDS) - {"tariff", "usefullife"}
    assert (sizes["outage"], sizes["bill"], sizes["maintenance"]) == (2, 2, 1)
    assert refused == 403


@pytest.mark.django_db
def test_what_was_counted_leaves_as_a_workbook(client):
    session = InventorySessionFactory()
    asset = AssetFactory(name="Mesin uji", facility=session.facility, acquired_year=2020)
    InventoryEntryFactory(session=session, asset=asset, presence="missing", condition="")
    client.force_login(member("Pimpinan"))
    form = reverse("admin:facilities_inventorysession_change", args=[session.pk])
    address = reverse("admin:facilities_inventorysession_lines", args=[session.pk])

    assert address in client.get(form).content.decode()
    rows = sheet(client.get(address))

    [row] = [row for row in rows if "Mesin uji" in row]
    assert "Tidak ada" in row


@pytest.mark.parametrize("keeper", KEEPERS, ids=IDS)
@pytest.mark.django_db
def test_more_rows_ask_no_more_of_the_database(keeper, rf):
    model, user = keeper.model, member("Pimpinan")

    def asked():
        request = rf.get("/")
        request.user = user
        columns = [column_of(keeper, name) for name in keeper.workbook_columns]
        with CaptureQueriesContext(connection) as queries:
            rows = list(rows_of(keeper, columns, keeper.records_for_workbook(request)))
        return len(rows), len(queries)

    for _ in range(2):
        FACTORIES[model]()
    asked()  # the rights of the person are looked up once
    few, with_few = asked()
    for _ in range(4):
        FACTORIES[model]()
    many, with_many = asked()

    assert many > few
    assert with_many == with_few
