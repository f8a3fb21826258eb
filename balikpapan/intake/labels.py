"""What the columns of a register and the values in them are called."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from balikpapan.audit import personal_data
from balikpapan.audit.masked_columns import is_free_text
from balikpapan.spreadsheets.cells import ERASE, format_decimal, format_whole
from balikpapan.spreadsheets.cells.formatting import EXACT
from balikpapan.spreadsheets.cells.masking import mask_free_text

from .declarations import SheetColumn
from .problems import Problem, message_for
from .resources import REGISTERS, SheetResource

UNIT_LABELS = {"rupiah": "rupiah penuh", "ribu": "ribu rupiah", "juta": "juta rupiah"}
NUMBER_KINDS = ("whole", "rupiah", "decimal", "percent")
BLANK, ERASED = "–", "(dikosongkan)"


def sheet_label(register: str) -> str:
    """What the office calls a sheet; one that is no longer read keeps its bare name."""
    return REGISTERS[register].label if register in REGISTERS else register


def field_choices(register: str) -> list[tuple[str, str]]:
    """What a column of a register's sheet may be taken for: (field name, printed heading)."""
    columns = REGISTERS[register]().columns()
    return [(name, column.column_name) for name, column in columns.items()]


class Labels:
    """Stored values of one register's columns as one user reads them."""

    def __init__(self, resource: SheetResource, user: Any) -> None:
        self.resource = resource
        self.columns = resource.columns()
        #: Whether texts in which people type what they like are shown masked.
        self.masks = not personal_data.may_see(user)
        self.hidden = resource.personal_columns() if self.masks else set()
        self._referred_names: dict[Any, dict[object, str]] = {}

    @cached_property
    def _fields(self) -> dict[str, Any]:
        """Attribute name -> model field, of the main record before those of its child."""
        models = [self.resource._meta.model]
        if self.resource.child:
            models.insert(0, self.resource.child.model)
        return {f.attname: f for model in models for f in model._meta.concrete_fields}

    def _column(self, name: str) -> SheetColumn | None:
        """The sheet's column of that name or for that attribute, or None."""
        by_target = (c for c in self.columns.values() if c.target == name)
        return self.columns.get(name) or next(by_target, None)

    def heading(self, name: str) -> str:
        """The printed heading of a column or attribute."""
        column = self._column(name)
        if column is not None:
            return str(column.column_name)
        field = self._fields.get(name)
        return str(field.verbose_name).capitalize() if field is not None else name

    def text(self, name: str, value: object) -> str:
        """A typed value the way the office writes it, masked where this user may not see it."""
        if value is None or value == "":
            return BLANK
        if value is ERASE:
            return ERASED
        column = self._column(name)
        if column is not None and name in self.hidden:
            return str(personal_data.masked(column.target, value))
        field = self.resource.model_field(column) if column else self._fields.get(name)
        if field is not None and field.remote_field and isinstance(value, int):
            return self.free_text(self._referred_name(field.remote_field.model, value))
        if (
            column is not None
            and column.widget.kind in NUMBER_KINDS
            and isinstance(value, int | Decimal)
        ):
            return format_number(value)
        if column is not None and (column.widget.choices() or name == "number"):
            return str(column.widget.render(value))
        if hasattr(value, "strftime"):
            return f"{value:%d-%m-%Y}"
        # People type a NIK into other columns as well.
        return self.free_text(value) if field is None or is_free_text(field) else str(value)

    def free_text(self, value: object) -> str:
        """What people typed or made a sentence of, as this user may read it."""
        return mask_free_text(str(value)) if self.masks else str(value)

    def title(self, value: object) -> str:
        """What a row is called; blank where its sheet does not say."""
        return self.free_text(value) if value not in (None, "") else ""

    def message(self, problem: Problem) -> str:
        """What a problem says, as this user may read it."""
        return self.free_text(message_for(problem, self.hidden))

    def _referred_name(self, model: Any, key: object) -> str:
        """What another record is called; all of its kind are asked for once."""
        if model not in self._referred_names:
            records = model._base_manager.all()
            self._referred_names[model] = {record.pk: str(record) for record in records}
        return self._referred_names[model].get(key, str(key))


def format_number(value: int | Decimal) -> str:
    """A number without the zeros that only its number of places asks for: 1.500,5."""
    if isinstance(value, int):
        return format_whole(value)
    return format_decimal(Decimal(value).normalize(EXACT))
