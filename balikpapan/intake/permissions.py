"""Who may hand in, take out, confirm and undo the sheets of a register."""

from django.conf import settings

from balikpapan.audit import personal_data

from .models import Upload
from .resources import REGISTERS


def model_of(register):
    """The model whose permissions guard a register's sheet."""
    resource = REGISTERS[register]
    return resource.child.model if not resource.adds_main else resource._meta.model


def may(user, action: str, register: str) -> bool:
    """Whether the user may "import" or "export" this register."""
    meta = model_of(register)._meta
    return user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")


def may_undo(user, upload: Upload) -> bool:
    """One's own upload, or any with the right to verify."""
    if not user.has_perm("intake.undo_upload") or not may(user, "import", upload.register):
        return False
    return upload.by_id == user.pk or user.has_perm("audit.verify_records")


def may_fetch(user, upload: Upload) -> bool:
    """The file as it came: one's own, or any with the right, and never without personal data."""
    mine = upload.by_id == user.pk
    return personal_data.may_see(user) and (mine or user.has_perm("intake.fetch_upload"))


def may_confirm(user, upload: Upload) -> bool:
    """One's own upload; with four eyes wanted, somebody else's and never one's own."""
    if not may(user, "import", upload.register):
        return False
    return (upload.by_id == user.pk) is not settings.FOUR_EYES
