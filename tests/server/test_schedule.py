"""The daily work behind the pages, and what the first page says of it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from balikpapan import site
from balikpapan.backup.daily import Status
from balikpapan.server import schedule
from balikpapan.server.schedule import Job, Schedule


@pytest.fixture
def begun(monkeypatch):
    """The commands that were begun; each ends with status 0."""
    commands = []
    monkeypatch.setattr(
        Schedule, "run_command", lambda self, command: commands.append(command) or 0
    )
    return commands


def test_only_what_is_due_is_done(begun):
    work = Schedule([])

    assert work.carry_out(Job(("backup",), lambda: True))
    assert work.carry_out(Job(("check_data",), lambda: False))

    assert begun == [("backup",)]


def test_a_fault_in_one_job_is_no_end_of_the_others(begun, caplog):
    assert not Schedule([]).carry_out(Job(("backup",), lambda: 1 / 0))
    assert "Pekerjaan harian backup gagal" in caplog.text


def test_a_command_ends_with_the_worker(monkeypatch, tmp_path):
    (tmp_path / "manage.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(schedule, "settings", SimpleNamespace(BASE_DIR=tmp_path))
    work = Schedule([])
    work.stop()

    assert work.run_command(("backup",)) != 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        pytest.param(Status(None, "", 0.5), "Belum ada cadangan", id="none"),
        pytest.param(Status("old", "", 0.5), "lebih dari dua hari", id="old"),
        pytest.param(Status("now", "", 0.5), "Cadangan terakhir:", id="fresh"),
        pytest.param(Status("now", "Ruang penuh.", 0.5), "gagal: Ruang penuh.", id="failed"),
        pytest.param(Status("now", "", 0.09), "Ruang cakram tinggal 9,0%", id="little room"),
    ],
)
def test_the_first_page_tells_the_age_of_the_backup(client, monkeypatch, status, sentence):
    ages = {"old": timedelta(days=3), "now": timedelta(hours=1)}
    latest = status.latest and timezone.now() - ages[status.latest]
    monkeypatch.setattr(
        site, "backup_status", lambda: Status(latest, status.error, status.free_share)
    )
    client.force_login(get_user_model().objects.create_superuser("kepala"))

    page = client.get(reverse("admin:index")).content.decode()

    assert sentence in page
    assert ("notice--warn" in page) == (status.latest != "now" or status.free_share < 0.1)


def test_who_does_not_keep_the_accounts_is_not_bothered(client, petugas):
    client.force_login(petugas)

    assert "adangan" not in client.get(reverse("admin:index")).content.decode()
