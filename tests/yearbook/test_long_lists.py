"""The nominative list of many IKM: too long for paper, then too long to wait for."""

import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from balikpapan.audit.models import ReadAccess
from balikpapan.intake import work
from balikpapan.intake.jobs.recovery import recover
from balikpapan.reports import list_files
from balikpapan.yearbook import views
from tests.cast import member, permitted
from tests.factories import BusinessFactory, BusinessYearFactory, KelurahanFactory
from tests.pages import messages_of

pytestmark = pytest.mark.django_db

YEAR = 2024
LIST = f"/laporan/{YEAR}/daftar-ikm/"
PHONE = "081234567890"


@pytest.fixture(autouse=True)
def few_are_many(settings, tmp_path, monkeypatch):
    """Two rows are the most for paper, three the most in front of a page."""
    monkeypatch.setattr(views, "MOST_ON_PAPER", 2)
    settings.UPLOAD_BACKGROUND_ROWS = 3
    settings.LIST_DIR = tmp_path / "lists"


def register(count):
    place = KelurahanFactory()
    for number in range(count):
        firm = BusinessFactory(name=f"Amplang {number}", kelurahan=place, phone=PHONE)
        BusinessYearFactory(business=firm, workers_male=None, workers_total=number + 1)
    return place


def work_off():
    """What the worker does with the tasks there are, without its closing of connections."""
    options = {"queue_names": ["*"], "interval": 0, "batch": True, "backend_name": "default"}
    options |= {"startup_delay": False, "max_tasks": None, "excluded_queue_names": []}
    worker = Worker(**options, worker_id=work.identity())
    for task in DBTaskResult.objects.ready():
        task.claim(worker.worker_id)
        worker.run_task(task)


def words(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [value for row in sheet.values for value in row if value is not None]


def test_a_list_too_long_for_paper_is_written_at_once_and_offers_no_pdf(client, verifikator):
    register(3)
    client.force_login(verifikator)

    page = client.get(LIST)
    file = client.get(f"{LIST}unduh/xlsx/")
    refused = client.get(f"{LIST}unduh/pdf/", follow=True)

    assert (page.context["on_paper"], "Unduh PDF" in page.content.decode()) == (False, False)
    assert {"Amplang 0", "Amplang 2", PHONE, "Jumlah", 6} <= set(words(file))
    assert messages_of(refused)[0].startswith("Daftar ini lebih dari 2 baris")
    assert ReadAccess.objects.get(kind="exported").count == 3
    # A short one is printed.
    few = client.get(LIST, {"kecamatan": KelurahanFactory().kecamatan_id})
    assert few.context["on_paper"]


def test_a_longer_one_is_made_by_the_worker_and_fetched_from_its_page(client, verifikator):
    place = register(4)
    BusinessFactory(name="Di Tempat Lain", phone=PHONE)
    client.force_login(verifikator)
    asked = {"kecamatan": place.kecamatan_id}

    first = client.get(f"{LIST}unduh/xlsx/", asked)
    again = client.get(f"{LIST}unduh/xlsx/", asked)
    page = client.get(first.url)
    state = client.get(first.url, headers={"accept": "application/json"}).json()

    assert first.url == again.url
    assert "Daftar sedang dibuat" in page.content.decode()
    assert state["working"]
    assert "Pekerja latar tidak berjalan" in state["waiting"]
    assert not ReadAccess.objects.filter(kind="exported").exists()

    work_off()
    made = client.get(first.url)
    file = client.get(f"{first.url}unduh/")

    assert "4 IKM dalam satu berkas Excel" in made.content.decode()
    assert not client.get(first.url, headers={"accept": "application/json"}).json()["working"]
    assert {"Amplang 0", "Amplang 3", PHONE, 10} <= set(words(file))
    assert "Di Tempat Lain" not in words(file)
    taken = ReadAccess.objects.get(kind="exported")
    assert (taken.count, taken.columns, taken.by) == (4, "phone", verifikator)
    assert taken.purpose == "daftar nominatif IKM"
    [path] = list_files.expired(timezone.now() + timedelta(days=2))
    assert path.stat().st_mode & 0o077 == 0
    # What was made is made anew when it is asked for again.
    assert client.get(f"{LIST}unduh/xlsx/", asked).url != first.url


def test_what_waits_is_handed_to_nobody_who_asked_for_something_else(client, verifikator, petugas):
    register(4)
    client.force_login(verifikator)
    mine = client.get(f"{LIST}unduh/xlsx/").url

    other_year = client.get(f"/laporan/{YEAR - 1}/daftar-ikm/unduh/xlsx/").url
    narrower = client.get(f"{LIST}unduh/xlsx/", {"kecamatan": register(4).kecamatan_id}).url
    client.force_login(petugas)
    theirs = client.get(f"{LIST}unduh/xlsx/").url

    assert len({mine, other_year, narrower, theirs}) == 4
    assert client.get(theirs).status_code == 200


def test_a_list_is_masked_for_whoever_may_not_take_phones_out_and_is_nobody_elses(client, petugas):
    register(4)
    client.force_login(petugas)
    address = client.get(f"{LIST}unduh/xlsx/").url
    work_off()

    file = client.get(f"{address}unduh/")

    assert "Amplang 3" in words(file)
    assert PHONE not in words(file)
    assert not ReadAccess.objects.filter(kind="exported").exists()
    client.force_login(member("Petugas", "rekan"))
    assert client.get(address).status_code == 404
    assert client.get(f"{address}unduh/").status_code == 404
    assert client.get(reverse("admin:report_list", args=[uuid.uuid4()])).status_code == 404


def test_rights_are_asked_for_when_it_is_made_and_when_it_is_fetched(client, verifikator):
    register(4)
    client.force_login(verifikator)
    address = client.get(f"{LIST}unduh/xlsx/").url
    work_off()

    verifikator.groups.set(member("Petugas", "rekan").groups.all())
    assert client.get(f"{address}unduh/").status_code == 403

    later = client.get(f"{LIST}unduh/xlsx/").url
    verifikator.groups.clear()
    work_off()
    assert DBTaskResult.objects.get(pk=later.split("/")[3]).status == "FAILED"
    assert client.get(later).status_code == 403


@pytest.mark.parametrize("lost", ["reports.view_edition", "industry.view_business"])
def test_the_right_to_the_report_and_the_one_to_the_register_are_both_needed(client, lost):
    register(4)
    rights = {"reports.view_edition", "industry.view_business", "audit.export_personal_data"}
    asker = permitted(*rights)
    client.force_login(asker)
    page = client.get(f"{LIST}unduh/xlsx/").url
    asker.user_permissions.remove(Permission.objects.get(codename=lost.partition(".")[2]))

    work_off()

    assert DBTaskResult.objects.get(pk=page.split("/")[3]).status == "FAILED"


def test_a_list_cut_short_or_past_its_day_can_be_asked_for_again(client, petugas, settings):
    register(4)
    client.force_login(petugas)
    address = client.get(f"{LIST}unduh/xlsx/").url
    host, _, process, began = work.identity().split(":")
    DBTaskResult.objects.get().claim(f"{host}:00000000:{process}:{began}")

    assert "Daftar tidak jadi dibuat" in client.get(address).content.decode()
    recover()
    page = client.get(address)
    assert "Daftar tidak jadi dibuat" in page.content.decode()

    address = client.get(page.context["again"]).url
    work_off()
    (settings.LIST_DIR / "terputus").write_bytes(b"PK")
    assert list_files.purge(timezone.now()) == 0
    assert list_files.purge(timezone.now() + timedelta(hours=25)) == 2

    gone = client.get(address)
    assert "Berkas sudah dihapus" in gone.content.decode()
    fetched = client.get(f"{address}unduh/", follow=True)
    assert messages_of(fetched)[0].startswith("Berkas daftar ini tidak ada lagi")


def test_a_list_costs_as_many_statements_for_many_as_for_few(client, petugas, settings):
    settings.UPLOAD_BACKGROUND_ROWS = 100
    client.force_login(petugas)
    counts = []
    client.get(LIST)
    for _ in range(2):
        register(3)
        with CaptureQueriesContext(connection) as statements:
            file = client.get(f"{LIST}unduh/xlsx/")
        assert words(file).count("Amplang 0") == len(counts) + 1
        counts.append(len(statements))

    assert counts[0] == counts[1]
