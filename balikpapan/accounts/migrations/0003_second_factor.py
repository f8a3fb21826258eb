import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A code beside the password, and the recovery codes of who loses the telephone."""

    dependencies = [
        ("accounts", "0002_announcements_read"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
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
                ("secret", models.CharField(max_length=64, verbose_name="kunci")),
                ("last_step", models.BigIntegerField(default=0, verbose_name="langkah terakhir")),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="sejak")),
            ],
            options={
                "verbose_name": "kode masuk",
                "verbose_name_plural": "kode masuk",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="sidik")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengguna",
                    ),
                ),
            ],
            options={
                "verbose_name": "kode pemulihan",
                "verbose_name_plural": "kode pemulihan",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "digest"), name="accounts_recoverycode_once"
                    )
                ],
            },
        ),
    ]
