"""Checks of the trail: its chain, and whether it gives the records as they stand."""

from django.utils import timezone

from balikpapan.audit import register_triggers, triggers
from balikpapan.audit.models import Change
from balikpapan.audit.verification import FaultKind

from .registry import ASK, Run, check
from .replaying import ReplayKind

MIGRATE = "Jalankan python3 manage.py migrate dengan pengguna pemilik tabel."
WRITTEN_PAST = (
    "Catatan ini ditulis tanpa lewat program. Betulkan lewat formulir, atau pulihkan dari cadangan."
)


@check("trail_protected", "Jejak dijaga pemicu basis data", MIGRATE, is_quick=True)
def _trail_protected(run: Run):
    for name in triggers.missing():
        yield f"Pemicu {name} tidak ada atau bukan milik program ini."


@check("registers_protected", "Register hanya ditulis lewat program", MIGRATE, is_quick=True)
def _registers_protected(run: Run):
    for name in register_triggers.missing():
        yield f"Pemicu {name} tidak ada atau bukan milik program ini."


def _of_chain(run, *kinds):
    return (str(fault) for fault in run.chain_faults if fault.kind in kinds)


@check("trail_altered", "Isi perubahan seperti saat ditulis", ASK)
def _trail_altered(run: Run):
    yield from _of_chain(run, FaultKind.CHANGE_ALTERED)


@check("trail_added", "Semua perubahan ditulis program ini", ASK)
def _trail_added(run: Run):
    yield from _of_chain(run, FaultKind.CHANGE_ADDED)


@check("trail_rows_missing", "Tidak ada perubahan yang hilang dari rantai", ASK)
def _trail_rows_missing(run: Run):
    yield from _of_chain(run, FaultKind.CHANGES_MISSING)


@check("chain_altered", "Mata rantai seperti saat dibuat", ASK)
def _chain_altered(run: Run):
    yield from _of_chain(run, FaultKind.LINK_ALTERED)


@check("chain_missing", "Tidak ada mata rantai yang hilang", ASK)
def _chain_missing(run: Run):
    yield from _of_chain(run, FaultKind.LINK_MISSING)


@check("chain_heads", "Ujung rantai yang tercetak masih ada di rantai", ASK)
def _chain_heads(run: Run):
    yield from _of_chain(run, FaultKind.HEAD_MISSING)


@check("erasures", "Pemusnahan isi jejak sesuai catatannya", ASK)
def _erasures(run: Run):
    yield from _of_chain(run, FaultKind.ERASURE_ALTERED)


def _of_replay(run, kind):
    return (str(fault) for fault in run.replay_faults if fault.kind is kind)


@check("replay_values", "Jejak yang diputar ulang memberi isi catatan", WRITTEN_PAST)
def _replay_values(run: Run):
    yield from _of_replay(run, ReplayKind.VALUES)


@check("replay_version", "Versi catatan sama dengan versi terakhir jejaknya", WRITTEN_PAST)
def _replay_version(run: Run):
    yield from _of_replay(run, ReplayKind.VERSION)


@check("replay_archived", "Keadaan arsip catatan sesuai jejaknya", WRITTEN_PAST)
def _replay_archived(run: Run):
    yield from _of_replay(run, ReplayKind.ARCHIVED)


@check("version_gaps", "Versi dalam jejak berurutan tanpa lompatan", ASK)
def _version_gaps(run: Run):
    yield from _of_replay(run, ReplayKind.GAP)


@check("before_state", "Nilai “sebelum” sama dengan keadaan sebelumnya", ASK)
def _before_state(run: Run):
    yield from _of_replay(run, ReplayKind.BREAK)


@check("untraced", "Setiap catatan punya jejak", WRITTEN_PAST)
def _untraced(run: Run):
    yield from _of_replay(run, ReplayKind.UNTRACED)


@check("record_missing", "Setiap jejak punya catatannya", ASK)
def _record_missing(run: Run):
    yield from _of_replay(run, ReplayKind.RECORD_MISSING)


@check("trail_times", "Waktu perubahan tidak di masa depan", "Periksa jam komputer server.")
def _trail_times(run: Run):
    # A day of leave for a clock that was put right meanwhile.
    limit = timezone.now() + timezone.timedelta(days=1)
    for key in Change.objects.filter(at__gt=limit).order_by("pk").values_list("pk", flat=True):
        yield f"Perubahan {key} tertanggal di masa depan."
