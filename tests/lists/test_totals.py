"""The sums at the foot of a list: of every row that answers, and only where a sum means something."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories


def foot(client, page: str, query: str = "") -> dict[str, tuple[list[str], str]]:
    """Column -> its sums and the remark below them; the label stands under a blank name."""
    page = client.get(f"{reverse(f'admin:{page}_changelist')}{query}")
    return {cell.column: (list(cell.lines), cell.remark) for cell in page.context["cl"].foot}


@pytest.mark.django_db
def test_figures_of_businesses_are_summed_within_one_year(client, petugas):
    for year, invested in ((2023, 1_000_000), (2023, None), (2024, 5_000_000)):
        factories.BusinessYearFactory(
            year=year, investment=invested, production_value=None, workers_total=1_200
        )
    client.force_login(petugas)

    several = foot(client, "industry_businessyear")
    one = foot(client, "industry_businessyear", "?year__exact=2023")

    assert several == {
        "": (
            ["Jumlah: saring satu tahun dahulu, karena angka beberapa tahun tidak dijumlahkan."],
            "",
        )
    }
    assert one[""] == (["Jumlah (2 baris sesuai saringan)"], "")
    assert one["workers"] == (["2.400"], "")
    assert one["invested"] == (["Rp1.000.000"], "1 tanpa angka")
    # What nobody knows is no zero.
    assert one["produced"] == (["–"], "2 tanpa angka")


@pytest.mark.django_db
def test_pad_is_summed_as_reports_count_it(client, petugas):
    amounts = {"year": 2023, "source_name": "Uji", "realised": None}
    factories.RevenueFactory(**amounts, stage="original", target=1_000_000)
    factories.RevenueFactory(**amounts, stage="revised", target=1_500_000)
    factories.RevenueFactory(year=2022, source_name="Lain", target=None, realised=250_000)
    client.force_login(petugas)

    everything = foot(client, "industry_revenue")
    early = foot(client, "industry_revenue", "?stage__exact=original&year__exact=2023")

    assert everything[""][0] == [
        "Jumlah (2 baris sesuai saringan, hanya yang dihitung dalam laporan)"
    ]
    assert everything["targeted"] == (["Rp1.500.000"], "1 tanpa angka")
    assert everything["received"] == (["Rp250.000"], "1 tanpa angka")
    assert early["targeted"] == (["–"], "")


@pytest.mark.django_db
def test_chilled_and_frozen_goods_are_never_added_together(client, admin_user):
    chill = factories.ChamberFactory(purpose="chill")
    freeze = factories.ChamberFactory(purpose="freeze")
    day = datetime.date(2024, 3, 1)
    for month, (chamber, kg) in enumerate(((chill, 1_000), (freeze, 500), (freeze, 250)), 1):
        deposit = factories.DepositFactory(chamber=chamber, kg=kg, in_on=day)
        factories.StorageMonthFactory(
            chamber=chamber, year=2024, month=month, kg_in=kg, revenue=10_000
        )
        factories.WithdrawalFactory(deposit=deposit, kg=100, out_on=day)
    client.force_login(admin_user)

    months = foot(client, "facilities_storagemonth")
    listed = client.get(reverse("admin:facilities_storagemonth_changelist"), {"o": "-4"})
    assert '<td class="field-kg_in">1.000</td>' in listed.content.decode()
    assert [row.kg_in for row in listed.context["cl"].result_list] == [1_000, 500, 250]
    assert months["kg_in"][0] == ["Pendinginan 1.000", "Pembekuan 750"]
    assert months["received"][0] == ["Rp30.000"]
    only = foot(client, "facilities_storagemonth", f"?chamber__id__exact={freeze.pk}")
    assert only["kg_in"][0] == ["Pembekuan 750"]
    deposits = foot(client, "facilities_deposit")
    assert deposits["came"][0] == ["Pendinginan 1.000", "Pembekuan 750"]
    assert deposits["left"][0] == ["Pendinginan 900", "Pembekuan 550"]
    assert foot(client, "facilities_withdrawal")["gone"][0] == ["Pendinginan 100", "Pembekuan 200"]


@pytest.mark.django_db
def test_bills_leases_and_goods_are_summed_without_what_no_longer_counts(client, admin_user):
    today = datetime.date.today()
    factories.LeaseFactory(start_on=today, end_on=None, monthly_rent=400_000)
    factories.LeaseFactory(start_on=today, end_on=None, monthly_rent=None)
    past = {"start_on": datetime.date(2020, 1, 1), "end_on": datetime.date(2020, 12, 31)}
    factories.LeaseFactory(**past, monthly_rent=900_000)
    factories.AssetFactory(acquisition_value=2_000_000)
    factories.BillFactory(total=300_000)
    factories.BillFactory(total=70_000, cancelled_on=today, cancel_reason="uji")
    client.force_login(admin_user)

    assert foot(client, "facilities_bill")["amount"] == (["Rp300.000"], "")
    leases = foot(client, "facilities_lease")
    with CaptureQueriesContext(connection) as asked:
        assets = foot(client, "facilities_asset")

    assert leases["rent"] == (["Rp400.000"], "1 menurut tarif")
    assert leases[""][0] == ["Jumlah (2 baris sesuai saringan, hanya sewa yang berjalan hari ini)"]
    assert assets["value"] == (["Rp2.000.000"], "")
    assert sum("SUM(" in query["sql"].upper() for query in asked) == 1
    # A list whose columns with sums are all hidden has no foot and asks nothing.
    client.post(reverse("admin:facilities_asset_columns"), {"column": ["name"]})
    with CaptureQueriesContext(connection) as asked:
        assert foot(client, "facilities_asset") == {}
    assert not any("SUM(" in query["sql"].upper() for query in asked)


@pytest.mark.django_db
def test_the_label_of_the_sums_stands_where_no_sum_is(client, pimpinan):
    factories.RevenueFactory(target=1_000_000, realised=250_000)
    client.force_login(pimpinan)
    order = ["received", "source_name", "year", "targeted"]
    client.post(reverse("admin:industry_revenue_columns"), {"column": order, "order": order})

    page = client.get(reverse("admin:industry_revenue_changelist"))

    cells = [(cell.column, cell.span) for cell in page.context["cl"].foot]
    assert cells == [("received", 1), ("", 2), ("targeted", 1)]
