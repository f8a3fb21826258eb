"""What a stored upload wrote."""

from balikpapan.spreadsheets.cells import format_whole

from ..resources import REGISTERS


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
