from django.db import migrations

from facilities.models import Bill, BillLine


def hold(apps, schema_editor):
    for model in (Bill, BillLine):
        model.database_rule.install(using=schema_editor.connection.alias)


def let_go(apps, schema_editor):
    for model in (Bill, BillLine):
        model.database_rule.remove(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """A bill that has been sent is never changed; put back after every later migration too."""

    dependencies = [("facilities", "0012_lease_tenant")]

    operations = [migrations.RunPython(hold, let_go)]
