"""Dull valid records; a test names only what it is about. Persons and businesses are invented."""

import datetime

import factory
from factory.django import DjangoModelFactory

from balikpapan.audit.models import ClosedYear
from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.models import Letterhead, Official
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
from industry.choices import CertificateKind, ProgrammeKind
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    IndustryGroup,
    Kbli,
    Participation,
    PerformanceTarget,
    Programme,
    PublishedFigure,
    Revenue,
    RevenueAccount,
    RevenueBill,
    ScaleRule,
)


class RecordFactory(DjangoModelFactory):
    """A record of any register; ``archived=True`` takes it out of the lists."""

    class Meta:
        abstract = True

    class Params:
        archived = factory.Trait(archived_at=datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC))


class KecamatanFactory(RecordFactory):
    """A district with a code no real one has."""

    class Meta:
        model = Kecamatan

    code = factory.Sequence(lambda n: f"99.{n // 100:02}.{n % 100:02}")
    name = factory.Sequence(lambda n: f"Balikpapan Uji {n}")


class KelurahanFactory(RecordFactory):
    """A ward of a district of its own."""

    class Meta:
        model = Kelurahan

    code = factory.LazyAttributeSequence(lambda ward, n: f"{ward.kecamatan.code}.{n % 10000:04}")
    name = factory.Sequence(lambda n: f"Uji Hulu {n}")
    kecamatan = factory.SubFactory(KecamatanFactory)


class IndustryGroupFactory(RecordFactory):
    """A kelompok."""

    class Meta:
        model = IndustryGroup

    name = factory.Sequence(lambda n: f"Kelompok {n}")
    position = factory.Sequence(lambda n: n)


class KbliFactory(RecordFactory):
    """A KBLI activity of a number nobody uses."""

    class Meta:
        model = Kbli

    version_year = 2020
    code = factory.Sequence(lambda n: f"{90000 + n}")
    title = factory.Sequence(lambda n: f"Industri Uji {n}")


class ScaleRuleFactory(RecordFactory):
    """One line of the rule of scale that every business fits."""

    class Meta:
        model = ScaleRule

    kind = ScaleRule.Kind.SCALE
    position = factory.Sequence(lambda n: n)
    result = "small"
    label = "Kecil"
    legal_basis = "Aturan Uji 1/2016"
    valid_from = datetime.date(2016, 1, 1)


class BusinessFactory(RecordFactory):
    """An IKM founded in 2020; ``closed=2023`` ends it in that year."""

    class Meta:
        model = Business

    class Params:
        closed = None

    name = factory.Sequence(lambda n: f"Usaha Uji {n}")
    founded_year = 2020
    listed_year = 2020
    status = factory.LazyAttribute(lambda business: "closed" if business.closed else "active")
    closed_year = factory.SelfAttribute("closed")
    kecamatan = factory.LazyAttribute(
        lambda business: business.kelurahan.kecamatan if business.kelurahan else None
    )
    kelurahan = None


class BusinessYearFactory(RecordFactory):
    """What a small business reported for 2024."""

    class Meta:
        model = BusinessYear

    business = factory.SubFactory(BusinessFactory)
    year = 2024
    workers_male = 2
    workers_female = 1
    workers_total = 3
    investment = 50_000_000
    production_value = 120_000_000


class CertificateFactory(RecordFactory):
    """A P-IRT number issued in 2023 that is valid for five years."""

    class Meta:
        model = Certificate

    business = factory.SubFactory(BusinessFactory)
    kind = CertificateKind.PIRT
    number = factory.Sequence(lambda n: f"{200_000_000_000_000 + n}")
    issued_on = datetime.date(2023, 5, 2)
    expires_on = datetime.date(2028, 5, 1)
    status = "issued"


class ProgrammeFactory(RecordFactory):
    """A training in 2024."""

    class Meta:
        model = Programme

    year = 2024
    kind = ProgrammeKind.TRAINING
    name = factory.Sequence(lambda n: f"Pelatihan Uji {n}")
    start_on = factory.LazyAttribute(lambda programme: datetime.date(programme.year, 3, 4))
    budget = 25_000_000


class ParticipationFactory(RecordFactory):
    """A business that took part in a training."""

    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    business = factory.SubFactory(BusinessFactory)


class RevenueAccountFactory(RecordFactory):
    """An account of the chart of accounts."""

    class Meta:
        model = RevenueAccount

    code = factory.Sequence(lambda n: f"4.1.99.{n:04}")
    name = "Retribusi Uji"


class RevenueFactory(RecordFactory):
    """PAD of the whole of 2024 from one source."""

    class Meta:
        model = Revenue

    year = 2024
    source_name = "Sewa unit uji"
    target = 100_000_000
    realised = 90_000_000


class PublishedFigureFactory(RecordFactory):
    """A number once published for 2024."""

    class Meta:
        model = PublishedFigure

    indicator = "Jumlah IKM"
    year = 2024
    value = 1_029
    unit = "unit"
    as_of = datetime.date(2024, 11, 25)


class PerformanceTargetFactory(RecordFactory):
    """What the office promised for 2024."""

    class Meta:
        model = PerformanceTarget

    year = 2024
    indicator = factory.Sequence(lambda n: f"Indikator uji {n}")
    unit = "unit"
    target = 100


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
        "tests.factories.RevenueFactory", source_name="Retribusi dari SKRD"
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


class ClosedYearFactory(RecordFactory):
    """A year the verifikator has closed."""

    class Meta:
        model = ClosedYear

    year = 2023


class LetterheadFactory(RecordFactory):
    """The kop surat of an invented office."""

    class Meta:
        model = Letterhead

    office = "Dinas Perindustrian Uji"
    address = "Jalan Contoh Nomor 1"


class OfficialFactory(RecordFactory):
    """Who signs since 2020."""

    class Meta:
        model = Official

    name = "Budi Contoh, S.T."
    nip = "197512291999022001"
    position = "Kepala Dinas"
    valid_from = datetime.date(2020, 1, 1)
