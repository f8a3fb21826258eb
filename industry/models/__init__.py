from .business import Business
from .business_year import BusinessYear
from .certificate import Certificate
from .merge import Merge
from .performance import PerformanceTarget
from .programme import Participation, Programme
from .published import PublishedFigure
from .reference import IndustryGroup, Kbli, ProductUnit
from .reminder import Reminder
from .revenue import Revenue
from .revenue_bill import RevenueBill
from .revenue_sources import RevenueAccount, RevenueSource
from .scale import ScaleRule
from .work_item import WorkItem

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
    "Reminder",
    "Revenue",
    "RevenueAccount",
    "RevenueBill",
    "RevenueSource",
    "ScaleRule",
    "WorkItem",
]
