"""What only the IKM sheet knows: fields that follow from others, and values that look wrong."""

import re

from django.utils import timezone

from balikpapan.intake.matching.comparison import Normaliser
from balikpapan.intake.reading.words import as_word_note
from balikpapan.regions.matching import RegionNames
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key, format_whole
from balikpapan.spreadsheets.tables.headings import money_unit, period
from facilities.choices import FacilityKind
from facilities.resources.references import places

from ..models import IndustryGroup, Kbli, ProductUnit
from ..models.business_year import total_workers
from .business_warnings import BusinessWarnings
from .product_rows import merge_products
from .references import NameList

# Five digits; our own exports also name a shorter code, with its version.
_KBLI = re.compile(r"\d{5}|^\d{2,4}(?= \(KBLI)")
_KBLI_VERSION = re.compile(r"\bKBLI\D{0,3}(2020|2025)\b", re.IGNORECASE)


class BusinessRules(BusinessWarnings):
    """The rules of the IKM sheet, worked out on whole columns."""

    @classmethod
    def preferences(cls):
        """Headings whose meaning hangs on the others; "" leaves a column unread, and listed.

        "Nama" alone is the business, unless another column is; then it is the owner.
        """
        branch = ("commodity", "group")
        detail = ("commodity", "product_kind", "business_kind")
        second_phone = ("phone", "second_phone")
        return {
            "Nama": ("name", "owner_name"),
            "Nama Sentra": ("name", "centre"),
            "Kontak": ("owner_name", "phone", ""),
            "Kontak Person": ("owner_name", ""),
            "KBLI": ("kbli", ""),
            "Jenis Produk": ("products", "product_kind"),
            "Cabang Industri": branch,
            "Cabang Indutri": branch,
            "Cabang": branch,
            "Kategori": branch,
            "Jenis Industri": ("commodity", "group", "business_kind"),
            "Jenis Usaha": detail,
            "Sub Cabang Industri": detail,
            "HP": second_phone,
            "No HP": second_phone,
            "Nomor HP": second_phone,
            "Handphone": second_phone,
            "Nomor Whatsapp": second_phone,
            "No WA": second_phone,
        }

    def prepare(self):
        codes = {}
        rows = Kbli.objects.kept().values_list("id", "version_year", "code", "title")
        for key, version, code, title in rows:
            codes.setdefault(code, {})[version] = (key, title)
        return {
            "regions": RegionNames(),
            "groups": NameList(IndustryGroup),
            "units": NameList(ProductUnit),
            "kbli": codes,
            "centres": places(FacilityKind.CENTRE),
        }

    # Fields that follow from others

    def fill_derived(self, rows, options, problems):
        self._second_columns(rows)
        self._sentra(rows, problems)
        self._regions(rows, options, problems)
        self._kbli(rows, options, problems)
        self._groups(rows, options, problems)
        self._workers(rows)
        self._periods(rows, problems)
        self._quantity_units(rows, problems)
        merge_products(rows, options["answers"], problems)

    def _second_columns(self, rows):
        """A second telephone, and what is made in other words, join the first."""
        for name, more, between in (
            ("phone", ("second_phone",), " / "),
            ("products", ("product_kind", "business_kind"), "; "),
        ):
            seconds = [rows.values[other] for other in more if other in rows.values]
            if not seconds:
                continue
            column = rows.fill(name)
            for index, first in enumerate(column):
                words = [first, *(second[index] for second in seconds)]
                words = {comparison_key(w): w for w in reversed(words) if isinstance(w, str)}
                if first is not ERASE and words:
                    column[index] = between.join(reversed(words.values()))

    def _sentra(self, rows, problems):
        """A table of sentra looks like a list of businesses; whoever stores it is told."""
        for sheet, places_of in enumerate(rows.places):
            heading = places_of.get("name", ("", ""))[1]
            if "sentra" in heading.lower() and sheet in rows.sheet_of:
                message = (
                    "Tiap baris sentra akan disimpan sebagai satu usaha IKM. Batalkan bila "
                    "barisnya mewakili banyak usaha."
                )
                finding = Finding("warning", "centres_as_businesses", message)
                rows.tell(problems, rows.sheet_of.index(sheet), "name", finding)

    def _quantity_units(self, rows, problems):
        """ "KAPASITAS PRODUKSI (RP. 000)" puts a unit of money on a quantity by mistake."""
        for sheet, places_of in enumerate(rows.places):
            for name in ("capacity", "installed_capacity"):
                heading = places_of.get(name, ("", ""))[1]
                if money_unit(heading) is not None and sheet in rows.sheet_of:
                    message = (
                        "Judul ini menyebut satuan uang atau kelipatan pada jumlah barang; "
                        "angkanya disimpan seperti tertulis."
                    )
                    finding = Finding("note", "unit_ignored", message)
                    rows.tell(problems, rows.sheet_of.index(sheet), name, finding)

    def _regions(self, rows, options, problems):
        """The kelurahan decides its kecamatan; bands and addresses fill what is blank."""
        names = options["regions"]
        kelurahan = rows.values.get("kelurahan")
        kecamatan = rows.values.get("kecamatan")
        addresses = rows.values.get("address")
        bands = self._band_regions(rows, names)
        if kelurahan is None and kecamatan is None and addresses is None and not bands:
            return
        known = {}
        numbered = rows.column("number") if kelurahan else [None] * len(rows)
        for index in range(len(rows)):
            ward = kelurahan[index] if kelurahan else None
            stated = kecamatan[index] if kecamatan else None
            if isinstance(ward, int):
                right = names.kecamatan_of[ward]
                if isinstance(stated, int) and stated != right:
                    message = (
                        f"Kelurahan {names.names['kelurahan'][ward]} terletak di kecamatan "
                        f"{names.names['kecamatan'][right]}, bukan "
                        f"{names.names['kecamatan'][stated]}. Kelurahan yang dipakai."
                    )
                    finding = Finding("warning", "region_conflict", message)
                    rows.tell(problems, index, "kelurahan", finding)
                rows.fill("kecamatan")[index] = right
                continue
            # A record of our own export keeps what it says of its region, blanks included.
            exported = numbered[index] is not None
            if ward is None and addresses and not exported and isinstance(addresses[index], str):
                address = addresses[index]
                if address not in known:
                    known[address] = names.in_address(address) if "," in address else (None, None)
                found, district = known[address]
                if found and isinstance(stated, int) and stated != district:
                    message = (
                        f"Alamat menyebut kelurahan {names.names['kelurahan'][found]}, yang tidak "
                        f"terletak di kecamatan {names.names['kecamatan'][stated]}; kelurahannya "
                        "dikosongkan. Periksa alamat atau kecamatannya."
                    )
                    finding = Finding("warning", "region_conflict", message)
                    rows.tell(problems, index, "address", finding)
                    continue
                if found:
                    rows.fill_soft("kelurahan_id")[index] = found
                    rows.fill_soft("kecamatan_id")[index] = district
                    message = f"Kelurahan {names.names['kelurahan'][found]} diambil dari alamat."
                    finding = Finding("note", "region_from_address", message)
                    rows.tell(problems, index, "address", finding)
                    continue
                if district and stated is None:
                    rows.fill_soft("kecamatan_id")[index] = district
                    continue
            if stated is None and bands.get(index):
                rows.fill_soft("kecamatan_id")[index] = bands[index]

    def _band_regions(self, rows, names):
        """The kecamatan a band, a sheet's title or its name gives to rows without one."""
        by_sheet = []
        for name, title in zip(rows.sheets, rows.titles or rows.sheets, strict=False):
            found = names.find("kecamatan", name)
            for part in re.findall(r"kecamatan\s*:?\s*([a-z ]+)", title, re.IGNORECASE):
                found = found or names.find("kecamatan", part)
            by_sheet.append(found)
        found = {}
        if any(by_sheet):
            found = {i: r for i, s in enumerate(rows.sheet_of) if (r := by_sheet[s])}
        for index, band in rows.bands.items():
            district = names.find("kecamatan", band.replace(":", " "))
            if district:
                found[index] = district
        return found

    def _kbli(self, rows, options, problems):
        """A code known in one version takes that one; in both, the data year decides."""
        codes = rows.values.get("kbli")
        if codes is None:
            return
        known, chosen = {}, options["answers"].kbli_version
        for index, (text, year) in enumerate(zip(codes, rows.column("year"), strict=True)):
            if text is None:
                continue
            if text is ERASE:
                rows.fill("kbli_id")[index] = ERASE
                continue
            usual = 2020 if (year or 0) < 2026 else 2025
            if (text, usual) not in known:
                known[text, usual] = _meant_kbli(text, options, chosen, usual)
            found, other, finding = known[text, usual]
            if finding:
                rows.tell(problems, index, "kbli", finding, text)
            if finding and finding.code == "unknown_kbli":
                column = self.columns()["kbli"]
                options["words"].add("kbli", column, text, rows.place(index), options, holds=False)
            if found:
                rows.fill("kbli_id")[index] = found
            if other:
                rows.fill("other_kbli")[index] = other

    def _groups(self, rows, options, problems):
        """The kelompok follows from the komoditi where the staff's table knows the word."""
        words = rows.values.get("commodity")
        if words is None:
            return
        unknown, spelled = {}, Normaliser()
        numbered = rows.column("number") if "group" in rows.values else [None] * len(rows)
        for index, word in enumerate(words):
            if not isinstance(word, str) or numbered[index] is not None:
                continue
            found = options["groups"].get(spelled.of(word))
            if found:
                rows.fill_soft("group_id")[index] = found
            else:
                unknown.setdefault(word, []).append(index)
        for word, indexes in unknown.items():
            message = (
                f'Komoditi "{word[:40]}" ({format_whole(len(indexes))} baris) belum dipetakan ke '
                "kelompok industri; kelompoknya dikosongkan."
            )
            finding = Finding("note", "unmapped_commodity", message)
            rows.tell(problems, indexes[0], "commodity", finding, word)

    def _workers(self, rows):
        male, female = rows.values.get("workers_male"), rows.values.get("workers_female")
        if male is None or female is None:
            return
        total = rows.fill("workers_total")
        for index, pair in enumerate(zip(male, female, strict=True)):
            if total[index] is None and ERASE not in pair:
                total[index] = total_workers(*pair)

    def _periods(self, rows, problems):
        """Capacity "per tahun" comes from the heading; where it is silent it stays blank."""
        capacity = rows.values.get("capacity")
        if capacity is None or rows.values.get("capacity_period"):
            return
        headings = [places.get("capacity", ("", ""))[1] for places in rows.places]
        periods = [period(heading) for heading in headings]
        silent = set()
        for index, value in enumerate(capacity):
            if value is None or value is ERASE:
                continue
            sheet = rows.sheet_of[index]
            if periods[sheet]:
                rows.fill("capacity_period")[index] = periods[sheet]
            elif sheet not in silent:
                silent.add(sheet)
                message = (
                    "Judul ini tidak menyebut per tahun atau per bulan; periode kapasitas "
                    "dikosongkan."
                )
                finding = Finding("note", "period_unknown", message)
                rows.tell(problems, index, "capacity", finding)

    # What is stored

    def reconcile(self, stored, values, options, year=None):
        """Region and first year never contradict what the record already says."""
        ward = values.get("kelurahan_id", stored.get("kelurahan_id"))
        if ward and ("kecamatan_id" in values or "kelurahan_id" in values):
            values["kecamatan_id"] = options["regions"].kecamatan_of[ward]
        listed = stored.get("listed_year")
        if year and listed and year < listed and "listed_year" not in values:
            values["listed_year"] = year

    def new_values(self, values, year):
        if not values.get("listed_year"):
            values["listed_year"] = year or timezone.localdate().year


def _meant_kbli(text, options, chosen, usual):
    """As ``_read_kbli``, for a code that the staff may have explained."""
    read = _read_kbli(text, options["kbli"], chosen, usual)
    if read[2] is None or read[2].code != "unknown_kbli":
        return read
    meaning = options["words"].meaning("kbli", text)
    if meaning is None:
        return read
    note = as_word_note(text, meaning)
    if not meaning:
        return None, "", note
    return *_read_kbli(meaning, options["kbli"], chosen, usual)[:2], note


def _read_kbli(text, codes, chosen, usual):
    """The activity a cell names, what else it says, and a finding where there is one to tell."""
    parts = _KBLI.findall(text)
    known = codes.get(parts[0]) if parts else None
    if not known:
        message = (
            f'"{text[:20]}" belum ada dalam daftar KBLI; disimpan sebagai KBLI lain. '
            "Periksa kodenya, lima angka."
        )
        return None, text[:60], Finding("warning", "unknown_kbli", message)
    named, finding = _KBLI_VERSION.search(text), None
    version = int(named[1]) if named and int(named[1]) in known else None
    if version is None and chosen in known:
        version = chosen
    if version is None:
        version = usual if usual in known else next(iter(known))
        if len({title for _, title in known.values()}) > 1:
            message = f"Kode {parts[0]} dibaca menurut KBLI {version}."
            finding = Finding("note", "kbli_version", message)
    return known[version][0], ", ".join(parts[1:]), finding
