"""The commands ``import`` and ``export`` of django-import-export, kept to the office's registers.

As installed they take any model and write it by a resource made on the spot: past the readers,
the permissions and the trail.
"""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.module_loading import import_string

from balikpapan.intake.resources import REGISTERS, SheetResource


def sheet_resource(path: str) -> SheetResource:
    """The resource of a register by its dotted path, or by that of the model it writes.

    Raises CommandError for anything else: only registers may be read and written this way.
    """
    resource = _resource_at(path) or _resource_of(path)
    if resource is None:
        names = ", ".join(sorted(_path(resource) for resource in REGISTERS.values()))
        raise CommandError(f"{path} bukan daftar kantor ini. Pilih: {names}.")
    return resource()


def _path(resource):
    return f"{resource.__module__.rpartition('.')[0]}.{resource.__name__}"


def _resource_at(path):
    try:
        candidate = import_string(path)
    except ImportError:
        return None
    return candidate if candidate in REGISTERS.values() else None


def _resource_of(path):
    """The register of a model such as "industry.Business"; a child record has its own sheet."""
    try:
        model = apps.get_model(path)
    except (LookupError, ValueError):
        return None
    return next((r for r in REGISTERS.values() if r._meta.model is model and r.adds_main), None)


def user_named(name: str | None):
    """The active user of that name; None without a name."""
    if not name:
        return None
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"Tidak ada akun aktif bernama {name}.")
    return user
