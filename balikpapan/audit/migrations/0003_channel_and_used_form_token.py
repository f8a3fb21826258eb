from django.db import migrations, models

import balikpapan.audit.fields


class Migration(migrations.Migration):
    """The trail's words become the field's: a change has a channel, a form's token is used up."""

    dependencies = [("audit", "0002_saved_form")]

    operations = [
        migrations.RenameField("change", "door", "channel"),
        migrations.AlterField(
            "change",
            "channel",
            balikpapan.audit.fields.BoundedCharField(
                choices=[
                    ("form", "formulir"),
                    ("upload", "unggahan"),
                    ("command", "perintah"),
                    ("system", "sistem"),
                ],
                max_length=10,
                verbose_name="saluran",
            ),
        ),
        # The table keeps its name; only what the program calls its rows changes.
        migrations.AlterModelTable("savedform", "audit_savedform"),
        migrations.RenameModel("SavedForm", "UsedFormToken"),
        migrations.RemoveConstraint("usedformtoken", "audit_savedform_once"),
        migrations.AddConstraint(
            "usedformtoken",
            models.UniqueConstraint(fields=["token", "by"], name="audit_usedformtoken_once"),
        ),
    ]
