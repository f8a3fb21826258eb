"""Several columns of one table that claim the same field: which gives way, and what is asked."""

from collections.abc import Iterator

from balikpapan.spreadsheets.cells import is_blank
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..answers import Question, QuestionKey
from ..resources import SheetResource
from .periods import YEAR
from .sheet_layout import Layout


def resolve_doubles(table: SheetTable) -> None:
    """A heading with several meanings gives way where another column means just that.

    Of several that could all mean something else the one with the fewest meanings keeps the
    field; a heading whose last other meaning is "" may be left unread, and is listed then.
    """
    while crowded := _crowded(table):
        for column in crowded:
            column.field, column.others = column.others[0] or None, column.others[1:]
    for columns in _claims(table).values():
        yearly = [c for c in columns if c.period in (None, YEAR) and _has_content(table, c)]
        if len(columns) > len(yearly) == 1:  # the amount of a month is in that of its year
            for column in columns:
                if column is not yearly[0] and column.period not in (None, YEAR):
                    column.field, column.left_out = None, True
    for column in table.columns:  # a near spelling gives way to an exact one
        if column.fuzzy and any(
            other is not column and other.field == column.field and not other.fuzzy
            for other in table.columns
        ):
            column.field, column.fuzzy = None, False


def _has_content(table: SheetTable, column: TableColumn) -> bool:
    cells = table.sheet.columns[column.index]
    return any(not is_blank(cell) for cell in cells[table.first_row : table.last_row + 1])


def _claims(table: SheetTable) -> dict[tuple[str, str], list[TableColumn]]:
    """Field and member of a wide heading -> the columns taken for it."""
    claims: dict[tuple[str, str], list[TableColumn]] = {}
    for column in table.columns:
        if column.field:
            claims.setdefault((column.field, column.member), []).append(column)
    return claims


def _crowded(table: SheetTable) -> list[TableColumn]:
    """The columns that share a field with another one and may mean something else."""
    return [
        column
        for columns in _claims(table).values()
        for column in sorted(columns, key=lambda c: len(c.others))[1:]
        if column.others
    ]


def question_doubles(layout: Layout, resource: SheetResource) -> Iterator[Question]:
    """Columns that mean one and the same thing: only the user knows which of them counts."""
    columns_by_name = resource.columns()
    for table in layout.tables:
        for (name, _), columns in _claims(table).items():
            if len(columns) > 1 and len({column.year for column in columns}) < len(columns):
                named = " dan ".join(f"{c.letter} «{c.heading}»" for c in columns)
                yield Question(
                    QuestionKey.COLUMNS,
                    f"Lembar «{table.sheet.name}»: kolom {named} sama-sama berarti "
                    f"«{columns_by_name[name].column_name}». Pilih satu.",
                    [c.letter for c in columns],
                    f"{columns[0].letter}={name}",
                    columns=tuple(c.letter for c in columns),
                )
