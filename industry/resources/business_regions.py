"""Where a business is: the kelurahan decides, bands, titles and addresses fill what is blank."""

import re

from balikpapan.intake.resources import SheetRules
from balikpapan.regions.matching import RegionNames
from balikpapan.spreadsheets.cells import Finding

_TITLE_KECAMATAN = re.compile(r"kecamatan\s*:?\s*([a-z ]+)", re.IGNORECASE)


class RegionRules(SheetRules):
    """Kelurahan and kecamatan of every row, which never contradict each other."""

    def prepare(self):
        return {"regions": RegionNames()}

    def fill_derived(self, rows, options, problems):
        names = options["regions"]
        kelurahan, kecamatan = rows.column("kelurahan"), rows.column("kecamatan")
        by_address = _Addresses(rows, names)
        bands = band_regions(rows, names)
        if not (bands or any(n in rows.values for n in ("kelurahan", "kecamatan", "address"))):
            return
        for index in range(len(rows)):
            if isinstance(kelurahan[index], int):
                _follow_kelurahan(rows, index, names, problems)
                continue
            if kelurahan[index] is None and by_address.fill(index, kecamatan[index], problems):
                continue
            if kecamatan[index] is None and bands.get(index):
                rows.fill_soft("kecamatan_id")[index] = bands[index]

    def reconcile(self, stored, values, options, year=None):
        """Region never contradicts what the record already says."""
        ward = values.get("kelurahan_id", stored.get("kelurahan_id"))
        if ward and ("kecamatan_id" in values or "kelurahan_id" in values):
            values["kecamatan_id"] = options["regions"].kecamatan_of[ward]


def _follow_kelurahan(rows, index, names, problems):
    """The kecamatan of the stated kelurahan stands, whatever the row says of it."""
    ward, stated = rows.column("kelurahan")[index], rows.column("kecamatan")[index]
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


class _Addresses:
    """The regions that whole addresses end with; each distinct address is read once."""

    def __init__(self, rows, names):
        self.rows, self.names = rows, names
        self._regions = {}
        self._addresses = rows.column("address")
        # A record of our own export keeps what it says of its region, blanks included.
        self._exported = rows.column("number" if "kelurahan" in rows.values else "")

    def fill(self, index, stated, problems) -> bool:
        """Fills what the row's address says; whether there is nothing left to ask of a band."""
        address = self._addresses[index]
        if not isinstance(address, str) or self._exported[index] is not None:
            return False
        ward, district = self._read(address)
        if not ward:
            if district and stated is None:
                self.rows.fill_soft("kecamatan_id")[index] = district
                return True
            return False
        called = self.names.names["kelurahan"][ward]
        if isinstance(stated, int) and stated != district:
            message = (
                f"Alamat menyebut kelurahan {called}, yang tidak terletak di kecamatan "
                f"{self.names.names['kecamatan'][stated]}; kelurahannya dikosongkan. Periksa "
                "alamat atau kecamatannya."
            )
            finding = Finding("warning", "region_conflict", message)
        else:
            self.rows.fill_soft("kelurahan_id")[index] = ward
            self.rows.fill_soft("kecamatan_id")[index] = district
            message = f"Kelurahan {called} diambil dari alamat."
            finding = Finding("note", "region_from_address", message)
        self.rows.tell(problems, index, "address", finding)
        return True

    def _read(self, address):
        if address not in self._regions:
            parts = self.names.in_address(address) if "," in address else (None, None)
            self._regions[address] = parts
        return self._regions[address]


def _leading_kecamatan(text, names):
    """The kecamatan that a title goes on with: "Balikpapan Tengah Tahun" names one."""
    words = text.split()
    lengths = range(len(words), 0, -1)
    return next((r for n in lengths if (r := names.find("kecamatan", " ".join(words[:n])))), None)


def band_regions(rows, names) -> dict[int, int]:
    """Row -> the kecamatan that a band, its sheet's title or the sheet's name gives it."""
    by_sheet = []
    for name, title in zip(rows.sheets, rows.titles or rows.sheets, strict=False):
        district = names.find("kecamatan", name)
        for part in _TITLE_KECAMATAN.findall(title):
            district = district or _leading_kecamatan(part, names)
        by_sheet.append(district)
    regions = {}
    if any(by_sheet):
        regions = {i: r for i, s in enumerate(rows.sheet_of) if (r := by_sheet[s])}
    for index, band in rows.bands.items():
        district = names.find("kecamatan", band.replace(":", " "))
        if district:
            regions[index] = district
    return regions
