"""The rules of the "Pembinaan" sheet: kinds read from names, and who a participant is."""

import re

from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key

from ..choices import ProgrammeKind
from .known_business import BusinessFinder

KIND_WORDS = {
    "Bimtek": "training",
    "Bimbingan Teknis": "training",
    "Diklat": "training",
    "Workshop": "training",
    "Sosialisasi": "training",
    "Pendampingan": "training",
    "Teknologi": "technology",
    "Pengembangan Produk": "technology",
    "Pameran": "market",
    "Promosi": "market",
    "Pemasaran": "market",
    "Temu Bisnis": "market",
    "Kurasi Produk": "market",
    "Bantuan Alat": "assistance",
    "Bantuan Peralatan": "assistance",
    "Bantuan Modal": "assistance",
    "Hibah": "assistance",
    "Fasilitasi": "assistance",
}
_COUNT = re.compile(r"[\d.,]+\s*(?:orang|org|peserta|ikm|pelaku usaha|ukm)?\.?", re.IGNORECASE)
#: What all rows of one activity have to agree on.
SHARED = ("start_on", "end_on", "place", "budget")


class ProgrammeRules(SheetRules):
    """Finds kind and participant of each row, and holds rows of one activity that disagree."""

    def prepare(self):
        return {"businesses": BusinessFinder()}

    def fill_derived(self, rows, options, problems):
        _drop_counts(rows, problems)
        _continue_activities(rows, problems)
        self._kinds(rows, problems)
        self._participants(rows, options["businesses"], problems)
        self._agree(rows, problems)

    def _kinds(self, rows, problems):
        """Where no column says the kind, the first word of the activity that names one does."""
        kinds = rows.fill("kind")
        words = {comparison_key(w): kind for w, kind in KIND_WORDS.items()}
        words.update({comparison_key(kind.label): kind.value for kind in ProgrammeKind})
        warned = set()
        for index, (kind, name) in enumerate(zip(kinds, rows.column("name"), strict=True)):
            if kind is not None or not isinstance(name, str) or index in rows.held:
                continue
            called = f" {comparison_key(name)} "
            places = {called.find(f" {w} "): k for w, k in words.items() if f" {w} " in called}
            if not places:
                continue
            kinds[index] = places[min(places)]
            if name not in warned:
                warned.add(name)
                label = ProgrammeKind(kinds[index]).label
                message = f'Jenis "{name[:60]}" dibaca {label} dari nama kegiatannya.'
                rows.tell(problems, index, "name", Finding("note", "kind_from_name", message))

    def _participants(self, rows, businesses, problems):
        names = ("business_number", "nib", "business_name", "person")
        columns = [rows.column(name) for name in names]
        if not any(name in rows.values for name in names):
            return
        matches, people = rows.fill("business_id"), rows.fill("person")
        for index, cells in enumerate(zip(*columns, strict=True)):
            number, nib, name, person = (None if cell is ERASE else cell for cell in cells)
            if number is not None:
                if number in businesses.numbers:
                    matches[index] = number
                else:
                    message = f"Nomor register IKM-{number:06d} tidak ada. Periksa nomornya."
                    finding = Finding("error", "unknown_number", message)
                    rows.tell(problems, index, "business_number", finding, number)
                continue
            if nib in businesses.by_nib:
                matches[index] = businesses.by_nib[nib]
                continue
            if name is None:
                continue
            called = businesses.called(name, person)
            if len(called) == 1:
                matches[index] = called[0]
            elif called:
                numbers = ", ".join(f"IKM-{key:06d}" for key in called[:3])
                message = (
                    f"Ada {len(called)} usaha bernama sama ({numbers}). Isi nomor registernya."
                )
                finding = Finding("error", "doubtful_match", message)
                rows.tell(problems, index, "business_name", finding, name)
            else:
                people[index] = unrecorded(name, person)
                message = (
                    f'"{name[:60]}" belum tercatat sebagai IKM; disimpan sebagai nama peserta '
                    f'"{people[index][:60]}".'
                )
                finding = Finding("warning", "unknown_record", message)
                rows.tell(problems, index, "business_name", finding, name)

    def previous_keys(self, rows, index):
        """A participant kept by name while the business was not yet in the register."""
        if rows.column("business_id")[index] is None:
            return []
        name, person = (rows.column(column)[index] for column in ("business_name", "person"))
        called = [unrecorded(name, person) if isinstance(name, str) else None, person]
        return [(None, text) for text in called if isinstance(text, str)]

    def _agree(self, rows, problems):
        """Rows of one activity never state two dates, places or budgets of it."""
        first = {}
        keys = zip(*map(rows.column, ("year", "kind", "name")), strict=True)
        for index, (year, kind, name) in enumerate(keys):
            if not isinstance(name, str):
                continue
            values = first.setdefault((year, kind, comparison_key(name)), {})
            for column in SHARED:
                value = rows.column(column)[index]
                if value is None:
                    continue
                before = values.setdefault(column, (value, rows.row_of[index]))
                if before[0] != value:
                    heading = rows.places[rows.sheet_of[index]][column][1]
                    message = (
                        f"«{heading}» kegiatan ini berbeda dari baris {before[1]}. Samakan "
                        "keduanya, atau bedakan nama kegiatannya."
                    )
                    finding = Finding("error", "double_in_file", message)
                    rows.tell(problems, index, column, finding, value)


def _drop_counts(rows, problems):
    """ "Peserta" may head how many took part instead of who did."""
    people = rows.values.get("person", ())
    for index, person in enumerate(people):
        if isinstance(person, str) and _COUNT.fullmatch(person):
            people[index] = None
            message = f'"{person}" adalah banyaknya peserta, bukan namanya, jadi tidak disimpan.'
            finding = Finding("warning", "count_of_people", message)
            rows.tell(problems, index, "person", finding, person)


def _continue_activities(rows, problems):
    """A participant beside no activity took part in the one above, as a list writes it once."""
    names, years, kinds = rows.column("name"), rows.column("year"), rows.column("kind")
    people = [rows.column(column) for column in ("person", "business_name")]
    for index in range(1, len(rows)):
        above = index - 1
        is_named = any(isinstance(column[index], str) for column in people)
        if names[index] is not None or not is_named or not isinstance(names[above], str):
            continue
        if rows.sheet_of[index] != rows.sheet_of[above] or rows.is_aside(index):
            continue
        rows.fill("name")[index] = names[above]
        for name, column in (("year", years), ("kind", kinds)):
            if column[index] is None and column[above] is not None:
                rows.fill(name)[index] = column[above]
        message = f'Nama kegiatan kosong; dibaca "{names[above][:60]}" seperti baris di atasnya.'
        rows.tell(problems, index, "name", Finding("note", "continued_activity", message))


def unrecorded(name: str, person: str | None) -> str:
    """How a participant is called whose business the register does not hold."""
    return f"{person} ({name})" if isinstance(person, str) else name
