from django.db import migrations

import balikpapan.audit.fields


class Migration(migrations.Migration):
    """An edition keeps the head of the trail's chain that it has printed."""

    dependencies = [("reports", "0002_edition_release")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="chain_head",
            field=balikpapan.audit.fields.BoundedCharField(
                blank=True, default="", max_length=40, verbose_name="ujung rantai jejak"
            ),
        ),
    ]
