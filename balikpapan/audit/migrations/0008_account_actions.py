from django.db import migrations

import balikpapan.audit.fields


class Migration(migrations.Migration):
    """What happens to accounts stands in the trail too."""

    dependencies = [("audit", "0007_readaccess_purpose")]

    operations = [
        migrations.AlterField(
            "change",
            "action",
            balikpapan.audit.fields.BoundedCharField(
                choices=[
                    ("created", "dibuat"),
                    ("changed", "diubah"),
                    ("archived", "diarsipkan"),
                    ("restored", "dikembalikan"),
                    ("reset", "diberi kata sandi baru"),
                    ("entered", "masuk"),
                    ("failed", "gagal masuk"),
                    ("locked", "ditahan"),
                ],
                max_length=10,
                verbose_name="tindakan",
            ),
        ),
    ]
