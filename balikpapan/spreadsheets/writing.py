"""Values on their way out: every cell of every export passes ``as_cell``.

Text is never a formula. In a workbook a text that looks like one is typed and quoted (Excel's own
``quotePrefix``), so it stays whole. A csv has no types: there such a text, and one that begins
with an apostrophe, gets one apostrophe in front (``guard``), and our reader takes exactly that one
away again (``unguard``).
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from .addresses import cell_address, column_letter
from .workbook_parts import MAIN, STYLES, XML_DECLARATION, surrounding_parts

LONGEST_TEXT = 32_767  # Excel's limit for one cell
MOST_ROWS = 1_048_576  # and for one sheet

#: The office's clock, UTC+8 the whole year; a fixed offset needs no zone data on Windows.
WITA = datetime.timezone(datetime.timedelta(hours=8), "WITA")

_EXACT_WHOLE = 2**53  # beyond it a spreadsheet's number loses units
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Spreadsheets skip spaces and invisible marks before the sign, and know its full-width twins.
_LIVE = re.compile(
    "[\t\r\n]|[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[-=+@\u2212＝＋－＠]"
)

#: One row of values on their way out.
Row = Sequence[Any]
WrittenCell = str | int | float | datetime.date | datetime.datetime | None


def as_cell(value: object) -> WrittenCell:
    """The value a spreadsheet may hold: typed, finite, exact, free of unwritable characters."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int):
        return _as_whole(int(value))
    if isinstance(value, float | Decimal):
        return _as_number(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(WITA).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, datetime.date):
        return value
    return _UNWRITABLE.sub("\ufffd", str(value)) or None


def _as_whole(value: int) -> int | str:
    return value if abs(value) <= _EXACT_WHOLE else str(value)


def _as_number(value: float | Decimal) -> int | float | str:
    if not isfinite(value):
        raise ValueError(f"{value} is not a number an office can export")
    if value == int(value):
        return _as_whole(int(value))
    # A number that its nearest float cannot give back keeps all its digits as text.
    number = float(value)
    return number if Decimal(repr(number)) == Decimal(str(value)) else str(value).replace(".", ",")


def is_live(text: str) -> bool:
    """Whether a spreadsheet program might take this text for a formula."""
    return _LIVE.match(text) is not None


def guard(text: str) -> str:
    """The text as a csv may carry it: an apostrophe before what could come alive."""
    return f"'{text}" if text.startswith("'") or is_live(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given; any other text unchanged."""
    return text[1:] if text.startswith("'") and guard(text[1:]) == text else text


def as_csv(value: object) -> str:
    """The value as text for a csv: dates ISO, decimals with a comma, live text guarded."""
    cell = as_cell(value)
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = format(Decimal(repr(cell)), "f")
    whole, _, fraction = text.partition(".")
    # "0,125" could be a thousand to an English reader; "0,1250" could not.
    return f"{whole},{fraction:0<4}" if len(fraction) == 3 else text.replace(".", ",")


def write_csv(stream: BinaryIO, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """A register as csv the way Indonesian Excel opens it: UTF-8 with BOM, semicolons."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([as_csv(value) for value in row] for row in chain([headings], rows))
    text.detach()


def write_rows(
    stream: BinaryIO,
    headings: Sequence[str],
    rows: Iterable[Row],
    *,
    kinds: Sequence[str] = (),
    text_columns: Collection[int] = (),
    sheet_name: str = "Data",
) -> None:
    """A register as a plain workbook: one heading row, typed cells, constant memory.

    ``kinds`` names a kind of ``NUMBER_FORMATS`` per column; ``text_columns`` are indexes of
    columns that hold text whatever it looks like (ids, phones). The sheet's XML is written
    column by column in blocks, many times faster than cell by cell, and straight into the
    stream: no temporary file ever holds personal data.
    """
    kinds = [
        "text" if index in text_columns else (kinds[index] if index < len(kinds) else "general")
        for index in range(len(headings))
    ]
    rows = iter(rows)
    names: list[str] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        ahead: list[Row] = []
        while ahead or not names:
            names.append(sheet_name if not names else f"{sheet_name} {len(names) + 1}")
            with archive.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w") as part:
                of_this_sheet = islice(chain(ahead, rows), MOST_ROWS - 1)
                for piece in _sheet_xml(headings, of_this_sheet, kinds):
                    part.write(piece.encode())
            ahead = list(islice(rows, 1))
        for path, text in surrounding_parts(names):
            archive.writestr(_entry(path), text.encode())


def write_sheets(stream: BinaryIO, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Several sheets of plain values by name, every cell typed by what it holds."""
    names: list[str] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, rows in sheets:
            names.append(name)
            with archive.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w") as part:
                part.write(f'{XML_DECLARATION}<worksheet xmlns="{MAIN}">'.encode())
                part.write(
                    b'<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>'
                )
                for number, row in enumerate(rows, 1):
                    part.write(_row_xml(number, row).encode())
                part.write(b"</sheetData></worksheet>")
        for path, text in surrounding_parts(names):
            archive.writestr(_entry(path), text.encode())


def _row_xml(number: int, row: Row) -> str:
    cells = [
        _cell_xml(
            cell_address(number - 1, index), value, "text" if type(value) is str else "general"
        )
        for index, value in enumerate(row)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


_BLOCK = 1_000
_EPOCH = datetime.datetime(1899, 12, 30)


def _entry(path: str) -> zipfile.ZipInfo:
    """An archive entry without the hour, so that the same data gives the same bytes."""
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet_xml(headings: Sequence[str], rows: Iterator[Row], kinds: list[str]) -> Iterator[str]:
    letters = [column_letter(index) for index in range(len(headings))]
    block = list(islice(rows, _BLOCK))
    yield f'{XML_DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews><cols>"
    for number, width in enumerate(_widths(headings, block), 1):
        style = STYLES.index(kinds[number - 1])
        yield f'<col min="{number}" max="{number}" width="{width}" style="{style}" customWidth="1"/>'
    yield '</cols><sheetData><row r="1">'
    yield from (
        _cell_xml(f"{letter}1", name, "heading")
        for letter, name in zip(letters, headings, strict=True)
    )
    done = 1
    while block:
        numbers = range(done + 1, done + 1 + len(block))
        columns = [
            _column_xml(letter, numbers, values, kind)
            for letter, values, kind in zip(letters, zip(*block, strict=True), kinds, strict=True)
        ]
        openings = [f'</row><row r="{number}">' for number in numbers]
        yield "".join(map("".join, zip(openings, *columns, strict=True)))
        done += len(block)
        block = list(islice(rows, _BLOCK))
    yield f'</row></sheetData><autoFilter ref="A1:{letters[-1]}{done}"/></worksheet>'


def _widths(headings: Sequence[str], block: list[Row]) -> list[int]:
    texts = zip(headings, *[map(str, row) for row in block[:100]], strict=True)
    return [min(max(max(map(len, column)) + 2, 6), 50) for column in texts]


def _column_xml(letter: str, numbers: range, values: tuple[Any, ...], kind: str) -> list[str]:
    """The cells of one column of a block, "" for each blank.

    A column whose values are all of one simple type is written in one stroke, many times faster
    than cell by cell; what that stroke cannot hold exactly is looked at one by one.
    """
    types = frozenset(map(type, values)) - {type(None)}
    write = _STROKES.get(types)
    if write and (kind != "text" or types <= {str}):
        cells = write(letter, numbers, values, kind)
        if cells is not None:
            return cells
    return [
        _cell_xml(f"{letter}{number}", value, kind)
        for number, value in zip(numbers, values, strict=True)
    ]


def _blanks(letter: str, numbers: range, values: tuple[Any, ...], kind: str) -> list[str]:
    return [""] * len(values)


def _wholes(letter: str, numbers: range, values: tuple[Any, ...], kind: str) -> list[str] | None:
    """Cells of ints; None where one is beyond what a spreadsheet's number holds exactly."""
    filled = [value for value in values if value is not None]
    if min(filled) < -_EXACT_WHOLE or max(filled) > _EXACT_WHOLE:
        return None
    return _number_cells(letter, numbers, values, kind)


def _decimals(letter: str, numbers: range, values: tuple[Any, ...], kind: str) -> list[str] | None:
    """Cells of decimals; None where a float could not give all their digits back."""
    texts = ["" if value is None else str(value) for value in values]
    joined = "".join(texts)
    # So few places are exact in a float; 1E+3 and NaN are looked at one by one.
    if max(map(len, texts)) > 15 or "E" in joined or "N" in joined:
        return None
    return _number_cells(letter, numbers, [text or None for text in texts], kind)


def _number_cells(letter: str, numbers: range, values: Iterable[Any], kind: str) -> list[str]:
    style = STYLES.index(kind)
    return [
        "" if value is None else f'<c r="{letter}{number}" s="{style}"><v>{value}</v></c>'
        for number, value in zip(numbers, values, strict=True)
    ]


def _texts(letter: str, numbers: range, values: tuple[Any, ...], kind: str) -> list[str]:
    """Cells of texts, the plain ones without a closer look."""
    opening = f'" s="{STYLES.index(kind)}" t="inlineStr"><is><t>'
    all_plain = _plain(list(filter(None, values)))
    return [
        ""
        if not value
        else f'<c r="{letter}{number}{opening}{value}</t></is></c>'
        if all_plain or _plain([value])
        else _cell_xml(f"{letter}{number}", value, kind)
        for number, value in zip(numbers, values, strict=True)
    ]


#: How a column is written whose values, the blanks apart, are all of these types.
_STROKES: dict[frozenset[type], Callable[..., list[str] | None]] = {
    frozenset(): _blanks,
    frozenset({int}): _wholes,
    frozenset({Decimal}): _decimals,
    frozenset({str}): _texts,
}


def _plain(texts: list[str]) -> bool:
    """Whether all these texts may stand in XML as they are and none could come alive."""
    if not texts:
        return True
    firsts, lasts, whole = {t[0] for t in texts}, {t[-1] for t in texts}, "".join(texts)
    return (
        whole.isprintable()
        and not any(mark in whole for mark in "&<>_")
        and "".join(firsts).isalnum()
        and " " not in lasts
        and max(map(len, texts)) <= LONGEST_TEXT
    )


def _cell_xml(place: str, value: object, kind: str) -> str:
    cell = as_cell(str(value) if kind == "text" and value is not None else value)
    if cell is None:
        return ""
    if isinstance(cell, str):
        cell = fitting(cell)
        style = STYLES.index("quoted" if is_live(cell) and kind != "heading" else kind)
        return f'<c r="{place}" s="{style}" t="inlineStr">{inline_text(cell)}</c>'
    if isinstance(cell, datetime.datetime):
        kind, cell = "datetime", (cell - _EPOCH) / datetime.timedelta(days=1)
    elif isinstance(cell, datetime.date):
        kind, cell = "date", cell.toordinal() - _EPOCH.toordinal()
    return f'<c r="{place}" s="{STYLES.index(kind)}"><v>{cell!r}</v></c>'


def inline_text(text: str) -> str:
    """The text as the XML of a sheet carries it inside a cell, its spaces and marks as they are."""
    written = escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)).replace("\r", "_x000D_")
    return f'<is><t xml:space="preserve">{written}</t></is>'


def fitting(text: str) -> str:
    """The text as far as one cell can hold it, visibly cut where it cannot."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
