"""The server that comes with the development set works where the machine offers none."""

import psycopg
import pytest

from tests.postgres import packaged_programs, temporary_server


@pytest.mark.slow
def test_the_packaged_server_runs_even_for_root_and_brings_the_extensions():
    with temporary_server(packaged_programs()) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        [version] = connection.execute("SHOW server_version_num").fetchone()

    assert int(version) >= 180000
