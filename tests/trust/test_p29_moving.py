"""Promise 29: moving between the two databases loses nothing, in either direction."""

import contextlib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from balikpapan.backup.replacement import PostgresqlReplacement
from balikpapan.backup.snapshot import in_place_of_default
from balikpapan.backup.tables import fingerprint
from balikpapan.env import database_settings
from industry.models import Business
from tests.factories import BusinessFactory
from tests.trust.offices import drop_replaced, wipe
from tests.trust.outages import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.UPLOAD_DIR = settings.DATA_DIR / "uploads"


@contextlib.contextmanager
def working_on(url, tmp_path):
    """Another register as the one of the program."""
    with in_place_of_default(database_settings(url, tmp_path / "x")):
        yield


@pytest.mark.slow
@pytest.mark.postgresql_only
def test_p29_a_register_moves_to_sqlite_and_back_to_postgresql_unchanged(tmp_path):
    # Numbers, dates, JSON and texts that the two spell differently.
    BusinessFactory(name="Batik “Sari” é", latitude="-1.234500", longitude="116.900000")
    last = BusinessFactory(notes="baris\nkedua", founded_year=1999).pk
    before, home = fingerprint(), address()
    away = f"sqlite:///{tmp_path / 'pindah.sqlite3'}"

    call_command("move_database", away)
    with working_on(away, tmp_path):
        assert fingerprint() == before
        wipe_home(home, tmp_path)
        call_command("move_database", home)

    assert fingerprint() == before
    assert BusinessFactory().pk > last
    drop_replaced()


def wipe_home(home, tmp_path):
    with working_on(home, tmp_path):
        wipe()


def test_p29_a_register_is_never_moved_over_another(tmp_path):
    BusinessFactory()

    with pytest.raises(CommandError, match="sudah berisi tabel"):
        call_command("move_database", address())

    assert Business.objects.count() == 1
    assert connection.introspection.table_names()


@pytest.mark.postgresql_only
def test_p29_other_roles_keep_their_rights_on_what_takes_the_place_of_the_register():
    place = PostgresqlReplacement(connection.settings_dict, "20261126-100000")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE pembaca")
        cursor.execute("GRANT USAGE ON SCHEMA public TO pembaca")
        cursor.execute("GRANT SELECT ON industry_business TO pembaca")
        cursor.execute("CREATE SCHEMA pulih_baru")
        cursor.execute("CREATE TABLE pulih_baru.industry_business (id bigint)")
    try:
        place.swap()
        place.swap()

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_table_privilege('pembaca', 'public.industry_business', 'SELECT'), "
                "has_table_privilege('pembaca', 'public.industry_business', 'DELETE'), "
                "has_schema_privilege('pembaca', 'public', 'USAGE')"
            )
            assert cursor.fetchone() == (True, False, True)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {place.replaced} RENAME TO public")
            cursor.execute("DROP OWNED BY pembaca; DROP ROLE pembaca")
