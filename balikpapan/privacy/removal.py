"""Taking a NIK out of the texts that mention it, and saying what only a person can take out."""

import itertools
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction

from balikpapan.accounts.trail import Actor, contents, trace_changed
from balikpapan.audit import triggers
from balikpapan.audit.erasure import rewrite
from balikpapan.audit.fields import DigitsField
from balikpapan.audit.models import Change, Record
from balikpapan.audit.store import store
from balikpapan.reports.models import Edition, ProvisionalRelease

from .mentions import TRAIL, Mention
from .written_nik import REMOVED, NikEnding, WrittenNik

REFUSED_BY_DATABASE = "Basis data menolaknya."
PUBLISHED = "Edisi dan terbitan yang sudah keluar tidak diubah, karena sidiknya tercetak."
PICTURE = "Isi gambar tidak dibaca program. Buka gambarnya, dan ganti bila memuat orang ini."


@dataclass(slots=True)
class Removal:
    """What came of it: how many texts and changes of the trail, and what was left and why."""

    texts: int = 0
    changes: int = 0
    remaining: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """Who removes, and under which words the trail has it."""

    by: Any
    channel: str
    reason: str


def remove_mentions(
    mentions: Iterable[Mention], number: WrittenNik | NikEnding, act: Act
) -> Removal:
    """Takes the number out of these fields and out of their records' trail.

    What cannot be written, because its year is closed say, is left and named. A file whose name
    holds the number gets another one.
    """
    result, writer = Removal(), _Writer(number, act)
    refused: dict[tuple[str, Any], str] = {}
    # The trail last: that of a record that stays as it is must still lead to it.
    ordered = sorted(mentions, key=lambda m: (m.model == TRAIL, m.model, str(m.pk)))
    for (label, pk), group in itertools.groupby(ordered, key=attrgetter("model", "pk")):
        lines = list(group)
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is None:
            continue
        subject = (row.model, row.record) if label == TRAIL else (label, pk)
        try:
            if subject in refused:
                raise ValidationError(refused[subject])
            with transaction.atomic(), writer.files.renamed_or_as_before():
                texts, changes = writer.remove(row, [line.field for line in lines])
        except (ValidationError, IntegrityError) as refusal:
            refused[subject] = " ".join(getattr(refusal, "messages", [REFUSED_BY_DATABASE]))
            result.remaining += [[str(line), refused[subject]] for line in lines]
        else:
            result.texts += texts
            result.changes += changes
    return result


def pictures_of(rows: Iterable[models.Model]) -> Iterator[list[str]]:
    """[where, what to do] of each stored picture or file of these rows, whose contents nobody reads."""
    for row in rows:
        for column in row._meta.concrete_fields:
            if isinstance(column, models.FileField) and getattr(row, column.name):
                yield [str(Mention(row._meta.label_lower, row.pk, column.name)), PICTURE]


class _Files:
    """New names for files whose names hold the number: a copy at once, the old one goes at the end."""

    def __init__(self):
        self._names: dict[tuple[models.FileField, str], str] = {}

    def new_name(self, column: models.FileField, name: str) -> str:
        """The name the file has from now on; it tells nothing."""
        key = (column, name)
        if key not in self._names:
            path = PurePosixPath(name)
            self._names[key] = str(path.with_name(secrets.token_hex(16) + path.suffix))
            if column.storage.exists(name):
                with column.storage.open(name) as file:
                    column.storage.save(self._names[key], file)
                transaction.on_commit(lambda: column.storage.delete(name))
        return self._names[key]

    @contextmanager
    def renamed_or_as_before(self) -> Iterator[None]:
        """Deletes the copies made within where what they were made for is refused."""
        before = set(self._names)
        try:
            yield
        except Exception:
            for column, name in self._names.keys() - before:
                column.storage.delete(self._names.pop((column, name)))
            raise


class _Writer:
    """Writes rows without the number, each kind of row in its own way."""

    def __init__(self, number: WrittenNik | NikEnding, act: Act):
        self.number, self.act, self.files = number, act, _Files()

    def remove(self, row, names) -> tuple[int, int]:
        """Clears fields of one row; how many texts of it, and how many changes of its trail."""
        if isinstance(row, Change):
            return 0, self._rewrite([row])
        if isinstance(row, Edition | ProvisionalRelease):
            raise ValidationError(PUBLISHED)
        altered = self._altered(row, names)
        if altered:
            self._write(row, altered)
        has_trail = isinstance(row, Record | get_user_model())
        return len(altered), self._rewrite(Change.objects.of(row)) if has_trail else 0

    def _write(self, row, values):
        if isinstance(row, get_user_model()):
            self._write_account(row, values)
        elif isinstance(row, Record):
            self._set(row, values)
            store(row, by=self.act.by, channel=self.act.channel, reason=self.act.reason)
            self._close(row, values)
        else:
            self._update(row, values)

    def _altered(self, row, names):
        values = {}
        for name in names:
            stored = getattr(row, name)
            value = self._of_field(row._meta.get_field(name), stored)
            if value != stored:
                values[name] = value
        return values

    def _close(self, row, names):
        """A rule may have opened a file to look at it."""
        for name in names:
            if isinstance(row._meta.get_field(name), models.FileField):
                getattr(row, name).close()

    def _set(self, row, values):
        for name, value in values.items():
            setattr(row, name, value)

    def _write_account(self, user, values):
        """An account keeps its number, by which it is called from now on."""
        before = contents(user)
        named = {"username": f"akun-{user.pk}", "email": ""}
        self._set(user, {name: named.get(name, value) for name, value in values.items()})
        user.save(update_fields=list(values))
        trace_changed(user, before, Actor(self.act.by, self.act.channel))

    def _update(self, row, values):
        rows = type(row)._base_manager.filter(pk=row.pk)
        if row._meta.db_table not in triggers.protected_tables():
            rows.update(**values)
            return
        with triggers.lifted():
            rows.update(**values)

    def _of_field(self, column, value):
        if isinstance(column, models.FileField):
            name = getattr(value, "name", value)
            is_named = bool(name) and self.number.stands_in(name)
            return self.files.new_name(column, name) if is_named else value
        cleared = self._cleared(value)
        if cleared == value or not isinstance(column, DigitsField):
            return cleared
        return None if column.null else ""

    def _cleared(self, value):
        """A text or what JSON holds, without the number."""
        if isinstance(value, dict):
            return {self._cleared(name): self._cleared(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._cleared(part) for part in value]
        if isinstance(value, str):
            return self.number.removed_from(value)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return REMOVED if is_number and self.number.stands_in(value) else value

    def _rewrite(self, changes) -> int:
        def alter(change):
            change.before = self._of_contents(change, change.before)
            change.after = self._of_contents(change, change.after)
            change.reason = self._cleared(change.reason)

        details = {"by": self.act.by, "channel": self.act.channel, "reason": self.act.reason}
        return rewrite(changes, alter, **details)

    def _of_contents(self, change, values):
        model = apps.get_model(change.model)
        return {name: self._of_attribute(model, name, value) for name, value in values.items()}

    def _of_attribute(self, model, name, value):
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist:  # of an older version
            return self._cleared(value)
        if isinstance(column, models.FileField):
            return self._of_field(column, value)
        cleared = self._cleared(value)
        return None if isinstance(column, DigitsField) and cleared != value else cleared
