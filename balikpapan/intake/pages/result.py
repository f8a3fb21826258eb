"""What a stored upload wrote, and what would become of it if it were undone."""

from balikpapan.audit.reversal import Reversal
from balikpapan.spreadsheets.cells import format_whole

from ..resources import REGISTERS

#: So many records of each list are named; the others are counted.
NAMED = 50


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


def lists_of(reversal: Reversal) -> list[dict]:
    """The three lists of an undo with the names of their first records."""
    lists = [
        ("Kembali ke nilai lama", [(affected, "") for affected in reversal.restored[:NAMED]]),
        ("Diarsipkan", [(affected, "") for affected in reversal.archived[:NAMED]]),
        ("Tidak dapat dibatalkan", reversal.left[:NAMED]),
    ]
    names = reversal.names(affected for _, entries in lists for affected, _ in entries)
    return [
        {
            "title": title,
            "entries": [(names[a.model, a.record], reason) for a, reason in entries],
            "others": count - len(entries),
        }
        for (title, entries), count in zip(lists, reversal.counts.values(), strict=True)
    ]
