"""How lists of the register show amounts."""

from balikpapan.spreadsheets.cells import format_rupiah


def rupiah(value):
    """Money in a list: Indonesian separators, a dash where nothing is known."""
    return "–" if value is None else format_rupiah(value)
