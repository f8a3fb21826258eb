"""What every test may rely on: empty data folder, plain static files, a browser or a word about it."""

import gc
import ipaddress
import os
import socket

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from balikpapan.intake.matching import comparison, stored
from balikpapan.spreadsheets import paged_columns, sandbox
from tests import snapshot
from tests.chromium import HOW, chromium_path
from tests.forked_children import ForkedChildren
from tests.taken_back import taken_back

LAUNCH = sandbox.launch


def pytest_addoption(parser):
    parser.addoption(
        "--write-snapshots",
        action="store_true",
        help="write the texts beside the tests anew, instead of comparing them",
    )


def pytest_configure(config):
    snapshot.write_anew = config.getoption("--write-snapshots", default=False)
    # The manifest exists only after collectstatic, which one test of its own runs.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    # The real hash is slow on purpose; the tests about passwords take this one away again.
    settings.PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")


@pytest.fixture(scope="session", autouse=True)
def offline():
    """The register needs no internet: a test reaches this computer only."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM:
            assert is_loopback(address[0]), f"{address} lies outside this computer"
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def forked_children():
    """A child that reads a sheet begins without the start of an interpreter; see the module."""
    if not hasattr(os, "fork"):
        yield
        return
    with ForkedChildren() as children, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "launch", children.launch)
        yield


@pytest.fixture
def launched_children(monkeypatch):
    """Children started as the program starts them."""
    monkeypatch.setattr(sandbox, "launch", LAUNCH)


def is_loopback(host: str) -> bool:
    """Whether a host is this computer."""
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    # Thousands of tests stay till the end; to look through all of them for rubbish, over and over,
    # takes longer than many of them run.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items):
    # The one exception to "nothing is skipped"; CI must have a browser, so there they fail.
    if chromium_path() or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=HOW))


def pytest_terminal_summary(terminalreporter):
    missed = [
        report
        for report in terminalreporter.stats.get("skipped", ())
        if HOW in str(report.longrepr)
    ]
    if missed:
        terminalreporter.section("Uji peramban yang tidak dijalankan")
        for report in missed:
            terminalreporter.line(report.nodeid)
        terminalreporter.line(HOW)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, emptied in our way, let go of by sessions that killed programs left."""
    from tests import emptied

    with django_db_blocker.unblock():
        emptied.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: emptied.empty())
        yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Figures kept from one test never answer another."""
    cache.clear()


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for all tests of a module; to begin it takes longer than most of them."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's own event loop must not keep Django from its database.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


# The cast. Imported late: models can only be imported once Django has been set up.


@pytest.fixture
def petugas(db):
    """Types and uploads."""
    from tests.cast import member

    return member("Petugas")


@pytest.fixture
def verifikator(db):
    """Checks, archives, closes the year."""
    from tests.cast import member

    return member("Verifikator")


@pytest.fixture
def pimpinan(db):
    """Reads and signs; sees no personal data."""
    from tests.cast import member

    return member("Pimpinan")


@pytest.fixture
def administrator(db):
    """Keeps accounts and lists; sees no personal data."""
    from tests.cast import member

    return member("Administrator")


@pytest.fixture
def reference(db):
    """The regions, lists and first records every register begins with."""
    from tests.cast import furnish

    furnish()


@pytest.fixture(scope="module")
def reference_throughout(django_db_setup, django_db_blocker):
    """The reference data, loaded once for all tests of a module and taken back at its end."""
    from tests.cast import furnish

    with django_db_blocker.unblock(), taken_back():
        furnish()
        yield


# How a column is held in memory is no matter of the database.
@pytest.fixture(params=["short", pytest.param("in pages", marks=pytest.mark.one_database)])
def any_length(request, monkeypatch):
    """Every sheet once as it is, and once as if it were too long to be held in memory."""
    if request.param == "in pages":
        monkeypatch.setattr(paged_columns, "LONG", 0)
        monkeypatch.setattr(paged_columns, "PAGE", 4)
        monkeypatch.setattr(stored, "AT_A_TIME", 3)
        monkeypatch.setattr(comparison, "REMEMBERED", 5)
