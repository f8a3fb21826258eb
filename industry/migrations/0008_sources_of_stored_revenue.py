from django.db import migrations
from django.utils import timezone


def name_key(name):
    return "".join(char for char in name.casefold() if char.isalnum())


def periods_of(rows):
    """What no two kept rows of one source may share."""
    return {(year, month, stage) for _, _, _, year, month, stage, archived in rows if not archived}


def sources_of(variants):
    """Variants of one name -> those that are one source: one account, and no period twice."""
    sources = []
    for (name, account), rows in variants.items():
        for source in sources:
            accounts = {account, *source["accounts"]} - {None}
            if len(accounts) < 2 and not periods_of(rows) & periods_of(source["rows"]):
                source["accounts"].add(account)
                source["rows"] += rows
                source["name"] = name
                break
        else:
            sources.append({"name": name, "accounts": {account}, "rows": list(rows)})
    return sources


def link_rows(apps, schema_editor):
    """Rows of one name, in any case and with or without its code, become rows of one source.

    Rows that were counted beside each other so far stay two sources: what is printed of a stored
    year does not change by updating; the staff make them one in the list of sources.
    """
    revenue_model = apps.get_model("industry", "Revenue")
    source_model = apps.get_model("industry", "RevenueSource")
    by_name = {}
    columns = ("id", "source_name", "account_id", "year", "month", "stage", "archived_at")
    for row in revenue_model.objects.order_by("id").values_list(*columns):
        by_name.setdefault(name_key(row[1]), {}).setdefault(row[1:3], []).append(row)
    now = timezone.now()
    for key, variants in by_name.items():
        for number, source in enumerate(sources_of(variants), 1):
            account = next(iter(source["accounts"] - {None}), None)
            record = source_model.objects.create(
                name=source["name"],
                account_id=account,
                key=(key or "sumber") if number == 1 else f"{key}:{number}",
                version=1,
                created_at=now,
                updated_at=now,
            )
            for start in range(0, len(source["rows"]), 500):
                ids = [row[0] for row in source["rows"][start : start + 500]]
                revenue_model.objects.filter(pk__in=ids).update(source_key=record.key)


class Migration(migrations.Migration):
    dependencies = [("industry", "0007_revenue_source")]

    # Backwards the sources go with their table; every row still says its name and account.
    operations = [migrations.RunPython(link_rows, migrations.RunPython.noop)]
