"""What a register declares its sheet with: its columns, its child records, its identity."""

from copy import copy
from dataclasses import dataclass
from itertools import count
from typing import Any

from import_export.fields import Field

from .widgets import CellWidget

_positions = count()


@dataclass(frozen=True, slots=True)
class ColumnOptions:
    """What may be said of a column besides its attribute, its heading and its cells.

    A column with ``stored=False`` is read for the resource's own rules only; one that is
    ``derived`` is stored as what those rules make of it under its target.
    """

    aliases: str = ""  # the headings offices use, parted by semicolons
    target: str | None = None  # the attribute written, such as "kelurahan_id"
    child: bool = False  # belongs to the row's child record, the figures of a year
    stored: bool = True
    derived: bool = False
    required: bool = False
    exported: bool = True
    hint: str = ""
    default: Any = None
    path: str | tuple[str, ...] | None = None  # what an export reads
    decided_by: str = ""  # the column whose value settles a word this one does not know


class SheetColumn(Field):
    """One column: where its value is stored, its heading, how its cells are read.

    The keyword ``options`` are those of ``ColumnOptions``; any other raises TypeError.
    """

    def __init__(
        self, attribute: str, column_name: str, widget: CellWidget, **options: Any
    ) -> None:
        super().__init__(attribute=attribute, column_name=column_name, widget=widget)
        chosen = ColumnOptions(**options)
        #: Its place in the sheet; the library puts columns named like model fields first.
        self.position = next(_positions)
        self.aliases = [alias.strip() for alias in chosen.aliases.split(";") if alias.strip()]
        self.target = chosen.target or attribute
        self.child, self.stored, self.derived = chosen.child, chosen.stored, chosen.derived
        self.required, self.exported = chosen.required, chosen.exported
        self.hint, self.fallback = chosen.hint, chosen.default
        self.decided_by = chosen.decided_by
        #: What an export reads: a reference is written by its name.
        self.path = chosen.path or (
            f"{self.target[:-3]}__name" if self.target.endswith("_id") else self.target
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> "SheetColumn":
        """The column of one resource at work; the widget that reads its cells holds no state."""
        return copy(self)


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """The child record a row may hold: one per main record and key, such as a year's figures."""

    model: Any  # a model class
    link: str  # the attribute pointing at the main record, such as "business_id"
    key: tuple[str, ...]
    label: str = "data tahunan"
    #: The key alone says something (a participant's name); a year alone does not.
    bare: bool = False
    #: Of several parts an export shows the newest only, as for a dated condition.
    newest: bool = False


@dataclass(frozen=True, slots=True)
class KeyIdentity:
    """Rows are matched by an exact key; a blank part of it counts as a value."""

    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleIdentity:
    """Rows are matched by the first rule that applies: number, official ids, then likeness."""

    number: str | None
    unique: tuple[str, ...] = ()
    paired: tuple[tuple[str, str], ...] = ()
    name: str = "name"
    #: What likeness is judged by beside the name, where neither row nor record leaves it blank.
    comparison_columns: tuple[str, ...] = ()
    owner: str = "owner_name"
    phone: str = "phone"
    address: str = "address"
    region: str = "kelurahan_id"
    #: What one record is called in messages.
    noun: str = "usaha"


@dataclass(frozen=True, slots=True)
class ContinuedColumns:
    """What a further line may say of its record; all are names of columns.

    Texts of ``products`` are listed, amounts of ``summed`` added up, quantities of ``measured``
    added where their ``unit`` is the same. What ``free`` columns say of the product alone is left
    out. Any other column must repeat the record's own value.
    """

    products: tuple[str, ...]
    summed: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    unit: str = ""
    free: tuple[str, ...] = ()
