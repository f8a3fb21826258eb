"""Photographs of assets: made small, without the place and the camera they came from."""

import io
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from PIL import Image, ImageOps

from balikpapan.audit.stored_files import StoredFileField

LARGEST_BYTES = 12 * 1024 * 1024
#: A picture of more pixels fills the memory before it is made small; telephones stay below.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1_600
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
FOLDER = "foto"


def reencoded(stream) -> bytes:
    """The picture as a new JPEG of at most 1.600 pixels a side, turned upright.

    Nothing but the pixels is taken over: no position, no camera, no comment. Raises
    ValidationError where the file is too large or no picture.
    """
    try:
        with Image.open(stream, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("Foto terlalu besar. Kecilkan dahulu, lalu unggah lagi.")
            # A JPEG is read at a fraction of its size at once.
            picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            pixels = Image.new("RGB", upright.size, "white")
            layered = upright.convert("RGBA")
            pixels.paste(layered, mask=layered.getchannel("A"))
    except ValidationError:
        raise
    except Exception as error:  # the imaging library has no common ancestor for a broken picture
        raise ValidationError("Berkas ini bukan foto JPEG, PNG, atau WebP yang utuh.") from error
    output = io.BytesIO()
    pixels.save(output, "JPEG", quality=QUALITY, optimize=True)
    return output.getvalue()


def stored_name() -> str:
    """A name that tells nothing and that nobody can guess."""
    return f"{FOLDER}/{secrets.token_hex(16)}.jpg"


class PhotoInput(forms.FileInput):
    """A box to take or choose a photograph, with a link to the one that is stored."""

    def __init__(self, attrs=None):
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp", **(attrs or {})})

    def render(self, name, value, attrs=None, renderer=None):
        box = super().render(name, None, attrs, renderer)
        record = getattr(value, "instance", None)
        if not value or record is None or not record.pk or isinstance(value, UploadedFile):
            return box
        return format_html('<a href="{}">Lihat foto</a> {}', address_of(record), box)


def address_of(record) -> str:
    """Where the photograph of a check is shown."""
    return reverse("admin:facilities_conditioncheck_photo", args=[record.pk])


class PhotoFormField(forms.FileField):
    """A photograph handed in; what comes out is the one made anew."""

    widget = PhotoInput

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if file.size > LARGEST_BYTES:
            raise ValidationError("Foto melebihi 12 MB. Kecilkan dahulu, lalu unggah lagi.")
        return ContentFile(reencoded(file), name=stored_name())


class PhotoField(StoredFileField):
    """A photograph in the private folder of files, readable by this program only."""

    #: Where all of them lie, and nothing else.
    folder = FOLDER

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 100, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        kwargs.pop("widget", None)
        return super().formfield(**{"form_class": PhotoFormField, **kwargs})


def read_photo(check) -> bytes | None:
    """The photograph of a check, or None where there is none to be read."""
    if not check.photo:
        return None
    try:
        with check.photo.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
