"""Promise 30: no table is forgotten by the backup."""

import pytest
from django.apps import apps
from django.db import connection

from balikpapan.backup.tables import LEFT_OUT, stored_models


def test_p30_every_model_is_in_the_backup_or_left_out_for_a_reason():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert tables - {model._meta.db_table for model in stored_models()} == {"django_session"}
    assert all(LEFT_OUT.values())


@pytest.mark.django_db
def test_p30_every_table_of_the_database_belongs_to_a_model():
    tables = set(connection.introspection.table_names())

    assert tables - {model._meta.db_table for model in stored_models()} == set(LEFT_OUT)
