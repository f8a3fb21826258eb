"""How large a file may be that somebody uploads."""

import math
from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; time and memory follow from the rows unless they are given."""

    max_bytes: int = 25 * _MIB
    max_rows: int = 250_000
    max_columns: int = 512
    seconds: float | None = None  # of CPU time
    memory_bytes: int | None = None
    #: So many rows of each sheet are read, 0 for all; an .xls is parsed whole all the same.
    sample_rows: int = 0
    #: CPU time to find the tables of a file, besides what its rows and cells add to it.
    table_seconds: float = 1.2

    @property
    def cpu_seconds(self) -> int:
        return math.ceil(self.seconds or max(20, self.max_rows / 10_000))

    @property
    def memory(self) -> int:
        return self.memory_bytes or 512 * _MIB + self.max_rows * 1024

    @property
    def max_cells(self) -> int:
        """Rows times columns over all sheets."""
        return max(1_000_000, self.max_rows * 64)

    @property
    def max_inflated(self) -> int:
        """Bytes of a package once unpacked."""
        return max(640 * _MIB, self.max_rows * 2560)
