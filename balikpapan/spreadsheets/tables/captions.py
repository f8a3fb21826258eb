"""Lines that say nothing but what holds for the rows below them: a unit, a stage, a part of a year."""

import re

from .row_view import Row, Walk
from .table import is_unit as is_bare_unit

#: A line that says of which stage of the budget the rows below it are, and nothing else.
_STAGE = re.compile(
    r"\W*(?:[A-Z]\.\s*)?(?:(?:target|realisasi|pad)\W+)*(?:apbd|anggaran|tahapan)\W+"
    r"(?:murni|penetapan|perubahan|pergeseran)\W*(?:(?:tahun\W*)?(?:anggaran\W*)?(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)
#: A line that says of which part of a year the rows below it are, and nothing else.
_PART_OF_YEAR = re.compile(
    r"\W*(?:(?:realisasi|target|[A-Z])\W+)?(?:s\W{0,2}d\W+)?(?:tri\s?wulan|tw|kuartal|semester|smt)\W*"
    r"(?:iv|i{1,3}|[1-4])\b\W*(?:(?:tahun|thn|th|ta)?\W*(?:anggaran\W*)?(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)


def is_unit(row: Row, walk: Walk) -> bool:
    """A line that says in what unit the amounts below it are: "(dalam jutaan rupiah)"."""
    return len(row.cells) == len(row.words) == 1 and is_bare_unit(row.words[0][1])


def is_stage(row: Row, walk: Walk) -> bool:
    """A line that names a stage of the budget or a part of a year: "ANGGARAN PERUBAHAN"."""
    if not len(row.cells) == len(row.words) == 1:
        return False
    text = row.words[0][1]
    return bool(_STAGE.fullmatch(text) or _PART_OF_YEAR.fullmatch(text))
