"""How a cell of each column is read and written: thin covers over the pure readers.

``reader`` gives the function that reads one cell of one column of one upload; it is called once
per distinct value. ``clean`` and ``render`` serve django-import-export's own vocabulary.
"""

from .amounts import Degrees, Measure, Money, Percentage, Whole
from .cell import CellWidget, PlainNumbers, Reader, Reading
from .days import Date, Year
from .lists import Choice, MonthName, Named, Region
from .texts import Code, Digits, Phone, RegisterNumber, Text

__all__ = [
    "CellWidget",
    "Choice",
    "Code",
    "Date",
    "Degrees",
    "Digits",
    "Measure",
    "Money",
    "MonthName",
    "Named",
    "Percentage",
    "Phone",
    "PlainNumbers",
    "Reader",
    "Reading",
    "Region",
    "RegisterNumber",
    "Text",
    "Whole",
    "Year",
]
