"""Which rows of a KBLI list are kept, and which codes lost their leading zero in Excel."""

from collections import Counter

from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import ERASE, Finding, format_whole

from ..models import Kbli

_LEVELS = {0: "kategori", 3: "golongan", 4: "subgolongan"}


class KbliListRules(SheetRules):
    """The rules of the KBLI sheet: divisions and five-digit codes are kept, other levels counted."""

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
            if version is not None and version not in Kbli.Version.values:
                message = f"KBLI versi {version} tidak dikenal. Isi 2020 atau 2025."
                finding = Finding("error", "unknown_choice", message)
                rows.tell(problems, index, "version_year", finding, version)

    def _parents(self, rows, codes):
        """Per version what the five-digit codes begin with, and whether zeros survived."""
        parents = {}
        for version, code in zip(rows.column("version_year"), codes, strict=True):
            text = str(code)
            lists = parents.setdefault(version, {"begin": set(), "zeros": False, "seen": Counter()})
            lists["seen"][text] += 1
            if isinstance(code, str) and text.startswith("0"):
                lists["zeros"] = True
            if len(text) == 5 and text.isdigit():
                lists["begin"].update((text[:2], text[:4]))
        return parents

    def _lost_zero(self, index, code, rows, parents):
        text = str(code)
        version = parents[rows.column("version_year")[index]]
        if not text.isdigit() or len(text) not in (1, 2, 4):
            return False
        if isinstance(code, str) and version["zeros"]:
            return False  # in this column zeros survive
        if len(text) == 2:
            return isinstance(code, int) and bool(version["begin"]) and text not in version["begin"]
        return len(text) == 1 or text not in version["begin"] or version["seen"][text] > 1
