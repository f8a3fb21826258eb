"""Form fields that take what the office types: the same strict reading as in a sheet."""

from django import forms
from django.core.exceptions import ValidationError

from balikpapan.spreadsheets.cells import format_whole, read_money


class RupiahFormField(forms.CharField):
    """Whole rupiah, shown and typed with Indonesian separators: 4.500.000 or "4,5 juta"."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}))
        super().__init__(*args, **kwargs)

    def prepare_value(self, value):
        return format_whole(value) if isinstance(value, int) else value

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        read = read_money(text)
        if read.has_error or not isinstance(read.value, int | None):
            raise ValidationError(next((f.message for f in read.findings), "Isi dengan angka."))
        return read.value

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True
