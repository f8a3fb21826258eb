"""The city's crest: the one picture the program accepts."""

import io

from django.core.exceptions import ValidationError
from reportlab.lib.utils import ImageReader

LARGEST_BYTES = 512 * 1024
LARGEST_SIDE = 2_000
MEDIA_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def media_type(data):
    """What the first bytes say the picture is; None for anything but PNG and JPEG."""
    return next((name for mark, name in MEDIA_TYPES.items() if data.startswith(mark)), None)


def check_logo(file):
    """Refuse what is not a small PNG or JPEG picture, whatever its name says."""
    if file.size > LARGEST_BYTES:
        raise ValidationError(
            "Gambar lambang melebihi 512 KB. Perkecil gambarnya lalu unggah lagi."
        )
    file.seek(0)
    data = file.read()
    file.seek(0)
    if media_type(data) is None:
        raise ValidationError("Lambang bukan gambar PNG atau JPEG. Simpan ulang sebagai PNG.")
    try:
        # A copy: the imaging library closes what it was given, and a form may be read again.
        picture = ImageReader(io.BytesIO(data))
        is_large = max(picture.getSize()) > LARGEST_SIDE
        if not is_large:
            # The header alone says nothing about a file that was cut off.
            picture.getRGBData()
    except Exception as error:  # the imaging library has no common ancestor for a broken picture
        raise ValidationError("Gambar lambang rusak. Simpan ulang sebagai PNG.") from error
    if is_large:
        raise ValidationError("Sisi gambar lambang melebihi 2.000 piksel. Perkecil gambarnya.")


def read_logo(letterhead):
    """The bytes of the letterhead's crest, or None where there is none to be read."""
    if not letterhead or not letterhead.logo:
        return None
    try:
        with letterhead.logo.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        # A report must not fail because a picture was lost; it is printed without.
        return None
