"""Checks of the files that rows name: crests, photographs of goods, the books of closed years."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone

from balikpapan.audit.models import Change, Record

from .registry import RESTORE, Run, check

#: A younger file may belong to a form that is being saved.
JUST_NOW = timedelta(days=1)


def _file_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


@check("pictures", "Gambar yang disebut catatan ada", RESTORE)
def _pictures(run: Run):
    for model, field in _file_fields():
        if issubclass(model, Record):
            yield from _missing(model, field)


@check(
    "picture_orphans",
    "Tidak ada gambar atau berkas edisi tanpa catatan yang menyebutnya",
    "Hapus berkas itu dari folder unggahan.",
)
def _picture_orphans(run: Run):
    named: defaultdict[tuple[Storage, str], set] = defaultdict(set)
    for model, field in _file_fields():
        folder = getattr(field, "folder", field.upload_to).rstrip("/")
        named[field.storage, folder] |= _named(model, field)
    for (storage, folder), names in named.items():
        for name in _files_in(storage, folder):
            if name not in names:
                yield f"Berkas {name} tidak disebut catatan mana pun."


def _named(model, field) -> set[str | None]:
    """The files that a record names, or did: an earlier version can be brought back with its own."""
    names = set(model._base_manager.values_list(field.name, flat=True))
    changes = Change.objects.filter(model=model._meta.label_lower)
    for pair in changes.values_list(f"before__{field.name}", f"after__{field.name}").iterator():
        names.update(pair)
    return names


def _files_in(storage, folder) -> Iterator[str]:
    try:
        _, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    now = timezone.now()
    for file in sorted(files):
        name = f"{folder}/{file}"
        if now - storage.get_modified_time(name) > JUST_NOW:
            yield name


def _missing(model, field):
    named = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
    for key, name in named.values_list("pk", field.name):
        if not field.storage.exists(name):
            yield f"{model._meta.verbose_name} nomor {key}: {field.verbose_name} {name} tidak ada."
