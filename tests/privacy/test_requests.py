"""A person's request is recorded, counted in hours and answered by somebody (promise 53)."""

import datetime
import getpass
import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.audit.store import store
from balikpapan.privacy.destruction import approve
from balikpapan.privacy.models import Destruction, SubjectRequest
from balikpapan.privacy.requests import HourCount, moment
from industry.models import Business
from tests.cast import member
from tests.factories import SubjectRequestFactory
from tests.pages import url

NIK = "6471015705900001"
DAY = datetime.date(2025, 3, 3)


@pytest.mark.parametrize(
    ("taken", "is_answered", "is_late", "sentence"),
    [
        (0, False, False, "sisa 72 jam"),
        (71, False, False, "sisa 1 jam"),
        (72, False, True, "waktunya habis"),
        (75, False, True, "lewat 3 jam"),
        (72, True, False, "dijawab dalam 72 jam"),
        (73, True, True, "dijawab dalam 73 jam, lewat 1 jam"),
    ],
)
def test_three_times_24_hours_are_counted_to_the_hour(taken, is_answered, is_late, sentence):
    hours = HourCount(taken, is_answered)

    assert (hours.is_late, str(hours)) == (is_late, sentence)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still at the hour it is set to."""
    hand = SimpleNamespace(now=moment(DAY, 9))
    monkeypatch.setattr(timezone, "now", lambda: hand.now)
    return hand


def typed(**changes):
    """The form of a request as it is sent."""
    return {
        "received_on": "3 Maret 2025",
        "received_hour": "9",
        "kind": "correction",
        "requester": "Siti Contoh",
        "nik": NIK,
        "contact": "0812-5551-0003",
        "letter": "12/2025",
        "request": "Nama pemilik keliru dieja.",
        "outcome": "",
        "answer": "",
        "answered_on": "",
        "answered_hour": "",
        **changes,
    }


@pytest.mark.django_db
def test_p53_a_request_is_recorded_counted_marked_when_overdue_and_answered(
    client, petugas, verifikator, pimpinan, clock
):
    client.force_login(petugas)
    client.post(url(SubjectRequest, "add"), typed())
    request = SubjectRequest.objects.get()
    assert (request.nik, request.deadline) == (NIK, moment(DAY, 9) + datetime.timedelta(days=3))

    lists, home = url(SubjectRequest, "changelist"), reverse("admin:index")
    pages = {}
    for hours in (71, 72):
        clock.now = moment(DAY, 9) + datetime.timedelta(hours=hours)
        client.logout()  # three days are longer than a log-in lasts
        client.force_login(pimpinan)
        pages[hours] = [client.get(page).content.decode() for page in (lists, home)]
    assert "sisa 1 jam (6 Maret 2025 09.00)" in pages[71][0]
    assert 'class="overdue"' not in pages[71][0]
    assert "1 permintaan subjek data belum dijawab" in pages[71][1]
    assert "lewat 3×24 jam" not in pages[71][1]
    assert '<strong class="overdue">waktunya habis' in pages[72][0]
    assert "1 di antaranya lewat 3×24 jam" in pages[72][1]
    assert "Permintaan" in client.get(f"{lists}?jawaban=lewat").content.decode()
    # Who may not see personal data reads no NIK and no telephone.
    form = client.get(url(SubjectRequest, "change", request)).content.decode()
    assert NIK not in "".join([form, *pages[72]])
    assert "5551-0003" not in form
    assert "************0001" in form

    client.force_login(verifikator)
    answer = typed(outcome="granted", answer="Nama dibetulkan.", opened_version="1")
    assert client.post(url(SubjectRequest, "change", request), answer).status_code == 302
    request.refresh_from_db()
    assert (request.answered_by, request.answered_on) == (verifikator, datetime.date(2025, 3, 6))
    assert "dijawab dalam 72 jam" in client.get(lists).content.decode()
    assert "belum dijawab</a>" not in client.get(home).content.decode()
    acts = list(Change.objects.of(request).order_by("pk").values_list("by__username", "action"))
    assert acts == [("petugas", "created"), ("verifikator", "changed")]
    assert ReadAccess.objects.filter(model="privacy.subjectrequest", by=verifikator).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"requester": ""}, "requester"),
        ({"request": ""}, "request"),
        ({"received_hour": "10"}, "received_hour"),
        ({"received_hour": "24"}, "received_hour"),
        ({"nik": "6471"}, "nik"),
        ({"answer": "Sudah."}, "outcome"),
        ({"outcome": "refused"}, "answer"),
        (
            {"outcome": "granted", "answer": "Ya.", "answered_on": "3/3/2025", "answered_hour": 8},
            "answered_hour",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_half_a_request_and_half_an_answer_are_refused(client, petugas, clock, changes, field):
    client.force_login(petugas)

    response = client.post(url(SubjectRequest, "add"), typed(**changes))

    assert field in response.context["adminform"].form.errors
    assert not SubjectRequest.objects.exists()


@pytest.mark.django_db
def test_an_answer_without_somebody_who_gave_it_is_refused_by_store_and_database():
    request = SubjectRequestFactory()
    table = SubjectRequest._meta.db_table

    request.outcome, request.answer = "granted", "Dibetulkan."
    request.answered_on, request.answered_hour = DAY, 10
    with pytest.raises(ValidationError, match="penjawabnya"):
        store(request, by=None, channel=Change.Channel.COMMAND)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (version, created_at, updated_at, received_on, "
            "received_hour, kind, requester, nik, contact, letter, request, outcome, "
            "answer, answered_on, answered_hour) VALUES (1, '2025-03-03', '2025-03-03', "
            "'2025-03-03', 9, 'access', 'x', '', '', '', 'x', 'granted', 'x', "
            "'2025-03-03', 10)"
        )


@pytest.mark.django_db
def test_p53_the_answer_to_a_person_and_the_destruction_work_from_the_request(
    tmp_path, petugas, verifikator, monkeypatch, settings, capsys
):
    settings.DATA_DIR = tmp_path
    business = Business(name="Amplang Uji", nik=NIK, owner_name="Siti Contoh")
    store(business, by=petugas, channel=Change.Channel.FORM)
    request = SubjectRequest(**typed_values())
    store(request, by=petugas, channel=Change.Channel.FORM)
    verifikator.set_password("sungai-wain-tenang-5")
    verifikator.save()
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "sungai-wain-tenang-5")
    number, who = str(request.pk), verifikator.username

    out = tmp_path / "jawaban.xlsx"
    call_command("data_subject", "--request", number, "--out", str(out), "--user", who)
    call_command("destroy", "--request", number, "--user", who)

    request.refresh_from_db()
    asked = Destruction.objects.get()
    assert (request.compiled_on, request.destruction) == (timezone.localdate(), asked)
    assert out.exists()
    assert asked.reason == f"Permintaan subjek data {number} 12/2025"
    assert set(asked.records) == {"industry.business", "privacy.subjectrequest"}
    purposes = ReadAccess.objects.filter(kind="exported").values_list("purpose", flat=True)
    assert set(purposes) == {f"permintaan subjek data {number}"}

    approve(asked, NIK, by=member("Administrator", "orang-kedua"))

    request.refresh_from_db()
    assert (request.nik, request.requester, request.request) == ("", "", "")
    assert (request.letter, request.kind) == ("12/2025", "erasure")
    trail = Change.objects.of(request).values_list("before", "after")
    assert NIK not in json.dumps(list(trail))
    for words in (["--request", number], ["--request", "99999"], [], [NIK, "--request", number]):
        with pytest.raises(CommandError):
            call_command("data_subject", *words)
    assert NIK not in capsys.readouterr().out


def typed_values():
    """A request for destruction as a record's values."""
    return {
        "received_on": DAY,
        "received_hour": 9,
        "kind": "erasure",
        "requester": "Siti Contoh",
        "nik": NIK,
        "letter": "12/2025",
        "request": "Hapus data saya.",
    }
