from django.db import migrations

from facilities.models import Lease


def hold_apart(apps, schema_editor):
    Lease.no_overlap.install(using=schema_editor.connection.alias)


def let_overlap(apps, schema_editor):
    Lease.no_overlap.remove(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """No two kept leases of one unit share a day; put back after every later migration too."""

    dependencies = [("facilities", "0006_production_units")]

    operations = [migrations.RunPython(hold_apart, let_overlap)]
