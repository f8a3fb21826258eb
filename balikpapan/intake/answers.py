"""What a user has answered or chosen for one file; the same for browser and command."""

from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

UNITS = {"rupiah": 1, "ribu": 1000, "juta": 1_000_000}
#: The names under which the use of options is noted that answer no question.
BAD_CELLS, KBLI_VERSION = "bad_cells", "kbli_version"
UNIT_NAMES = {multiplier: name for name, multiplier in UNITS.items()}


class QuestionKey(StrEnum):
    """What an upload may ask; a command answers by these codes, so they stay as they are."""

    UNIT = "unit"
    YEAR = "year"
    COLUMNS = "columns"
    DUPLICATES = "duplicates"
    NEAR = "near"
    PERIOD = "period"
    WORKERS = "workers"
    ZEROS = "zeros"
    SHEETS = "sheets"
    EQUAL_ROWS = "equal_rows"
    WORDS = "words"
    ARCHIVED = "archived"
    DATES = "dates"
    STATED = "stated"


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
    #: Question key, or key and what it concerns ("period:bulan") -> the code of an option.
    chosen: dict[str, str] = field(default_factory=dict)
    #: "field:word" -> the value meant, "" for none; the word as ``word_key`` folds it.
    values: dict[str, str] = field(default_factory=dict)
    all_or_nothing: bool = False
    #: Which answers decided something, by the names ``use`` was given; not part of the answers.
    used: set[str] = field(default_factory=set, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        stored = asdict(self)
        del stored["used"]
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Answers":
        names = {each.name for each in fields(cls)} - {"used"}
        return cls(**{name: value for name, value in stored.items() if name in names})

    def option(self, key: str, concern: str = "") -> str | None:
        """The option chosen for a question, for this concern of it before all of them."""
        for name in (f"{key}:{concern}", key) if concern else (key,):
            if name in self.chosen:
                self.use(name)
                return self.chosen[name]
        return None

    def use(self, name: str) -> None:
        """Notes that an answer decided something in this file."""
        self.used.add(name)


def is_letter(name: str) -> bool:
    """Whether this may be the letter of a column rather than its heading."""
    return name.isascii() and name.isalpha() and name.isupper() and len(name) <= 3


def by_heading(mapping: dict[str, str], sheets: list[dict[str, Any]]) -> dict[str, str]:
    """A mapping of column letters as one of headings; letters that have no one heading stay.

    Another file may have the same headings in another order.
    """
    read = [sheet["columns"] for sheet in sheets if sheet["read"]]
    places: dict[str, set[str]] = {}
    for columns in read:
        often = Counter(column["heading"] for column in columns)
        for column in columns:
            alone = often[column["heading"]] == 1
            places.setdefault(column["letter"], set()).add(column["heading"] if alone else "")
    named = {letter: names.pop() for letter, names in places.items() if len(names) == 1}
    return {named.get(name) or name: field for name, field in mapping.items()}


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that a column of a closed list does not know, as often as it stands in the file."""

    field: str
    label: str  # the column as people call it
    word: str  # as it is written most often
    count: int
    rows: tuple[str, ...]  # a few places, such as "Data!17"
    suggestion: str | None = None
    #: Whether its rows are held until the word is answered.
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the user can tell, asked once for the whole file."""

    key: str  # one of ``QuestionKey``
    about: str  # the Indonesian sentence that people read
    options: list[str]
    suggestion: str | None = None
    #: Nothing can be planned before a blocking question is answered.
    blocking: bool = True
    columns: tuple[str, ...] = ()  # letters the question is about
    #: What this question concerns where there may be several of one key, such as a period.
    concern: str = ""
    words: tuple[UnknownWord, ...] = ()

    @property
    def name(self) -> str:
        """The name under which it is answered: its key, and what it concerns if that is needed."""
        return f"{self.key}:{self.concern}" if self.concern else str(self.key)

    def as_json(self) -> dict[str, Any]:
        question: dict[str, Any] = {
            "key": str(self.key),
            "about": self.about,
            "options": self.options,
            "suggestion": self.suggestion,
        }
        if not self.blocking:
            question["blocking"] = False
        if self.concern:
            question["concern"] = self.concern
        if self.words:
            question["words"] = [asdict(word) | {"rows": list(word.rows)} for word in self.words]
        return question
