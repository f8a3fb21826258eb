"""Who may hand in, take out, confirm and undo the sheets of a register, and write what they hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from balikpapan.audit import personal_data

from .models import Upload
from .resources import REGISTERS, SheetResource


@dataclass(frozen=True, slots=True)
class WritePermission:
    """Whether a user may add and change the records of one model."""

    add: bool = True
    change: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether nothing is forbidden."""
        return self.add and self.change

    def allows(self, *, new: bool) -> bool:
        """Whether a record may be added, or a stored one changed."""
        return self.add if new else self.change


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a user may write through the sheet of a register, for each kind of record in it."""

    main: WritePermission = WritePermission()
    child: WritePermission = WritePermission()
    related: WritePermission = WritePermission()
    #: Whether the columns that only an act of verification sets are read.
    verify: bool = True

    @classmethod
    def of(cls, resource: SheetResource, user: Any) -> "Permissions":
        """The permissions of a user; without one, as for a command, everything is allowed."""
        if user is None:
            return cls()
        # A main record that is only looked up asks for no permission.
        main = _permission(resource._meta.model, user) if resource.adds_main else WritePermission()
        child = resource.child.model if resource.child else None
        # Who enters records through the sheet does not verify them with the same sheet, the one
        # account that holds everything neither.
        verify = user.has_perm("audit.verify_records") and not main.add
        return cls(main, _permission(child, user), _permission(resource.related, user), verify)

    def as_json(self) -> list[bool]:
        """All of it as plain truth values, always in one order."""
        kinds = (self.main, self.child, self.related)
        return [*(allowed for kind in kinds for allowed in (kind.add, kind.change)), self.verify]


def _permission(model: Any, user: Any) -> WritePermission:
    if model is None:
        return WritePermission()
    label, name = model._meta.app_label, model._meta.model_name
    return WritePermission(*(user.has_perm(f"{label}.{act}_{name}") for act in ("add", "change")))


def model_of(register: str) -> Any:
    """The model whose permissions guard a register's sheet."""
    resource = REGISTERS[register]
    if resource.child and not resource.adds_main:
        return resource.child.model
    return resource._meta.model


def may(user: Any, action: str, register: str) -> bool:
    """Whether the user may "import" or "export" this register."""
    meta = model_of(register)._meta
    return bool(user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}"))


def viewable_registers(may_view_model: Callable[[Any], bool]) -> list[str]:
    """The registers whose uploads may be opened: an upload shows the records of its register."""
    return [register for register in REGISTERS if may_view_model(model_of(register))]


def may_view_model(user: Any, model: Any) -> bool:
    """Whether the user may view the records of a model."""
    meta = model._meta
    return bool(user.has_perm(f"{meta.app_label}.view_{meta.model_name}"))


def may_view_register(user: Any, register: str) -> bool:
    """Whether the user may view the records that an upload to this register shows."""
    return register not in REGISTERS or may_view_model(user, model_of(register))


def may_view(user: Any, upload: Upload) -> bool:
    """One's own upload, or any with the right to see the history."""
    return bool(upload.by_id == user.pk or user.has_perm("intake.view_upload"))


def may_undo(user: Any, upload: Upload) -> bool:
    """One's own upload, or any with the right to verify."""
    if not user.has_perm("intake.undo_upload") or not may(user, "import", upload.register):
        return False
    return bool(upload.by_id == user.pk or user.has_perm("audit.verify_records"))


def may_fetch(user: Any, upload: Upload) -> bool:
    """The file as it came: one's own, or any with the right, and never without personal data."""
    mine = upload.by_id == user.pk
    return bool(personal_data.may_see(user) and (mine or user.has_perm("intake.fetch_upload")))


def may_confirm(user: Any, upload: Upload) -> bool:
    """One's own upload; with four eyes wanted, somebody else's and never one's own."""
    if not may(user, "import", upload.register):
        return False
    return bool((upload.by_id == user.pk) is not settings.FOUR_EYES)
