"""What tells one plan from every other."""

import hashlib
import marshal
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from balikpapan.audit.digests import traceable
from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import pages

from .plan import Plan
from .row_records import RowRecords


def fingerprint(plan: Plan, records: RowRecords) -> str:
    """A SHA-256 over every value a plan would write, and where.

    What a new record holds, its own key included, follows from the typed cells and the rows that
    are put together, so the cells stand for it; a changed one also depends on what is stored.
    """
    digest = hashlib.sha256("\n".join(plan.actions).encode())
    digest.update(repr(sorted(plan.matches.same_as.items())).encode())
    for columns in (records.main_columns, records.child_columns):
        for attribute, column in sorted(columns.items()):
            for values in (column.values, column.fallback):
                digest.update(repr((attribute, values is None)).encode())
                for piece in _pieces(values):
                    digest.update(_as_bytes(piece))
    digest.update(array("q", (target or 0 for target in plan.matches.target)).tobytes())
    for name in ("changed", "changed_children", "changed_related"):
        for record in getattr(plan, name):
            change = (name, record.id, record.version, _plain(record.after))
            digest.update(repr(change).encode())
    digest.update(array("q", plan.new_children.places).tobytes())
    for record in plan.new_related:
        digest.update(repr((record.place, _plain(record.values))).encode())
    return digest.hexdigest()


def _pieces(values: Sequence[Any] | None) -> Iterator[list[Any]]:
    """The values of a column a page at a time, so that a long one needs little room."""
    if values is not None:
        for page in pages(len(values)):
            yield list(values[page.start : page.stop])


def _as_bytes(values: list[Any]) -> bytes:
    """One encoding of a column's values, the type of each included."""
    try:
        return marshal.dumps(values, _WITHOUT_REFERENCES)
    except ValueError:  # it knows no Decimal, date or ERASE
        return marshal.dumps(list(map(_plainly, values)), _WITHOUT_REFERENCES)


def _plainly(value: Any) -> Any:
    if value is None or value.__class__ in _PLAIN:
        return value
    return value.__class__.__name__, None if value is ERASE else str(value)


_PLAIN = {str, int, bool, float}
#: A later version would write equal objects by what else refers to them.
_WITHOUT_REFERENCES = 2


def _plain(values: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, traceable(value)) for name, value in values.items())
