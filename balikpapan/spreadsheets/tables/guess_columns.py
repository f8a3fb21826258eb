"""Proposing what the columns of a table without headings hold, from their contents.

A proposal is never acted upon by itself: it is shown and has to be confirmed.
"""

import re
import statistics

from ..cells.reading import is_blank
from .table import SheetTable

_PHONE = re.compile(r"(\+?62|0)\d[\d\s-]{6,}")
_ADDRESS = re.compile(
    r"(?:jl|jln|jalan|gg|gang|perum|perumahan|komp|komplek|kampung|kp|rt)\b", re.IGNORECASE
)
_ORDERS = {
    "ikm": {
        "names": ("name", "products"),
        "words": ("address", "capacity_unit", "commodity"),
        "amounts": ("investment", "production_value", "raw_material_value"),
    },
    "pad": {"names": ("source_name",), "words": (), "amounts": ("target", "realised")},
}


def propose(table: SheetTable, register: str) -> dict[str, str]:
    """Column letter -> field for a table that may be this register; empty where it is not."""
    order = _ORDERS.get(register)
    if order is None or len(table.columns) < 3:
        return {}
    names, words = list(order["names"]), list(order["words"])
    amounts = list(order["amounts"])
    proposal: dict[str, str] = {}
    small = ["workers_total", "capacity"] if register == "ikm" else []
    for column in table.columns:
        cells = [c for c in table.sheet.columns[column.index][table.first_row :] if not is_blank(c)]
        texts = [c for c in cells if isinstance(c, str)]
        numbers = [c for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]
        if len(texts) > len(numbers):
            field = _text_field(texts, names, words)
        elif numbers:
            field = _number_field(numbers, small, amounts)
        else:
            field = None
        if field and field not in proposal.values():
            proposal[column.letter] = field
    return proposal if order["names"][0] in proposal.values() and len(proposal) > 2 else {}


def _text_field(texts: list[str], names: list[str], words: list[str]) -> str | None:
    if sum(bool(_PHONE.fullmatch(text.strip())) for text in texts) > len(texts) / 2:
        return "phone"
    if "address" in words and sum(bool(_ADDRESS.match(t.strip())) for t in texts) > len(texts) / 2:
        return "address"
    distinct = len({text.strip().casefold() for text in texts})
    short = statistics.median(len(text) for text in texts) <= 7
    if names and distinct > min(60, len(texts) / 3):
        return names.pop(0)
    if "capacity_unit" in words and short:
        words.remove("capacity_unit")
        return "capacity_unit"
    if "commodity" in words and distinct <= 20:
        words.remove("commodity")
        return "commodity"
    return None


def _number_field(numbers: list[int | float], small: list[str], amounts: list[str]) -> str | None:
    if all(isinstance(n, int) and 1990 <= n <= 2100 for n in numbers):
        return "year"
    if _is_running(numbers):
        return None
    if small and (small[0] == "capacity" or statistics.median(numbers) < 100):
        return small.pop(0)
    return amounts.pop(0) if amounts else None


def _is_running(numbers: list[int | float]) -> bool:
    """A running number, or a database id: each one more than the one before."""
    steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
    return len(numbers) > 2 and sum(step == 1 for step in steps) > 0.9 * len(steps)
