"""Dull valid records of the facilities, their goods and their money."""

import datetime

import factory

from facilities.choices import ChamberPurpose, FacilityKind, Service, TariffUnit
from facilities.models import (
    Asset,
    Bill,
    BillLine,
    BuildingRental,
    Chamber,
    ConditionCheck,
    Deposit,
    Facility,
    InventoryEntry,
    InventorySession,
    Lease,
    Maintenance,
    Outage,
    ProductionUnit,
    StorageMonth,
    Tariff,
    TemperatureReading,
    UsefulLife,
    Withdrawal,
)
from industry.models import (
    RevenueBill,
)

from .base import RecordFactory


class FacilityFactory(RecordFactory):
    """A centre; ``kind`` makes it another place."""

    class Meta:
        model = Facility

    name = factory.Sequence(lambda n: f"Sentra Uji {n}")
    kind = FacilityKind.CENTRE


class ChamberFactory(RecordFactory):
    """A chilled room of sixty tons."""

    class Meta:
        model = Chamber

    facility = factory.SubFactory(FacilityFactory, kind=FacilityKind.COLD_STORAGE)
    name = factory.Sequence(lambda n: f"Ruang uji {n}")
    purpose = ChamberPurpose.CHILL
    capacity_ton = 60


class StorageMonthFactory(RecordFactory):
    """June 2024 of one chamber."""

    class Meta:
        model = StorageMonth

    chamber = factory.SubFactory(ChamberFactory)
    year = 2024
    month = 6
    kg_in = 1_000
    kg_out = 800
    kg_days = 90_000
    revenue = 9_000_000


class ProductionUnitFactory(RecordFactory):
    """A production house of a centre of its own."""

    class Meta:
        model = ProductionUnit

    facility = factory.SubFactory(FacilityFactory)
    number = factory.Sequence(lambda n: f"U-{n:03}")
    area_m2 = 36


class LeaseFactory(RecordFactory):
    """The use of a unit of its own in 2024, by somebody the register of IKM does not hold."""

    class Meta:
        model = Lease

    unit = factory.SubFactory(ProductionUnitFactory)
    tenant_name = factory.LazyAttribute(lambda lease: "" if lease.business else "Penyewa Uji")
    business = None
    start_on = datetime.date(2024, 1, 1)
    end_on = datetime.date(2024, 12, 31)
    monthly_rent = 250_000


class DepositFactory(RecordFactory):
    """A quarter of a ton of fish by somebody who is no business."""

    class Meta:
        model = Deposit

    chamber = factory.SubFactory(ChamberFactory)
    tenant_name = factory.Sequence(lambda n: f"Penitip Uji {n}")
    commodity = "Ikan tenggiri"
    kg = 250
    in_on = datetime.date(2024, 6, 3)


class WithdrawalFactory(RecordFactory):
    """Some of it taken out a week later."""

    class Meta:
        model = Withdrawal

    deposit = factory.SubFactory(DepositFactory)
    kg = 100
    out_on = datetime.date(2024, 6, 10)


class TemperatureReadingFactory(RecordFactory):
    """A chamber read in the morning."""

    class Meta:
        model = TemperatureReading

    chamber = factory.SubFactory(ChamberFactory)
    read_on = datetime.date(2024, 6, 3)
    hour = 8
    degrees = 2


class OutageFactory(RecordFactory):
    """A day without electricity."""

    class Meta:
        model = Outage

    chamber = factory.SubFactory(ChamberFactory)
    began_on = datetime.date(2024, 6, 3)
    ended_on = datetime.date(2024, 6, 4)
    cause = "power"


class BillFactory(RecordFactory):
    """A bill of June, issued in July."""

    class Meta:
        model = Bill

    tenant_name = factory.Sequence(lambda n: f"Penyewa Uji {n}")
    sequence = factory.Sequence(lambda n: n + 1)
    year = 2024
    month = 6
    issued_on = datetime.date(2024, 7, 1)
    due_on = datetime.date(2024, 7, 31)
    total = 75_000


class BillLineFactory(RecordFactory):
    """Its only line: three days of a quarter of a ton."""

    class Meta:
        model = BillLine

    bill = factory.SubFactory(BillFactory)
    position = 1
    service = Service.CHILL_STORAGE
    facility = factory.SubFactory(FacilityFactory, kind=FacilityKind.COLD_STORAGE)
    description = "Ikan tenggiri"
    first_on = datetime.date(2024, 6, 28)
    last_on = datetime.date(2024, 6, 30)
    quantity = 750
    rate = 100
    amount = 75_000


class RevenueBillFactory(RecordFactory):
    """A PAD row proposed from one bill."""

    class Meta:
        model = RevenueBill

    revenue = factory.SubFactory(
        "tests.factories.RevenueFactory",
        source_name=factory.Sequence(lambda n: f"Retribusi dari SKRD {n}"),
    )
    bill = factory.SubFactory(BillFactory)
    amount = 75_000


class BuildingRentalFactory(RecordFactory):
    """A cold storage let to one tenant for June."""

    class Meta:
        model = BuildingRental

    facility = factory.SubFactory(FacilityFactory)
    tenant_name = factory.Sequence(lambda n: f"Penyewa Uji {n}")
    year = 2024
    month = 6


class TariffFactory(RecordFactory):
    """What chilled storage cost in a year that no other one of a test has."""

    class Meta:
        model = Tariff

    class Params:
        year = factory.Sequence(lambda n: 1901 + n % 190)

    service = Service.CHILL_STORAGE
    per = TariffUnit.KG_DAY
    amount = 80
    legal_basis = "Perda Uji 1/2019"
    valid_from = factory.LazyAttribute(lambda tariff: datetime.date(tariff.year, 1, 1))
    valid_until = factory.LazyAttribute(
        lambda tariff: datetime.date(tariff.valid_from.year, 12, 31)
    )


class AssetFactory(RecordFactory):
    """A machine bought in 2022."""

    class Meta:
        model = Asset

    item_code = factory.Sequence(lambda n: f"1.3.2.01.01.01.{n % 1000:03}")
    register = factory.Sequence(lambda n: f"{n:06}")
    name = "Mesin uji"
    kib = "B"
    acquired_year = 2022
    acquisition_value = 40_000_000


class ConditionCheckFactory(RecordFactory):
    """A machine that was in order in June 2024."""

    class Meta:
        model = ConditionCheck

    asset = factory.SubFactory(AssetFactory)
    checked_on = datetime.date(2024, 6, 3)
    condition = "good"


class MaintenanceFactory(RecordFactory):
    """A routine job of March 2024."""

    class Meta:
        model = Maintenance

    asset = factory.SubFactory(AssetFactory)
    kind = "routine"
    done_on = datetime.date(2024, 3, 4)
    cost = 1_500_000


class InventorySessionFactory(RecordFactory):
    """The goods of a centre counted in November 2024."""

    class Meta:
        model = InventorySession

    facility = factory.SubFactory(FacilityFactory)
    held_on = datetime.date(2024, 11, 4)


class InventoryEntryFactory(RecordFactory):
    """A machine that was seen, in order."""

    class Meta:
        model = InventoryEntry

    session = factory.SubFactory(InventorySessionFactory)
    asset = factory.SubFactory(AssetFactory)
    presence = "present"
    condition = "good"


class UsefulLifeFactory(RecordFactory):
    """Machines of a group that no real code has, for ten years."""

    class Meta:
        model = UsefulLife

    code_prefix = factory.Sequence(lambda n: f"9.9.{n}")
    name = "Mesin uji"
    years = 10
    legal_basis = "Aturan uji 1/2020"
