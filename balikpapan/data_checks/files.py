"""Checks of the pictures that records name: the crest of a letterhead, photographs of goods."""

from django.apps import apps
from django.db import models

from balikpapan.audit.models import Record

from .registry import RESTORE, Run, check


@check("pictures", "Gambar yang disebut catatan ada", RESTORE)
def _pictures(run: Run):
    for model in apps.get_models():
        if not issubclass(model, Record):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _missing(model, field)


def _missing(model, field):
    named = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
    for key, name in named.values_list("pk", field.name):
        if not field.storage.exists(name):
            yield f"{model._meta.verbose_name} nomor {key}: {field.verbose_name} {name} tidak ada."
