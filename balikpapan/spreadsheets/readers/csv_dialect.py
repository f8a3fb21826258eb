"""How the text of a csv was written: its encoding, its separator, quotes around whole lines."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from ..errors import WorkbookRefused

_DELIMITERS = ";\t|,"  # the first wins where the text allows several
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_WHOLE_LINE = re.compile(r'"((?:[^"]|"")+)"\s*')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", None),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def recognise_encoding(content: bytes) -> tuple[str, str | None]:
    """The encoding that all bytes obey, and its name where it is not UTF-8."""
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            candidates = [(encoding, name)]
            break
    else:
        start = content[:4096]
        zeros = start.count(0)
        if zeros > len(start) // 4:
            is_big = start[::2].count(0) > zeros / 2
            candidates = [("utf-16-be" if is_big else "utf-16-le", "UTF-16")]
        else:
            candidates = [("utf-8", None), ("cp1252", "Windows-1252")]
    for encoding, name in candidates:
        if _obeys(content, encoding):
            return encoding, name
    raise WorkbookRefused(
        "undecodable",
        "Pengodean huruf berkas tidak dikenali sehingga isinya tidak dapat dibaca. "
        "Di Excel, simpan sebagai CSV UTF-8, lalu unggah lagi.",
    )


def _obeys(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    block = 1 << 20
    try:
        for start in range(0, len(content), block):
            decoder.decode(content[start : start + block], start + block >= len(content))
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Use:
    """How the lines of a text use one separator."""

    lines: int = 0  # that hold it
    gaps: int = 0  # lines without it between the first and the last that hold it
    columns: int = 0  # how often most of them hold it
    agreeing: int = 0  # how many hold it so often


def recognise_delimiter(text: str) -> str:
    """The separator that runs through the table.

    Titles may hold another one and rows may leave their last cells out, so what counts is in how
    many lines it stands without a gap, then how many columns it makes, then how many lines agree.
    """
    lines = [line for line in re.split(r"[\r\n]+", _QUOTED.sub("", text)) if line.strip()]
    # A comma between digits is more often a decimal one; it parts cells only if nothing else does.
    loose = [_DECIMAL_COMMA.sub("", line) for line in lines]
    uses = {
        delimiter: _use(delimiter, loose if delimiter == "," else lines)
        for delimiter in _DELIMITERS
    }
    if not any(use.lines for use in uses.values()):
        return ","
    return max(
        uses,
        key=lambda delimiter: (
            uses[delimiter].lines - uses[delimiter].gaps,
            uses[delimiter].columns,
            uses[delimiter].agreeing,
        ),
    )


def _use(delimiter: str, lines: list[str]) -> _Use:
    counts = [line.count(delimiter) for line in lines]
    places = [place for place, count in enumerate(counts) if count]
    if not places:
        return _Use()
    [(columns, agreeing)] = Counter(filter(None, counts)).most_common(1)
    gaps = places[-1] - places[0] + 1 - len(places)
    return _Use(len(places), gaps, columns, agreeing)


def quotes_whole_lines(text: str) -> bool:
    """Whether every line is one quoted text that holds a whole record, as some programs write."""
    lines = [line for line in text.splitlines() if line.strip()]
    whole = [match[1] for line in lines if (match := _WHOLE_LINE.fullmatch(line))]
    if len(lines) < 2 or len(whole) < len(lines):
        return False
    return sum(any(mark in line for mark in _DELIMITERS) for line in whole) == len(whole)


def unquoted_line(line: str) -> str:
    """The record inside the quotes around a whole line; any other line unchanged."""
    match = _WHOLE_LINE.fullmatch(line)
    return match[1].replace('""', '"') + "\n" if match else line
