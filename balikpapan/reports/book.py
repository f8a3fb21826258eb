"""A book of tables: what the office signs and publishes once a year."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from .bar_charts import BarChart, ChartSource, charts_of
from .formats import long_date
from .models import Letterhead, Official
from .tables import ReportTable


@dataclass(frozen=True)
class ReportBook:
    """Tables under one title, with the letterhead above and the signatures below.

    ``date`` is the day it is signed; no renderer asks the clock, so the same book gives the same
    bytes. ``provenance`` are lines such as ("Dibuat oleh", "Siti Aminah") or plain sentences.
    """

    title: str
    year: int
    tables: Sequence[ReportTable]
    letterhead: Letterhead | None
    place: str
    date: datetime.date
    signatories: Sequence[Official] = ()
    edition: int | None = None
    provenance: Sequence[str | tuple[str, str]] = ()
    appendix: Sequence[ReportTable] = ()  # kept with an edition, not printed
    chart_sources: Sequence[ChartSource] = ()
    chain_head: str = ""  # of the trail, printed where an edition was made
    is_numbered: bool = True  # a list printed by itself is no "Tabel 1"

    def __post_init__(self):
        numbered = [
            replace(table, number=position) if self.is_numbered and table.number is None else table
            for position, table in enumerate(self.tables, 1)
        ]
        object.__setattr__(self, "tables", with_parts(numbered))
        object.__setattr__(self, "signatories", tuple(self.signatories))

    @property
    def heading(self) -> list[str]:
        """The title block of the book, in capitals as on a cover."""
        lines = [self.title]
        if str(self.year) not in self.title:
            lines.append(f"Tahun {self.year}")
        if self.edition is not None:
            lines.append(f"Edisi {self.edition}")
        return [line.upper() for line in lines]

    @property
    def charts(self) -> list[BarChart]:
        """The charts of the book, of the figures its tables print."""
        return charts_of(self.chart_sources, self.tables, self.year)

    @property
    def name(self) -> str:
        """The book in one line, for footers and file properties."""
        edition = "" if self.edition is None else f", Edisi {self.edition}"
        year = "" if str(self.year) in self.title else f" Tahun {self.year}"
        return f"{self.title}{year}{edition}"

    @property
    def place_and_date(self) -> str:
        """The line above the signature: "Balikpapan, 31 Desember 2024"."""
        return f"{self.place}, {long_date(self.date)}"

    @property
    def missing(self) -> list[str]:
        """What an official document has and this one lacks, as words of a sentence."""
        return missing_of(self.letterhead, self.signatories)

    @property
    def lines_above_names(self) -> list[list[str]]:
        """What stands above each signature; place and date belong to the last, all end level."""
        above = [official.lines_above for official in self.signatories]
        if above:
            above[-1] = [self.place_and_date, *above[-1]]
        height = max(map(len, above), default=0)
        return [[""] * (height - len(lines)) + lines for lines in above]

    @property
    def provenance_lines(self) -> list[str]:
        """Where the figures come from, one sentence or "label: value" a line."""
        head = [("Ujung rantai jejak", self.chain_head)] if self.chain_head else []
        return [
            line if isinstance(line, str) else f"{line[0]}: {line[1]}"
            for line in (*self.provenance, *head)
        ]


def with_parts(tables: Sequence[ReportTable]) -> tuple[ReportTable, ...]:
    """The tables with a letter for each of several of one number: 4a and 4b."""
    often = Counter(table.number for table in tables)
    seen: Counter[int | None] = Counter()
    lettered = []
    for table in tables:
        seen[table.number] += 1
        if table.number is not None and often[table.number] > 1:
            table = replace(table, part=ascii_lowercase[seen[table.number] - 1])
        lettered.append(table)
    return tuple(lettered)


def missing_of(letterhead: Letterhead | None, signatories: Sequence[Official]) -> list[str]:
    """Which of letterhead and signatory there is none of."""
    asked = (("kop surat", letterhead), ("penanda tangan", signatories))
    return [name for name, given in asked if not given]
