from django.db import migrations

from facilities.models import Withdrawal


def hold(apps, schema_editor):
    Withdrawal.database_rule.install(using=schema_editor.connection.alias)


def let_go(apps, schema_editor):
    Withdrawal.database_rule.remove(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """Never more goes out of a deposit than came in; put back after every later migration too."""

    dependencies = [("facilities", "0008_cold_storage_ledger")]

    operations = [migrations.RunPython(hold, let_go)]
