from .business import Business
from .business_year import BusinessYear
from .certificate import Certificate
from .merge import Merge
from .performance import PerformanceTarget
from .programme import Participation, Programme
from .reference import IndustryGroup, Kbli, ProductUnit, ScaleRule
from .revenue import PublishedFigure, Revenue, RevenueAccount

__all__ = [
    "Business",
    "BusinessYear",
    "Certificate",
    "IndustryGroup",
    "Kbli",
    "Merge",
    "Participation",
    "PerformanceTarget",
    "Programme",
    "ProductUnit",
    "PublishedFigure",
    "Revenue",
    "RevenueAccount",
    "ScaleRule",
]
