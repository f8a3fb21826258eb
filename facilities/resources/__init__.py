"""The sheets of the facilities register, one class per sheet."""

from .asset import AssetResource
from .deposit import DepositResource
from .facility import FacilityResource
from .lease import LeaseResource
from .storage import StorageMonthResource
from .unit import ProductionUnitResource

__all__ = [
    "AssetResource",
    "DepositResource",
    "FacilityResource",
    "LeaseResource",
    "ProductionUnitResource",
    "StorageMonthResource",
]
