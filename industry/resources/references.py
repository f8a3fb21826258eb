"""How the industry sheets call a record of another list: by number, name, spelling or code."""

from balikpapan.intake.widgets import Named, Text
from balikpapan.spreadsheets.cells import comparison_key


class KbliCode(Text):
    """A KBLI code; exports name its version, because one number can mean two activities."""

    hint = "Lima angka, misalnya 10794."

    def render(self, value, obj=None, **kwargs):
        return f"{value[0]} (KBLI {value[1]})" if value and value[0] else ""


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
