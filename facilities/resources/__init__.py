"""The sheets of the facilities register, one class per sheet."""

from .asset import AssetResource
from .facility import FacilityResource
from .storage import StorageMonthResource

__all__ = ["AssetResource", "FacilityResource", "StorageMonthResource"]
