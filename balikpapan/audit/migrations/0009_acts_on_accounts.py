from django.conf import settings
from django.db import migrations, models

import balikpapan.audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0008_account_actions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="action",
            field=balikpapan.audit.fields.BoundedCharField(
                choices=[
                    ("created", "dibuat"),
                    ("changed", "diubah"),
                    ("archived", "diarsipkan"),
                    ("restored", "dikembalikan"),
                    ("reset", "diberi kata sandi baru"),
                    ("password", "mengganti kata sandi sendiri"),
                    ("code_set", "memasang kode masuk"),
                    ("code_reset", "kode masuknya dilepas"),
                    ("entered", "masuk"),
                    ("failed", "gagal masuk"),
                    ("locked", "ditahan"),
                ],
                max_length=10,
                verbose_name="tindakan",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(
                    ("action__in", ["created", "changed", "reset", "code_reset"]),
                    ("model", "auth.user"),
                ),
                fields=["id"],
                name="audit_change_of_account",
            ),
        ),
    ]
