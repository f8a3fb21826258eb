"""Which attributes of a record the cells of an upload, and the rules behind them, fill."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..declarations import SheetColumn
from ..reading.sheet_rows import SheetRows


class TargetColumn(NamedTuple):
    """The values for one attribute: a sheet column, fallbacks that only fill blanks, or both."""

    name: str
    values: Sequence[Any] | None
    fallback: Sequence[Any] | None


def target_columns(
    rows: SheetRows, columns: dict[str, SheetColumn], model: Any, *, child: bool
) -> dict[str, TargetColumn]:
    """attribute -> the columns that fill it, of the main or the child record."""
    targets = {}
    for name, column in columns.items():
        if column.child is not child or not column.stored:
            continue
        key = name if name in rows.values and not column.derived else column.target
        if key != name and key in columns:
            continue  # the target's name is another column's: the notes of the main record
        values, fallback = rows.values.get(key), _fallback(rows, name, column.target)
        if values is not None or fallback is not None:
            targets[column.target] = TargetColumn(name, values, fallback)
    covered = {column.target for column in columns.values()} | set(columns)
    for model_field in model._meta.concrete_fields:
        name = model_field.attname
        if name not in covered and (name in rows.values or name in rows.fallback):
            targets[name] = TargetColumn(name, rows.values.get(name), rows.fallback.get(name))
    return targets


def _fallback(rows: SheetRows, name: str, target: str) -> Sequence[Any] | None:
    """Values that fill blanks; the blanks of our own exports, told by their number, stay."""
    fallback, numbers = rows.fallback.get(target), rows.values.get("number")
    printed = any(name in columns for columns in rows.places)
    if fallback is None or numbers is None or not printed:
        return fallback
    return rows.hold(s if n is None else None for s, n in zip(fallback, numbers, strict=True))
