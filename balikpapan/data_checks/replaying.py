"""Every record against its replayed trail, in one pass over both."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from operator import itemgetter

from django.apps import apps

from balikpapan.audit.models import Change, Link, Record
from balikpapan.audit.replay import Replayed, defaults_of, differences

READ = 2_000


class ReplayKind(Enum):
    """In what a record and its trail differ."""

    VALUES = auto()
    VERSION = auto()
    ARCHIVED = auto()
    GAP = auto()
    BREAK = auto()
    UNTRACED = auto()
    RECORD_MISSING = auto()


@dataclass(frozen=True, slots=True)
class ReplayFault:
    """One difference: of which record, and in which fields or versions."""

    kind: ReplayKind
    model: str
    record: int
    names: tuple = ()

    def __str__(self):
        model = apps.get_model(self.model)
        labels = {f.name: f.verbose_name for f in model._meta.concrete_fields}
        words = [str(labels.get(name, name)) for name in self.names]
        about = f" ({', '.join(words)})" if words else ""
        return f"{model._meta.verbose_name} nomor {self.record}{about}"


def replay_all() -> Iterator[ReplayFault]:
    """Everything in which any record differs from its trail."""
    for model in apps.get_models():
        if issubclass(model, Record):
            yield from _replay_model(model)


def _replay_model(model):
    label, old = model._meta.label_lower, Link.objects.filter(is_before_chain=True).first()
    states = _states(label, defaults_of(model), old.pk if old else None)
    pending = next(states, None)
    for record in model._base_manager.order_by("pk").iterator(READ):
        while pending and pending[0] < record.pk:
            yield ReplayFault(ReplayKind.RECORD_MISSING, label, pending[0])
            pending = next(states, None)
        if not pending or pending[0] != record.pk:
            if not old or record.created_at > old.at:
                yield ReplayFault(ReplayKind.UNTRACED, label, record.pk)
            continue
        yield from _faults(label, record, pending[1])
        pending = next(states, None)
    while pending:
        yield ReplayFault(ReplayKind.RECORD_MISSING, label, pending[0])
        pending = next(states, None)


def _states(label, defaults, old_link) -> Iterator[tuple[int, Replayed]]:
    """The trail of each record of a model as (record, state), by ascending record.

    What was traced before the chain is not proved, and left out values that came by default; of
    that a state takes over no more than the version and the archive.
    """
    names = ("record", "link", "version", "action", "before", "after")
    rows = Change.objects.filter(model=label).order_by("record", "id").values_list(*names)
    for key, changes in groupby(rows.iterator(READ), key=itemgetter(0)):
        state = Replayed(defaults=defaults)
        for _, link, version, action, before, after in changes:
            if link == old_link:
                archived = action == Change.Action.ARCHIVED
                is_move = archived or action == Change.Action.RESTORED
                state.archived = archived if is_move else state.archived
                state.version = version
            else:
                state.apply(version, action, before, after)
        yield key, state


def _faults(label, record, state):
    names = differences(record, state)
    if "version" in names:
        yield ReplayFault(ReplayKind.VERSION, label, record.pk)
    if "archived_at" in names:
        yield ReplayFault(ReplayKind.ARCHIVED, label, record.pk)
    values = tuple(name for name in names if name not in ("version", "archived_at"))
    if values:
        yield ReplayFault(ReplayKind.VALUES, label, record.pk, values)
    # A trail that has lost its beginning is reported by the chain.
    for kind, versions in ((ReplayKind.GAP, state.gaps), (ReplayKind.BREAK, state.breaks)):
        if versions:
            yield ReplayFault(kind, label, record.pk, tuple(f"versi {v}" for v in versions))
