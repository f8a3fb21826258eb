"""What has happened to a record, in words: each change, each field over time, a whole version."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from balikpapan.spreadsheets.cells.masking import mask_free_text

from . import personal_data
from .masked_columns import hidden_fields, is_free_text
from .models import Change
from .store import BOOKKEEPING, read_traced, traced_fields

#: What stands where there is no value.
NOTHING = "–"


def display_value(
    model_field: Any, value: Any, references: dict[tuple[str, int], str] | None = None
) -> Any:
    """A stored value as a person reads it: labels for choices, names for references.

    ``references`` are names read before, as ``reference_names`` gives them; without them a
    reference is looked up here.
    """
    if value in (None, ""):
        return NOTHING
    if model_field.remote_field:
        if references is None:
            references = _names_of(model_field, {value})
        return references.get((model_field.attname, value), str(value))
    if model_field.choices:
        return dict(model_field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return value


def reference_names(model, contents: Iterable[dict]) -> dict[tuple[str, int], str]:
    """(attribute, key) -> what each record that traced contents refer to is called.

    One query per field that refers to something, however many contents there are.
    """
    contents, names = list(contents), {}
    for model_field in traced_fields(model):
        if model_field.remote_field:
            keys = {values.get(model_field.attname) for values in contents} - {None}
            if keys:
                names |= _names_of(model_field, keys)
    return names


def _names_of(model_field, keys):
    model = model_field.remote_field.model
    links = [f.name for f in model._meta.concrete_fields if f.remote_field and not f.null]
    records = model._base_manager.filter(pk__in=keys).select_related(*links)
    return {(model_field.attname, record.pk): str(record) for record in records}


@dataclass
class Reader:
    """Traced values of one model as one user may read them.

    ``seen`` collects the personal fields that were shown with a value in them.
    """

    model: type
    user: object
    references: dict | None = None
    seen: set[str] = field(default_factory=set)

    def __post_init__(self):
        fields = self.model._meta.concrete_fields
        self.fields = {f.attname: f for f in fields if f.name not in BOOKKEEPING}
        self._hidden = hidden_fields(self.model, self.user)
        self._masks = not personal_data.may_see(self.user)

    def shown(self, model_field, traced):
        """A value of the trail as this user reads it."""
        value = read_traced(model_field, traced)
        if model_field.name in self._hidden:
            return personal_data.masked(model_field.name, value) or NOTHING
        if model_field.name in self.model.personal_fields and value not in (None, ""):
            self.seen.add(model_field.name)
        text = display_value(model_field, value, self.references)
        # What a record that is referred to is called is such a text too.
        if self._masks and (model_field.remote_field or is_free_text(model_field)):
            return mask_free_text(str(text))
        return text


def history_entry(change, model, user, reader: Reader | None = None) -> dict:
    """One change and its lines (label, old, new), personal values masked where they must be.

    The lines are in the order of the model; the databases keep the names in different ones.
    """
    reader = reader or Reader(model, user)
    lines = []
    for name, model_field in reader.fields.items():
        if name not in change.before and name not in change.after:
            continue
        old, new = (
            reader.shown(model_field, values.get(name)) for values in (change.before, change.after)
        )
        lines.append({"label": model_field.verbose_name, "old": old, "new": new})
    return {"change": change, "lines": lines}


@dataclass(frozen=True, slots=True)
class FieldHistory:
    """One field of a record: how often it was changed, and the change that set its value."""

    field: object
    count: int
    last: Change


def field_histories(changes: Collection[Change], model) -> list[FieldHistory]:
    """The fields that the changes speak of, in the order of the model.

    ``changes`` come newest first.
    """
    histories = []
    for model_field in traced_fields(model):
        own = [change for change in changes if model_field.attname in change.after]
        if own:
            histories.append(FieldHistory(model_field, len(own), own[0]))
    return histories


def values_over_time(changes: Collection[Change], model_field, reader: Reader) -> list[dict]:
    """What the field held, newest first, as (change, value)."""
    name = model_field.attname
    return [
        {"change": change, "value": reader.shown(model_field, change.after[name])}
        for change in changes
        if name in change.after
    ]
