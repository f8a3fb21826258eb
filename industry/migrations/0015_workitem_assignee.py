import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who may be given work is asked where it is handed out, not of work that stands already."""

    dependencies = [
        ("industry", "0014_reminder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="assignee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work_items",
                to=settings.AUTH_USER_MODEL,
                verbose_name="petugas",
            ),
        ),
    ]
