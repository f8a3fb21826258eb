"""Every address that is looked at, with what it is asked for, and why the others are not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse

from balikpapan.intake.resources import REGISTERS
from balikpapan.reports.models import Edition
from industry.models import Business
from tests.trust.test_p34_rights import addresses, pages

from .world import World

#: Address as docs/matriks-alamat.csv has it -> why it has no snapshot.
REASONS = {
    "logout": "leads away",
    "jsi18n": "the words of Django's own scripts, see tests/test_words.py",
    "view_on_site": "open to nobody",
    "(?P<url>.*)$": "whatever does not exist",
    "*/<path:object_id>/": "leads to the form",
    "demo_log_in": "open to nobody unless this is a demonstration",
    "second_factor": "draws a secret anew each time",
    "intake_upload_progress": "tells how far a worker is",
    "intake_upload_file": "the file as it was handed in",
    "login": "shown to whoever has not come in, see tests/accounts",
}

#: Address -> what it is asked besides the plain page.
QUESTIONS = {
    "index": ["?tahun=2024"],
    "search": ["?q=amplang", "?q=sewa", "?q=laporan", "?q=zzz", "?q=IKM-1&bagian=1"],
    "autocomplete": ["?app_label=industry&model_name=certificate&field_name=business&term=amplang"],
    "industry_business_changelist": ["?q=amplang", "?ganda=ya"],
    "industry_business_gaps": ["?tahun=2024"],
    "industry_businessyear_grid": ["?tahun=2024&kecamatan=1", "?tahun=2023&q=amplang"],
    "industry_revenue_grid": ["?tahun=2024"],
    "industry_revenue_reconcile": ["?tahun=2025&bulan=11", "?tahun=2026&bulan=2"],
    "facilities_storagemonth_ledger": ["?tahun=2025", "?tahun=2024"],
    "facilities_storagemonth_grid": ["?tahun=2025"],
    "facilities_bill_issue": ["?tahun=2026&bulan=1"],
    "audit_closedyear_close": ["?year=2025"],
    "intake_upload_change": [f"?kelompok={part}" for part in ("new", "changed", "same", "held", "ignored")],
    "intake_upload_problems": ["?tingkat=error", "?tingkat=warning"],
    "report_book": ["?umum=1", "?edisi=1", "?banding=2023"],
    "report_press": ["?umum=1"],
    "help": ["?halaman=/industry/business/"],
    "industry_business_template": ["?isi=terakhir"],
}  # fmt: skip

#: The parts of the book and beside it that stand for the others, downloaded as files.
TABLE_FILES = ("ikm-wilayah", "pad", "daftar-ikm", "kertas-kerja", "pad-bulanan", "kib-a")

#: The years of which an address is looked at where it is not the last one.
YEARS = {"report_press": [2024], "report_table_file": [2024], "report_book": [2024]}
YEARS |= {"report_open_data": [2024], "report_press_file": [2024]}
#: Who looks: the first group that may see an address, then the others where its page is arranged
#: by rights, or the one that sees no personal data, or nobody else.
ORDER = ("Petugas", "Verifikator", "Administrator", "Pimpinan")
ARRANGED = ("index", "changelist", "change")
FILES = (
    "_file",
    "_template",
    "_export",
    "_workbook",
    "_download",
    "_open_data",
    "_edition",
    "_press",
)


@dataclass(frozen=True)
class Address:
    """An address of the program: its name, its line in the table of addresses, its kind of record."""

    name: str
    page: str
    model: type | None
    route: str

    def __str__(self):
        return self.name or self.page


def looked_at() -> list[Address]:
    """Every address that somebody may look at and for which no reason speaks against a snapshot."""
    table = pages()
    chosen = {
        str(address): address
        for address in (
            Address(a.name, a.page, a.model, a.route) for a in addresses() if a.page not in REASONS
        )
        if table[address.page]["lihat"] != "-"
    }
    return sorted(chosen.values(), key=str)


def others(address: Address) -> tuple[str, ...]:
    """The groups that look at an address once one of them has seen it."""
    if str(address).endswith(ARRANGED):
        return ORDER
    return () if str(address).endswith(FILES) else ("Pimpinan",)


def paths(address: Address, world: World) -> Iterator[str]:
    """The paths at which an address is looked at, the plain one first."""
    plain = [path for part in parts(address, world) if (path := path_of(address, part))]
    for place, path in enumerate(plain):
        yield path
        if place == 0 or address.page == "intake_upload_change" and "preview" in names(world, path):
            yield from (path + question for question in QUESTIONS.get(str(address), ()))


def names(world: World, path: str) -> set[str]:
    """Which of the uploads a path is about."""
    return {name for name, upload in world.uploads.items() if f"/{upload.pk}/" in path}


def path_of(address: Address, part: dict) -> str:
    return reverse(f"admin:{address.name}", kwargs=part)


def parts(address: Address, world: World) -> list[dict]:
    """What stands in an address: kwargs of ``reverse``, one dictionary per thing to look at."""
    from balikpapan.yearbook.contents import ABOUT_IKM, OTHERS

    records = world.records(address.model) if address.model else []
    numbers = [record.pk for record in records] or [1]
    doubles = list(Business.objects.kept().filter(name__startswith="Amplang Kembar").order_by("pk"))
    keeper = admin.site._registry.get(address.model)
    registers = [sheet.register for sheet in getattr(keeper, "resource_classes", ())]
    values = {
        "register": registers or list(REGISTERS),
        "pk": [e.pk for e in Edition.objects.order_by("pk")]
        if address.model in (None, Edition)
        else numbers,
        "object_id": numbers,
        "year": YEARS.get(str(address), [2025]),
        "key": TABLE_FILES if "unduh" in address.route else [*ABOUT_IKM, *OTHERS, *TABLE_FILES[2:]],
        "extension": ["xlsx", "pdf"],
        "kept": [doubles[0].pk],
        "dropped": [doubles[1].pk],
        "number": [world.merge.pk],
        "version": [1],
        "task": [world.list_task],
        "app_label": ["industry", "facilities"],
    }
    tried = [{}]
    for name in [
        name for name in values if f":{name}>" in address.route or f"<{name}>" in address.route
    ]:
        tried = [{**before, name: value} for before in tried for value in values[name]]
    return tried
