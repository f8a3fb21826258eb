from django.db import migrations

from facilities.models import Tariff


def hold_apart(apps, schema_editor):
    Tariff.no_overlap.install(using=schema_editor.connection.alias)


def let_overlap(apps, schema_editor):
    Tariff.no_overlap.remove(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """No two kept tariffs of one service share a day; put back after every later migration too."""

    dependencies = [("facilities", "0003_tariff")]

    operations = [migrations.RunPython(hold_apart, let_overlap)]
