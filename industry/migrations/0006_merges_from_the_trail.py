import re

from django.db import migrations

MERGED = re.compile(r"Penggabungan IKM-(\d+) ke IKM-(\d+)")
UNDONE = "Pembatalan: "


def runs(changes):
    """The changes of each merge, parted by those that took it back: (changes, taking back)."""
    merge, undoing = [], []
    for change in changes:
        if change.reason.startswith(UNDONE):
            undoing.append(change)
            continue
        if undoing:
            yield merge, undoing
            merge, undoing = [], []
        merge.append(change)
    if merge:
        yield merge, undoing


def record_merges(apps, schema_editor):
    """Until now a merge was found by the words of its reason; from here on it has a record."""
    change_model = apps.get_model("audit", "Change")
    merge_model = apps.get_model("industry", "Merge")
    business_model = apps.get_model("industry", "Business")
    by_reason = {}
    for change in change_model.objects.filter(reason__contains="Penggabungan IKM-").order_by("id"):
        by_reason.setdefault(change.reason.removeprefix(UNDONE), []).append(change)
    merges = []
    for reason, trail in by_reason.items():
        named = MERGED.fullmatch(reason)
        pair = [int(number) for number in named.groups()] if named else []
        if business_model.objects.filter(pk__in=pair).count() != 2:
            continue
        for merge, undoing in runs(trail):
            if not merge:
                continue
            merges.append(
                merge_model(
                    dropped_id=pair[0],
                    kept_id=pair[1],
                    by_id=merge[-1].by_id,
                    at=merge[-1].at,
                    undone_by_id=undoing[-1].by_id if undoing else None,
                    undone_at=undoing[-1].at if undoing else None,
                    changes=[change.pk for change in merge],
                )
            )
    merge_model.objects.bulk_create(sorted(merges, key=lambda merge: merge.changes[-1]))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_channel_and_used_form_token"),
        ("industry", "0005_merge"),
    ]

    # Backwards the table goes with the migration before; the trail still has the words.
    operations = [migrations.RunPython(record_merges, migrations.RunPython.noop)]
