"""The trades of invented businesses: what they make, of what size they are, where they work."""

from dataclasses import dataclass
from pathlib import Path

from balikpapan.reference_data import read

FIXTURES = Path(__file__).parent / "fixtures"

#: First and last names, proud words for a sign and streets.
WORDS: dict[str, list[str]] = {
    kind: words.split() for kind, words in read(FIXTURES / "words.json").items()
}


@dataclass(frozen=True)
class Trade:
    """One kind of industry: ``share`` of a hundred businesses, bounds of smallest and largest."""

    share: int
    group: str
    commodity: str
    kbli_2020: str
    kbli_2025: str
    names: list[str]
    products: str
    unit: str
    capacity: tuple[int, int]
    workers: tuple[int, int]
    #: In million rupiah, as is the output of a year.
    investment: tuple[int, int]
    output: tuple[int, int]
    centre: str
    is_food: bool


def read_trades() -> list[Trade]:
    """The trades as the file lists them."""
    trades = []
    for row in read(FIXTURES / "trades.csv"):
        for name in ("capacity", "workers", "investment", "output"):
            low, _, high = row[name].partition("-")
            row[name] = (int(low), int(high))
        row.update(
            share=int(row["share"]), names=row["names"].split(";"), is_food=row["is_food"] == "1"
        )
        trades.append(Trade(**row))
    return trades
