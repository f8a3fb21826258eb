"""What happens to accounts, in the trail that records have: who came in, who was given which right."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.trail import trace

Action, Channel = Change.Action, Change.Channel
#: The label under which the trail names an account.
LABEL = "auth.user"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to an account, and through which channel; nobody but the program is None."""

    by: object = None
    channel: str = Channel.FORM


def contents(user) -> dict:
    """What an account says; its password is no part of the trail."""
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": user.is_active,
        "is_superuser": user.is_superuser,
        "groups": sorted(user.groups.values_list("name", flat=True)) if user.pk else [],
    }


def trace_account(user, action, actor: Actor, before=None, after=None) -> Change:
    """Writes one act on an account into the trail; accounts have no versions, so that is 0."""
    with trail_transaction():
        return trace(
            Change(
                model=LABEL,
                record=user.pk,
                version=0,
                action=action,
                before=before or {},
                after=after or {},
                by=actor.by,
                channel=actor.channel,
            )
        )


def trace_created(user, actor: Actor) -> None:
    """A new account, with the groups it begins with."""
    after = {name: value for name, value in contents(user).items() if value not in ("", [])}
    trace_account(user, Action.CREATED, actor, after=after)


def trace_changed(user, before: dict, actor: Actor) -> None:
    """What differs now from ``before``, as ``contents`` gave it; nothing where nothing does."""
    after = contents(user)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return
    trace_account(
        user,
        Action.CHANGED,
        actor,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def trace_reset(user, actor: Actor) -> None:
    """A new password that somebody else has given."""
    trace_account(user, Action.RESET, actor)


def trace_entry(user, action, address: str | None) -> None:
    """A log-in, a failed one, or the wait that follows several, and from which address."""
    after = {"address": address} if address else {}
    trace_account(user, action, Actor(user if action == Action.ENTERED else None), after=after)


def account_named(username: str | None):
    """The account somebody tried to come in with, or None."""
    return get_user_model().objects.filter(username=username).first() if username else None


#: What the trail says of an account -> what people call it.
LABELS = {
    "username": "nama akun",
    "first_name": "nama depan",
    "last_name": "nama belakang",
    "is_active": "boleh masuk",
    "is_superuser": "administrator utama",
    "groups": "kelompok",
    "address": "alamat",
}


def entries_of(user, count: int | None) -> list[dict]:
    """The newest acts on an account as (change, text of what it says); all of them without a count."""
    changes = Change.objects.filter(model=LABEL, record=user.pk).select_related("by")[:count]
    return [{"change": change, "text": _words(change.before, change.after)} for change in changes]


def _words(before, after):
    return "; ".join(
        f"{LABELS[name]}: {_shown(before[name])} → {_shown(value)}"
        if name in before
        else f"{LABELS[name]}: {_shown(value)}"
        for name, value in after.items()
    )


def _shown(value):
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return (", ".join(value) if isinstance(value, list) else value) or "–"
