"""The cold-storage ledger: never more out than in, closed years, what a chamber can hold."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import FrozenYear, store
from facilities.models import Deposit, TemperatureReading, Withdrawal
from facilities.models.stock import NeverOverdrawn
from tests.factories import (
    BusinessFactory,
    ChamberFactory,
    ClosedYearFactory,
    DepositFactory,
    OutageFactory,
    TemperatureReadingFactory,
    WithdrawalFactory,
)
from tests.trust.outages import press_together

CHANNEL = Change.Channel.COMMAND


def day(text):
    return datetime.date.fromisoformat(text)


def keep(record):
    return store(record, by=None, channel=CHANNEL)


def take(deposit, kg, on="2024-06-20"):
    return Withdrawal(deposit=deposit, kg=Decimal(kg), out_on=day(on))


@pytest.mark.django_db
def test_a_deposit_gives_what_it_holds_and_no_more():
    deposit = DepositFactory(kg=Decimal("250.30"))

    keep(take(deposit, "100.10", "2024-06-03"))
    keep(take(deposit, "150.20"))
    for kg, on, words in (("0.01", "2024-06-21", "melebihi"), ("1", "2024-06-02", "sebelum masuk")):
        with pytest.raises(ValidationError, match=words):
            keep(take(deposit, kg, on))
    deposit.kg = Decimal(250)
    with pytest.raises(ValidationError, match="250,3 kg melebihi"):
        keep(deposit)
    deposit.kg = Decimal(300)
    keep(deposit)

    assert Deposit.objects.with_left().get().kg_left == Decimal("49.70")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE facilities_withdrawal SET kg = 250.01", id="more out"),
        pytest.param("UPDATE facilities_withdrawal SET out_on = '2024-06-02'", id="out before in"),
        pytest.param("UPDATE facilities_deposit SET kg = 99.99", id="less in"),
        pytest.param("UPDATE facilities_deposit SET in_on = '2024-06-11'", id="in after out"),
        pytest.param("UPDATE facilities_deposit SET kg = 0", id="nothing in"),
        pytest.param("UPDATE facilities_deposit SET tenant_name = ''", id="nobody's"),
    ],
)
def test_no_statement_takes_out_more_than_came_in(statement):
    WithdrawalFactory()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_of_one_moment_empty_a_deposit_and_no_more():
    deposit = DepositFactory(kg=300)

    acts = [
        lambda on=on: keep(take(Deposit(pk=deposit.pk), 100, f"2024-07-{on:02}"))
        for on in range(1, 9)
    ]
    results = press_together(acts)

    assert Withdrawal.objects.aggregate(gone=Sum("kg"))["gone"] == 300
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert len(refused) == 5, results
    assert Change.objects.filter(model="facilities.withdrawal").count() == 3


@pytest.mark.django_db
def test_the_rule_is_put_back_and_says_when_it_is_gone():
    rule: NeverOverdrawn = Withdrawal.database_rule

    assert rule.missing() == []
    with transaction.atomic():
        rule.remove()
        assert len(rule.missing()) == 3
        rule.install()
    assert rule.missing() == []


@pytest.mark.django_db
def test_goods_are_of_every_year_they_may_have_lain_in():
    deposit = DepositFactory(in_on=day("2023-12-20"))
    ClosedYearFactory(year=2024)

    deposit.kg = Decimal(900)
    with pytest.raises(FrozenYear, match="2024"):
        keep(deposit)
    with pytest.raises(FrozenYear, match="2024"):
        keep(take(deposit, 1, "2023-12-30"))
    keep(take(deposit, 1, "2025-01-02"))
    keep(DepositFactory.build(chamber=deposit.chamber, in_on=day("2025-01-02")))

    assert Deposit.objects.get(pk=deposit.pk).kg == 250


@pytest.mark.django_db
def test_one_tenant_by_register_or_by_name():
    business = BusinessFactory()
    chamber = ChamberFactory()

    def lay(**tenant):
        keep(DepositFactory.build(chamber=chamber, **tenant))

    lay(tenant_name="", business=business)
    for tenant in ({"tenant_name": "Uji", "business": business}, {"tenant_name": ""}):
        with pytest.raises(ValidationError, match="salah satu saja"):
            lay(**tenant)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        lay(tenant_name="", business=business)
    lay(tenant_name="", business=business, receipt="002")

    assert Deposit.objects.count() == 2


@pytest.mark.django_db
def test_a_chilled_room_is_full_by_its_stock_and_a_freezer_by_one_day():
    chill, freeze = ChamberFactory(capacity_ton=1), ChamberFactory(capacity_ton=1, purpose="freeze")
    for room in (chill, freeze):
        DepositFactory(chamber=room, kg=700, in_on=day("2024-06-01"))
    second = [
        DepositFactory(chamber=room, kg=700, in_on=day("2024-06-05")) for room in (chill, freeze)
    ]
    WithdrawalFactory(deposit=second[0], kg=600, out_on=day("2024-06-06"))
    DepositFactory(chamber=freeze, kg=400, in_on=day("2024-06-05"))

    [chilled], [frozen] = (deposit.warnings() for deposit in second)
    assert "Stok" in chilled
    assert "05-06-2024 1.400 kg, melebihi kapasitasnya 1.000 kg" in chilled
    assert "Barang masuk" in frozen
    assert "05-06-2024 1.100 kg" in frozen
    assert DepositFactory(chamber=chill, kg=100, in_on=day("2024-06-07")).warnings() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("low", "high", "degrees", "words"),
    [
        pytest.param(0, 5, 3, "", id="within"),
        pytest.param(0, 5, 6, "lebih panas", id="too warm"),
        pytest.param(0, 5, -1, "lebih dingin", id="too cold"),
        pytest.param(None, None, 3, "belum diisi", id="no thresholds"),
    ],
)
def test_a_temperature_is_judged_by_the_thresholds_of_its_chamber(low, high, degrees, words):
    chamber = ChamberFactory(temperature_min=low, temperature_max=high)
    reading = TemperatureReadingFactory.build(chamber=chamber, degrees=Decimal(degrees))
    keep(reading)

    assert words in " ".join(reading.warnings())
    assert bool(reading.warnings()) is bool(words)


@pytest.mark.django_db
def test_the_day_is_typed_on_one_form_and_its_traces_are_seen(client, petugas):
    chamber = ChamberFactory(capacity_ton=Decimal("0.1"), temperature_max=5)
    client.force_login(petugas)
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0-out_on": "5 Juni 2024", "0-kg": "100,5"}
    typed = {
        "in_on": "3 Juni 2024",
        "chamber": chamber.pk,
        "tenant_name": "Penitip Uji",
        "commodity": "Ikan tenggiri",
        "kg": "250,5 kg",
        **{f"withdrawals-{name}": value for name, value in rows.items()},
    }

    form = client.get(reverse("admin:facilities_deposit_add"))
    token = form.context["form_token"]
    sent = client.post(
        reverse("admin:facilities_deposit_add"), {**typed, "form_token": token}, follow=True
    )

    deposit = Deposit.objects.with_left().get()
    assert (deposit.kg, deposit.kg_left) == (Decimal("250.50"), 150)
    assert deposit.number == f"TTP-{deposit.pk:06d}"
    assert "melebihi kapasitasnya 100 kg" in sent.content.decode()
    assert Change.objects.filter(by=petugas).count() == 2
    OutageFactory(chamber=chamber)
    TemperatureReadingFactory(chamber=chamber, degrees=9)
    for page, words in (
        ("deposit_changelist", "150"),
        ("withdrawal_changelist", "100,5"),
        ("temperaturereading_changelist", "lebih panas"),
        ("outage_changelist", "Listrik padam"),
        ("buildingrental_changelist", "sewa seluruh gedung"),
    ):
        text = client.get(reverse(f"admin:facilities_{page}")).content.decode()
        assert words in text, page
    outside = reverse("admin:facilities_temperaturereading_changelist") + "?batas=luar"
    assert "1 suhu ruang" in client.get(outside).content.decode()
    assert TemperatureReading.objects.count() == 1
