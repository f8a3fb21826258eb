"""The sheet of yearly figures for businesses the register already knows."""

import copy

from ..models import Business
from .business import BusinessResource


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

    class Meta:
        model = Business

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
