import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_password_duty"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnouncementsRead",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengguna",
                    ),
                ),
                ("change", models.BigIntegerField(verbose_name="sampai perubahan")),
                ("at", models.DateTimeField(auto_now=True, verbose_name="waktu")),
            ],
            options={
                "verbose_name": "pemberitahuan dibaca",
                "verbose_name_plural": "pemberitahuan dibaca",
                "default_permissions": (),
            },
        ),
    ]
