"""Promises 48 and 51: what is personal stays in the register and its uploads, and in no log."""

import logging
import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache

from balikpapan.logs import OneLine
from industry.models import Business
from tests.intake.importing import hand_in
from tests.pages import filled, upload_url, url

pytestmark = pytest.mark.django_db

NIK, PHONE, PASSWORD = "6471015511809977", "081255577991", "rahasia-sekali-9977"
MARKS = (NIK, PHONE, PASSWORD)


@pytest.fixture
def folders(settings, tmp_path, monkeypatch):
    """A data folder and a temporary folder of this test alone."""
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    settings.DATA_DIR, settings.UPLOAD_DIR = data, data / "uploads"
    return data, temporary


def marked(text: str) -> set[str]:
    return {mark for mark in MARKS if mark in text}


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def a_day_of_work(client, user) -> None:
    """Everything through which a person's numbers pass, and a few mistakes on the way."""
    client.raise_request_exception = False
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    client.force_login(user)
    rows = [["Nama Usaha", "NIK", "No. HP"], ["Amplang", NIK, PHONE], ["Roti", NIK + "9", PHONE]]
    upload = hand_in(rows, user=user)
    for group in ("new", "held"):
        client.get(upload_url("change", upload), {"kelompok": group})
    client.get(upload_url("problems", upload))
    client.post(upload_url("confirm", upload), {"fingerprint": upload.fingerprint})
    record = Business.objects.get()
    client.get(url(Business, "change", record))
    client.get(url(Business, "changelist"), {"q": NIK})
    form = filled(client.get(url(Business, "add"))) | {"name": "Kue", "nik": NIK + "1"}
    client.post(url(Business, "add"), form)
    client.get(f"/tidak-ada/{NIK}/")
    client.get(url(Business, "changelist"), {"nik__startswith": NIK})
    client.post(upload_url("file", upload), {"purpose": "memeriksa daftar"})


def test_p48_nothing_personal_is_left_outside_the_register(client, petugas, folders, caplog):
    data, temporary = folders
    caplog.set_level(logging.INFO)
    petugas.set_password("lampu-kayu-sungai-42")
    petugas.save()

    a_day_of_work(client, petugas)

    outside = [path for path in files_below(data) if settings.UPLOAD_DIR not in path.parents]
    outside += files_below(temporary)
    assert {str(path) for path in outside if marked(path.read_bytes().decode("latin-1"))} == set()
    assert {oct(path.stat().st_mode & 0o077) for path in files_below(data)} <= {oct(0)}
    assert not any(marked(str(row.get_decoded())) for row in Session.objects.all())
    assert not marked(str(getattr(cache, "_cache", {})))
    entries = [OneLine("{levelname}: {message}", style="{").format(one) for one in caplog.records]
    assert entries, "the mistakes of the day have been logged"
    assert {entry for entry in entries if marked(entry)} == set()
    assert not any(os.linesep in entry for entry in entries)
