"""Columns of cells: plain lists, or for very long lists pages that lie in a file.

The cells of a million rows would fill the memory of a small computer. Whatever reads them goes from
row to row, so one page of a column at a time is enough.
"""

import marshal
import pickle
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

#: Cells on one page; the pages of all columns are cut at the same rows.
PAGE = 8_192
#: Longer columns lie in a file; shorter ones are quicker to handle in memory.
LONG = 150_000


#: Where a page lies in its file: start, bytes, and whether it was written plainly.
Place = tuple[int, int, bool]


class PageFile:
    """The file of one table's pages: it has no name, only its owner can read it, and it ends with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as its columns live)
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, cells: list[Any], former: Place | None) -> Place:
        """Writes a page, over its former self where it fits; returns where it lies."""
        try:
            data, plain = marshal.dumps(cells), True  # four times faster; it knows no dates
        except ValueError:
            data, plain = pickle.dumps(cells, pickle.HIGHEST_PROTOCOL), False
        start = self._end
        if former and len(data) <= former[1]:
            start = former[0]
        else:
            self._end += len(data)
        self._file.seek(start)
        self._file.write(data)
        return start, len(data), plain

    def get(self, start: int, size: int, plain: bool) -> list[Any]:
        """The page that lies there."""
        self._file.seek(start)
        data = self._file.read(size)
        cells: list[Any] = marshal.loads(data) if plain else pickle.loads(data)
        return cells


class LongColumn(Sequence[Any]):
    """A column whose pages lie in a file; it opens blank and is used like a list.

    One page is at hand. To go from row to row costs little, to jump about costs a page each time.
    """

    __slots__ = ("_altered", "_file", "_length", "_number", "_page", "_places")

    def __init__(self, file: PageFile, length: int) -> None:
        self._file, self._length = file, length
        self._places: list[Place | None] = [None] * -(-length // PAGE)
        self._number, self._altered = -1, False
        self._page: list[Any] = []

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._between(*index.indices(self._length)[:2])
        number, place = divmod(index if index >= 0 else self._length + index, PAGE)
        if number != self._number:
            self._open(number)
        return self._page[place]

    def __setitem__(self, index: int | slice, value: Any) -> None:
        if isinstance(index, slice):
            self._write(index.indices(self._length)[0], list(value))
            return
        number, place = divmod(index, PAGE)
        if number != self._number:
            self._open(number)
        self._page[place] = value
        self._altered = True

    def _write(self, start: int, cells: list[Any]) -> None:
        done = 0
        while done < len(cells):
            number, place = divmod(start + done, PAGE)
            page = self._opened(number)
            part = cells[done : done + len(page) - place]
            page[place : place + len(part)] = part
            self._altered = True
            done += len(part)

    def __iter__(self) -> Iterator[Any]:
        for number in range(len(self._places)):
            yield from self._opened(number)

    def extend(self, cells: Iterable[Any]) -> None:
        """Adds cells at its end."""
        cells = list(cells)
        done = 0
        while done < len(cells):
            number, place = divmod(self._length, PAGE)
            if number == len(self._places):
                self._places.append(None)
            part = cells[done : done + PAGE - place]
            self._opened(number).extend(part)
            self._altered = True
            self._length += len(part)
            done += len(part)

    def count(self, value: object) -> int:
        """How many cells hold the value."""
        return sum(self._opened(number).count(value) for number in range(len(self._places)))

    def _between(self, start: int, stop: int) -> list[Any]:
        cells: list[Any] = []
        while start < stop:
            number, place = divmod(start, PAGE)
            part = self._opened(number)[place : place + stop - start]
            cells += part
            start += len(part)
        return cells

    def _opened(self, number: int) -> list[Any]:
        if number != self._number:
            self._open(number)
        return self._page

    def _open(self, number: int) -> None:
        if not 0 <= number < len(self._places):
            raise IndexError(number)
        if self._altered:
            former = self._places[self._number]
            self._places[self._number] = self._file.put(self._page, former)
        place = self._places[number]
        blank = min(PAGE, self._length - number * PAGE)
        self._page = self._file.get(*place) if place else [None] * blank
        self._number, self._altered = number, False


#: A column as it is made: a list, or pages in a file.
Column = list[Any] | LongColumn


class Columns:
    """Makes the columns of one table: lists, or where they are long, pages in one file."""

    def __init__(self) -> None:
        self._file: PageFile | None = None

    def blank(self, length: int) -> Column:
        """A column of empty cells."""
        if not is_long(length):
            return [None] * length
        return self._in_pages(length)

    def growing(self, expected: int) -> Column:
        """A column without cells that will have about so many."""
        return self._in_pages(0) if is_long(expected) else []

    def _in_pages(self, length: int) -> LongColumn:
        self._file = self._file or PageFile()
        return LongColumn(self._file, length)

    def of(self, cells: Iterable[Any], length: int) -> Column:
        """A column of these cells."""
        if not is_long(length):
            return list(cells)
        column, rest = self.blank(length), iter(cells)
        for start in range(0, length, PAGE):
            column[start : start + PAGE] = list(islice(rest, PAGE))
        return column


def is_long(length: int) -> bool:
    """Whether so many rows are more than should be held in memory at once."""
    return length > LONG


def page_length(length: int) -> int:
    """How many rows of a column of that length are at hand together: all where it is short."""
    return PAGE if is_long(length) else max(1, length)


def pages(length: int) -> list[range]:
    """The rows of a column page by page; those of a short one all at once."""
    step = page_length(length)
    return [range(start, min(start + step, length)) for start in range(0, length, step)]
