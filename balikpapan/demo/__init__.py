"""An invented register to look at: no person, business or amount in it is real."""

import datetime
import random
from collections.abc import Iterable

from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.reports.models import Official
from facilities.models import (
    Asset,
    Bill,
    BillLine,
    BuildingRental,
    ConditionCheck,
    Deposit,
    InventoryEntry,
    InventorySession,
    Lease,
    Maintenance,
    Outage,
    ProductionUnit,
    StorageMonth,
    Tariff,
    TemperatureReading,
    Withdrawal,
)
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Participation,
    Programme,
    Revenue,
    RevenueSource,
)

from .assets import make_assets, make_checks, make_maintenance
from .bills import make_bill_lines, make_bills
from .businesses import make_businesses, make_years
from .ledger import make_deposits, make_withdrawals, months_with_ledger
from .money import make_revenues, make_sources, make_storage_months
from .officials import make_officials
from .photos import add_photos
from .support import make_certificates, make_participations, make_programmes
from .units import make_leases, make_unit_tariff, make_units
from .upkeep import (
    make_entries,
    make_outages,
    make_readings,
    make_rental,
    make_session,
    with_thresholds,
)

DEMO_SOURCE = ChangeSource(channel=Change.Channel.COMMAND, reason="Data contoh")


@trail_transaction()
def load_demo(today: datetime.date, seed: int = 2024) -> None:
    """Fill a register that has no business yet with the last three complete years.

    The same day and seed always make the same register.
    """
    dice = random.Random(seed)
    years = range(today.year - 3, today.year)
    firms = make_businesses(dice, years)
    for firm, record in zip(firms, write(Business, [f.values for f in firms]), strict=True):
        firm.id = record.id
    write(BusinessYear, make_years(dice, firms, years))
    write(Certificate, make_certificates(dice, firms, today))
    programmes = write(Programme, make_programmes(dice, years))
    write(Participation, make_participations(dice, programmes, firms))
    write_ledger(random.Random(seed + 1), firms, years[-1])
    storage = months_with_ledger(list(make_storage_months(dice, years)), years[-1])
    write(StorageMonth, storage)
    revenues = list(make_revenues(dice, years, storage))
    write(RevenueSource, make_sources(revenues))
    write(Revenue, revenues)
    assets = write(Asset, make_assets(years[-1]))
    write(Official, make_officials(years[0]))
    checks = write(ConditionCheck, add_photos(list(make_checks(dice, assets, years)), assets))
    write(Maintenance, make_maintenance(dice, assets, today))
    write(Tariff, [make_unit_tariff(years[0])])
    units = write(ProductionUnit, make_units(dice))
    write(Lease, make_leases(dice, units, firms, today))
    write_upkeep(random.Random(seed + 2), assets, checks, today)
    write_bills(random.Random(seed + 3), today)


def write_upkeep(dice: random.Random, assets, checks, today: datetime.date) -> None:
    """Temperatures, outages, a building let as a whole, and an inventory with its results."""
    for chamber in with_thresholds():
        store(chamber, by=None, channel=DEMO_SOURCE.channel, reason=DEMO_SOURCE.reason)
    write(TemperatureReading, make_readings(dice, today))
    write(Outage, make_outages(dice, today))
    write(BuildingRental, make_rental(today))
    [session] = write(InventorySession, make_session(today))
    write(InventoryEntry, make_entries(session, assets, checks))


def write_bills(dice: random.Random, today: datetime.date) -> None:
    """The bills of some months and their lines; its dice are its own."""
    made = list(make_bills(dice, today))
    stored = write(Bill, [values for values, _ in made])
    dues = [due for _, due in made]
    write(BillLine, make_bill_lines([(b.id, due) for b, due in zip(stored, dues, strict=True)]))


def write_ledger(dice: random.Random, firms, year: int) -> None:
    """A year of deposits and what was taken out of them; its dice are its own."""
    deposits = list(make_deposits(dice, firms, year))
    stays = [row.pop("stays") for row in deposits]
    stored = [record.id for record in write(Deposit, deposits)]
    write(Withdrawal, make_withdrawals(dice, list(zip(stored, deposits, stays, strict=True))))


def write(model, rows: Iterable[dict]) -> list[NewRecord]:
    """The records of one kind, written and traced as every other record is."""
    records = [NewRecord(values, place=0) for values in rows]
    create_many(model, records, DEMO_SOURCE)
    return records
