"""Promise 41: every answer tells the browser what it may not do, static files and refusals too."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from balikpapan.server import error_pages
from industry.admin.businesses import BusinessAdmin

DEFENCES = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def lacking(headers) -> set[str]:
    """The defences an answer comes without."""
    return {name for name, value in DEFENCES.items() if value not in headers.get(name, "")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/login/", "localhost", 200),
        ("/", "localhost", 302),
        ("/industry/business/", "localhost", 302),
        ("/login/", "kantor-lain.example", 400),
    ],
)
def test_p41_whoever_is_not_let_in_gets_every_defence(client, address, host, status):
    answer = client.get(address, HTTP_HOST=host)

    assert answer.status_code == status
    assert lacking(answer.headers) == set()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("page", "status"), [("admin:audit_closedyear_close", 403), ("tidak/ada/", 404)]
)
def test_p41_refusals_have_every_defence(client, petugas, page, status):
    client.force_login(petugas)

    answer = client.get(reverse(page) if ":" in page else f"/{page}")

    assert answer.status_code == status
    assert lacking(answer.headers) == set()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [(ValueError("rusak"), 500), (OperationalError("database is locked"), 503)],
    ids=["500", "503"],
)
def test_p41_what_breaks_is_answered_with_every_defence(
    client, petugas, monkeypatch, fault, status
):
    def broken(*words):
        raise fault

    monkeypatch.setattr(BusinessAdmin, "get_queryset", broken)
    client.raise_request_exception = False
    client.force_login(petugas)

    answer = client.get(reverse("admin:industry_business_changelist"))

    assert answer.status_code == status
    assert lacking(answer.headers) == set()
    assert "no-store" in answer["Cache-Control"]


def test_p41_a_form_from_elsewhere_is_refused_with_every_defence(petugas):
    client = Client(enforce_csrf_checks=True)
    client.force_login(petugas)

    answer = client.post(reverse("admin:industry_business_add"), {"name": "Roti Uji"})

    assert answer.status_code == 403
    assert lacking(answer.headers) == set()


def test_p41_a_static_file_has_every_defence(settings, db):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True

    answer = Client().get("/static/office/reading.js")

    assert answer.status_code == 200
    assert lacking(answer.headers) == set()
    b"".join(answer.streaming_content)


def test_p41_what_the_server_itself_turns_away_has_every_defence():
    headers = dict(error_pages.HEADERS)

    assert lacking(headers) == set()
    assert headers["Cache-Control"] == "no-store"
