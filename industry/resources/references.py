"""How the industry sheets call a record of another list: by number, name, spelling or code."""

import re

from balikpapan.intake.widgets import Digits, Named, Percentage, Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import Finding, comparison_key

_WITH_YEAR = re.compile(
    r"(.*\d)\s*[/(]\s*(?:tahun\s*|th\.?\s*)?((?:19|20)\d\d)\s*\)?\s*", re.IGNORECASE
)


_PER_PERIOD = re.compile(
    r"(?P<unit>[^/]*?[^\W_])\s*(?:/|\bper\b)\s*(?P<period>tahun|thn|th|bulan|bln|hari|hr)\.?",
    re.IGNORECASE,
)


class KbliCode(Text):
    """A KBLI code; exports name its version, because one number can mean two activities."""

    hint = "Lima angka, misalnya 10794."
    word_codes = frozenset({"unknown_kbli"})

    def known_words(self, options):
        return sorted(options["kbli"])

    def knows(self, word, model_field, options):
        return word.strip() in options["kbli"]

    def suggest(self, text, options):
        return None  # a code that differs in one digit is another activity

    def render(self, value, obj=None, **kwargs):
        return f"{value[0]} (KBLI {value[1]})" if value and value[0] else ""


def listed(name, label, **kwargs):
    """A record of one of the staff's own lists, found by name or alias."""

    def lookup(options):
        records = options[name]
        return (lambda text: records.get(comparison_key(text))), (lambda text: None)

    return Named(label, lookup, names=lambda options: options[name].names, **kwargs)


class NameList(dict):
    """Every spelling of a list the staff keep -> its record's id; ``names`` are the official ones."""

    def __init__(self, model):
        super().__init__()
        self.names: list[str] = []
        for key, name, aliases in model.objects.kept().values_list("id", "name", "aliases"):
            self.names.append(name)
            for spelling in (name, *aliases.split(";")):
                if spelling.strip():
                    self[comparison_key(spelling)] = key


class UnitName(Named):
    """A unit of the staff's list; "Kg/ Tahun" names a unit and the period of its quantity."""

    related = {"period": "capacity_period"}

    def __init__(self):
        super().__init__(
            "satuan",
            _unit_lookup,
            names=lambda options: options["units"].names,
            lenient=True,
            code="unknown_unit",
        )

    def reader(self, model_field, reading):
        read = super().reader(model_field, reading)

        def read_unit(value):
            shape = _PER_PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
            if shape is None:
                return read(value)
            unit = read(shape["unit"])
            if unit.value is None:
                return read(value)
            message = f"{cells.quote(value)} dibaca {shape['unit'].strip()} per {shape['period']}."
            finding = Finding("note", "unit_with_period", message)
            related = (("period", shape["period"]),)
            return cells.Read(unit.value, (*unit.findings, finding), related)

        return read_unit


def _unit_lookup(options):
    units = options["units"]
    return (lambda text: units.get(comparison_key(text))), (lambda text: None)


class NibCell(Digits):
    """A NIB; under "NIB/TAHUN" the year of the permit stands behind it and is left out."""

    def reader(self, model_field, reading):
        read = super().reader(model_field, reading)

        def read_nib(value):
            match = _WITH_YEAR.fullmatch(value) if isinstance(value, str) else None
            if not match:
                return read(value)
            nib = read(match[1])
            if nib.has_error:
                return nib
            dropped = Finding("note", "year_dropped", f"Tahun NIB {match[2]} tidak disimpan.")
            return cells.Read(nib.value, (*nib.findings, dropped))

        return read_nib


class ExportShare(Percentage):
    """The exported share; "Orientasi Ekspor" often says no more than Ya or Tidak."""

    def reader(self, model_field, reading):
        read = super().reader(model_field, reading)

        def read_share(value):
            word = comparison_key(value) if isinstance(value, str) else ""
            if word in ("tidak", "lokal", "tidak ekspor", "dalam negeri"):
                return cells.Read(0)
            if word in ("ya", "ekspor"):
                message = "Ya tanpa persentase; bagian ekspor dikosongkan."
                return cells.Read(None, (Finding("note", "share_unknown", message),))
            return read(value)

        return read_share
