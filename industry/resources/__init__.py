"""The sheets of the industry register, one class per sheet."""

from .business import BusinessResource
from .business_year import BusinessYearResource
from .revenue import RevenueResource

__all__ = ["BusinessResource", "BusinessYearResource", "RevenueResource"]
