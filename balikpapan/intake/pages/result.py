"""What a stored upload wrote, and what would become of it if it were undone."""

from django.urls import reverse

from balikpapan.audit.acts import Act
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change
from balikpapan.audit.reversal import names_of
from balikpapan.audit.reversal_preview import ReversalPreview
from balikpapan.spreadsheets.cells import format_whole

from ..permissions import model_of
from ..resources import REGISTERS
from ..undo import undo_preview

#: So many records of each list are named; the others are counted.
NAMED = 50
#: What an undo counts -> how a person reads it after the number.
UNDONE = {
    "restored": "kembali ke nilai lama",
    "archived": "catatan baru diarsipkan",
    "left": "tidak dapat dibatalkan",
}
#: So many stored records are linked from their upload.
FIRST = 10


def written_by(upload) -> list[str]:
    """What a stored upload wrote, counted by kind of record."""
    resource = REGISTERS[upload.register]
    child = resource.child.model if resource.child else None
    lines = []
    for model in filter(None, (resource._meta.model, child, resource.related)):
        counts = upload.result.get(model._meta.model_name, {})
        for key, word in (("created", "baru"), ("changed", "berubah")):
            if counts.get(key):
                lines.append(f"{format_whole(counts[key])} {model._meta.verbose_name} {word}")
    return lines


def acts_of_upload(upload) -> list[Act]:
    """The steps of an upload, newest first: handed in, stored, undone, its bytes deleted."""
    counts = [(upload.undone[name], words) for name, words in UNDONE.items() if upload.undone]
    undone = ", ".join(f"{format_whole(count)} {words}" for count, words in counts)
    steps = [
        (upload.at, upload.by, "diserahkan", upload.file_name),
        (upload.stored_at, upload.stored_by, "disimpan", ", ".join(written_by(upload))),
        (upload.undone_at, upload.undone_by, "dibatalkan", undone),
        (upload.purged_at, None, "isi berkas dihapus", ""),
    ]
    return [Act(at, *rest) for at, *rest in reversed(steps) if at is not None]


def records_of(upload, user) -> dict:
    """Where the stored records are: their list, and the pages of the first of them."""
    model = model_of(upload.register)
    app_label, name = model._meta.app_label, model._meta.model_name
    if upload.status != upload.Status.STORED or not user.has_perm(f"{app_label}.view_{name}"):
        return {}
    changes = Change.objects.filter(upload=upload.pk, model=model._meta.label_lower)
    keys = list(changes.order_by("record").values_list("record", flat=True).distinct()[:FIRST])
    records = model._base_manager.in_bulk(keys)
    for_reading(records.values(), user)
    counts = upload.result.get(name, {})
    page = f"admin:{app_label}_{name}"
    return {
        "list_url": reverse(f"{page}_changelist"),
        "entries": [
            {"name": str(records[key]), "url": reverse(f"{page}_change", args=[key])}
            for key in keys
            if key in records
        ],
        "others": max(0, counts.get("created", 0) + counts.get("changed", 0) - len(keys)),
    }


def undone_by(upload) -> dict:
    """What an undo would do: the three counts, and the lists with the names of the first records."""
    preview = undo_preview(upload, NAMED)
    return {"counts": preview.counts, "lists": _lists_of(preview)}


def _lists_of(preview: ReversalPreview) -> list[dict]:
    lists = [
        ("Kembali ke nilai lama", [(affected, "") for affected in preview.restored]),
        ("Diarsipkan", [(affected, "") for affected in preview.archived]),
        ("Tidak dapat dibatalkan", preview.left),
    ]
    names = names_of(affected for _, entries in lists for affected, _ in entries)
    return [
        {
            "title": title,
            "entries": [(names[a.model, a.record], reason) for a, reason in entries],
            "others": count - len(entries),
        }
        for (title, entries), count in zip(lists, preview.counts.values(), strict=True)
    ]
