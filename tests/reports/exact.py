"""An independent check of what printed sums give away: exact, in fractions, without a solver."""

from fractions import Fraction


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
                factor, pairs = row[place], zip(row, rows[done], strict=True)
                rows[index] = [a - factor * b if b else a for a, b in pairs]
        pivots.append(place)
        done += 1
    return rows[:done], pivots


def derivable_few(sums, units):
    """The businesses, one or two together, whose figure follows exactly from the sums.

    ``sums`` are sets of units whose sum is printed. A sum over one or two units follows where
    their vector lies in the space of the printed ones. In a reduced echelon form only the rows
    that begin with those units can make it up, so that what stands behind the beginnings of the
    rows decides: nothing, the other unit alone, or the opposite of what stands behind the other.
    """
    units = sorted(units)
    rows, pivots = reduced([[unit in members for unit in units] for members in sums])
    beginnings = set(pivots)
    remainders = {
        pivot: frozenset((n, v) for n, v in enumerate(row) if v and n not in beginnings)
        for pivot, row in zip(pivots, rows, strict=True)
    }
    alike = {}
    for pivot, part in remainders.items():
        alike.setdefault(part, []).append(pivot)
    few = [(pivot,) for pivot in alike.get(frozenset(), [])]
    for pivot, part in remainders.items():
        opposite = alike.get(frozenset((n, -v) for n, v in part), [])
        few += [(pivot, other) for other in opposite if pivot < other]
        few += [(pivot, n) for n, v in part if len(part) == 1 and v == 1]
    return [{units[place] for place in places} for places in few]


class Witness:
    """Turns points that nearly fit the sums into amounts that fit them exactly.

    ``rows`` are the sums as sets of unknowns, ``truth`` the amounts of all unknowns. What fits
    exactly proves, whoever found it, that an attacker must allow for it.
    """

    def __init__(self, sums, truth):
        # The largest amounts follow from the others: they have room for what rounding moves.
        self.unknowns = sorted(truth, key=lambda one: (-truth[one], one))
        self.truth = [Fraction(truth[one]) for one in self.unknowns]
        rows, pivots = reduced([[one in members for one in self.unknowns] for members in sums])
        free = sorted(set(range(len(self.unknowns))) - set(pivots))
        self.free = free
        self.pivots = [
            (pivot, [(place, row[place]) for place in free if row[place]])
            for pivot, row in zip(pivots, rows, strict=True)
        ]

    def fitted(self, point):
        """Amounts that fit exactly, as near to ``point`` as the true ones allow; by unknown."""
        moved = [Fraction(0)] * len(self.unknowns)
        for place in self.free:
            moved[place] = round(point[self.unknowns[place]]) - self.truth[place]
        for pivot, parts in self.pivots:
            moved[pivot] = -sum(factor * moved[place] for place, factor in parts)
        limits = [
            amount / -step for amount, step in zip(self.truth, moved, strict=True) if step < 0
        ]
        part = min([Fraction(1), *limits])
        amounts = [amount + part * step for amount, step in zip(self.truth, moved, strict=True)]
        assert all(amount >= 0 for amount in amounts)
        return dict(zip(self.unknowns, amounts, strict=True))


class Polytope:
    """Everything an attacker must allow for: amounts, none negative, that add up to the sums.

    ``sums`` are pairs of a set of unknowns and its total. The simplex method in fractions, with
    Bland's rule: nothing is rounded and it always ends.
    """

    def __init__(self, unknowns, sums):
        self.unknowns = list(unknowns)
        matrix = [[int(one in members) for one in self.unknowns] + [t] for members, t in sums]
        rows, pivots = reduced(matrix)
        if len(self.unknowns) in pivots:
            raise ValueError("the sums contradict each other")
        self.rows, self.basis = rows, pivots
        self._make_feasible()

    def _pivot(self, row, place):
        pivot = self.rows[row][place]
        self.rows[row] = [value / pivot if value else value for value in self.rows[row]]
        lead = self.rows[row]
        for index, other in enumerate(self.rows):
            if index != row and (factor := other[place]):
                self.rows[index] = [
                    a - factor * b if b else a for a, b in zip(other, lead, strict=True)
                ]
        self.basis[row] = place

    def _make_feasible(self):
        """Phase one: one artificial unknown for every row whose amount would be negative."""
        count = len(self.unknowns)
        signs = [-1 if row[-1] < 0 else 1 for row in self.rows]
        helped = [index for index, sign in enumerate(signs) if sign < 0]
        for index, sign in enumerate(signs):
            artificial = [Fraction(int(index == other)) for other in helped]
            *row, amount = self.rows[index]
            self.rows[index] = [*(sign * value for value in row), *artificial, sign * amount]
        for place, index in enumerate(helped):
            self.basis[index] = count + place
        if helped:
            costs = [Fraction(0)] * count + [Fraction(1)] * len(helped)
            if self._least(costs) != 0:
                raise ValueError("no amounts fit the sums")
            for index, place in enumerate(self.basis):
                if place >= count:
                    self._pivot(index, next(n for n in range(count) if self.rows[index][n]))
        self.rows = [[*row[:count], row[-1]] for row in self.rows]

    def _least(self, costs):
        """The least cost from the basis at hand; None where it has no end."""
        while True:
            gains = list(costs)
            for index, place in enumerate(self.basis):
                if costs[place]:
                    row = self.rows[index]
                    gains = [
                        g - costs[place] * v if v else g
                        for g, v in zip(gains, row[:-1], strict=True)
                    ]
            entering = next((n for n, gain in enumerate(gains) if gain < 0), None)
            if entering is None:
                return sum(costs[place] * self.rows[i][-1] for i, place in enumerate(self.basis))
            limits = [
                (row[-1] / row[entering], self.basis[index], index)
                for index, row in enumerate(self.rows)
                if row[entering] > 0
            ]
            if not limits:
                return None
            self._pivot(min(limits)[2], entering)

    def bounds(self, members):
        """The least and the most that these unknowns can be together; None for no end."""
        costs = [Fraction(int(one in members)) for one in self.unknowns]
        least = self._least(costs)
        most = self._least([-cost for cost in costs])
        return least, None if most is None else -most
