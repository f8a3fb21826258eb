"""What reading the cells of one upload rests on, and what it fills."""

import datetime
from dataclasses import dataclass
from typing import Any

from ..answers import Answers
from ..problems import Problems
from ..widgets import Reading
from .sheet_rows import SheetRows


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """One upload: its sheet, the answers given, the rows being filled and their problems.

    ``options`` is what the resource prepared for the upload, such as the names of the regions.
    """

    resource: Any
    answers: Answers
    options: dict[str, Any]
    problems: Problems
    today: datetime.date
    rows: SheetRows

    def reading(self, multiplier: int = 1, times: int = 1) -> Reading:
        """How a column is read of which nothing but its unit is known yet."""
        return Reading(multiplier, times, today=self.today, options=self.options)
