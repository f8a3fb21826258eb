"""What a business makes: its KBLI code and the office's kelompok."""

import re

from balikpapan.intake.answers import KBLI_VERSION
from balikpapan.intake.matching.comparison import Normaliser
from balikpapan.intake.reading.words import as_word_note
from balikpapan.intake.resources import SheetColumn, SheetRules
from balikpapan.spreadsheets.cells import ERASE, Finding, format_whole

from ..models import IndustryGroup, Kbli
from .references import NameList

# Five digits; our own exports also name a shorter code, with its version.
_KBLI = re.compile(r"\d{5}|^\d{2,4}(?= \(KBLI)")
_KBLI_VERSION = re.compile(r"\bKBLI\D{0,3}(2020|2025)\b", re.IGNORECASE)


class KbliRules(SheetRules):
    """The activity a KBLI cell names, and where it names several, the others."""

    def __init__(self, column: SheetColumn | None):
        self._column = column

    def prepare(self):
        codes = {}
        rows = Kbli.objects.kept().values_list("id", "version_year", "code", "title")
        for key, version, code, title in rows:
            codes.setdefault(code, {})[version] = (key, title)
        return {"kbli": codes}

    def fill_derived(self, rows, options, problems):
        """A code known in one version takes that one; in both, the data year decides."""
        codes = rows.values.get("kbli")
        if codes is None:
            return
        results, chosen = {}, options["answers"].kbli_version
        for index, (text, year) in enumerate(zip(codes, rows.column("year"), strict=True)):
            if text is None:
                continue
            if text is ERASE:
                rows.fill("kbli_id")[index] = ERASE
                continue
            usual = 2020 if (year or 0) < 2026 else 2025
            if (text, usual) not in results:
                results[text, usual] = _meant_kbli(text, options, chosen, usual)
            code, other, finding = results[text, usual]
            if finding:
                rows.tell(problems, index, "kbli", finding, text)
            if finding and finding.code == "unknown_kbli":
                place = rows.place(index)
                options["words"].add("kbli", self._column, text, place, options, holds=False)
            if code:
                rows.fill("kbli_id")[index] = code
            if other:
                rows.fill("other_kbli")[index] = other


class GroupRules(SheetRules):
    """The kelompok follows from the komoditi where the staff's table knows the word."""

    def prepare(self):
        return {"groups": NameList(IndustryGroup)}

    def fill_derived(self, rows, options, problems):
        words = rows.values.get("commodity")
        if words is None:
            return
        unknown, spelled = {}, Normaliser()
        numbered = rows.column("number") if "group" in rows.values else [None] * len(rows)
        for index, word in enumerate(words):
            if not isinstance(word, str) or numbered[index] is not None:
                continue
            group = options["groups"].get(spelled.of(word))
            if group:
                rows.fill_soft("group_id")[index] = group
            else:
                unknown.setdefault(word, []).append(index)
        for word, indexes in unknown.items():
            message = (
                f'Komoditi "{word[:40]}" ({format_whole(len(indexes))} baris) belum dipetakan ke '
                "kelompok industri; kelompoknya dikosongkan."
            )
            finding = Finding("note", "unmapped_commodity", message)
            rows.tell(problems, indexes[0], "commodity", finding, word)


def _meant_kbli(text, options, chosen, usual):
    """As ``_read_kbli``, for a code that the staff may have explained; notes a choice that counts."""
    read = _read_kbli(text, options["kbli"], chosen, usual)
    if chosen and _decides(text, options["kbli"], chosen):
        options["answers"].use(KBLI_VERSION)
    if read[2] is None or read[2].code != "unknown_kbli":
        return read
    meaning = options["words"].meaning("kbli", text)
    if meaning is None:
        return read
    note = as_word_note(text, meaning)
    if not meaning:
        return None, "", note
    return *_read_kbli(meaning, options["kbli"], chosen, usual)[:2], note


def _decides(text, codes, chosen):
    """Whether the cell's code stands in the chosen version and another one, and names neither."""
    parts = _KBLI.findall(text)
    versions = codes.get(parts[0], {}) if parts else {}
    return chosen in versions and len(versions) > 1 and not _KBLI_VERSION.search(text)


def _read_kbli(text, codes, chosen, usual):
    """The activity a cell names, what else it says, and a finding where there is one to tell."""
    parts = _KBLI.findall(text)
    versions = codes.get(parts[0]) if parts else None
    if not versions:
        message = (
            f'"{text[:20]}" belum ada dalam daftar KBLI; disimpan sebagai KBLI lain. '
            "Periksa kodenya, lima angka."
        )
        return None, text[:60], Finding("warning", "unknown_kbli", message)
    named, finding = _KBLI_VERSION.search(text), None
    version = int(named[1]) if named and int(named[1]) in versions else None
    if version is None and chosen in versions:
        version = chosen
    if version is None:
        version = usual if usual in versions else next(iter(versions))
        if len({title for _, title in versions.values()}) > 1:
            message = f"Kode {parts[0]} dibaca menurut KBLI {version}."
            finding = Finding("note", "kbli_version", message)
    return versions[version][0], ", ".join(parts[1:]), finding
