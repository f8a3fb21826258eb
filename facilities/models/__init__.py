"""The records of the facilities register."""

from .assets import Asset, ConditionCheck, kib_of
from .places import Chamber, Facility
from .storage import StorageMonth

__all__ = ["Asset", "Chamber", "ConditionCheck", "Facility", "StorageMonth", "kib_of"]
