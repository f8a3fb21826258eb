import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import balikpapan.audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    balikpapan.audit.fields.BoundedCharField(max_length=40, verbose_name="penanda"),
                ),
                (
                    "model",
                    balikpapan.audit.fields.BoundedCharField(
                        max_length=60, verbose_name="jenis catatan"
                    ),
                ),
                ("record", models.BigIntegerField(verbose_name="nomor catatan")),
                (
                    "contents",
                    balikpapan.audit.fields.BoundedCharField(max_length=64, verbose_name="isi"),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, verbose_name="waktu"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "formulir tersimpan",
                "verbose_name_plural": "formulir tersimpan",
                "ordering": ["-id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("token", "by"), name="audit_savedform_once")
                ],
            },
        ),
    ]
