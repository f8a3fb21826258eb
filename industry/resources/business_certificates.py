"""Certificate numbers that stand in the IKM sheet itself, one column for each kind."""

import re
from functools import partial

from balikpapan.audit.bulk import ChangedRecord, NewRecord
from balikpapan.intake.planning.plan import CHANGED, HELD, IGNORED, SAME
from balikpapan.intake.resources import SheetColumn, SheetRules
from balikpapan.intake.widgets import Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key
from balikpapan.spreadsheets.cells.reading import number_of, refused, warning

from ..choices import CertificateKind, CertificateStatus
from ..models import Certificate
from .certificate_words import STATUS_WORDS, doubtful_pirt

HEADINGS = {
    CertificateKind.PIRT: (
        "P-IRT; Nomor P-IRT; No P-IRT; Nomor PIRT; No PIRT; SPP-IRT; Nomor SPP-IRT; P-IRT/Tahun; "
        "Nomor P-IRT/Tahun; Izin P-IRT; Sertifikat P-IRT; PIRT; PIRT/Tahun; Nomor PIRT/Tahun; Izin "
        "PIRT; Sertifikat PIRT"
    ),
    CertificateKind.HALAL: (
        "Halal; Nomor Halal; No Halal; Nomor Sertifikat Halal; No Sertifikat Halal; Halal/Tahun; "
        "Nomor Sertifikat Halal/Tahun"
    ),
    CertificateKind.BRAND: (
        "Sertifikat Merek/Tahun; Nomor Sertifikat Merek; No Sertifikat Merek; Nomor Sertifikat "
        "Merek/Tahun; Sertifikat Merk; HKI; HAKI; HKI Merek; Hak Merek; Nomor HKI"
    ),
    CertificateKind.SNI: "SNI; Nomor SNI; No SNI; SNI/Tahun; Nomor SNI/Tahun; SPPT-SNI",
    CertificateKind.TKDN: "TKDN; TKDN-IK; Nomor TKDN; No TKDN; TKDN/Tahun",
    CertificateKind.SIINAS: (
        "SIINas; Akun SIINas; Nomor Akun SIINas; No Akun SIINas; Nomor Bukti Akun; Nomor Bukti Akun "
        "SIINas; SIINas/Tahun"
    ),
    CertificateKind.BPOM: "BPOM; BPOM MD; Nomor BPOM; No BPOM; Izin Edar BPOM; BPOM/Tahun",
    CertificateKind.NUTRITION: (
        "Test Report; Nomor Test Report; No Test Report; Nomor Test Report/Tahun; LHU; Nomor LHU; "
        "Uji Nilai Gizi"
    ),
}
#: So many digits say by themselves which certificate is meant.
LONG = 12
_YEAR_BEHIND = re.compile(r"\s*[/(]\s*((?:19|20)\d\d)\s*\)?\s*$")
#: A share of local content, or a year alone: it says that there is one, not which.
_NO_NUMBER = re.compile(r"(?:\d{1,3}(?:[.,]\d+)?\s*%|(?:19|20)\d\d)")
_STATUS = {
    comparison_key(word): status
    for word, status in (
        *((label, value) for value, label in CertificateStatus.choices),
        *STATUS_WORDS.items(),
    )
}


class CertificateCell(Text):
    """A number, several parted by semicolons, or just that there is one."""

    hint = "Nomor sertifikat; beberapa nomor dipisahkan titik koma."

    def reader(self, model_field, reading):
        def read(value):
            is_certified = cells.read_boolean(value).value
            if is_certified is False or is_certified is True:
                return cells.Read("Ada" if is_certified else None)
            number = number_of(value)
            if number is not None and abs(number) >= 10**15:
                return refused(
                    "id_as_number",
                    f"{cells.quote(value)}: nomor sertifikat berupa angka; Excel hanya menyimpan "
                    "15 angka. Format kolom sebagai Teks lalu ketik ulang.",
                )
            text = cells.read_text(value, max_length=200)
            if text.value is ERASE:
                return refused(
                    "not_erased_here",
                    "Sertifikat tidak dihapus lewat daftar IKM. Kosongkan sel ini, lalu arsipkan "
                    "sertifikatnya dari daftar sertifikat.",
                )
            if isinstance(text.value, str) and _NO_NUMBER.fullmatch(text.value):
                message = (
                    f"{cells.quote(text.value)} bukan nomor sertifikat, jadi dicatat ada tanpa "
                    "nomor. Tulis nomornya, atau lengkapi di daftar sertifikat."
                )
                return cells.Read("Ada", (warning("no_number", message),))
            return text

        return read

    def plain_texts(self, model_field):
        return None


def certified(kind: CertificateKind) -> SheetColumn:
    """The column of the IKM sheet that holds the certificates of one kind."""
    label = f"Sertifikat {kind.label}"
    return SheetColumn(
        f"certificate_{kind}", label, CertificateCell(), aliases=HEADINGS[kind], stored=False, exported=False
    )  # fmt: skip


class CertificateRules(SheetRules):
    """Makes of those columns certificates of the business.

    A number the register has not is a new certificate; one it has, in whatever spelling, is the
    same. "Ada" and "proses" say that there is one, and nothing where the register knows of one.
    """

    def warn_implausible(self, rows, options, problems):
        for index, value in enumerate(rows.column("certificate_pirt")):
            for number, _ in certificates_in(value):
                if message := doubtful_pirt(number):
                    finding = Finding("warning", "id_wrong_length", message)
                    rows.tell(problems, index, "certificate_pirt", finding, value)

    def plan_related(self, plan, rows, options):
        columns = {kind: rows.values.get(f"certificate_{kind}") for kind in HEADINGS}
        columns = {kind: values for kind, values in columns.items() if values and any(values)}
        if not columns:
            return ()
        certificates = _stored(
            columns, {target for target in plan.matches.target if target is not None}
        )
        for index, action in enumerate(plan.actions):
            if action in (HELD, IGNORED) or index in plan.matches.skipped:
                continue
            for kind, values in columns.items():
                for number, status in certificates_in(values[index]):
                    self._certify(plan, index, kind, number, status, certificates)
        return ()

    def _certify(self, plan, index, kind, number, status, certificates):
        first = plan.matches.same_as.get(index, index)
        target = plan.matches.target[index]
        owner = ("new", first) if target is None else target
        owned = certificates.setdefault((owner, kind), [])
        twin = _the_same(owned, number, status)
        if twin is None:
            values = {"kind": str(kind), "number": number, "status": str(status)}
            owned.append((None, None, values))
            make = partial(_new_certificate, values, plan.mains)
            plan.new_related.append(NewRecord(make, index))
            self._show(plan, index, kind, None, number or CertificateStatus(status).label)
            return
        key, version, stored = twin
        after = _news(stored, number, status)
        if not after:
            return
        before = {name: stored[name] for name in after}
        stored.update(after)
        if key is not None:
            plan.changed_related.append(ChangedRecord(key, version, before, after, index))
            old = before.get("number") or CertificateStatus(before.get("status", status)).label
            self._show(plan, index, kind, old, number or CertificateStatus(status).label)

    def _show(self, plan, index, kind, old, new):
        if plan.actions[index] == SAME:
            plan.actions[index] = CHANGED
        if plan.actions[index] == CHANGED:
            plan.differences.setdefault(index, []).append((f"certificate_{kind}", old, new))


def certificates_in(value) -> list[tuple[str, CertificateStatus]]:
    """The certificates a cell speaks of: number (empty where it states none) and status."""
    certificates = []
    for part in value.split(";") if isinstance(value, str) else ():
        word = comparison_key(part)
        if not word:
            continue
        if word == "ada":
            certificates.append(("", CertificateStatus.ISSUED))
        elif word in _STATUS:
            certificates.append(("", CertificateStatus(_STATUS[word])))
        else:
            certificates.append((part.strip()[:100], CertificateStatus.ISSUED))
    return certificates


def _stored(kinds, businesses):
    """The certificates the register holds: (business, kind) -> [(id, version, values)]."""
    certificates = {}
    stored = Certificate.objects.kept().filter(kind__in=[str(kind) for kind in kinds])
    columns = ("id", "version", "business_id", "kind", "number", "status")
    for key, version, owner, kind, number, status in stored.order_by("id").values_list(*columns):
        if owner in businesses:
            values = {"number": number, "status": status}
            certificates.setdefault((owner, kind), []).append((key, version, values))
    return certificates


def _the_same(certificates, number, status):
    """Which of the known certificates of one kind is meant; None where it is another."""
    if not number:
        return next(iter(certificates), None)
    for entry in certificates:
        if _is_same_number(entry[2]["number"], number):
            return entry
    unnumbered = (CertificateStatus.IN_PROCESS, CertificateStatus.ISSUED)
    return next(
        (e for e in certificates if not e[2]["number"] and e[2]["status"] in unnumbered), None
    )


def _news(stored, number, status):
    """What a cell adds to a known certificate: its number, or that it has been issued."""
    if number and stored["number"]:
        return {}
    news = {"number": number} if number else {}
    if (stored["status"], status) == (CertificateStatus.IN_PROCESS, CertificateStatus.ISSUED):
        news["status"] = str(CertificateStatus.ISSUED)
    return news


def _is_same_number(one, other):
    """Whether two spellings are of one certificate: a year behind a number may be left out.

    Of two short numbers with different years the later one is of a renewal.
    """
    (key, year), (other_key, other_year) = _parts_of(one), _parts_of(other)
    return key == other_key and (not year or not other_year or year == other_year)


def _parts_of(number):
    """What the spellings of a number share, and its year where the number alone is too short."""
    match = _YEAR_BEHIND.search(number)
    plain = number[: match.start()] if match else number
    digits = "".join(filter(str.isdigit, plain))
    if len(digits) >= LONG:
        return digits, ""
    key = "".join(char for char in plain.casefold() if char.isalnum())
    return key, match[1] if match else ""


def _new_certificate(values, mains, index):
    owner = mains.id_of(index)
    return values if owner is None else {**values, "business_id": owner}
