"""Text with separators (csv): its records turned into columns, read as a stream."""

import io
import re
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from ..errors import WorkbookRefused, too_many_columns, too_many_rows, too_wide
from ..writing import unguard
from .csv_dialect import (
    quotes_whole_lines,
    recognise_delimiter,
    recognise_encoding,
    unquoted_line,
)
from .grid import cells_of
from .wire import BookDraft, SheetDraft

SHEET_NAME = "CSV"
_SAMPLE = 256_000
_MOST_COUNTED = 65_535
_BATCH = 4096  # rows turned into columns at a time
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]+', re.I)
#: Excel's way to keep a number as text: ="0812".
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')


def first_lines(content: bytes) -> bytes:
    """The first lines of a long text; one of two bytes a character stays whole."""
    if len(content) <= _SAMPLE or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content
    end = content.rfind(b"\n", 0, _SAMPLE) + 1
    return content[:end] if end else content


def read_delimited(content: bytes, book: BookDraft) -> None:
    """Read a csv file into the one sheet it is, every cell as text, with what to tell about it."""
    encoding, name = recognise_encoding(content)
    if name:
        book.note(
            "encoding",
            f"Teks dibaca dengan pengodean {name}; periksa huruf khusus seperti é dan –.",
        )
    sample = content[:_SAMPLE].decode(encoding, "ignore")
    lines: Iterator[str] = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    if quotes_whole_lines(sample):
        lines = map(unquoted_line, lines)
        sample = "".join(map(unquoted_line, sample.splitlines(keepends=True)))
        book.note(
            "whole_line_quotes",
            "Setiap baris berkas diapit tanda kutip; isinya dibaca tanpa kutip itu.",
        )
    first = next(lines, "")
    if announced := _SEPARATOR_LINE.fullmatch(first):
        records = _records(lines, announced[1], 2)
    else:
        records = _records(chain([first], lines), recognise_delimiter(sample), 1)
    sheet = book.sheet(SHEET_NAME)
    sheet.delimited, sheet.convert = True, _plain_text
    _fill(sheet, records)
    zeros = _printed_zeros(sheet) if b" - " in content else 0
    if zeros:
        book.note(
            "accounting_zero",
            f"{zeros} sel « - » pada kolom angka dibaca 0, seperti dicetak format akuntansi.",
        )
    sheet.finish()


def _records(lines: Iterator[str], delimiter: str, line: int) -> Iterator[list[str]]:
    """Every record as a list of texts; a blank line is an empty record."""
    between = f'"{delimiter}"'
    for record in lines:
        used = 1
        if '"' not in record:
            yield record.rstrip("\r\n").split(delimiter)
        else:
            text = record.rstrip("\r\n")
            # Every quote stands at the edge of a cell: the line can be split at once.
            if text[0] == text[-1] == '"' and text.count('"') == 2 * text.count(between) + 2:
                yield text[1:-1].split(between)
            else:
                fields, used = _quoted_record(record, lines, delimiter, line)
                yield fields
        line += used


def _quoted_record(
    text: str, lines: Iterator[str], delimiter: str, line: int
) -> tuple[list[str], int]:
    """A record with quotes in it, which may go on over several lines, and how many it took."""
    fields, position, used = [], 0, 1
    while True:
        is_formula = text.startswith('="', position)
        if not is_formula and not text.startswith('"', position):
            end = text.find(delimiter, position)
            fields.append(text[position:end] if end >= 0 else text[position:].rstrip("\r\n"))
        else:
            opened = line + used - 1
            field, text, position, more = _quoted_field(
                text, lines, position + 1 + is_formula, opened
            )
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


def _fill(sheet: SheetDraft, records: Iterator[list[str]]) -> None:
    """Put the records into the columns of the sheet, without what is empty at the end."""
    book, field_counts = sheet.book, sheet.field_counts
    height = blanks = 0
    while batch := list(islice(records, _BATCH)):
        filled = len(batch)
        while filled and not any(batch[filled - 1]):
            filled -= 1
        if not filled:
            blanks += len(batch)
            continue
        if height + blanks + filled > book.max_rows:
            raise too_many_rows(book.max_rows)
        width = max(_width(row) for row in batch)
        if width > book.max_columns:
            raise too_many_columns(book.max_columns)
        if (height + blanks + filled) * max(width, len(sheet.columns)) > book.max_cells:
            raise too_wide(SHEET_NAME)
        height += blanks
        for index, cells in enumerate(zip_longest(*[row[:width] for row in batch[:filled]])):
            column = sheet.column(index)
            column.lengthen(height)
            column.codes.extend([column[cell] if cell else 0 for cell in cells])
        height += filled
        field_counts.extend([0] * (height - filled - len(field_counts)))
        field_counts.extend(min(len(row), _MOST_COUNTED) for row in batch[:filled])
        blanks = len(batch) - filled


#: What Excel's accounting formats print for 0, padded on both sides as nobody types it.
_PRINTED_ZEROS = frozenset({" - ", " -   ", " -  ", " -    "})
_PRINTED_NUMBER = re.compile(r" *(Rp)?[ .]*\(?[0-9][0-9.,]*\)? *")


def _printed_zeros(sheet: SheetDraft) -> int:
    """Write the zeros that a number format printed as 0, in columns of numbers; how many."""
    changed = 0
    for column in sheet.columns:
        cells = cells_of(column)
        places = [index for index, cell in enumerate(cells) if cell in _PRINTED_ZEROS]
        if not places:
            continue
        others = [c for c in cells if isinstance(c, str) and c.strip(" -")]
        numbers = sum(1 for cell in others if _PRINTED_NUMBER.fullmatch(cell))
        if 2 * numbers <= len(others):
            continue  # words, among which a dash says that nothing is known
        zero = column["0"]
        for index in places:
            column.place(index, zero)
        changed += len(places)
    return changed


def _plain_text(cell: str) -> str:
    """The text that a cell carries, without what guards it from being taken for something else."""
    cell = unguard(cell)
    while formula := _TEXT_FORMULA.fullmatch(cell):
        cell = formula[1].replace('""', '"')
    return cell


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
