"""Which columns of a download somebody wants; those it needs to be uploaded again always stay."""

from collections.abc import Iterable

from ..declarations import KeyIdentity, SheetColumn
from ..resources import SheetResource
from .rows import export_columns
from .template import required_names

#: How the name of an attribute that points at another record ends.
REFERENCES = ("_id", "_key")


def fixed_columns(resource: SheetResource) -> set[str]:
    """The columns by which a row is matched with its record again, and those no row can do without."""
    columns = export_columns(resource)
    identity = resource.identity
    names = {*required_names(resource), *resource.matching_columns}
    if isinstance(identity, KeyIdentity):
        names |= _of_key(columns, identity.key, child=False)
    elif identity.number:
        names |= {name for name, column in columns.items() if column.target == "id"}
    return names.intersection(columns)


def with_fixed(resource: SheetResource, names: Iterable[str]) -> list[str]:
    """The columns chosen and those that go along with them, in the order of the sheet."""
    columns = export_columns(resource)
    chosen = fixed_columns(resource) | set(names)
    for group in resource.required:
        alternatives = [name for name in group if name in columns]
        if alternatives and not chosen.intersection(alternatives):
            chosen.add(alternatives[0])
    if resource.child and any(column.child for name, column in columns.items() if name in chosen):
        chosen |= _of_key(columns, resource.child.key, child=True)
    return [name for name in columns if name in chosen]


def _of_key(columns: dict[str, SheetColumn], key: Iterable[str], *, child: bool) -> set[str]:
    """The columns that a key is read from; a reference may be read from several."""
    names = set()
    for attribute in key:
        stem = next((attribute.removesuffix(e) for e in REFERENCES if attribute.endswith(e)), None)
        names |= {
            name
            for name, column in columns.items()
            if bool(column.child) is child
            and (column.target == attribute or (stem and name.startswith(f"{stem}_")))
        }
    return names
