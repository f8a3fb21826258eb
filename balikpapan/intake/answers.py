"""What a user has answered or chosen for one file; the same for browser and command."""

from collections import Counter
from dataclasses import asdict, dataclass, field

UNITS = {"rupiah": 1, "ribu": 1000, "juta": 1_000_000}
UNIT_NAMES = {multiplier: name for name, multiplier in UNITS.items()}


@dataclass(slots=True)
class Answers:
    """Answers to an upload's questions; None where nothing was said."""

    sheets: list[str] = field(default_factory=list)
    year: int | None = None
    unit: str | None = None  # for every silent heading
    units: dict[str, str] = field(default_factory=dict)  # column letter or heading -> unit
    bad_cells: str = "hold"  # or "blank"
    duplicates: str | None = None  # "hold" or "separate"
    near: str | None = None  # "hold", "update" or "new"
    kbli_version: int | None = None
    mapping: dict[str, str] = field(default_factory=dict)  # heading or letter -> field, "" = none
    decisions: dict[str, str] = field(default_factory=dict)  # "sheet!row" -> update:ID, new, skip
    fixes: dict[str, str] = field(default_factory=dict)  # "sheet!row!column" -> what was typed
    all_or_nothing: bool = False

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict) -> "Answers":
        known = set(cls.__slots__)
        return cls(**{name: value for name, value in stored.items() if name in known})


def is_letter(name: str) -> bool:
    """Whether this may be the letter of a column rather than its heading."""
    return name.isascii() and name.isalpha() and name.isupper() and len(name) <= 3


def by_heading(mapping: dict[str, str], sheets: list[dict]) -> dict[str, str]:
    """A mapping of column letters as one of headings; letters that have no one heading stay.

    Another file may have the same headings in another order.
    """
    read = [sheet["columns"] for sheet in sheets if sheet["read"]]
    places = {}
    for columns in read:
        often = Counter(column["heading"] for column in columns)
        for column in columns:
            alone = often[column["heading"]] == 1
            places.setdefault(column["letter"], set()).add(column["heading"] if alone else "")
    named = {letter: found.pop() for letter, found in places.items() if len(found) == 1}
    return {named.get(name) or name: field for name, field in mapping.items()}


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the user can tell, asked once for the whole file."""

    key: str  # unit, year, columns, duplicates, near
    about: str
    options: list[str]
    suggestion: str | None = None
    #: Nothing can be planned before a blocking question is answered.
    blocking: bool = True
    columns: tuple[str, ...] = ()  # letters the question is about

    def as_json(self) -> dict:
        return {
            "key": self.key,
            "about": self.about,
            "options": self.options,
            "suggestion": self.suggestion,
        }
