"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, kib_of
from .places import Chamber, Facility, StorageMonth

__all__ = ["Asset", "Chamber", "ConditionCheck", "Facility", "StorageMonth", "kib_of"]
