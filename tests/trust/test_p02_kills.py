"""Promise 2: killed at any moment of any act, the register holds what was before or what comes after.

Whether it does is judged by ``check_data``, as the office would have it judged.
"""

import contextlib
import io
import os
import random
import signal
import time
import traceback

import pytest
from django.core.management import call_command
from django.db import connections

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import store
from balikpapan.backup.create import create
from balikpapan.backup.restore import finish_interrupted
from balikpapan.backup.snapshot import in_place_of_default
from balikpapan.backup.tables import fingerprint
from balikpapan.data_checks.runner import run_checks
from balikpapan.env import database_settings
from balikpapan.intake.undo import undo
from balikpapan.intake.uploads import confirm
from balikpapan.privacy.destruction import approve, ask, replay
from balikpapan.privacy.models import Destruction
from balikpapan.reports.models import Edition
from balikpapan.yearbook.closing import close_year
from industry.merging import merge
from industry.models import Business, Merge
from tests.cast import member
from tests.intake.importing import hand_in
from tests.trust.offices import drop_replaced
from tests.trust.previews import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SEED = 20261126
#: How often each act is killed on each database.
KILLS = {
    "confirm": 7, "undo": 6, "merge": 6, "close": 4, "destroy": 3, "restore": 2, "move": 2
}  # fmt: skip
#: What takes long enough to be killed without being tried first; their whole way has its own tests.
LONGEST = {"restore": 5.0, "move": 5.0}


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    """A folder of its own for everything that is stored."""
    settings.DATA_DIR = tmp_path / "data"
    settings.UPLOAD_DIR = settings.DATA_DIR / "uploads"
    stored = {**settings.STORAGES["default"], "OPTIONS": {"location": settings.DATA_DIR}}
    settings.STORAGES = {**settings.STORAGES, "default": stored}
    yield settings.DATA_DIR
    drop_replaced()


def begin(act) -> int:
    """The number of a process that does this and ends."""
    connections.close_all()  # a connection belongs to one process
    if child := os.fork():
        return child
    status = 1
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            act()
        status = 0
    except BaseException:  # noqa: BLE001  the process ends here whatever it was
        traceback.print_exc()
    finally:
        os._exit(status)


def seconds_of(act) -> float:
    """How long it takes when nobody kills it."""
    began = time.monotonic()
    assert os.waitpid(begin(act), 0)[1] == 0
    return time.monotonic() - began


def kill_after(seconds: float, act) -> None:
    """Does this in a process of its own, which lives for so long at most."""
    child = begin(act)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class Acts:
    """The acts that are killed; each call makes ready what the act needs and returns the act."""

    def __init__(self, user, folder):
        self.user, self.folder, self.number = user, folder, 0
        self.people = member("Verifikator"), member("Administrator")
        #: What the register holds when a backup has come back.
        self.restored: dict = {}

    def rows(self) -> list[list]:
        self.number += 20
        return people(10, start=self.number)

    def confirm(self):
        upload = hand_in(self.rows(), user=self.user)
        return lambda: confirm(upload, self.user)

    def undo(self):
        upload = hand_in(self.rows(), user=self.user)
        confirm(upload, self.user)
        return lambda: undo(upload, by=self.user)

    def merge(self):
        first, second = (self.business(brand=f"Merek {n}") for n in range(2))
        return lambda: merge(first, second, by=self.user)

    def business(self, name="Usaha", **more) -> Business:
        record = Business(name=name, **more)
        store(record, by=self.user, channel=Change.Channel.FORM)
        return record

    def destroy(self):
        self.number += 1
        nik = f"6471015705900{self.number:03}"
        upload = hand_in([["Nama Usaha", "NIK"], [f"Usaha {self.number}", nik]], user=self.user)
        confirm(upload, self.user)
        self.business("Tetangga", notes=f"Istri {nik}")
        asked = ask(nik, by=self.people[0], reason="Surat 12/2026")
        return lambda: approve(asked, nik, by=self.people[1])

    def close(self):
        self.number += 1
        year = 1950 + self.number % 60
        return lambda: close_year(year, by=self.user, channel=Change.Channel.COMMAND)

    def restore(self):
        made = create(self.folder / "a.zip")
        self.restored = made.manifest.fingerprint
        self.business("Sesudah cadangan")
        return lambda: call_command("restore", str(made.path))

    def move(self):
        self.number += 1
        target = f"sqlite:///{self.folder}/pindah-{self.number}.sqlite3"
        return lambda: call_command("move_database", target)


@pytest.mark.one_database
def test_p02_sixty_kills_over_both_databases_reach_every_act_that_writes_much():
    acts = {"confirm", "undo", "merge", "close", "restore", "destroy", "move"}

    assert set(KILLS) == acts
    assert all(callable(getattr(Acts, name)) for name in acts)
    assert 2 * sum(KILLS.values()) == 60
    assert min(KILLS.values()) > 1


@pytest.mark.parametrize("name", KILLS)
def test_p02_an_act_that_is_killed_is_done_or_not_begun(name, typist, tmp_path):
    chance, acts = random.Random(f"{SEED}{name}"), Acts(typist, tmp_path)
    longest = LONGEST.get(name) or seconds_of(getattr(acts, name)())
    check_register()

    for _ in range(KILLS[name]):
        act = getattr(acts, name)()
        before = fingerprint() if name in LONGEST else {}
        kill_after(chance.uniform(0, longest), act)
        finish_interrupted()  # as start does
        replay()
        check_register()
        if name in LONGEST:
            assert fingerprint() in (before, acts.restored)
        if name == "move":
            check_target(tmp_path / f"pindah-{acts.number}.sqlite3", before)


def check_target(path, before) -> None:
    """A register that was moved is whole, or there is none."""
    if path.exists():
        with in_place_of_default(database_settings(f"sqlite:///{path}", path)):
            assert fingerprint() == before


def check_register() -> None:
    """Nothing that ``check_data`` looks at is wrong, and nothing is half done that it knows no rule of."""
    outcomes = run_checks()
    assert [outcome.as_json() for outcome in outcomes if outcome.count] == []
    assert set(ClosedYear.objects.values_list("year", flat=True)) == set(
        Edition.objects.values_list("year", flat=True)
    )
    archived = Business.objects.exclude(archived_at=None)
    assert Merge.objects.count() == archived.filter(brand__startswith="Merek").count()
    for destruction in Destruction.objects.all():
        named = Business.objects.filter(pk__in=destruction.records["industry.business"])
        assert named.exclude(nik="").exists() == (destruction.done_at is None)
        neighbours = Business.objects.filter(pk__in=[key for _, key, _ in destruction.mentions])
        assert neighbours.filter(notes__startswith="Istri 6").exists() == (
            destruction.done_at is None
        )
