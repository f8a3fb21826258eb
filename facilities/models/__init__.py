"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, incomplete_code, kib_of
from .places import Chamber, Facility
from .storage import StorageMonth
from .tariffs import Tariff
from .units import Lease, ProductionUnit
from .upkeep import InventoryEntry, InventorySession, Maintenance, UsefulLife

__all__ = [
    "Asset",
    "Chamber",
    "ConditionCheck",
    "Facility",
    "InventoryEntry",
    "InventorySession",
    "Maintenance",
    "Lease",
    "ProductionUnit",
    "StorageMonth",
    "Tariff",
    "UsefulLife",
    "incomplete_code",
    "kib_of",
]
