"""What tells one plan from every other."""

import hashlib
import json
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

    What a new record holds follows from the typed cells and the rows that are put together, so
    the cells stand for it; a changed one also depends on what is stored.
    """
    digest = hashlib.sha256("\n".join(plan.actions).encode())
    digest.update(repr(sorted(plan.matches.same_as.items())).encode())
    for columns in (records.main_columns, records.child_columns):
        for attribute, column in sorted(columns.items()):
            for values in (column.values, column.fallback):
                digest.update(repr((attribute, values is None)).encode())
                for piece in _pieces(values):
                    digest.update(_ENCODE(piece).encode())
    digest.update(array("q", (target or 0 for target in plan.matches.target)).tobytes())
    for name in ("changed", "changed_children", "changed_related"):
        for record in getattr(plan, name):
            change = (name, record.id, record.version, _plain(record.after))
            digest.update(repr(change).encode())
    for place in plan.new_children.places:
        digest.update(repr((place, records.child_key(place))).encode())
    for record in plan.new_related:
        digest.update(repr((record.place, _plain(record.values))).encode())
    return digest.hexdigest()


def _pieces(values: Sequence[Any] | None) -> Iterator[list[Any]]:
    """The values of a column a page at a time, so that a long one needs little room."""
    if values is not None:
        for page in pages(len(values)):
            yield list(values[page.start : page.stop])


def _as_text(value: Any) -> dict[str, str | None]:
    """A value JSON does not have, told from a text that reads the same."""
    return {type(value).__name__: None if value is ERASE else str(value)}


_ENCODE = json.JSONEncoder(default=_as_text, check_circular=False).encode


def _plain(values: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, traceable(value)) for name, value in values.items())
