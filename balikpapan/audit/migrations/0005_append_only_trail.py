from django.db import migrations

from balikpapan.audit import triggers


def protect(apps, schema_editor):
    triggers.install(["audit_change"], using=schema_editor.connection.alias)


def unprotect(apps, schema_editor):
    triggers.remove(["audit_change"], using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """The trail is protected by triggers, which are put back after every later migration too."""

    dependencies = [("audit", "0004_closed_year_edition_range")]

    operations = [migrations.RunPython(protect, unprotect)]
