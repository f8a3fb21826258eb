"""Text with separators (csv): the encoding, the separator and the rows, read as a stream."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from ..errors import WorkbookRefused, too_many_columns, too_many_rows, too_wide
from ..model import Sheet, WorkbookNote
from ..paged_columns import Columns
from ..writing import unguard

SHEET_NAME = "CSV"
_DELIMITERS = ";\t,"  # the first wins where the text allows several
_SAMPLE = 256_000
_BATCH = 4096  # rows turned into columns at a time
_REMEMBERED = 200_000  # texts that are kept once however often they occur
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]+', re.I)
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", None),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def read_delimited(content: bytes, limits) -> tuple[Sheet, list[WorkbookNote]]:
    """The one sheet of a csv file, every cell as text, and what to tell about it."""
    encoding, name = recognise_encoding(content)
    notes = []
    if name:
        notes.append(
            WorkbookNote(
                "encoding",
                f"Teks dibaca dengan pengodean {name}; periksa huruf khusus seperti é dan –.",
            )
        )
    lines = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    first = next(lines, "")
    if announced := _SEPARATOR_LINE.fullmatch(first):
        records = _records(lines, announced[1], 2)
    else:
        delimiter = recognise_delimiter(content[:_SAMPLE].decode(encoding, "ignore"))
        records = _records(chain([first], lines), delimiter, 1)
    columns = _columns(records, limits, expected=content.count(b"\n"))
    return Sheet(SHEET_NAME, columns, delimited=True), notes


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


def recognise_delimiter(text: str) -> str:
    """The separator that most lines use equally often; titles above the heading have fewer."""
    lines = [line for line in re.split(r"[\r\n]+", _QUOTED.sub("", text)) if line.strip()]
    best, agreeing = ",", 0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        most = max(counts.values(), default=0)
        if most > agreeing:
            best, agreeing = delimiter, most
    return best


def _records(lines: Iterator[str], delimiter: str, line: int) -> Iterator[list[str]]:
    """Every record as a list of texts; a blank line is an empty record."""
    between = f'"{delimiter}"'
    for found in lines:
        used = 1
        if '"' not in found:
            yield found.rstrip("\r\n").split(delimiter)
        else:
            text = found.rstrip("\r\n")
            # Every quote stands at the edge of a cell: the line can be split at once.
            if text[0] == text[-1] == '"' and text.count('"') == 2 * text.count(between) + 2:
                yield text[1:-1].split(between)
            else:
                fields, used = _quoted_record(found, lines, delimiter, line)
                yield fields
        line += used


def _quoted_record(
    text: str, lines: Iterator[str], delimiter: str, line: int
) -> tuple[list[str], int]:
    """A record with quotes in it, which may go on over several lines, and how many it took."""
    fields, position, used = [], 0, 1
    while True:
        if not text.startswith('"', position):
            end = text.find(delimiter, position)
            fields.append(text[position:end] if end >= 0 else text[position:].rstrip("\r\n"))
        else:
            opened = line + used - 1
            field, text, position, more = _quoted_field(text, lines, position + 1, opened)
            fields.append(field)
            used += more
            end = text.find(delimiter, position)
            rest = text[position:end] if end >= 0 else text[position:]
            # Anything after the closing quote means that it closed some other cell's quote.
            if rest.strip(" \r\n"):
                raise _unclosed(opened)
        if end < 0:
            return fields, used
        position = end + 1


def _quoted_field(
    text: str, lines: Iterator[str], position: int, opened: int
) -> tuple[str, str, int, int]:
    """A quoted cell, the line it ends in, the place behind it, and the lines it took on the way."""
    pieces, more = [], 0
    while True:
        end = text.find('"', position)
        if end < 0:
            pieces.append(text[position:])
            text, position = next(lines, ""), 0
            if not text:
                raise _unclosed(opened)
            more += 1
            continue
        pieces.append(text[position:end])
        position = end + 1
        if not text.startswith('"', position):
            return "".join(pieces), text, position, more
        pieces.append('"')
        position += 1


def _columns(records: Iterator[list[str]], limits, expected: int) -> list[Sequence[str | None]]:
    """The records turned into columns, without what is empty at the end."""
    columns, made = [], Columns()
    known: dict[str, str] = {}
    height = blanks = 0
    while batch := list(islice(records, _BATCH)):
        filled = len(batch)
        while filled and not any(batch[filled - 1]):
            filled -= 1
        if not filled:
            blanks += len(batch)
            continue
        if height + blanks + filled > limits.max_rows:
            raise too_many_rows(limits.max_rows)
        width = max(_width(row) for row in batch)
        if width > limits.max_columns:
            raise too_many_columns(limits.max_columns)
        if (height + blanks + filled) * max(width, len(columns)) > limits.max_cells:
            raise too_wide(SHEET_NAME)
        for _ in range(width - len(columns)):
            columns.append(made.growing(expected))
            columns[-1].extend([None] * height)
        turned = zip_longest(*[row[:width] for row in batch[:filled]])
        for column, cells in zip_longest(columns, turned, fillvalue=(None,) * filled):
            column.extend([None] * blanks)
            column.extend(known.setdefault(cell, unguard(cell)) if cell else None for cell in cells)
        height += blanks + filled
        blanks = len(batch) - filled
        if len(known) > _REMEMBERED:
            known.clear()
    return columns


def _width(row: list[str]) -> int:
    """How many cells a row has up to its last filled one."""
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _unclosed(line: int) -> WorkbookRefused:
    return WorkbookRefused(
        "unclosed_quote",
        f"Tanda kutip yang dibuka pada baris {line} tidak ditutup dengan benar. "
        "Perbaiki baris itu atau simpan ulang dari Excel, lalu unggah lagi.",
    )
