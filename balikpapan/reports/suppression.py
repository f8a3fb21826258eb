"""A table for the public: what the audit says must be hidden is not told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .disclosure import FEWEST, Contribution, Publication, choose
from .disclosure.model import Variable
from .tables import ACROSS, ReportTable, Row

HIDDEN = "disamarkan"
NOTE = (
    f"Tanda «{HIDDEN}»: angka tentang kurang dari {FEWEST} IKM atau hampir seluruhnya milik satu "
    "IKM, atau angka yang dapat dipakai menghitungnya."
)
#: A printed figure: which figure it is, and of which set of businesses it is the sum.
Printed = tuple[str, str]


class Mismatch(Exception):
    """A printed figure is not the sum of the contributions it is said to be made of."""


def suppressed(table: ReportTable, hidden: frozenset[Printed]) -> ReportTable:
    """The table as it may leave the office, without links into the registers."""
    hides = any(cell in hidden for row in lines_of(table) for cell in cells_of(row).values())
    rows = [without(table, row, hidden) for row in table.all_rows]
    total = table.total_row
    return replace(
        table,
        rows=rows,
        totals=without(table, total, hidden) if total else False,
        total_links={},
        notes=[*table.notes, NOTE] if hides else table.notes,
    )


def without(table: ReportTable, row: Row, hidden: frozenset[Printed]) -> Row:
    """The row with a word in place of every hidden figure."""
    keys = {key for key, cell in cells_of(row).items() if cell in hidden}
    columns = [ACROSS] if row.kind == "section" else table.columns
    values = [
        HIDDEN if column.key in keys else value
        for column, value in zip(columns, row.values, strict=True)
    ]
    return replace(row, values=values, links={})


def cells_of(row: Row) -> dict[str, Printed]:
    """The figures about businesses a row prints, by their column."""
    return {key: row.cells.get(key, (key, row.key)) for key in row.contributors}


def lines_of(table: ReportTable) -> list[Row]:
    """The rows of a table, Jumlah among them."""
    return [*table.all_rows, *([table.total_row] if table.total_row else [])]


def printed_in(tables: Iterable[ReportTable]) -> frozenset[Printed]:
    """Everything the tables say about the figures of businesses."""
    return frozenset(
        cell for table in tables for row in lines_of(table) for cell in cells_of(row).values()
    )


def shown_in(tables: Iterable[ReportTable]) -> frozenset[Printed]:
    """What suppressed tables still tell about the figures of businesses."""
    return frozenset(
        cell
        for table in tables
        for row in lines_of(table)
        for key, cell in cells_of(row).items()
        if table.value(row, key) != HIDDEN
    )


def checked(tables: Iterable[ReportTable], contributions: Sequence[Contribution]) -> Publication:
    """The publication of these tables; Mismatch where a sum is not made of its contributions.

    What is worked out from several figures, as a difference from a published one, is hidden with
    its figure; only sums are checked.
    """
    tables = list(tables)
    publication = Publication(contributions, printed_in(tables))
    members: dict[str, dict[str, frozenset[Variable]]] = {}
    for table in tables:
        for row in lines_of(table):
            for key, (figure, name) in cells_of(row).items():
                if figure not in members:
                    members[figure] = publication.members(figure)
                reported = members[figure].get(name, frozenset())
                amount = sum(amount for _, amount in reported) if reported else None
                count = row.contributors[key]
                if len(reported) != count or (
                    key not in row.cells and table.value(row, key) != amount
                ):
                    raise Mismatch(f"{table.key}, {name}, {figure}")
    return publication


# Editions stored before contributions were kept with them


def hidden_by_counts(table: ReportTable) -> ReportTable:
    """A table of which only is known how many businesses each figure is about.

    Their amounts are taken to be alike, so that whether one of them makes nearly all of a sum
    cannot be told.
    """
    named = [replace(row, key=f"baris-{place}") for place, row in enumerate(lines_of(table))]
    rows, total = named[: len(table.all_rows)], named[len(table.all_rows) :]
    table = replace(table, rows=rows, totals=total[0] if total else False)
    keys = {key for row in named for key in row.contributors}
    hidden: frozenset[Printed] = frozenset()
    for key in sorted(keys):
        publication = Publication(list(alike(table, key)), printed_in([table]))
        hidden |= choose(publication, [key]).hidden
    return suppressed(table, hidden)


def alike(table: ReportTable, key: str) -> Iterator[Contribution]:
    """As many contributions as there are businesses in each row, all of one amount."""
    lines = lines_of(table)
    sums = sums_of(lines)
    for place, row in enumerate(lines):
        count = row.contributors.get(key, 0)
        if row.kind != "row" or not count:
            continue
        sets = {f"baris-{place}"}
        for _ in range(len(sums)):
            sets |= {
                f"baris-{whole}"
                for whole, parts in sums
                if whole is not None and any(f"baris-{part}" in sets for part in parts)
            }
        for number in range(count):
            amount = int(table.value(row, key)) // count
            yield Contribution(f"{place}.{number}", frozenset(sets), {key: amount})


def sums_of(lines: Sequence[Row]) -> list[tuple[int | None, list[int]]]:
    """Every printed sum with its parts: rows under their subtotal, the groups under Jumlah."""
    sums: list[tuple[int | None, list[int]]] = []
    parts: list[int] = []
    groups: list[int] = []
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
