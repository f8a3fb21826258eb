"""Promise 24, first half: the trail is added to and read, whoever asks the database otherwise."""

import sqlite3
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from balikpapan.audit import triggers
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.data_checks.runner import run_checks
from industry.models import Reminder
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db
REFUSED = pytest.raises(IntegrityError, match=triggers.REFUSAL)


@pytest.fixture
def change():
    return store(BusinessFactory.build(), by=None, channel=Change.Channel.COMMAND)


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit_change SET reason = 'lain'", id="update"),
        pytest.param("UPDATE audit_change SET id = id + 1000", id="another-number"),
        pytest.param("DELETE FROM audit_change", id="delete"),
        pytest.param(
            "INSERT INTO audit_change SELECT * FROM audit_change WHERE true "
            "ON CONFLICT (id) DO UPDATE SET reason = 'lain'",
            id="upsert",
        ),
    ],
)
def test_p24_what_stands_in_the_trail_is_not_written_again(change, statement):
    with REFUSED:
        run(statement)

    assert Change.objects.get(pk=change.pk).reason == ""


def test_p24_the_trail_is_added_to_and_read(change):
    store(BusinessFactory.build(), by=None, channel=Change.Channel.COMMAND)

    assert Change.objects.count() == 2


def test_p24_the_log_of_letters_is_only_added_to_either(verifikator):
    letter = {"reason": "data", "medium": "letter", "purpose": "undangan", "by": verifikator}
    written = Reminder.objects.create(business=BusinessFactory(), **letter)

    for statement in (
        "UPDATE industry_reminder SET purpose = 'lain'",
        "DELETE FROM industry_reminder",
        "INSERT INTO industry_reminder SELECT * FROM industry_reminder WHERE true "
        "ON CONFLICT (id) DO UPDATE SET purpose = 'lain'",
    ):
        with REFUSED:
            run(statement)

    assert Reminder.objects.get(pk=written.pk).purpose == "undangan"
    connection.check_constraints()  # PostgreSQL alters no table with checks still to come
    triggers.remove(["industry_reminder"])
    [outcome] = run_checks(only=["trail_protected"])
    assert "industry_reminder_no_update" in " ".join(outcome.sentences)
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.postgresql_only
@pytest.mark.parametrize("truncated", ["audit_change", "auth_user CASCADE"])
def test_p24_the_trail_is_not_truncated(change, truncated):
    with REFUSED:
        run("SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {truncated}")


@pytest.mark.postgresql_only
def test_p24_a_session_without_ordinary_triggers_is_refused_too(change):
    with REFUSED:
        run("SET LOCAL session_replication_role = replica", "DELETE FROM audit_change")


@pytest.mark.postgresql_only
def test_p24_a_role_that_does_not_own_the_trail_cannot_take_the_triggers_away(change):
    run("CREATE ROLE pencatat")
    run("GRANT SELECT, INSERT ON audit_change TO pencatat")

    for statement in (
        "DROP TRIGGER audit_change_no_delete ON audit_change",
        "ALTER TABLE audit_change DISABLE TRIGGER ALL",
        "DELETE FROM audit_change",
        "UPDATE audit_change SET reason = 'lain'",
        "TRUNCATE audit_change",
    ):
        with pytest.raises(ProgrammingError):
            run("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL ROLE pencatat", statement)
    assert Change.objects.exists()


@pytest.mark.postgresql_only
def test_p24_a_role_that_may_not_put_the_triggers_back_says_so():
    run("CREATE ROLE pencatat")
    triggers.remove()

    run("SET LOCAL ROLE pencatat")
    with pytest.raises(ImproperlyConfigured, match="bukan pemilik"):
        triggers.install()
    run("RESET ROLE")


@pytest.mark.django_db(transaction=True)
def test_p24_a_program_of_its_own_replaces_nothing_either(change):
    if connection.vendor != "sqlite":
        with REFUSED:
            run("DELETE FROM audit_change")
        return
    # Another program's connection has recursive_triggers off, as SQLite begins.
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as other,
        pytest.raises(sqlite3.IntegrityError, match=triggers.REFUSAL),
    ):
        other.execute("INSERT OR REPLACE INTO audit_change SELECT * FROM audit_change")


def test_p24_a_migration_puts_back_the_triggers_that_were_lost():
    triggers.remove()
    assert triggers.missing() != []

    call_command("migrate", "audit", verbosity=0)

    assert triggers.missing() == []


def test_p24_only_destruction_lifts_the_triggers_and_they_come_back(change):
    with triggers.lifted():
        Change.objects.filter(pk=change.pk).delete()

    assert not Change.objects.exists()
    assert triggers.missing() == []
    with pytest.raises(RuntimeError), triggers.lifted():
        raise RuntimeError
    assert triggers.missing() == []
