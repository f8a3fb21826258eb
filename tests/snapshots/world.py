"""The demonstration, and beside it what a mature register holds: doubles, uploads, editions, requests."""

import datetime
from dataclasses import dataclass, field

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from balikpapan.accounts.groups import GROUPS
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change, ReadAccess, Record
from balikpapan.audit.store import archive, store
from balikpapan.demo import load_demo
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import HeadingAlias, Upload, ValueAlias
from balikpapan.intake.undo import undo
from balikpapan.intake.uploads import confirm, receive
from balikpapan.privacy.destruction import ask
from balikpapan.privacy.models import SubjectRequest
from balikpapan.reference_data import load_reference
from balikpapan.yearbook.closing import close_year, reopen_year
from balikpapan.yearbook.requested_lists import ask_for
from industry.merging import merge
from industry.models import (
    Business,
    BusinessYear,
    Merge,
    PerformanceTarget,
    Reminder,
    WorkItem,
)
from tests.cast import member
from tests.sheets import xlsx

from . import clock

FORM = Change.Channel.FORM
NIK = "9971010101800001"
HEADINGS = [
    "Nama Usaha", "Nama Pemilik", "NIK", "Alamat", "Kelurahan", "Kelompok Industri", "Tahun Data",
    "Tenaga Kerja", "Nilai Investasi", "Rasa Andalan",
]  # fmt: skip
MESSY = [
    HEADINGS,
    ["Amplang Pasti", "Siti Contoh", NIK, "Jl. Contoh 1", "Manggar", "Pangan", 2025, 4, 15_000_000, "gurih"],
    ["Amplang Ragu", "Budi Contoh", "12", "Jl. Contoh 2", "Manggarai", "Pangan", 2025, "empat", -5, None],
    ["", "Tanpa Nama", None, "Jl. Contoh 3", "Klandasan", "Pangann", "tahun lalu", 3, "15 juta", None],
    ["Amplang Pasti", "Siti Contoh", NIK, "Jl. Contoh 1", "Manggar", "Pangan", 2025, 5, 15_000_000, None],
    ["Kerupuk Lama", "Ani Contoh", None, None, None, None, 1899, 1, None, None],
    ["Jumlah", None, None, None, None, None, None, 17, None, None],
]  # fmt: skip
SOUND = [
    HEADINGS[:-1],
    *(
        [f"Kedai {word}", f"Pemilik {word}", None, f"Jl. Contoh {n}", "Manggar", None, 2025, n, n * 1_000_000]
        for n, word in enumerate(("Satu", "Dua", "Tiga"), 1)
    ),
]  # fmt: skip


@dataclass
class World:
    """Who looks, and the records the addresses are about: kind -> a typical one and odd ones."""

    people: dict = field(default_factory=dict)
    #: The session of each, who is signed in.
    sessions: dict = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    list_task: object = None
    merge: Merge | None = None

    def records(self, model) -> list:
        """A typical record of a kind and, where there is one, an odd one."""
        if model is Upload:
            return list(self.uploads.values())
        manager = model._base_manager.order_by("pk")
        typical, last = manager.first(), manager.last()
        chosen = [typical, last]
        if issubclass(model, Record):
            chosen.append(manager.exclude(archived_at=None).first())
        return list(dict.fromkeys(record for record in chosen if record))


def begin_numbering() -> None:
    """Every table numbers its rows from the last one it holds, whatever other tests have stored before."""
    tables = set(connection.introspection.table_names())
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    if connection.vendor == "sqlite":
        empty = [model for model in models if not model._base_manager.exists()]
        names = [{"table": model._meta.db_table} for model in empty]
        statements = connection.ops.sequence_reset_by_name_sql(no_style(), names)
    else:
        statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def build() -> World:
    """The register of the snapshots; the same one every time."""
    begin_numbering()
    load_reference()
    load_demo(datetime.date(2026, 3, 10))
    world = World({group: member(group) for group in GROUPS})
    clock.set_on(minutes=5)
    add_odd_records(world)
    clock.set_on(minutes=5)
    add_uploads(world)
    clock.set_on(minutes=5)
    add_editions(world)
    clock.set_on(minutes=5)
    world.list_task = ask_for(world.people["Petugas"], 2025, {})
    return world


def put(record, by, **options):
    """A record stored as a form stores it."""
    store(record, by=by, channel=FORM, **options)
    return record


def add_odd_records(world: World) -> None:
    """A pair of doubles, a merged pair, an archived and a bare business, letters, requests."""
    petugas, verifikator = world.people["Petugas"], world.people["Verifikator"]
    twins = [
        put(Business(name="Amplang Kembar", owner_name="Ani Contoh", nik=NIK, phone=phone), petugas)
        for phone in ("0800000001", "0800000002")
    ]
    for workers, twin in enumerate(twins, 3):
        put(BusinessYear(business=twin, year=2025, workers_total=workers), petugas)
    pair = [put(Business(name=f"Roti {n}", owner_name="Tuti Contoh"), petugas) for n in (1, 2)]
    clock.set_on(minutes=1)
    world.merge = merge(*pair, by=verifikator)
    gone = put(Business(name="Kedai Tutup", status="closed", closed_year=2024), petugas)
    archive(gone, by=verifikator, channel=FORM, reason="Tidak ditemukan di lapangan")
    first = Business.objects.order_by("pk").first()
    first.notes, first.phone = "Pindah ke ruko baru", "08000000999"
    put(first, petugas, reason="Laporan lurah")
    # Done already, done already in time, not done though late, not done.
    for business, reason, due in (
        (first, "owner_name", datetime.date(2026, 3, 1)),
        (twins[0], "phone", datetime.date(2026, 6, 30)),
        (twins[0], "address", datetime.date(2026, 3, 1)),
        (twins[1], "address", datetime.date(2026, 6, 30)),
    ):
        item = WorkItem(business=business, reason=reason, due_on=due, assignee=petugas)
        put(item, verifikator)
    with trail_transaction():
        Reminder.objects.create(
            business=first, reason="data", medium="letter", purpose="pemutakhiran", by=petugas
        )
    ReadAccess.objects.create(kind="seen", model="industry.business", count=1, by=petugas)
    put(HeadingAlias(register="ikm", field="brand", heading="merek andalan"), petugas)
    put(ValueAlias(register="ikm", field="status", word="buka", value="active"), petugas)
    for year, target in ((2024, 100), (2025, 120)):
        put(
            PerformanceTarget(year=year, indicator="IKM dibina", unit="unit", target=target),
            petugas,
        )
    request = SubjectRequest(
        received_on=datetime.date(2026, 3, 9), received_hour=9, kind="erasure", requester="Siti Contoh",
        nik=NIK, request="Hapus data saya.",
    )  # fmt: skip
    put(request, petugas)
    ask(NIK, by=verifikator, reason="surat 12/2026", request=request)


def add_uploads(world: World) -> None:
    """An upload of every kind: waiting, asking, stored, taken back, refused."""
    petugas = world.people["Petugas"]

    def hand_in(rows, name, register="ikm", **answers):
        clock.set_on(minutes=1)
        content = rows if isinstance(rows, bytes) else xlsx(rows)
        upload, _ = receive(register, content, name, Answers(**answers), petugas)
        return upload

    world.uploads["asking"] = hand_in(MESSY, "ikm berantakan.xlsx")
    world.uploads["preview"] = hand_in(
        [row[:-1] for row in MESSY], "ikm dengan kesalahan.xlsx", unit="rupiah"
    )
    world.uploads["stored"] = confirm(hand_in(SOUND, "kedai.xlsx", unit="rupiah"), petugas)
    back = [SOUND[0], ["Kedai Salah", "Pemilik Salah", *SOUND[1][2:]]]
    undone = confirm(hand_in(back, "salah unggah.xlsx", unit="rupiah"), petugas)
    undo(undone, by=petugas)
    world.uploads["undone"] = undone
    world.uploads["refused"] = hand_in(b"bukan berkas Excel", "rusak.xlsx")


def add_editions(world: World) -> None:
    """2024 closed twice, the second time with one figure more; 2023 closed once."""
    verifikator = world.people["Verifikator"]
    close_year(2023, by=verifikator, channel=FORM)
    clock.set_on(minutes=1)
    close_year(2024, by=verifikator, channel=FORM, notes="Menunggu tanda tangan")
    closed = apps.get_model("audit.ClosedYear").objects.kept().get(year=2024)
    reopen_year(closed, by=verifikator, channel=FORM, reason="Angka susulan")
    business = Business.objects.kept().filter(listed_year__lt=2024, status="active").order_by("pk")
    figures = (
        BusinessYear.objects.filter(year=2024, business__in=business, investment=None)
        .order_by("pk")
        .first()
    )
    figures.investment, figures.workers_total = 25_000_000, 9
    put(figures, world.people["Petugas"])
    clock.set_on(minutes=1)
    close_year(2024, by=verifikator, channel=FORM)
