from django.db import migrations

import balikpapan.audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0009_acts_on_accounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="channel",
            field=balikpapan.audit.fields.BoundedCharField(
                choices=[
                    ("form", "formulir"),
                    ("bulk", "perubahan sekaligus"),
                    ("upload", "unggahan"),
                    ("command", "perintah"),
                    ("system", "sistem"),
                ],
                max_length=10,
                verbose_name="saluran",
            ),
        ),
    ]
