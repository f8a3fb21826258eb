"""Counts of people that state both sexes in one cell: "5 L / 3 P", "5 orang (3L, 2P)"."""

import re

from .formatting import format_whole
from .numbers import read_whole
from .reading import Read, cell_reader, note, quote, refused, visible

_MALE = r"laki\W{0,3}laki|laki|pria|lk|l"
_FEMALE = r"perempuan|wanita|prp|pr|p"
_PEOPLE = r"(?:orang|org|tk|pekerja|karyawan)"
_PART = re.compile(
    rf"(?:(?P<before>\d{{1,5}})\s*(?:{_PEOPLE}\s*)?(?P<after_word>{_MALE}|{_FEMALE})\b"
    rf"|\b(?P<before_word>{_MALE}|{_FEMALE})\s*[=:.]?\s*(?P<after>\d{{1,5}})(?:\s*{_PEOPLE}\b)?)\.?",
    re.IGNORECASE,
)
_TOTAL = re.compile(rf"(?P<total>\d{{1,5}})\s*(?:{_PEOPLE})?\s*[=:,]?\s*(?=\()", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s(),;/+&.-]*(?:dan\b)?[\s(),;/+&.-]*", re.IGNORECASE)
#: Two counts under a heading that says "(L/P)".
_PAIR = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_LONGEST = 80


@cell_reader
def read_headcount(
    value: object,
    *,
    english: bool = False,
    both_sexes: bool = False,
    low: int | None = None,
    high: int | None = None,
) -> Read:
    """A count of people; where the cell states both sexes their counts become related cells.

    ``both_sexes`` tells that the heading says "(L/P)", so that "2/3" is two men and three women.
    """
    counts = _counts(value, both_sexes) if isinstance(value, str) else None
    if counts is None:
        return read_whole(value, english=english, low=low, high=high)
    total, male, female = counts
    if total not in (None, male + female):
        return refused(
            "total_mismatch",
            f"{quote(value)}: rinciannya berjumlah {format_whole(male + female)}. Samakan jumlah "
            "dan rinciannya.",
        )
    result = read_whole(male + female, low=low, high=high)
    finding = note(
        "headcount_split",
        f"{quote(value)} dibaca {format_whole(male + female)} orang: laki-laki "
        f"{format_whole(male)}, perempuan {format_whole(female)}.",
    )
    related = (("male", male), ("female", female))
    return Read(result.value, (*result.findings, finding), related)


def _counts(value: str, both_sexes: bool) -> tuple[int | None, int, int] | None:
    """The total, where it is stated, and both parts; None for any other text."""
    text = " ".join(visible(value).split())
    if len(text) > _LONGEST:
        return None
    if both_sexes and (pair := _PAIR.fullmatch(text)):
        return None, int(pair[1]), int(pair[2])
    stated = _TOTAL.match(text)
    rest = text[stated.end() :] if stated else text
    parts = list(_PART.finditer(rest))
    if len(parts) != 2 or _BETWEEN.fullmatch(_PART.sub(" ", rest)) is None:
        return None
    counts = {_is_female(part): int(part["before"] or part["after"]) for part in parts}
    if len(counts) < 2:
        return None
    return int(stated["total"]) if stated else None, counts[False], counts[True]


def _is_female(part: re.Match[str]) -> bool:
    word = part["after_word"] or part["before_word"]
    return re.fullmatch(_FEMALE, word, re.IGNORECASE) is not None
