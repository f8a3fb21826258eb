"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, incomplete_code, kib_of
from .places import Chamber, Facility
from .storage import StorageMonth

__all__ = [
    "Asset",
    "Chamber",
    "ConditionCheck",
    "Facility",
    "StorageMonth",
    "incomplete_code",
    "kib_of",
]
