"""What a record must say according to its trail: all its changes one after another."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .digests import traceable
from .models import Change
from .new_rows import default_value
from .store import traced_fields


@dataclass(slots=True)
class Replayed:
    """The state a trail leads to, and what does not fit together on the way.

    ``values`` maps attribute names to plain values as the trail keeps them. ``breaks`` are the
    versions whose "before" is not what the version before it left.
    """

    values: dict = field(default_factory=dict)
    version: int = 0
    archived: bool = False
    #: What a new record holds of itself; an older trail does not mention it.
    defaults: dict = field(default_factory=dict)
    #: Whether it begins with the record's creation.
    whole: bool = False
    gaps: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def apply(self, version: int, action: str, before: dict, after: dict) -> None:
        """One change more, the oldest first."""
        if version != self.version + 1:
            self.gaps.append(version)
        if not all(self._follows(name, value) for name, value in before.items()):
            self.breaks.append(version)
        if action == Change.Action.CREATED:
            self.whole = True
        elif action != Change.Action.CHANGED:
            self.archived = action == Change.Action.ARCHIVED
        self.values.update((name, value) for name, value in after.items() if name != "archived_at")
        self.version = version

    def _follows(self, name, value):
        """Whether a value of "before" is what the changes before it have left."""
        if name == "archived_at" or not self.whole:
            return True
        if name in self.values:
            return self.values[name] == value
        return value in (None, "", self.defaults.get(name))


def defaults_of(model) -> dict:
    """Attribute -> what a new record of the model holds of itself, as the trail writes it."""
    return {f.attname: plain(f, default_value(f)) for f in traced_fields(model)}


def replay(changes: Iterable[Change]) -> Replayed:
    """The state that the changes of one record lead to, the oldest first."""
    state = Replayed()
    for change in changes:
        state.apply(change.version, change.action, change.before, change.after)
    return state


def differences(record, state: Replayed) -> list[str]:
    """The names of the record's fields that are not what its trail says.

    What the trail never mentioned was blank when the record was made, or is a field that has come
    since, with its default.
    """
    names = []
    for model_field in traced_fields(type(record)):
        stored = plain(model_field, getattr(record, model_field.attname))
        if model_field.attname in state.values:
            same = stored == plain(model_field, state.values[model_field.attname])
        else:
            blank = (None, "", plain(model_field, default_value(model_field)))
            same = not state.whole or stored in blank
        if not same:
            names.append(model_field.name)
    if record.version != state.version:
        names.append("version")
    if bool(record.archived_at) != state.archived:
        names.append("archived_at")
    return names


def plain(model_field, value):
    """A stored or traced value as one comparable plain value."""
    if value is None:
        return None
    target = model_field.target_field if model_field.remote_field else model_field
    return traceable(target.to_python(traceable(value)))
