"""The complete KBLI list of BPS, one version per sheet or a column that says which."""

import re
from collections import Counter

from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import CellWidget, Choice, Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import ERASE, Finding, format_whole

from ..models import Kbli

_NAMED_VERSION = re.compile(
    r"\b(?:KBLI|Lapangan Usaha(?: Indonesia)?)\D{0,12}(2020|2025)\b", re.IGNORECASE
)
_LEVELS = {0: "kategori", 3: "golongan", 4: "subgolongan"}


class ListedCode(CellWidget):
    """A code of the list; a number cell stays a number until its zeros are judged."""

    hint = "Dua atau lima angka, sebagai teks: 01111."

    def reader(self, model_field, reading):
        def read(value):
            found = cells.read_text(value)
            if not isinstance(found.value, str):
                return found
            text = found.value.removeprefix("'").strip().rstrip(".")
            if isinstance(value, int | float) and text.isdigit():
                return cells.Read(int(text), found.findings)
            return cells.Read(text, found.findings)

        return read


class KbliResource(SheetResource):
    """The KBLI sheet: kode, judul and versi; divisions and five-digit codes are kept.

    Kategori, golongan and subgolongan are counted as ignored. A code that lost its leading zero
    in a number cell looks like a subgolongan, but no five-digit code of the list begins with it:
    that, and standing there twice, is how the two are told apart.
    """

    register = "kbli"
    label = "KBLI"
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
    def titled_year(cls, table):
        named = _NAMED_VERSION.findall(" ".join([*table.titles, table.sheet.name]))
        return int(named[0]) if len(set(named)) == 1 else None

    def fill_derived(self, rows, options, problems):
        codes = rows.values["code"]
        self._versions(rows, problems)
        parents = self._parents(rows, codes)
        skipped = {}
        categories = rows.column("category")
        for index, code in enumerate(codes):
            if code is None and isinstance(categories[index], str) and index not in rows.held:
                skipped.setdefault(0, []).append(index)
            if code is None or code is ERASE or index in rows.held:
                continue
            text = str(code)
            codes[index] = text
            if self._lost_zero(index, code, rows, parents):
                message = (
                    f"{text}: nol di depan kode mungkin hilang (0{text}). Format kolom sebagai "
                    "Teks lalu ketik ulang kodenya."
                )
                finding = Finding("error", "id_as_number", message)
                rows.tell(problems, index, "code", finding, text)
            elif not text.isdigit():
                if len(text) == 1 and text.isalpha():
                    skipped.setdefault(0, []).append(index)
                else:
                    message = f'"{text[:20]}" bukan kode KBLI. Isi dua atau lima angka.'
                    finding = Finding("error", "bad_code", message)
                    rows.tell(problems, index, "code", finding, text)
            elif len(text) in (3, 4):
                skipped.setdefault(len(text), []).append(index)
            elif len(text) not in (2, 5):
                message = f'"{text[:20]}" terdiri atas {len(text)} angka. Isi dua atau lima angka.'
                finding = Finding("error", "id_wrong_length", message)
                rows.tell(problems, index, "code", finding, text)
        for level, indexes in sorted(skipped.items()):
            rows.set_aside(indexes, f"{_LEVELS[level]}, bukan kelompok")
            message = (
                f"{format_whole(len(indexes))} baris {_LEVELS[level]} diabaikan; yang disimpan "
                "hanya golongan pokok (2 angka) dan kelompok (5 angka)."
            )
            rows.tell(problems, indexes[0], "code", Finding("note", "level_ignored", message))

    def _versions(self, rows, problems):
        for index, version in enumerate(rows.column("version_year")):
            if version is not None and version not in self.year_choices:
                message = f"KBLI versi {version} tidak dikenal. Isi 2020 atau 2025."
                finding = Finding("error", "unknown_choice", message)
                rows.tell(problems, index, "version_year", finding, version)

    def _parents(self, rows, codes):
        """Per version what the five-digit codes begin with, and whether zeros survived."""
        parents = {}
        for version, code in zip(rows.column("version_year"), codes, strict=True):
            text = str(code)
            known = parents.setdefault(version, {"begin": set(), "zeros": False, "seen": Counter()})
            known["seen"][text] += 1
            if isinstance(code, str) and text.startswith("0"):
                known["zeros"] = True
            if len(text) == 5 and text.isdigit():
                known["begin"].update((text[:2], text[:4]))
        return parents

    def _lost_zero(self, index, code, rows, parents):
        text = str(code)
        known = parents[rows.column("version_year")[index]]
        if not text.isdigit() or len(text) not in (1, 2, 4):
            return False
        if isinstance(code, str) and known["zeros"]:
            return False  # in this column zeros survive
        if len(text) == 2:
            return isinstance(code, int) and bool(known["begin"]) and text not in known["begin"]
        return len(text) == 1 or text not in known["begin"] or known["seen"][text] > 1
