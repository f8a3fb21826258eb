import django.db.models.functions.comparison
from django.db import migrations, models

import balikpapan.audit.constraints


class Migration(migrations.Migration):
    dependencies = [("industry", "0008_sources_of_stored_revenue")]

    operations = [
        migrations.AddConstraint(
            model_name="revenue",
            constraint=models.CheckConstraint(
                condition=models.Q(("source_key", ""), _negated=True),
                name="industry_revenue_key_given",
                violation_error_message="Isi sumber penerimaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revenue",
            constraint=balikpapan.audit.constraints.UniqueAmongKept(
                models.F("year"),
                django.db.models.functions.comparison.Coalesce("month", 0),
                models.F("source_key"),
                models.F("stage"),
                condition=models.Q(("archived_at", None)),
                name="industry_revenue_once",
                violation_error_message="PAD dengan tahun, bulan, sumber, dan tahapan ini sudah tercatat.",
            ),
        ),
    ]
