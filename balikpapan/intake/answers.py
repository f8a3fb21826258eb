"""What a user has answered or chosen for one file; the same for browser and command."""

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
