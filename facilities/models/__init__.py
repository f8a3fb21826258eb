"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, incomplete_code, kib_of
from .places import Chamber, Facility
from .storage import StorageMonth
from .tariffs import Tariff

__all__ = [
    "Asset",
    "Chamber",
    "ConditionCheck",
    "Facility",
    "StorageMonth",
    "Tariff",
    "incomplete_code",
    "kib_of",
]
