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

#: Cells on one page; the pages of all columns are cut at the same rows.
PAGE = 8_192
#: Longer columns lie in a file; shorter ones are quicker to handle in memory.
LONG = 150_000


class PageFile:
    """The file of one table's pages: it has no name, only its owner can read it, and it ends with it."""

    def __init__(self):
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as its columns live)
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, cells: list, former: tuple[int, int, bool] | None) -> tuple[int, int, bool]:
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

    def get(self, start: int, size: int, plain: bool) -> list:
        """The page that lies there."""
        self._file.seek(start)
        data = self._file.read(size)
        return marshal.loads(data) if plain else pickle.loads(data)


class LongColumn(Sequence):
    """A column whose pages lie on a shelf; it opens blank and is used like a list.

    One page is at hand. To go from row to row costs little, to jump about costs a page each time.
    """

    __slots__ = ("_altered", "_length", "_number", "_page", "_places", "_shelf")

    def __init__(self, shelf: PageFile, length: int):
        self._shelf, self._length = shelf, length
        self._places = [None] * -(-length // PAGE)
        self._number, self._page, self._altered = -1, [], False

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index):
        if index.__class__ is slice:
            return self._between(*index.indices(self._length)[:2])
        number, place = divmod(index if index >= 0 else self._length + index, PAGE)
        if number != self._number:
            self._open(number)
        return self._page[place]

    def __setitem__(self, index, value):
        if index.__class__ is slice:
            self._write(index.indices(self._length)[0], list(value))
            return
        number, place = divmod(index, PAGE)
        if number != self._number:
            self._open(number)
        self._page[place] = value
        self._altered = True

    def _write(self, start, cells):
        done = 0
        while done < len(cells):
            number, place = divmod(start + done, PAGE)
            page = self._opened(number)
            part = cells[done : done + len(page) - place]
            page[place : place + len(part)] = part
            self._altered = True
            done += len(part)

    def __iter__(self) -> Iterator:
        for number in range(len(self._places)):
            yield from self._opened(number)

    def extend(self, cells: Iterable) -> None:
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

    def count(self, value) -> int:
        """How many cells hold the value."""
        return sum(self._opened(number).count(value) for number in range(len(self._places)))

    def _between(self, start, stop):
        cells = []
        while start < stop:
            number, place = divmod(start, PAGE)
            found = self._opened(number)[place : place + stop - start]
            cells += found
            start += len(found)
        return cells

    def _opened(self, number):
        if number != self._number:
            self._open(number)
        return self._page

    def _open(self, number):
        if not 0 <= number < len(self._places):
            raise IndexError(number)
        if self._altered:
            former = self._places[self._number]
            self._places[self._number] = self._shelf.put(self._page, former)
        place = self._places[number]
        blank = min(PAGE, self._length - number * PAGE)
        self._page = self._shelf.get(*place) if place else [None] * blank
        self._number, self._altered = number, False


class Columns:
    """Makes the columns of one table: lists, or where they are long, pages on one shelf."""

    def __init__(self):
        self._shelf = None

    def blank(self, length: int) -> list | LongColumn:
        """A column of empty cells."""
        if not is_long(length):
            return [None] * length
        return self._in_pages(length)

    def growing(self, expected: int) -> list | LongColumn:
        """A column without cells that will have about so many."""
        return self._in_pages(0) if is_long(expected) else []

    def _in_pages(self, length):
        self._shelf = self._shelf or PageFile()
        return LongColumn(self._shelf, length)

    def of(self, cells: Iterable, length: int) -> list | LongColumn:
        """A column of these cells."""
        if not is_long(length):
            return list(cells)
        column, cells = self.blank(length), iter(cells)
        for start in range(0, length, PAGE):
            column[start : start + PAGE] = list(islice(cells, PAGE))
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
