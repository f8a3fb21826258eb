from django.db import migrations

from facilities.models import Bill, BillLine


def hold(apps, schema_editor):
    for model in (Bill, BillLine):
        model.database_rule.install(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """A bill that has been sent is never deleted either; the rule is that of 0013."""

    dependencies = [("facilities", "0013_bills_frozen")]

    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
