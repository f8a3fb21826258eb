"""The sheet of yearly figures for businesses the register already knows."""

import copy
from dataclasses import replace
from itertools import pairwise

from balikpapan.spreadsheets.cells import is_blank

from ..models import Business
from .business import BusinessResource
from .year_words import YEAR_WORDS


class BusinessYearResource(BusinessResource):
    """The "Data Tahunan IKM" sheet: the figures of one year for businesses already recorded."""

    register = "ikm-tahunan"
    label = "data tahunan IKM"
    adds_main = False
    required = (
        ("name", "number", "nib"),
        (
            "workers_total",
            "workers_male",
            "investment",
            "production_value",
            "capacity",
            "turnover",
        ),
    )
    required_label = "nama usaha (atau nomor register, NIB) dan angka tahunan"
    wide = ("year",)

    class Meta:
        model = Business

    @classmethod
    def wide_words(cls, name, options):
        return YEAR_WORDS, False

    @classmethod
    def _wide_field(cls, name, options):
        return replace(super()._wide_field(name, options), fewest=2)

    @classmethod
    def settle_columns(cls, table):
        """Years side by side are read together only where each figure stands under one."""
        super().settle_columns(table)
        figures = cls.wide_amounts("year")
        undated = any(c.field in figures and not c.member and not c.adds_up for c in table.columns)
        if undated or any(_shares_heading(table, *pair) for pair in pairwise(table.columns)):
            for column in table.columns:
                if column.wide_field == "year":
                    column.wide_field, column.member = None, ""

    @classmethod
    def columns(cls):
        """The figures, and of the business only what it is recognised by."""
        chosen = {}
        for name, column in super().columns().items():
            if column.child:
                chosen[name] = column
            elif name in _IDENTITY:
                chosen[name] = copy.copy(column)
                chosen[name].stored = False
        return chosen


def _shares_heading(table, left, right):
    """Whether the heading of a year stands over further columns that nothing tells apart."""
    cells = table.sheet.columns[right.index][table.first_row : table.last_row + 1]
    return bool(left.member) and not right.heading and any(not is_blank(cell) for cell in cells)


_IDENTITY = frozenset(
    [
        "number",
        "name",
        "owner_name",
        "nib",
        "nik",
        "address",
        "kelurahan",
        "phone",
        "products",
        "commodity",
    ]
)
