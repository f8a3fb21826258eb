"""What the ledger says is owed beside the PAD that came in, and why the two differ."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.models import Change
from balikpapan.audit.store import FrozenYear, store
from facilities.billing import issue, tenants_due
from facilities.models import Bill
from industry.choices import FigureStatus
from industry.models import Revenue, RevenueBill
from industry.reconciliation import propose, reconcile
from tests.factories import (
    ChamberFactory,
    ClosedYearFactory,
    DepositFactory,
    RevenueFactory,
    TariffFactory,
    WithdrawalFactory,
)
from tests.pages import messages_of

pytestmark = pytest.mark.django_db

SOURCE = "Retribusi cold storage: penyimpanan"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def room():
    """A chilled room in which two tenants had goods for ten days of June 2024."""
    TariffFactory(amount=100, valid_from=day("2024-01-01"))
    chamber = ChamberFactory()
    for tenant, kg in (("Penitip Satu", 100), ("Penitip Dua", 50)):
        goods = DepositFactory(chamber=chamber, tenant_name=tenant, kg=kg, in_on=day("2024-06-01"))
        WithdrawalFactory(deposit=goods, kg=kg, out_on=day("2024-06-11"))
    return chamber


def bill_all(*, paid_on=None):
    bills = []
    for due in tenants_due(2024, 6):
        bill = issue(due, 2024, 6, issued_on=day("2024-07-01"), by=None)
        bill.paid_on = paid_on
        store(bill, by=None, channel=Change.Channel.FORM)
        bills.append(bill)
    return bills


def of_month(month):
    [row] = reconcile(2024, month)
    assert row.due + sum(amount for _, amount in row.reasons) == (row.realised or 0)
    return row


def test_what_is_owed_is_explained_step_by_step_to_what_was_realised(room):
    june = of_month(6)
    assert (june.due, june.realised) == (150_000, None)
    assert june.reasons == [("SKRD belum terbit", -150_000)]

    one, two = bill_all()
    assert of_month(6).reasons == [("SKRD bulan ini belum dibayar", -150_000)]

    one.paid_on = day("2024-07-04")
    store(one, by=None, channel=Change.Channel.FORM)
    assert of_month(6).reasons == [
        ("SKRD bulan ini belum dibayar", -two.total),
        ("SKRD bulan ini dibayar pada bulan lain", -one.total),
    ]
    july = of_month(7)
    assert (july.due, july.received) == (0, one.total)
    assert july.reasons == [
        ("Pembayaran SKRD bulan lain", one.total),
        ("Realisasi PAD belum dicatat", -one.total),
    ]
    RevenueFactory(
        year=2024, month=7, source_name=SOURCE, facility=room.facility, realised=one.total + 500
    )
    july = of_month(7)
    assert july.reasons[-1] == ("Tidak berasal dari SKRD yang dibayar", 500)
    assert july.difference == one.total + 500


def test_goods_recorded_after_the_bill_are_a_difference_of_their_own(room):
    bill_all()
    late = DepositFactory(
        chamber=room, tenant_name="Penitip Dua", receipt="2", kg=10, in_on=day("2024-06-30")
    )

    june = of_month(6)

    assert june.due == 151_000
    assert ("SKRD berbeda dari buku sekarang", -1_000) in june.reasons
    assert late.tenant_name == "Penitip Dua"


def test_one_click_proposes_what_was_paid_with_the_bills_behind_it(client, room, petugas, pimpinan):
    bills = bill_all(paid_on=day("2024-07-04"))
    page, act = (reverse(f"admin:industry_revenue_{name}") for name in ("reconcile", "propose"))
    asked = {"tahun": 2024, "bulan": 7, "baris": of_month(7).key}
    client.force_login(pimpinan)
    assert "Usulkan PAD" not in client.get(page, asked).content.decode()
    assert client.post(act, asked).status_code == 403
    client.force_login(petugas)
    assert "Usulkan PAD" in client.get(page, asked).content.decode()

    client.post(act, asked)

    revenue = Revenue.objects.get()
    assert (revenue.year, revenue.month, revenue.realised) == (2024, 7, 150_000)
    assert (revenue.status, revenue.facility) == ("provisional", room.facility)
    assert all(bill.number in revenue.source for bill in bills)
    links = RevenueBill.objects.order_by("bill").values_list("bill", "amount")
    assert list(links) == [(bill.pk, bill.total) for bill in sorted(bills, key=lambda b: b.pk)]
    text = client.get(page, asked).content.decode()
    assert "Usulkan PAD" not in text
    assert "Baris PAD" in text
    again = client.post(act, asked, follow=True)
    unknown = client.post(act, {**asked, "baris": "tidak ada"}, follow=True)
    assert Revenue.objects.count() == 1
    assert "sudah tercatat" in messages_of(again)[-1]
    assert messages_of(unknown) == []
    assert client.get(act).status_code == 405
    assert (
        "0001/SKRD/VI/2024"
        in client.get(reverse("admin:industry_revenue_change", args=[revenue.pk])).content.decode()
    )


def test_a_month_that_still_runs_is_known_until_today(room):
    today = timezone.localdate()
    bill_all(paid_on=today)

    [row] = [row for row in reconcile(today.year, today.month) if row.received]
    revenue = propose(row, today.year, today.month, by=None)

    assert (revenue.realised, revenue.as_of) == (150_000, today)


def test_a_payment_whose_date_is_corrected_does_not_count_in_two_months(room):
    bills = bill_all(paid_on=day("2024-07-04"))
    july = propose(of_month(7), 2024, 7, by=None)
    for bill in Bill.objects.all():
        bill.paid_on = day("2024-08-02")
        store(bill, by=None, channel=Change.Channel.FORM)
    august = of_month(8)
    assert august.received == july.realised == sum(bill.total for bill in bills)

    with pytest.raises(ValidationError, match="sudah menjadi dasar PAD"):
        propose(august, 2024, 8, by=None)
    assert Revenue.objects.kept().count() == 1
    july.archived_at = timezone.now()
    store(july, by=None, channel=Change.Channel.FORM)
    propose(august, 2024, 8, by=None)

    assert [row.month for row in Revenue.objects.kept()] == [8]


def test_a_month_of_a_year_that_was_typed_whole_is_not_proposed(room):
    bill_all(paid_on=day("2024-07-04"))
    july = of_month(7)
    annual = RevenueFactory(year=2024, month=None, source_name=SOURCE, facility=room.facility)
    with pytest.raises(ValidationError):
        propose(july, 2024, 7, by=None)
    assert list(Revenue.objects.values_list("month", flat=True)) == [annual.month]


def test_a_month_with_a_target_alone_is_filled_and_keeps_it(room):
    bill_all(paid_on=day("2024-07-04"))
    target = RevenueFactory(
        year=2024,
        month=7,
        source_name=SOURCE,
        target=900_000,
        realised=None,
        facility=room.facility,
    )
    july = of_month(7)
    assert july.is_proposable

    filled = propose(july, 2024, 7, by=None)

    assert (filled.pk, filled.target, filled.realised) == (target.pk, 900_000, july.received)
    assert filled.status == FigureStatus.PROVISIONAL
    assert not of_month(7).is_proposable
    with pytest.raises(ValidationError, match="sudah tercatat"):
        propose(july, 2024, 7, by=None)


def test_nothing_is_proposed_without_payment_or_in_a_closed_year(room):
    june = of_month(6)
    with pytest.raises(ValidationError, match="Belum ada SKRD"):
        propose(june, 2024, 6, by=None)
    bill_all(paid_on=day("2024-07-04"))
    july = of_month(7)
    ClosedYearFactory(year=2024)
    with pytest.raises(FrozenYear):
        propose(july, 2024, 7, by=None)
    assert Revenue.objects.count() == RevenueBill.objects.count() == 0


def test_more_places_ask_no_more_of_the_pad(room):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = reconcile(2024, 6)
        return len(rows), len(queries)

    bill_all()
    one, few = asked()
    for _ in range(3):
        goods = DepositFactory(chamber=ChamberFactory(), in_on=day("2024-06-03"))
        WithdrawalFactory(deposit=goods, kg=goods.kg, out_on=day("2024-06-05"))
    several, many = asked()

    assert (one, several) == (1, 4)
    assert many == few
