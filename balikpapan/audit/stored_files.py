"""Files that records name: one whose record is refused in the end does not stay behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, models
from django.db.models.fields.files import FieldFile

#: The fields and names of the files written since ``refused_removed`` was entered.
_written: ContextVar[list[tuple[models.FileField, str]] | None] = ContextVar(
    "written_files", default=None
)


@contextmanager
def refused_removed() -> Iterator[None]:
    """Deletes the files written meanwhile that no record names in the end.

    A file is written before its row, which a rule of another row may still refuse; no transaction
    takes a file back. It goes around the outermost transaction.
    """
    if _written.get() is not None:
        yield
        return
    written: list[tuple[models.FileField, str]] = []
    token = _written.set(written)
    try:
        yield
    finally:
        _written.reset(token)
        for field, name in written:
            _remove_unnamed(field, name)


def _remove_unnamed(field, name):
    try:
        is_named = field.model._base_manager.filter(**{field.name: name}).exists()
    except DatabaseError:  # nobody knows; ``check_data`` names what is left over
        return
    if not is_named:
        field.storage.delete(name)


class NotedFile(FieldFile):
    """A file of a record; that it was written is noted before anybody knows how the record fares."""

    def save(self, name, content, save=True):
        super().save(name, content, save=save)
        if (written := _written.get()) is not None:
            written.append((self.field, self.name))


class StoredFileField(models.FileField):
    """A file in the private folder of files, readable by this program only."""

    attr_class = NotedFile

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs
