"""The facilities register's tables of the yearly book, and the inventory cards printed beside it."""

from .assets import asset_table
from .centres import centre_table
from .cold_storage import storage_table
from .inventory_cards import card_table

__all__ = ["asset_table", "card_table", "centre_table", "storage_table"]
