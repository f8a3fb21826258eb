from django.db import migrations, models


class Migration(migrations.Migration):
    """What is wrong is called «kesalahan» wherever people read of it; no column changes."""

    dependencies = [
        ("intake", "0005_problem_counts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="problem_counts",
            field=models.JSONField(
                "masalah", default=dict, help_text="Banyaknya kesalahan dan peringatan."
            ),
        ),
    ]
