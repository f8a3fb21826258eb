"""Bills: what a tenant owes for a month, line by line, as it was sent."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.reports.formats import long_date
from facilities import letters
from facilities.bill_admin import tenant_value
from facilities.billing import issue, rent_lines, tenants_due
from facilities.models import Bill, BillLine, Facility
from facilities.models.bills import FROZEN
from industry.merging import merge
from tests.factories import (
    BillFactory,
    BillLineFactory,
    BuildingRentalFactory,
    BusinessFactory,
    ChamberFactory,
    DepositFactory,
    LeaseFactory,
    LetterheadFactory,
    OfficialFactory,
    ProductionUnitFactory,
    TariffFactory,
    WithdrawalFactory,
)
from tests.pages import messages_of
from tests.reports.test_pdf import pages_of
from tests.trust.outages import press_together

pytestmark = pytest.mark.django_db

ISSUED = datetime.date(2024, 7, 5)


def day(text):
    return datetime.date.fromisoformat(text)


def keep(record):
    return store(record, by=None, channel=Change.Channel.FORM)


@pytest.fixture
def june():
    """Goods of one IKM chilled and frozen, and somebody who has another building for himself."""
    TariffFactory(amount=100, valid_from=day("2024-01-01"), valid_until=day("2024-06-20"))
    TariffFactory(amount=110, valid_from=day("2024-06-21"))
    TariffFactory(service="freezing", amount=2_000, valid_from=day("2024-01-01"))
    TariffFactory(
        service="whole_building", per="month", amount=85_000_000, valid_from=day("2024-01-01")
    )
    business = BusinessFactory(name="Amplang Contoh")
    chill = ChamberFactory(name="Ruang dingin")
    freeze = ChamberFactory(name="Ruang beku", facility=chill.facility, purpose="freeze")
    mine = {"business": business, "tenant_name": ""}
    deposit = DepositFactory(chamber=chill, kg=Decimal("250.50"), in_on=day("2024-06-19"), **mine)
    WithdrawalFactory(deposit=deposit, kg=Decimal("250.50"), out_on=day("2024-06-25"))
    DepositFactory(chamber=freeze, kg=40, in_on=day("2024-06-30"), **mine)
    BuildingRentalFactory(tenant_name="Penyewa Gedung", facility__name="Gudang Uji")
    LeaseFactory(
        tenant_name="Penyewa Unit",
        business=None,
        start_on=day("2024-06-16"),
        end_on=None,
        monthly_rent=300_000,
    )
    return business


def dues():
    return {due.tenant: due for due in tenants_due(2024, 6)}


def test_a_month_is_owed_line_by_line(june):
    owed = dues()

    lines = [
        (line.service, line.quantity, line.rate, line.amount)
        for line in owed["Amplang Contoh"].lines
    ]
    assert lines == [
        ("freezing", 40, 2_000, 80_000),
        ("chill_storage", 501, 100, 50_100),
        ("chill_storage", 1002, 110, 110_220),
    ]
    assert owed["Amplang Contoh"].total == 240_320
    assert owed["Penyewa Gedung"].total == 85_000_000
    [rent] = owed["Penyewa Unit"].lines
    assert (rent.service, rent.quantity, rent.amount) == ("unit_rent", Decimal("0.5"), 150_000)


def test_a_bill_is_frozen_when_issued_and_cancelled_with_its_reason(june):
    bill = issue(dues()["Amplang Contoh"], 2024, 6, issued_on=ISSUED, by=None)

    assert (bill.number, bill.total, bill.due_on) == (
        "0001/SKRD/VI/2024",
        240_320,
        day("2024-08-04"),
    )
    assert [line.amount for line in bill.lines.all()] == [80_000, 50_100, 110_220]
    DepositFactory(chamber__name="Lain", in_on=day("2024-06-01"), business=june, tenant_name="")
    assert Bill.objects.get().total == 240_320
    assert dues()["Amplang Contoh"].bill == bill
    for change in ({"total": 1}, {"month": 7}, {"tenant_name": "x", "business": None}):
        other = Bill.objects.get()
        for name, value in change.items():
            setattr(other, name, value)
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            keep(other)
    line = bill.lines.first()
    line.amount = 1
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        keep(line)
    with pytest.raises(ValidationError, match="sudah terbit"):
        issue(dues()["Amplang Contoh"], 2024, 6, issued_on=ISSUED, by=None)

    bill.cancelled_on = day("2024-07-09")
    with pytest.raises(ValidationError, match="alasannya"):
        keep(bill)
    bill.cancel_reason = "Titipan terlambat dicatat"
    keep(bill)
    second = issue(dues()["Amplang Contoh"], 2024, 6, issued_on=day("2024-07-10"), by=None)

    assert second.number == "0002/SKRD/VI/2024"
    assert Change.objects.of(bill).first().after["cancel_reason"] == "Titipan terlambat dicatat"


@pytest.mark.parametrize(
    ("factory", "change", "is_refused"),
    [
        pytest.param(BillFactory, {"total": 1}, True, id="its sum"),
        pytest.param(BillFactory, {"archived_at": timezone.now()}, True, id="its place"),
        pytest.param(BillFactory, {"paid_on": ISSUED, "receipt": "STS 1"}, False, id="its payment"),
        pytest.param(BillLineFactory, {"quantity": 1}, True, id="a line"),
        pytest.param(BillLineFactory, {"deposit": None}, False, id="nothing"),
    ],
)
def test_both_databases_themselves_refuse_to_change_or_delete_a_bill(factory, change, is_refused):
    record = factory()
    rule = record.database_rule

    try:
        with transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(**change)
        refusal = None
    except IntegrityError as error:
        refusal = rule.refusal(error)

    assert (refusal is not None) is is_refused
    assert refusal is None or refusal.messages == [FROZEN]
    with pytest.raises(IntegrityError, match=rule.message), transaction.atomic():
        type(record).objects.filter(pk=record.pk).delete()
    assert rule.missing() == []
    with transaction.atomic():
        rule.remove()
        assert rule.missing() == [rule.name, f"{rule.name}_delete"]
        rule.install()


@pytest.mark.parametrize(
    ("model", "open_columns"),
    [
        (Bill, {"paid_on", "receipt", "cancelled_on", "cancel_reason", "notes"}),
        (BillLine, set()),
    ],
)
def test_every_column_is_frozen_but_those_of_how_a_bill_ended(model, open_columns):
    columns = {f.column for f in model._meta.concrete_fields if f.editable and not f.primary_key}

    assert columns - set(model.database_rule.columns) == open_columns


def test_no_earlier_version_of_a_bill_is_offered(client, petugas):
    bill = stored_bill()
    bill.paid_on = ISSUED
    keep(bill)
    client.force_login(petugas)
    version = reverse("admin:facilities_bill_version", args=[bill.pk, 1])

    history = client.get(reverse("admin:facilities_bill_history", args=[bill.pk]))
    seen, sent = client.get(version), client.post(version, {"opened_version": bill.version})

    assert "Lihat versi ini" in history.content.decode()
    assert "embalikan versi ini" not in history.content.decode() + seen.content.decode()
    assert (seen.status_code, sent.status_code) == (200, 403)
    assert Bill.objects.get().paid_on == ISSUED


def test_what_was_billed_before_two_records_became_one_is_not_billed_again(june, petugas):
    bill = issue(dues()["Amplang Contoh"], 2024, 6, issued_on=ISSUED, by=None)
    stayed = BusinessFactory(name="Amplang Contoh Jaya")

    merge(stayed, june, by=petugas)

    assert "Amplang Contoh" not in dues()
    due = dues()["Amplang Contoh Jaya"]
    assert (due.bill, due.total) == (bill, bill.total)


def stored_bill():
    """A bill with its own trail."""
    bill = BillFactory.build()
    keep(bill)
    return bill


@pytest.mark.parametrize(
    ("issued_on", "words"),
    [
        pytest.param(day("2024-06-30"), "belum selesai", id="month not over"),
        pytest.param(ISSUED, "tanpa tarif", id="no tariff"),
    ],
)
def test_what_cannot_be_billed_yet(issued_on, words):
    DepositFactory(in_on=day("2024-06-19"))
    [due] = tenants_due(2024, 6)

    with pytest.raises(ValidationError, match=words):
        issue(due, 2024, 6, issued_on=issued_on, by=None)
    assert Bill.objects.count() == BillLine.objects.count() == 0


def test_the_letter_says_all_that_a_ketetapan_has(june):
    LetterheadFactory(office="Dinas Uji")
    OfficialFactory(name="Ratna Contoh", valid_from=day("2020-01-01"))
    bill = issue(dues()["Amplang Contoh"], 2024, 6, issued_on=ISSUED, by=None)

    [page] = pages_of(letters.bill_pdf(bill))
    text = " ".join(page)

    for words in (
        "DINAS UJI",
        "0001/SKRD/VI/2024",
        "Juni 2024",
        "Amplang Contoh",
        "240.320",
        "19 s.d. 20 Juni 2024",
        "21 s.d. 24 Juni 2024",
        "501 kg-hari",
        "Dua ratus empat puluh ribu tiga ratus dua puluh rupiah",
        "5 Juli 2024",
        "Ratna Contoh",
    ):
        assert words in text, words


def test_bills_are_issued_paid_and_asked_for_on_their_pages(client, june, petugas, pimpinan):
    page = reverse("admin:facilities_bill_issue")
    client.force_login(pimpinan)
    assert client.get(page).status_code == 403
    client.force_login(petugas)
    asked = {"tahun": 2024, "bulan": 6}
    assert "240.320" in client.get(page, asked).content.decode()
    client.post(page, {**asked, "penyewa": [f"{june.pk}:"]})
    bill = Bill.objects.get()
    assert (bill.tenant, bill.lines.count()) == ("Amplang Contoh", 3)

    form = reverse("admin:facilities_bill_change", args=[bill.pk])
    shown = client.get(form).content.decode()
    for words in ("Ruang beku", "Rp240.320", "501 kg-hari", "21 s.d. 24 Juni 2024", "110.220"):
        assert words in shown, words
    deposit = bill.lines.exclude(deposit=None).first().deposit_id
    assert reverse("admin:facilities_deposit_changelist") + f"?id__exact={deposit}" in shown
    letter = client.get(reverse("admin:facilities_bill_letter", args=[bill.pk]))
    assert letter["Content-Type"] == "application/pdf"
    arrears = client.get(reverse("admin:facilities_bill_arrears")).content.decode()
    assert "Lebih dari" in arrears or "Belum jatuh tempo" in arrears
    lines = {"lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    paid = {
        "opened_version": bill.version,
        "paid_on": f"{bill.issued_on:%d-%m-%Y}",
        "receipt": "STS 1",
    }
    client.post(form, {**paid, **lines, "total": 1})

    bill = Bill.objects.get()
    assert (bill.paid_on, bill.receipt, bill.total) == (bill.issued_on, "STS 1", 240_320)
    assert Bill.objects.unpaid().count() == 0
    ikm = client.get(reverse("admin:industry_business_change", args=[june.pk])).content.decode()
    assert "0001/SKRD/VI/2024" in ikm
    assert "Ikan tenggiri 250,5 kg" in ikm
    assert f"dibayar {long_date(bill.paid_on)}" in ikm
    assert "Rp240.320" in ikm
    assert ikm.index("30 Juni 2024") < ikm.index("19 Juni 2024")


def test_arrears_are_listed_by_their_age():
    today = day("2024-12-31")
    for due_on in (
        "2025-01-10",
        "2024-12-31",
        "2024-12-30",
        "2024-12-01",
        "2024-11-30",
        "2024-09-01",
    ):
        BillFactory(due_on=day(due_on))
    BillFactory(paid_on=day("2024-08-01"))
    BillFactory(cancelled_on=day("2024-08-01"), cancel_reason="Uji")

    table = letters.arrears_table(today)

    ages = [row.values[0] for row in table.rows if row.kind == "section"]
    assert ages == ["Belum jatuh tempo", "1–30 hari", "31–60 hari", "Lebih dari 90 hari"]
    late = [table.value(row, "late") for row in table.body]
    assert sorted(late) == [0, 0, 1, 30, 31, 121]
    book = openpyxl.load_workbook(io.BytesIO(letters.arrears_workbook(today)))
    values = [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
    assert 6 * 75_000 in values


@pytest.mark.django_db(transaction=True)
def test_bills_issued_at_one_moment_have_numbers_of_their_own_and_none_is_sent_twice():
    TariffFactory(amount=100, valid_from=day("2024-01-01"))
    chamber = ChamberFactory()
    for number in range(4):
        DepositFactory(chamber=chamber, tenant_name=f"Penyewa {number}", in_on=day("2024-06-03"))
    owed = [*dues().values(), dues()["Penyewa 0"]]

    results = press_together(
        [lambda due=due: issue(due, 2024, 6, issued_on=ISSUED, by=None) for due in owed]
    )

    assert sorted(Bill.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    [refusal] = [result for result in results if isinstance(result, Exception)]
    assert "sudah terbit" in str(refusal)


def test_a_list_says_which_bills_are_paid_and_which_were_called_off(client, verifikator):
    states = {
        BillFactory(paid_on=day("2024-07-09"), receipt="B-1").number: "dibayar",
        BillFactory().number: "belum dibayar",
        BillFactory(cancelled_on=day("2024-07-09"), cancel_reason="salah").number: "dibatalkan",
    }
    client.force_login(verifikator)

    changelist = client.get(reverse("admin:facilities_bill_changelist")).context["cl"]

    keeper = changelist.model_admin
    assert {bill.number: keeper.state(bill) for bill in changelist.result_list} == states


def test_the_rents_of_a_month_stand_by_unit_and_within_it_by_day():
    TariffFactory(service="unit_rent", per="month", amount=100_000, valid_from=day("2023-01-01"))
    second, first = (ProductionUnitFactory(number=number) for number in ("B-2", "A-1"))
    facility = first.facility
    Facility.objects.filter(pk=second.facility_id).update(name="Sentra Z")
    Facility.objects.filter(pk=facility.pk).update(name="Sentra A")
    LeaseFactory(unit=second, start_on=day("2024-06-01"), tenant_name="Satu", business=None)
    LeaseFactory(unit=first, start_on=day("2024-06-16"), tenant_name="Dua", business=None)
    LeaseFactory(
        unit=first,
        start_on=day("2024-01-01"),
        end_on=day("2024-06-15"),
        tenant_name="Tiga",
        business=None,
    )

    assert [line.tenant for line in rent_lines(2024, 6)] == ["Tiga", "Dua", "Satu"]


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({}, []),
        ({"paid_on": day("2024-07-09")}, ["Dibayar 9 Juli 2024."]),
        (
            {"paid_on": day("2024-07-09"), "receipt": "B-1"},
            ["Dibayar 9 Juli 2024, bukti setor B-1."],
        ),
        (
            {"cancelled_on": day("2024-07-10"), "cancel_reason": "salah orang"},
            ["DIBATALKAN 10 Juli 2024: salah orang"],
        ),
    ],
    ids=["open", "paid", "paid with a receipt", "called off"],
)
def test_a_letter_says_what_became_of_its_bill(values, lines):
    assert letters.state_of(Bill(**values)) == lines


def test_bills_are_made_for_the_chosen_only_and_a_refusal_is_told(client, petugas, june):
    client.force_login(petugas)
    address, asked = reverse("admin:facilities_bill_issue"), {"tahun": 2024, "bulan": 6}
    page = client.get(address, asked)
    values = {due.tenant: tenant_value(due) for _, due in page.context["dues"]}
    chosen = {**asked, "penyewa": [values["Penyewa Gedung"]]}

    none, one, twice = (client.post(address, data, follow=True) for data in (asked, chosen, chosen))

    assert page.context["may_issue"]
    assert messages_of(none) == ["Pilih penyewanya dahulu."]
    assert messages_of(one) == ["1 SKRD terbit."]
    assert Bill.objects.get().tenant_name == "Penyewa Gedung"
    assert messages_of(twice) == []
