import base64

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac


def box():
    """What seals a secret under the key this program runs with."""
    digest = salted_hmac("accounts.second_factor", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(apps, schema_editor):
    rewrite(apps, schema_editor, lambda text: box().encrypt(text.encode()).decode())


def unseal(apps, schema_editor):
    rewrite(apps, schema_editor, lambda text: box().decrypt(text.encode()).decode())


def rewrite(apps, schema_editor, changed):
    factors = apps.get_model("accounts", "SecondFactor").objects.using(
        schema_editor.connection.alias
    )
    for key, secret in list(factors.values_list("pk", "secret")):
        factors.filter(pk=key).update(secret=changed(secret))


class Migration(migrations.Migration):
    """The secrets of codes are encrypted, so that no copy of the database tells them."""

    dependencies = [
        ("accounts", "0003_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="secondfactor",
            name="secret",
            field=models.CharField(max_length=255, verbose_name="kunci tersandi"),
        ),
        migrations.RunPython(seal, unseal),
    ]
