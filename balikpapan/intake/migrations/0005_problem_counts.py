from django.db import migrations


class Migration(migrations.Migration):
    """What the numbers of problems are called: they count, they tell nothing."""

    dependencies = [
        ("intake", "0004_reason_codes"),
    ]

    operations = [
        migrations.RenameField("upload", "told", "problem_counts"),
    ]
