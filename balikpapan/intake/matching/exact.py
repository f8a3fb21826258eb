"""The identity of registers whose rows have an exact key, such as year and source."""

from collections.abc import Hashable
from typing import Any

from balikpapan.spreadsheets.cells import ERASE, Finding

from ..answers import Answers
from ..declarations import KeyIdentity
from ..problems import Problems
from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource
from .archived import ArchiveAnswer
from .comparison import Normaliser, index_by
from .matches import Matches
from .row_groups import find_twins, group_rows
from .stored import load_register

#: So many of the rows that a row contradicts are shown beside it.
NAMED = 3
ARCHIVED = "Catatan ini ada di arsip. Kembalikan arsip itu lebih dahulu."


def match_by_key(
    rows: SheetRows,
    resource: SheetResource,
    identity: KeyIdentity,
    answers: Answers,
    problems: Problems,
) -> Matches:
    """Finds the record of every row by its key; rows that share a key and differ are held."""
    normaliser = Normaliser()
    matches = Matches([None] * len(rows))
    matches.skipped = {i for i in range(len(rows)) if rows.is_aside(i)}
    left_out = matches.skipped | rows.held
    remaining = [i for i in range(len(rows)) if i not in left_out]
    matches.twins = find_twins(rows, remaining, normaliser.of)
    keys = _main_keys(rows, resource, identity, normaliser)
    remaining = [i for i in remaining if i not in matches.twins]
    remaining = _hold_doubles(rows, resource, keys, remaining, problems, matches)
    register = load_register(resource._meta.model, identity.key, normaliser.of)
    parts = [register.values[name].column for name in identity.key]
    stored = index_by(zip(zip(*parts, strict=True), register.ids, strict=True))
    roots: dict[Hashable, int] = {}
    archive = ArchiveAnswer(answers, "catatan")
    for index in remaining:
        records = stored.get(keys[index], [])
        target = next((record for record in records if record not in register.archived), None)
        if target is None and records:
            target = archive.revived(records)
        if target is not None:
            matches.target[index] = target
        elif records:
            _hold(rows, resource, problems, index, Finding("error", "archived_match", ARCHIVED))
        elif (root := roots.setdefault(keys[index], index)) != index:
            matches.same_as[index] = root
    matches.questions.extend(archive.questions())
    return matches


def _main_keys(
    rows: SheetRows, resource: SheetResource, identity: KeyIdentity, normaliser: Normaliser
) -> list[tuple[Any, ...]]:
    """The normalised key of each row; a blank part takes the default of its column."""
    columns = {c.target: (name, c) for name, c in resource.columns().items() if not c.child}
    parts = []
    for attribute in identity.key:
        name, column = columns.get(attribute, (attribute, None))
        default = column.fallback if column else None
        cells = rows.column(name)
        parts.append([normaliser.of(default if v is None or v is ERASE else v) for v in cells])
    return list(zip(*parts, strict=True))


def _child_keys(rows: SheetRows, resource: SheetResource) -> list[Any]:
    """The key of each row's child record among those of its main record; None without any."""
    if resource.child is None:
        return [None] * len(rows)
    names = {c.target: name for name, c in resource.columns().items() if c.child}
    columns = [rows.column(names.get(name, name)) for name in resource.child.key]
    return list(zip(*columns, strict=True))


def _hold_doubles(
    rows: SheetRows,
    resource: SheetResource,
    keys: list[tuple[Any, ...]],
    indexes: list[int],
    problems: Problems,
    matches: Matches,
) -> list[int]:
    """Holds the rows whose whole key stands in the file twice; returns the others."""
    whole = list(zip(keys, _child_keys(rows, resource), strict=True))
    groups = group_rows(whole.__getitem__, indexes).values()
    group_of = {index: group for group in groups for index in group}
    for index, group in sorted(group_of.items()):
        matches.doubles[index] = [i for i in group if i != index][:NAMED]
        others = rows.row_names([i for i in group if i != index], index)
        message = f"Isinya bertentangan dengan {others}. Simpan satu saja."
        if resource.double_advice:
            message += f" {resource.double_advice}"
        if resource.goods_number:
            label = resource.columns()[resource.goods_number].column_name.lower()
            message += f" Bila barangnya berbeda, beri {label} masing-masing."
        _hold(rows, resource, problems, index, Finding("error", "double_in_file", message))
    return [index for index in indexes if index not in group_of]


def _hold(
    rows: SheetRows, resource: SheetResource, problems: Problems, index: int, finding: Finding
) -> None:
    """Tells why a row is held, at the cell that names its record."""
    names = {c.target: name for name, c in resource.columns().items() if not c.child}
    name = names.get(resource.naming, resource.naming)
    value = rows.column(name)[index]
    rows.tell(problems, index, name, finding, None if value is ERASE else value)
