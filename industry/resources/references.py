"""How the industry sheets call a record of another list: by number, name, spelling or code."""

import re

from balikpapan.intake.widgets import CellWidget, Named, Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import Finding, comparison_key

_NUMBER = re.compile(r"\s*(?:IKM\W*)?0*(\d{1,9})\s*", re.IGNORECASE)


class RegisterNumber(CellWidget):
    """IKM-000123, the number a record carries in every export."""

    hint = "Jangan diubah; kosongkan untuk usaha baru."

    def reader(self, model_field, reading):
        def read(value):
            text = cells.read_text(value)
            if not isinstance(text.value, str) or text.has_error:
                return text
            found = _NUMBER.fullmatch(text.value)
            if found:
                return cells.Read(int(found[1]))
            message = f'"{text.value[:40]}" bukan nomor register. Isi seperti IKM-000123.'
            return cells.Read(None, (Finding("error", "bad_number", message),))

        return read

    def render(self, value, obj=None, **kwargs):
        return f"IKM-{value:06d}" if value else ""


class KbliCode(Text):
    """A KBLI code; exports name its version, because one number can mean two activities."""

    hint = "Lima angka, misalnya 10794."

    def render(self, value, obj=None, **kwargs):
        return f"{value[0]} (KBLI {value[1]})" if value and value[0] else ""


def region(kind, label):
    """A kelurahan or kecamatan called by any spelling the office accepts."""

    def lookup(options):
        names = options["regions"]
        return (lambda text: names.find(kind, text)), (lambda text: names.suggest(kind, text))

    return Named(label, lookup, code="unknown_region")


def listed(name, label, **kwargs):
    """A record of one of the staff's own lists, found by name or alias."""

    def lookup(options):
        known = options[name]
        return (lambda text: known.get(comparison_key(text))), (lambda text: None)

    return Named(label, lookup, **kwargs)


def names_and_aliases(model) -> dict[str, int]:
    """Every spelling of the staff's list -> its record."""
    found = {}
    for key, name, aliases in model.objects.kept().values_list("id", "name", "aliases"):
        for spelling in (name, *aliases.split(";")):
            if spelling.strip():
                found[comparison_key(spelling)] = key
    return found
