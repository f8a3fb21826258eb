"""A record as it was at one of its versions, and what bringing that version back would change."""

from collections.abc import Collection
from dataclasses import dataclass, field

from .models import Change, Erasure
from .store import check_open, contents, read_traced, store, traced_fields

VERIFIED = "Ditetapkan lewat verifikasi, jadi tidak ikut dikembalikan."
NOT_ALLOWED = "Anda tidak berhak melihat atau mengubah isian ini."
DESTROYED = "Isi lamanya sudah dimusnahkan."


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that holds something else now than then; both as the trail writes values."""

    field: object
    now: object
    then: object


@dataclass(slots=True)
class VersionReturn:
    """What bringing a version back changes, and which differences stay, each with the reason."""

    version: int
    changed: list[Difference] = field(default_factory=list)
    left: list[tuple[Difference, str]] = field(default_factory=list)


def contents_at(record, version: int) -> dict:
    """Attribute -> what the record said at that version, as the trail writes it.

    What the changes since have overwritten is put back, so that a trail that does not begin with
    the record's creation serves as well.
    """
    values = contents(record)
    for change in Change.objects.of(record).filter(version__gt=version):
        values.update((name, old) for name, old in change.before.items() if name in values)
    return values


def plan_return(record, version: int, changeable: Collection[str]) -> VersionReturn:
    """What bringing the version back would do.

    ``changeable`` names the fields that whoever asks may see and change. What follows from others
    by itself (``editable=False``) is neither listed nor put back.
    """
    plan, now, then = VersionReturn(version), contents(record), contents_at(record, version)
    destroyed = _destroyed(record, version)
    for model_field in traced_fields(type(record)):
        name = model_field.attname
        if now[name] == then[name] or not model_field.editable:
            continue
        difference = Difference(model_field, now[name], then[name])
        reason = _reason_to_leave(difference, type(record), changeable, destroyed)
        if reason:
            plan.left.append((difference, reason))
        else:
            plan.changed.append(difference)
    return plan


def _reason_to_leave(difference, model, changeable, destroyed):
    """Why a field stays as it is; blank where it can be put back."""
    name = difference.field.name
    if name in model.verified_fields:
        return VERIFIED
    if name not in changeable:
        return NOT_ALLOWED
    if difference.then is None and (not difference.field.null or name in destroyed):
        return DESTROYED
    return ""


def _destroyed(record, version) -> set[str]:
    """The fields whose former contents were destroyed in the changes since."""
    model = type(record)
    changes = Change.objects.of(record).filter(version__gt=version)
    if Erasure.objects.filter(change__in=changes.values("pk")).exists():
        return {*model.personal_fields, *model.identifying_fields}
    return set()


def check_years(record, plan: VersionReturn) -> None:
    """Raises FrozenYear where a year that the record has, or would have, is closed."""
    model = type(record)
    if model.year_field is None:
        return
    returned = [d for d in plan.changed if d.field.name == model.year_field]
    then = [read_traced(difference.field, difference.then) for difference in returned]
    check_open(model, {getattr(record, model.year_field), *then})


def bring_back(record, plan: VersionReturn, *, by, reason: str = "") -> Change | None:
    """Writes the version back as a change of its own; returns it, or None where nothing differs.

    Raises what ``store`` raises: StaleRecord, FrozenYear, ValidationError of a broken rule.
    """
    for difference in plan.changed:
        model_field = difference.field
        setattr(record, model_field.attname, read_traced(model_field, difference.then))
    text = f"kembali ke versi {plan.version}" + (f": {reason}" if reason else "")
    return store(record, by=by, channel=Change.Channel.FORM, reason=text[:200])
