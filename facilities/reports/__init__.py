"""The facilities register's tables of the yearly book, and the inventory cards printed beside it."""

from .asset_values import depreciation_table, maintenance_table, value_table
from .assets import asset_table
from .centres import centre_table
from .cold_storage import storage_table
from .inventory_cards import card_table
from .rents import rent_roll

__all__ = [
    "asset_table",
    "card_table",
    "centre_table",
    "depreciation_table",
    "maintenance_table",
    "rent_roll",
    "storage_table",
    "value_table",
]
