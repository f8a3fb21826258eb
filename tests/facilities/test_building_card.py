"""The seven columns of a building's card, and codes that stop before their last level."""

import datetime

import pytest
from django.urls import reverse

from facilities.choices import Kib
from facilities.models import Asset, incomplete_code
from facilities.reports import card_table
from tests.factories import AssetFactory
from tests.intake.importing import export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db
CODE = "1.3.3.01.01.02.001"
SEVEN = {
    "storeys": "2 lantai",
    "concrete": "Tidak",
    "document_on": datetime.date(2020, 5, 12),
    "document_number": "640/1",
    "land_area_m2": 300,
    "land_status": "Hak Pakai",
    "land_code": "1.3.1.01.01.04.001",
}


def test_the_seven_columns_are_printed_and_come_back_unchanged():
    AssetFactory(item_code=CODE, register="000001", kib=Kib.C, **SEVEN)

    table = card_table(Kib.C, 2024)
    [row] = table.rows
    assert set(SEVEN.values()) <= set(row.values)
    assert [note for note in table.notes if "diketahui" in note] == []
    assert tally(look(export("aset"), "aset")) == (0, 0, 1, 0, 0)


def test_the_seven_columns_are_read():
    load(
        [
            ["Nama Barang", "Kode Barang", "Register", "Bertingkat/Tidak", "Beton/Tidak",
             "Tanggal Dokumen", "Nomor Dokumen", "Luas Tanah", "Status Tanah", "Nomor Kode Tanah"],
            ["Gudang", CODE, "000001", "2 lantai", "Tidak", "12-05-2020", "640/1", "300",
             "Hak Pakai", "1.3.1.01.01.04.001"],
        ],
        "aset",
    )  # fmt: skip

    building = Asset.objects.get()
    assert {name: getattr(building, name) for name in SEVEN} == SEVEN


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        (CODE, False),
        ("1.3.2.05", True),
        ("1.3.2.05.01.01", True),
        ("02.06.02.01.001", False),
        ("02.06.02.01", True),
    ],
)
def test_a_code_without_its_last_levels_is_stored_and_warned_of(admin_client, code, lacking):
    assert bool(incomplete_code(code)) is lacking

    outcome = look([["Nama Barang", "Kode Barang"], ["Meja", code]], "aset")

    assert outcome.counts["new"] == 1
    assert [p.severity for p in problems_of(outcome, "incomplete_code")] == ["warning"] * lacking
    response = admin_client.post(
        reverse("admin:facilities_asset_add"),
        {
            "item_code": code,
            "name": "Meja",
            "quantity": 1,
            "conditions-TOTAL_FORMS": 0,
            "conditions-INITIAL_FORMS": 0,
            "maintenance-TOTAL_FORMS": 0,
            "maintenance-INITIAL_FORMS": 0,
        },
        follow=True,
    )
    warned = [str(m) for m in response.context["messages"] if "Lengkapi kodenya" in str(m)]
    assert Asset.objects.filter(item_code=code).exists()
    assert len(warned) == lacking
