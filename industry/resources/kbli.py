"""The complete KBLI list of BPS, one version per sheet or a column that says which."""

import re

from balikpapan.intake.answers import KBLI_VERSION
from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import CellWidget, Choice, Text
from balikpapan.spreadsheets import cells

from ..models import Kbli
from .kbli_rules import KbliListRules

_NAMED_VERSION = re.compile(
    r"\b(?:KBLI|Lapangan Usaha(?: Indonesia)?)\D{0,12}(2020|2025)\b", re.IGNORECASE
)


class ListedCode(CellWidget):
    """A code of the list; a number cell stays a number until its zeros are judged."""

    hint = "Dua atau lima angka, sebagai teks: 01111."

    def reader(self, model_field, reading):
        def read(value):
            reading = cells.read_text(value)
            if not isinstance(reading.value, str):
                return reading
            text = reading.value.removeprefix("'").strip().rstrip(".")
            if isinstance(value, int | float) and text.isdigit():
                return cells.Read(int(text), reading.findings)
            return cells.Read(text, reading.findings)

        return read


class KbliResource(SheetResource):
    """The KBLI sheet: kode, judul and versi; divisions and five-digit codes are kept.

    Kategori, golongan and subgolongan are counted as ignored. A code that lost its leading zero
    in a number cell looks like a subgolongan, but no five-digit code of the list begins with it:
    that, and standing there twice, is how the two are told apart.
    """

    register = "kbli"
    label = "KBLI"
    rules = KbliListRules()
    identity = KeyIdentity(("version_year", "code"))
    naming = "code"
    missing_name = "Kode KBLI kosong. Isi kodenya, atau hapus barisnya."
    year_column = "version_year"
    year_question = "Daftar ini KBLI versi tahun berapa?"
    year_choices = tuple(Kbli.Version.values)
    required = (("code",), ("title",))
    required_label = "kode dan judul"

    code = SheetColumn(
        "code", "Kode", ListedCode(), aliases="Kode KBLI; KBLI; Kelompok; Kode Kelompok"
    )
    title = SheetColumn(
        "title",
        "Judul",
        Text(),
        aliases="Judul KBLI; Judul Kelompok; Nama; Nama KBLI; Uraian Judul; Kegiatan Usaha",
        required=True,
    )
    category = SheetColumn("category", "Kategori", Text(), stored=False, exported=False)
    version_year = SheetColumn(
        "version_year",
        "Versi",
        Choice(Kbli.Version, "versi KBLI"),
        aliases="Versi KBLI; Tahun KBLI; Tahun",
        required=True,
    )

    class Meta:
        model = Kbli

    @classmethod
    def answered_year(cls, answers):
        return answers.kbli_version or answers.year

    @classmethod
    def answer_of_year(cls, answers):
        return KBLI_VERSION if answers.kbli_version else super().answer_of_year(answers)

    @classmethod
    def titled_year(cls, table):
        named = _NAMED_VERSION.findall(" ".join([*table.titles, table.sheet.name]))
        return int(named[0]) if len(set(named)) == 1 else None
