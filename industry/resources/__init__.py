"""The sheets of the industry register, one class per sheet."""

from .business import BusinessResource
from .business_year import BusinessYearResource
from .certificate import CertificateResource
from .kbli import KbliResource
from .programme import ProgrammeResource
from .revenue import RevenueResource

__all__ = [
    "BusinessResource",
    "BusinessYearResource",
    "CertificateResource",
    "KbliResource",
    "ProgrammeResource",
    "RevenueResource",
]
