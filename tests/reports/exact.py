"""An independent check of what printed sums give away: exact, in fractions, without a solver."""

from fractions import Fraction
from itertools import combinations


def reduced(rows):
    """The reduced row echelon form of rows of zeros and ones, with the places of its pivots."""
    rows = [[Fraction(value) for value in row] for row in dict.fromkeys(map(tuple, rows))]
    pivots, done = [], 0
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(done, len(rows)) if rows[i][place]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][place]
        rows[done] = [value / lead for value in rows[done]]
        for index, row in enumerate(rows):
            if index != done and row[place]:
                factor = row[place]
                rows[index] = [a - factor * b for a, b in zip(row, rows[done], strict=True)]
        pivots.append(place)
        done += 1
    return rows[:done], pivots


def derivable_few(sums, units):
    """The businesses, one or two together, whose figure follows exactly from the sums.

    ``sums`` are sets of units whose sum is printed. A sum over one or two units follows where
    their vector lies in the space of the printed ones.
    """
    units = sorted(units)
    rows, pivots = reduced([[unit in members for unit in units] for members in sums])
    by_pivot = dict(zip(pivots, rows, strict=True))
    few = [(place,) for place in pivots]
    few += [(a, b) for a, b in combinations(range(len(units)), 2) if a in by_pivot or b in by_pivot]
    return [
        {units[place] for place in places}
        for places in few
        if combined(by_pivot, places) == [int(n in places) for n in range(len(units))]
    ]


def combined(by_pivot, places):
    """What the rows of these pivots add up to."""
    chosen = [by_pivot[place] for place in places if place in by_pivot]
    return [sum(column) for column in zip(*chosen, strict=True)]
