"""Headings that state a value: "Chiller" over Masuk and Keluar, a source of PAD over its amounts.

Such a wide table has no column for that value. Each value, a member of the headings, has amounts
of its own, and a row says something about every member.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..cells.keys import heading_key
from ..cells.months import MONTH_WORDS
from ..cells.reading import is_blank
from ..model import Cell
from .headings import Vocabulary
from .sums import number_in, sum_label
from .table import TableColumn

#: More members than these are no list that an office keeps.
MOST_MEMBERS = 60
_UNIT = re.compile(
    r"[(\[][^()\[\]]*\b(?:rp|rupiah|ribu(?:an)?|juta(?:an)?|000|kg|kilogram|ton|kwh|unit|orang|hari)\b[^()\[\]]*[)\]]"
    r"|\b(?:dalam\s+)?(?:rp\.?|rupiah|kg)\s*$",
    re.IGNORECASE,
)
#: Words beside a value that say nothing of it.
_NEUTRAL = frozenset(
    ["ruang", "ruangan", "kamar", "cold", "storage", "mutasi", "barang", "data", "rekap", "unit"]
)
#: What stands over columns without being a member: periods, stages, ratios, remarks.
_NO_MEMBER = re.compile(
    rf"^\W*(?:(?:tahun|thn|ta)\W*)?(?:19|20)\d\d\W*$|^\W*\d*\W*$|%|\b(?:{MONTH_WORDS})\b|"
    r"\b(?:persen(?:tase)?|capaian|selisih|sisa|lebih|kurang|murni|perubahan|pergeseran|penetapan|"
    r"triwulan|semester|bulan|bln|minggu|hari|tahun|thn|lalu|keterangan|ket|catatan|no|nomor)\b",
    re.IGNORECASE,
)


_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(
    rf"\b(?:tahun|thn|ta)\b\W*|\b(?:19|20)\d\d\b|\b(?:{MONTH_WORDS})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WideField:
    """A field whose values may stand in the headings, and the fields each of them has amounts of.

    ``words`` are spellings of its values, as ``heading_key`` gives them. Where it is ``open``, any
    other text may be a value too. At least ``fewest`` values make a table wide. Of the amount
    ``plain`` each value has a field of its own, so that a table of it alone is not wide.
    """

    name: str
    amounts: frozenset[str]
    words: frozenset[str] = frozenset()
    open: bool = True
    fewest: int = 1
    plain: str | None = None


def name_members(
    columns: Sequence[TableColumn],
    parts: Sequence[list[str]],
    cells: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
) -> None:
    """Gives the columns under the members of a wide heading their member and its amount.

    ``parts`` are the texts above each column, from the group down, ``cells`` what stands below
    them. Nothing happens where a column holds the values themselves.
    """
    fields = {name for c in columns if c.field for name in (c.field, *c.others)}
    for wide in vocabulary.wide:
        if wide.name in fields:
            continue
        readings = _by_groups(parts, wide, vocabulary) or _by_columns(
            columns, parts, cells, wide, vocabulary
        )
        if not wide.open:
            readings = _certain(readings, wide)
        if not _is_regular(readings, wide) or _has_other_words(columns, cells, readings, wide):
            continue
        if not any(c.field and c.field not in wide.amounts for c in columns):
            continue
        for index, (field_name, member) in readings.items():
            columns[index].field, columns[index].others = field_name, ()
            columns[index].fuzzy, columns[index].suggestion = False, None
            columns[index].wide_field, columns[index].member = wide.name, member
        return


#: Column index -> the amount it holds, None where no heading says it, and the member it is of.
Readings = dict[int, tuple[str | None, str]]


def _by_groups(parts: Sequence[list[str]], wide: WideField, vocabulary: Vocabulary) -> Readings:
    """The columns whose heading says both an amount and a member, in whichever order."""
    split: dict[int, tuple[str, list[str]]] = {}
    for index, texts in enumerate(parts):
        if amount_and_rest := _split(texts, wide, vocabulary):
            split[index] = amount_and_rest
    lists = [rest for _, rest in split.values()]
    common = set(lists[0]).intersection(*lists[1:]) if len(lists) > 1 else set()
    if any(not set(rest) - common for rest in lists):
        common = set()
    return {
        index: (field_name, member_text([part for part in rest if part not in common], wide))
        for index, (field_name, rest) in split.items()
    }


def _certain(readings: Readings, wide: WideField) -> Readings:
    """The readings of known members and of the sum over all of them; none where all are ``plain``."""
    certain = {
        index: (name, member)
        for index, (name, member) in readings.items()
        if heading_key(member) in wide.words
        or (sum_label(member) and not _NO_MEMBER.search(member))
    }
    is_plain = wide.plain and {name for name, _ in certain.values()} == {wide.plain}
    return {} if is_plain else certain


def _split(
    texts: list[str], wide: WideField, vocabulary: Vocabulary
) -> tuple[str, list[str]] | None:
    """The amount a heading names and its other texts; None where it does not have both."""
    texts = [text for text in texts if not _is_label(text, wide, vocabulary)]
    is_stated = wide.open or wide.words.intersection(map(heading_key, texts))
    if not is_stated and (whole := _within(" ".join(texts), wide, vocabulary)):
        return whole  # "TK 2022" over "L"
    for place in range(len(texts) - 1, -1, -1):
        field_name = vocabulary.find(texts[place], similar=False).field
        rest = texts[:place] + texts[place + 1 :]
        if field_name in wide.amounts and rest:
            others = [text for text in rest if heading_key(text) not in wide.words]
            fields = {vocabulary.find(text, similar=False).field for text in others}
            if not wide.open and len(others) < len(rest):  # "Realisasi" over "Januari", "Bulan ini"
                rest = [text for text in rest if text not in others]
                fields -= wide.amounts
            return None if fields - {None} else (field_name, rest)
    return next(filter(None, (_within(text, wide, vocabulary) for text in texts)), None)


def _within(text: str, wide: WideField, vocabulary: Vocabulary) -> tuple[str, list[str]] | None:
    """The amount that a text names together with a member: "TK Tahun 2022"."""
    key = heading_key(text)
    for word in sorted((w for w in wide.words if w in key), key=len, reverse=True):
        if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", key):
            continue
        left = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", key)
        field_name = vocabulary.find(" ".join(left.split()), similar=False).field
        if field_name in wide.amounts:
            return field_name, [_as_written(word, text)]
    return None


def _is_label(text: str, wide: WideField, vocabulary: Vocabulary) -> bool:
    """Whether a text names the field itself, as "Ruang" above the rooms does."""
    return (
        vocabulary.find(text, similar=False).field == wide.name
        and heading_key(text) not in wide.words
    )


def _by_columns(
    columns: Sequence[TableColumn],
    parts: Sequence[list[str]],
    cells: Sequence[Sequence[Cell]],
    wide: WideField,
    vocabulary: Vocabulary,
) -> Readings:
    """Columns of numbers that are each headed by a member alone; no heading says which amount."""
    if any(c.field in wide.amounts and not sum_label(c.heading) for c in columns):
        return {}
    readings: Readings = {}
    for index, texts in enumerate(parts):
        column = columns[index]
        texts = [text for text in texts if not _is_label(text, wide, vocabulary)]
        if column.running_number or (column.field and column.field not in wide.amounts):
            continue
        if texts and _are_numbers(cells[index]):
            readings[index] = (None, member_text(texts, wide))
    certain = [m for _, m in readings.values() if heading_key(m) in wide.words]
    return readings if wide.open or len(certain) > 1 else {}


def member_text(texts: Sequence[str], wide: WideField) -> str:
    """The member that texts of a heading name, without units and words that say nothing."""
    bare = [" ".join(_UNIT.sub(" ", text).split()).strip(" :-–") for text in texts]
    for text in bare:
        words = [word for word in heading_key(text).split() if word not in _NEUTRAL]
        if " ".join(words) in wide.words:  # "Tahun 2022" is the member "2022" is
            year = _YEAR.fullmatch(words[-1])
            return year[0] if year else _as_written(" ".join(words), text)
    return " – ".join(text for text in bare if text)


def value_alone(text: str, wide: WideField) -> str:
    """The known value that a title, a tab or a band consists of; "" for any other text."""
    text = _DATED.sub(" ", text)
    value = member_text([text], wide)
    return value if heading_key(value) in wide.words else ""


def _as_written(word: str, text: str) -> str:
    match = re.search(re.escape(word), text, re.IGNORECASE)
    return match[0] if match else word


def _is_regular(readings: Readings, wide: WideField) -> bool:
    """Whether each member has each amount at most once, and they look like members."""
    members = {
        heading_key(member): member for _, member in readings.values() if not sum_label(member)
    }
    if not members or len(members) > MOST_MEMBERS:
        return False
    certain = members.keys() & wide.words
    if len(members) < (wide.fewest if certain else 2):
        return False
    if any(key not in certain and _NO_MEMBER.search(m) for key, m in members.items()):
        return False
    if not wide.open and len(certain) < len(members):
        return False
    pairs = [(name, heading_key(member)) for name, member in readings.values()]
    return len(set(pairs)) == len(pairs)


def _has_other_words(
    columns: Sequence[TableColumn],
    cells: Sequence[Sequence[Cell]],
    readings: Readings,
    wide: WideField,
) -> bool:
    """Whether an unknown heading stands over words, which may be the values themselves."""
    if all(heading_key(member) in wide.words for _, member in readings.values()):
        return False
    return any(
        c.is_unknown and c.index not in readings and not _are_numbers(cells[c.index], blank=True)
        for c in columns
    )


def _are_numbers(cells: Sequence[Cell], *, blank: bool = False) -> bool:
    """Whether hardly anything but numbers stands in the first cells; ``blank`` is for none at all."""
    filled = [cell for cell in cells if not is_blank(cell)]
    numbers = sum(number_in(cell) is not None for cell in filled)
    return numbers >= 0.8 * len(filled) if filled else blank


def close_members(columns: Sequence[TableColumn], wides: Mapping[str, WideField]) -> None:
    """Settles what each column of a wide table is once its fields are settled.

    Columns that a mapping has taken for an amount are given the member their heading names. Sums
    over the members are known as such, and amounts that name no member are not read.
    """
    fields = {c.field for c in columns if c.field}
    wide = next((w for w in wides.values() if w.name not in fields and _is_wide(columns, w)), None)
    for column in columns:
        is_sum = column.field is None and sum_label(column.member)
        if wide is None or not (column.field in wide.amounts or is_sum):
            column.wide_field, column.member = None, ""
    if wide is None:
        return
    _name_mapped(columns, wide)
    amounts = {c.field for c in columns if c.field in wide.amounts}
    for column in columns:
        if (
            column.field is None
            and column.member
            and len(amounts) == 1
            and sum_label(column.member)
        ):
            [column.adds_up] = amounts
            column.wide_field, column.member = None, ""
        if column.field not in wide.amounts:
            continue
        if sum_label(column.member or column.heading):
            column.adds_up, column.field = column.field, None
        elif not column.member:
            column.field, column.without_member = None, True
        if column.field is None:
            column.wide_field, column.member = None, ""


def _is_wide(columns: Sequence[TableColumn], wide: WideField) -> bool:
    amounts = [c.field for c in columns if c.field in wide.amounts]
    named = any(c.wide_field == wide.name and c.field in wide.amounts for c in columns)
    return named or (wide.open and len(amounts) > len(set(amounts)) and _are_headed(columns))


def _are_headed(columns: Sequence[TableColumn]) -> bool:
    return all(c.heading and c.heading != c.letter for c in columns if c.field)


def _name_mapped(columns: Sequence[TableColumn], wide: WideField) -> None:
    """The part of each heading that tells its columns apart names their member."""
    unnamed = [c for c in columns if c.field in wide.amounts and not c.member]
    doubled = [c for c in unnamed if sum(c.field == other.field for other in columns) > 1]
    if not doubled or (len(unnamed) < 2 and not any(c.member for c in columns)):
        return
    depth = max(len(c.heading.split(" – ")) for c in doubled)
    for place in (*range(depth), None):
        names = {}
        for column in doubled:
            texts = column.heading.split(" – ")
            texts = texts if place is None else texts[place : place + 1] or texts[-1:]
            names[column.index] = member_text(texts, wide)
        if not wide.open:
            doubled = [c for c in doubled if heading_key(names[c.index]) in wide.words]
        pairs = {(c.field, heading_key(names[c.index])) for c in doubled}
        if len(pairs) == len(doubled):
            for column in doubled:
                column.wide_field, column.member = wide.name, names[column.index]
            return
