"""The sheets of the facilities register, one class per sheet."""

from .asset import AssetResource
from .facility import FacilityResource
from .lease import LeaseResource
from .storage import StorageMonthResource
from .unit import ProductionUnitResource

__all__ = [
    "AssetResource",
    "FacilityResource",
    "LeaseResource",
    "ProductionUnitResource",
    "StorageMonthResource",
]
