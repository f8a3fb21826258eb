from django.db import migrations

MILLIARD = 10**9
#: PP 7/2021 art. 35 (5): position -> yearly sales of the class, from and to.
SALES = {
    1: (None, 2 * MILLIARD),
    2: (2 * MILLIARD + 1, 15 * MILLIARD),
    3: (15 * MILLIARD + 1, 50 * MILLIARD),
    4: (50 * MILLIARD + 1, None),
}


def complete_rules(apps, schema_editor):
    """The rules delivered so far knew capital alone, and left land and buildings out throughout."""
    rules = apps.get_model("industry", "ScaleRule").objects
    for position, (low, high) in SALES.items():
        delivered = rules.filter(
            kind="umkm", valid_from="2021-02-02", position=position, legal_basis__contains="7/2021"
        )
        delivered.filter(turnover_min=None, turnover_max=None).update(
            turnover_min=low, turnover_max=high
        )
    of_size = rules.filter(kind="scale", valid_from="2016-07-22", workers_min=20)
    of_size.filter(legal_basis__contains="64/").update(with_land_building=True)


class Migration(migrations.Migration):
    dependencies = [("industry", "0010_scale_by_sales_and_targets_lower")]

    # Backwards the columns go with the migration before.
    operations = [migrations.RunPython(complete_rules, migrations.RunPython.noop)]
