"""Storing a previewed plan on a register in which others go on writing."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection
from django.utils import timezone

from balikpapan.audit.bulk import BulkWriter, ChangeSource
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change, ClosedYear, Record
from balikpapan.audit.store import FrozenYear, StaleRecord

from . import work, working_file
from .answers import Answers, by_heading, is_letter
from .models import SavedMapping, StateChanged, Upload, Work
from .permissions import Permissions
from .pipeline import planner, quiet
from .planning.apply import NotAllStored, carry_out, make_ready
from .planning.plan import HELD, Plan
from .problems import Problems
from .remembered_words import remember_words
from .resources import REGISTERS, SheetResource


class PlanChanged(Exception):
    """On the register as it is now the plan is another one than was previewed."""


class RegisterMoved(Exception):
    """Somebody has written what the plan could depend on since it was worked out."""


#: What tells that a plan was overtaken by somebody else's writing.
OVERTAKEN = (RegisterMoved, StaleRecord, FrozenYear, IntegrityError, NotAllStored)


@dataclass(slots=True)
class Confirmation:
    """The storing of one upload's plan for its owner, as often as it takes.

    At first the plan is worked out and laid ready while others go on writing. Where they have
    written something it could depend on, it is worked out once more while they wait. So a
    colleague who saves something every few seconds delays the storing, but cannot prevent it.
    """

    upload: Upload
    answers: Answers
    owner: AbstractBaseUser | None
    person: AbstractBaseUser | None
    channel: str
    job: Work | None = None

    def run(self) -> None:
        """Stores the plan; raises PlanChanged where it is another one by now.

        Raises StateChanged where another press, tab or person was first, and one of OVERTAKEN
        where the database itself refused the plan twice.
        """
        try:
            values = self._store_while_others_write()
        except OVERTAKEN:
            values = self._store_while_others_wait()
        for name, value in values.items():
            setattr(self.upload, name, value)

    def _store_while_others_write(self) -> dict[str, Any]:
        state = Change.objects.newest()
        # What a session that is still writing commits may carry a lower number than that.
        settled = Change.objects.is_settled()
        self._tell("Menyusun kembali rencana")
        plan = self._plan(state)
        self._tell("Menyimpan semua baris sekaligus")
        with BulkWriter(self._source) as writer:
            make_ready(writer, plan, self._resource)
            with trail_transaction():
                self._claim()
                if not settled or _has_moved(self._resource, state):
                    raise RegisterMoved
                return self._write(writer, plan)

    def _store_while_others_wait(self) -> dict[str, Any]:
        self._tell("Menyusun sekali lagi karena data berubah")
        with BulkWriter(self._source) as writer, trail_transaction():
            self._claim()
            _keep_others_waiting(self._resource)
            plan = self._plan(Change.objects.newest())
            make_ready(writer, plan, self._resource)
            return self._write(writer, plan)

    @property
    def _source(self) -> ChangeSource:
        return ChangeSource(self.channel, by=_key(self.person), upload=self.upload.pk)

    @property
    def _resource(self) -> SheetResource:
        return REGISTERS[self.upload.register]()

    def _tell(self, phase: str) -> None:
        tell = partial(work.say, self.job) if self.job else quiet
        tell(phase)

    def _plan(self, state: int) -> Plan:
        plan = plan_again(self.upload, self.answers, self.owner, state)
        if plan.fingerprint != self.upload.fingerprint:
            raise PlanChanged
        return plan

    def _claim(self) -> None:
        """One statement decides which press was first."""
        upload = self.upload
        stands = Upload.objects.filter(
            pk=upload.pk, status=upload.status, revision=upload.revision, sha256=upload.sha256
        )
        if not stands.update(status=Upload.Status.STORED):
            raise StateChanged
        if self.job:
            work.finish(self.job)
        _one_at_a_time()

    def _write(self, writer: BulkWriter, plan: Plan) -> dict[str, Any]:
        """Writes the plan; returns what the upload is now, as the database counts it."""
        values = {
            "status": Upload.Status.STORED,
            "revision": self.upload.revision + 1,
            "counts": plan.counts,
            "result": carry_out(writer, plan, self._resource),
            "reason_code": "",
            "reason": "",
            "stored_at": timezone.now(),
            "stored_by_id": _key(self.person),
        }
        Upload.objects.filter(pk=self.upload.pk).update(**values)
        _remember_mapping(self.upload, self.answers, _key(self.person))
        remember_words(self.upload.register, self.answers, by=self.person, channel=self.channel)
        return values


def _key(person: AbstractBaseUser | None) -> Any:
    return person.pk if person else None


def plan_again(upload: Upload, answers: Answers, user: AbstractBaseUser | None, state: int) -> Plan:
    """The plan of the kept cells; where nothing has changed, without matching every row again."""
    resource = REGISTERS[upload.register]()
    with working_file.KeptCells(upload) as cells:
        rows = cells.rows()
        stands = _stands(cells.frame["standing"], standing(resource, user, state), resource)
        matches, actions = (cells.matches(), cells.actions()) if stands else (None, [])
    working_out = planner(upload.register, rows, answers, Problems(), user)
    if matches is None:
        return working_out.plan()
    rows.held = {index for index, action in enumerate(actions) if action == HELD}
    return working_out.plan_again(matches, actions)


def standing(
    resource: SheetResource, user: AbstractBaseUser | None, state: int
) -> list[Any] | None:
    """What a plan depends on besides its cells: the newest change, then the user's rights.

    None while another session is writing: what it commits may carry a lower number than the last
    change seen, so that number would not betray it.
    """
    if not Change.objects.is_settled():
        return None
    return [state, *Permissions.of(resource, user).as_json()]


def _stands(before: list[Any] | None, now: list[Any] | None, resource: SheetResource) -> bool:
    """Whether a plan made then would be made now: equal rights, nothing written that it reads."""
    if not before or not now or before[1:] != now[1:]:
        return False
    return before[0] == now[0] or not _has_moved(resource, before[0])


def _has_moved(resource: SheetResource, state: int) -> bool:
    """Whether anything was written since that a plan for this register can depend on."""
    changes = Change.objects.filter(pk__gt=state, model__in=_labels_read(resource))
    return bool(changes.exists())


def _labels_read(resource: SheetResource) -> set[str]:
    """The records a plan can depend on: of its own app, those they point at, and closed years."""
    app = resource._meta.model._meta.app_label
    own = {m for m in apps.get_models() if issubclass(m, Record) and m._meta.app_label == app}
    fields = [field for model in own for field in model._meta.concrete_fields]
    models = {ClosedYear, *own, *(f.related_model for f in fields if f.related_model)}
    return {model._meta.label_lower for model in models}


def _one_at_a_time() -> None:
    """Two confirmations never overlap; SQLite's write lock does the same by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(6471)")


def _keep_others_waiting(resource: SheetResource) -> None:
    """Nobody else writes these records until the transaction ends; they may still be read.

    SQLite's write lock, which the transaction has, does that by itself.
    """
    if connection.vendor != "postgresql":
        return
    models = [resource._meta.model, resource.child.model if resource.child else None]
    quote = connection.ops.quote_name
    tables = dict.fromkeys(quote(m._meta.db_table) for m in (*models, resource.related) if m)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def _remember_mapping(upload: Upload, answers: Answers, by: Any) -> None:
    if not upload.headings:
        return
    headings = {c["heading"] for sheet in upload.sheets if sheet["read"] for c in sheet["columns"]}
    letters = {name: field for name, field in answers.mapping.items() if name not in headings}
    mapping = {**answers.mapping, **by_heading(letters, upload.sheets)}
    mapping = {name: f for name, f in mapping.items() if name in headings or not is_letter(name)}
    if mapping:
        SavedMapping.objects.update_or_create(
            register=upload.register,
            headings=upload.headings,
            defaults={"mapping": mapping, "by_id": by},
        )
