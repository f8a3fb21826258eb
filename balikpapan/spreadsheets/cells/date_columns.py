"""What the dates of a whole column say about the order of day and month."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Formula
from .reading import visible

_NUMERIC = re.compile(r"\s*'?([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?(?:[0-9]{4}|[0-9]{2})\b")


@dataclass(frozen=True, slots=True)
class DateOrderEvidence:
    """How many distinct cells of a column can be read in which order."""

    day_first: int = 0  # only day first: 17/8/2024
    month_first: int = 0  # only month first: 8/17/2024
    ambiguous: int = 0  # either: 8/5/2024
    low_cells: int = 0  # true date cells that stay a date when day and month change places
    high_cells: int = 0  # true date cells that do not

    @property
    def is_in_doubt(self) -> bool:
        """Whether the order has to be asked: some dates are month first, others could be."""
        return bool(self.month_first and (self.ambiguous or self.doubts_cells))

    @property
    def doubts_cells(self) -> bool:
        """Whether Excel may have turned round month-first texts that it took for dates.

        It leaves a text such as 8/17/2024 alone and makes 8 May of 8/5/2024, so a column of such
        texts whose date cells all have a day up to twelve has probably lost its order.
        """
        return bool(self.month_first and self.low_cells and not self.high_cells)


def date_order_evidence(values: Iterable[object]) -> DateOrderEvidence:
    """What the cells of one column, each distinct value once, show about their order."""
    counts = dict.fromkeys(DateOrderEvidence.__slots__, 0)
    for value in set(map(_stored, values)):
        kind = _kind(value)
        if kind:
            counts[kind] += 1
    return DateOrderEvidence(**counts)


def _stored(value: object) -> object:
    return value.value if isinstance(value, Formula) else value


def _kind(value: object) -> str | None:
    if isinstance(value, datetime.date):
        return "low_cells" if value.day <= 12 else "high_cells"
    if not isinstance(value, str) or len(value) > 80:
        return None
    numbers = _NUMERIC.match(visible(value))
    if numbers is None:
        return None
    first, second = int(numbers[1]), int(numbers[2])
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    if second > 12:
        return "month_first"
    if first > 12:
        return "day_first"
    return None if first == second else "ambiguous"
