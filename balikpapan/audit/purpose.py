"""What personal data are taken out for: asked wherever they leave the program."""

from urllib.parse import parse_qsl, urlencode

from django import forms

from balikpapan.spreadsheets.cells.masking import mask_telling


class PurposeForm(forms.Form):
    """The one question before a file with personal data is handed over."""

    purpose = forms.CharField(
        label="Keperluan",
        min_length=5,
        max_length=200,
        widget=forms.TextInput(
            attrs={"size": 60, "placeholder": "misalnya: surat undangan pelatihan"}
        ),
        error_messages={"required": "Isi untuk keperluan apa data pribadi ini diambil."},
    )


def masked_filter(query: str) -> str:
    """A query string as the account keeps it: what was looked for tells no number of a person."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, mask_telling(value)) for name, value in pairs], safe="*@")
