"""Pages that depend on a moment: before the log-in, after a wrong answer, while a worker is busy, at an error.

What each of them shows is compared with its text in ``moments/``.
"""

import json
import re
from pathlib import Path

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from balikpapan.accounts import second_factor
from balikpapan.intake import work
from balikpapan.intake.answers import Answers
from balikpapan.intake.jobs import dispatch
from balikpapan.intake.models import Work
from tests.cast import furnish, member
from tests.pages import upload_url
from tests.sheets import xlsx
from tests.snapshot import compare

from . import clock
from .test_pages import lines_of
from .visible import page_lines
from .world import SOUND, begin_numbering

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).with_name("moments")
PASSWORD = "tiga-kuda-renang-malam-42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_800_000_000
#: What is drawn anew each time: a secret, its picture, the codes to fall back on.
DRAWN_ANEW = re.compile(r"<svg.*?</svg>|\b[A-Z2-7]{32}\b|\b[a-z2-9]{5}-[a-z2-9]{5}\b", re.DOTALL)


class Moments:
    """What pages showed, one after another."""

    def __init__(self):
        self.text = []

    def add(self, what, response):
        """One page, whole, with where it leads and what it sets in the browser."""
        self.text.append(
            f"=== {what}: {response.status_code} {response.headers.get('Location', '')}"
        )
        self.text += [f"kue {name}" for name in sorted(response.cookies)]
        for name in ("Retry-After", "Content-Type", "Content-Disposition", "Cache-Control"):
            if name in response.headers:
                self.text.append(f"{name}: {response.headers[name]}")
        if response.status_code == 302:
            return response
        content = b"".join(response) if response.streaming else response.content
        if "html" in response.headers["Content-Type"]:
            written = DRAWN_ANEW.sub("DIBUAT-BARU", content.decode())
            self.text += page_lines(written)
        elif response.status_code == 200:
            self.text += lines_of(response, content)
        return response

    def compare(self, name):
        compare(TEXTS / f"{name}.txt", "\n".join(self.text))


@pytest.fixture
def moments(db):
    with clock.stopped():
        furnish()
        begin_numbering()
        yield Moments()


@pytest.fixture
def petugas(moments):
    person = member("Petugas")
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_log_in(moments, petugas):
    client, page = Client(), reverse("admin:login")

    def try_to_enter(what, **typed):
        return moments.add(what, client.post(page, typed))

    moments.add("beranda sebelum masuk", client.get("/"))
    moments.add("halaman masuk", client.get(f"{page}?next=/industry/business/"))
    try_to_enter("tanpa isi", username="", password="")
    for count in range(1, 6):
        try_to_enter(f"salah ke-{count}", username=petugas.username, password="salah")
    try_to_enter("benar sesudah diblokir", username=petugas.username, password=PASSWORD)
    moments.compare("masuk")


def test_the_way_in_and_out(moments, petugas):
    client, page = Client(), reverse("admin:login")
    typed = {"username": petugas.username, "password": PASSWORD, "next": "/industry/business/"}
    moments.add("benar", client.post(page, typed))
    moments.add("halaman masuk sesudah masuk", client.get(page))
    moments.add("ganti kata sandi", client.get(reverse("admin:password_change")))
    for what, old, new, again in (
        ("kosong", "", "", ""),
        ("lama salah", "salah", "kuda-malam-biru-91-laut", "kuda-malam-biru-91-laut"),
        ("tidak sama", PASSWORD, "kuda-malam-biru-91-laut", "kuda-malam-biru-92-laut"),
        ("pendek", PASSWORD, "abc1", "abc1"),
        ("angka", PASSWORD, "384756192837", "384756192837"),
        ("mudah", PASSWORD, "password1234", "password1234"),
        ("nama akun", PASSWORD, petugas.username * 2, petugas.username * 2),
        ("yang lama", PASSWORD, PASSWORD, PASSWORD),
        ("baik", PASSWORD, "kuda-malam-biru-91-laut", "kuda-malam-biru-91-laut"),
    ):
        sent = {"old_password": old, "new_password1": new, "new_password2": again}
        moments.add(f"ganti: {what}", client.post(reverse("admin:password_change"), sent))
    moments.add("sudah diganti", client.get(reverse("admin:password_change_done")))
    moments.add("keluar", client.post(reverse("admin:logout")))
    moments.add("sesudah keluar", client.get("/industry/business/"))
    moments.compare("keluar")


def test_a_code_beside_the_password(moments, monkeypatch):
    monkeypatch.setattr(second_factor.time, "time", lambda: NOW)
    monkeypatch.setattr("balikpapan.accounts.second_factor_pages.new_secret", lambda: SECRET)
    person = member("Verifikator")
    person.set_password(PASSWORD)
    person.save()
    client, page = signed_in(person), reverse("admin:second_factor")
    code = pyotp.TOTP(SECRET).at(NOW)
    moments.add("menyiapkan", client.get(page))
    for what, password, typed in (
        ("kosong", "", ""),
        ("kode salah", PASSWORD, "000000"),
        ("kode huruf", PASSWORD, "abcdef"),
        ("kata sandi salah", "salah", code),
        ("baik", PASSWORD, f"{code[:3]} {code[3:]}"),
    ):
        moments.add(what, client.post(page, {"password": password, "code": typed}))
    moments.add("sesudahnya", client.get(page))
    monkeypatch.setattr(second_factor.time, "time", lambda: NOW + 60)
    later = pyotp.TOTP(SECRET).at(NOW + 60)
    for what, typed in (("tanpa", ""), ("salah", "111111"), ("lama", code), ("baik", later)):
        sent = {"username": person.username, "password": PASSWORD, "code": typed}
        moments.add(f"masuk, kode {what}", Client().post(reverse("admin:login"), sent))
    moments.add("petugas biasa", signed_in(member("Petugas")).get(page))
    moments.compare("kode-masuk")


def test_errors(moments, petugas, monkeypatch):
    client = signed_in(petugas)
    moments.add("tidak ada", client.get("/tidak/ada/"))
    moments.add("tidak ada, sebelum masuk", Client().get("/tidak/ada/"))
    moments.add("tanpa hak", client.get(reverse("admin:auth_user_changelist")))
    moments.add("catatan tidak ada", client.get("/industry/business/999/change/"))
    unsigned = Client(enforce_csrf_checks=True)
    moments.add("tanpa tanda", unsigned.post(reverse("admin:login"), {"username": "a"}))
    clumsy = Client(raise_request_exception=False)
    clumsy.force_login(petugas)
    for what, error in (
        ("kesalahan program", ValueError("rusak")),
        ("cakram", OSError(28, "penuh")),
    ):

        def fails(*arguments, error=error, **options):
            raise error

        with monkeypatch.context() as patch:
            patch.setattr("django.contrib.admin.sites.AdminSite.app_index", fails)
            moments.add(what, clumsy.get("/industry/"))
    moments.compare("kesalahan")


def test_an_upload_on_its_way(moments, petugas, settings, tmp_path):
    settings.UPLOAD_BACKGROUND_ROWS = 0
    settings.UPLOAD_DIR = tmp_path  # the sign of the worker is a file
    client = signed_in(petugas)
    upload = dispatch.receive("ikm", xlsx(SOUND), "kedai.xlsx", Answers(unit="rupiah"), petugas)
    job = Work.objects.get()

    def look(what):
        moments.add(what, client.get(upload_url("change", upload)))
        progress = client.get(upload_url("progress", upload))
        moments.text.append(json.dumps(progress.json(), sort_keys=True))

    look("tanpa pekerja")
    work.sign()
    look("menunggu giliran")
    work.start(job)
    work.say(job, "Membaca sel")
    look("sedang dibaca")
    moments.add("dibatalkan", client.post(upload_url("cancel", upload)))
    look("sesudah dibatalkan")
    moments.add("berkas asli", client.get(upload_url("file", upload)))
    moments.add("sekali lagi", client.post(upload_url("retry", upload)))
    look("sekali lagi")
    moments.add("halaman unggahan", client.get(reverse("admin:intake_upload_changelist")))
    moments.compare("unggahan")
