"""Invented photographs of goods: small drawings, so that no page with a photograph is empty."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from balikpapan.audit.bulk import NewRecord
from facilities.choices import Condition
from facilities.models import ConditionCheck
from facilities.photos import QUALITY, stored_name

#: So many checks get a photograph, and its size in pixels.
PHOTOS, SIZE = 6, (320, 240)
#: Wall, floor and machine; what is damaged has a red stain.
WALL, FLOOR, MACHINE, DAMAGE = (222, 226, 220), (170, 160, 146), (92, 118, 134), (170, 54, 42)


def add_photos(checks: list[dict], assets: list[NewRecord]) -> list[dict]:
    """The checks; the newest of the first assets on card B name a photograph, which is written."""
    machines = [asset.id for asset in assets if asset.values["kib"] == "B"][:PHOTOS]
    newest = {check["asset_id"]: place for place, check in enumerate(checks)}
    storage = ConditionCheck._meta.get_field("photo").storage
    for asset in machines:
        if asset in newest:
            check = checks[newest[asset]]
            picture = drawing(check["condition"])
            check["photo"] = storage.save(stored_name(), ContentFile(picture))
    return checks


def drawing(condition: str) -> bytes:
    """A machine in a room as a JPEG, with a stain where it is damaged."""
    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 170, *SIZE), fill=FLOOR)
    pen.rounded_rectangle((80, 60, 240, 200), radius=10, fill=MACHINE, outline="black", width=2)
    pen.ellipse((110, 85, 160, 135), fill=WALL, outline="black", width=2)
    pen.rectangle((180, 90, 220, 110), fill=WALL)
    if condition != Condition.GOOD:
        pen.ellipse((150, 150, 205, 185), fill=DAMAGE)
    pen.text((8, 222), "FOTO CONTOH", fill="black")
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=QUALITY)
    return output.getvalue()
