"""A table for the public: money about fewer than three businesses is not told.

A hidden figure must not be found by subtracting its neighbours from a printed sum: so further
figures of the same sum are hidden until what is hidden together is about enough businesses.
"""

from collections.abc import Sequence
from dataclasses import replace

from .tables import ACROSS, ReportTable, Row

FEWEST = 3
HIDDEN = "disamarkan"
NOTE = (
    f"Tanda «{HIDDEN}»: angka uang tentang kurang dari {FEWEST} IKM, atau angka yang dapat dipakai "
    "menghitungnya dari jumlah."
)


def suppressed(table: ReportTable) -> ReportTable:
    """The table as it may leave the office; unchanged where it tells nothing about a few."""
    total = table.total_row
    lines = [*table.rows, *([total] if total else [])]
    hidden = {
        (place, column)
        for column in {key for row in lines for key in row.contributors}
        for place in hidden_places(lines, column)
    }
    shown = [
        replace(
            row,
            values=tuple(
                HIDDEN if (place, column.key) in hidden else value
                for column, value in zip(
                    table.columns if row.kind != "section" else [ACROSS], row.values, strict=True
                )
            ),
            links={},
        )
        for place, row in enumerate(lines)
    ]
    return replace(
        table,
        rows=shown[: len(table.rows)],
        totals=shown[-1] if total else False,
        notes=[*table.notes, NOTE] if hidden else table.notes,
    )


def hidden_places(lines: Sequence[Row], column: str) -> set[int]:
    """Which lines do not tell their figure of this column."""
    hidden = {
        place for place, row in enumerate(lines) if 0 < row.contributors.get(column, 0) < FEWEST
    }
    sums = sums_of(lines)
    while True:
        before = len(hidden)
        for total, parts in sums:
            protect(lines, column, total, parts, hidden)
        if len(hidden) == before:
            return hidden


def protect(
    lines: Sequence[Row], column: str, total: int | None, parts: Sequence[int], hidden: set[int]
) -> None:
    """Hides more of the parts until no hidden figure can be worked out from the sum."""
    known = [place for place in parts if lines[place].contributors.get(column, 0)]
    concealed = [place for place in known if place in hidden]
    if total in hidden:
        if concealed or not known:
            return  # the sum and a part of it are both unknown
    elif not concealed:
        return
    fewest_first = sorted(
        (place for place in known if place not in hidden),
        key=lambda place: (lines[place].contributors[column], place),
    )
    businesses = sum(lines[place].contributors[column] for place in concealed)
    enough = 1 if total in hidden else 2
    while fewest_first and (len(concealed) < enough or businesses < FEWEST):
        place = fewest_first.pop(0)
        hidden.add(place)
        concealed.append(place)
        businesses += lines[place].contributors[column]


def sums_of(lines: Sequence[Row]) -> list[tuple[int | None, list[int]]]:
    """Every printed sum with its parts: rows under their subtotal, the groups under Jumlah."""
    sums, parts, groups = [], [], []
    for place, row in enumerate(lines):
        if row.kind == "section":
            groups += parts
            parts = []
        elif row.kind == "subtotal":
            sums.append((place, parts))
            groups.append(place)
            parts = []
        elif row.kind == "total":
            sums.append((place, groups + parts))
            groups, parts = [], []
        else:
            parts.append(place)
    return sums
