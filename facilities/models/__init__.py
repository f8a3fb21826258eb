"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, incomplete_code, kib_of
from .bills import Bill, BillLine
from .climate import Outage, TemperatureReading
from .deposits import Deposit, Withdrawal
from .places import Chamber, Facility, places_within
from .rentals import BuildingRental
from .storage import StorageMonth
from .tariffs import Tariff
from .units import Lease, ProductionUnit
from .upkeep import InventoryEntry, InventorySession, Maintenance, UsefulLife

__all__ = [
    "Asset",
    "Bill",
    "BillLine",
    "BuildingRental",
    "Chamber",
    "ConditionCheck",
    "Deposit",
    "Facility",
    "InventoryEntry",
    "InventorySession",
    "Maintenance",
    "Lease",
    "ProductionUnit",
    "StorageMonth",
    "Tariff",
    "UsefulLife",
    "Outage",
    "TemperatureReading",
    "Withdrawal",
    "incomplete_code",
    "kib_of",
    "places_within",
]
