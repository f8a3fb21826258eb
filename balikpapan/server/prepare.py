"""What ``start`` does before it serves: a fresh folder and last year's one end up alike."""

from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from balikpapan.accounts.passwords import create_first_administrator
from balikpapan.backup.create import BEFORE_MIGRATION
from balikpapan.backup.daily import make_daily
from balikpapan.backup.errors import BackupError
from balikpapan.backup.restore import finish_interrupted
from balikpapan.checks import unsafe_database, unsafe_start
from balikpapan.data_checks.runner import run_checks
from balikpapan.errors import DAMAGED, outage
from balikpapan.privacy.destruction import replay


def prepare(host: str, tell: Callable[[str], None]) -> None:
    """Everything a run needs, in order; refuses to go on when something is unsafe."""
    if finish_interrupted():
        tell("Pemulihan yang terhenti sudah diselesaikan.")
    try:
        refuse(unsafe_database())
        refuse(damage())
        copy_before_migrations(tell)
        call_command("migrate", interactive=False, verbosity=0)
        if destroyed := replay():
            tell(
                f"Cadangan lama memuat data yang sudah dimusnahkan; dimusnahkan lagi: {destroyed}."
            )
        call_command("load_reference", verbosity=0)
        if settings.DEMO and not apps.get_model("industry.Business").objects.exists():
            tell("Mengisi data contoh; semua usaha di dalamnya rekaan.")
            call_command("load_demo", verbosity=0)
        announce_first_administrator(tell)
        tell_faults(tell)
    except DatabaseError as error:
        why = outage(error) or f"Basis data tidak dapat dipakai: {one_line(error)}."
        raise CommandError(why) from error
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    # The database exists by now, so its permissions can be looked at.
    refuse(unsafe_start(host))


def damage() -> list[str]:
    """Why nobody may go on writing into this database: a page of it is damaged."""
    [outcome] = run_checks(only=["pages"])
    return [*outcome.sentences, DAMAGED] if outcome.count else []


def tell_faults(tell: Callable[[str], None]) -> None:
    """What the quick part of ``check_data`` finds; the program runs on, and the first page says it."""
    for outcome in run_checks(quick=True):
        if outcome.count:
            tell(f"Perhatian, pemeriksaan “{outcome.check.title}” menemukan kesalahan:")
            for sentence in outcome.sentences:
                tell(f"  {sentence}")
            tell(f"  Tindakan: {outcome.check.remedy}")


def copy_before_migrations(tell: Callable[[str], None]) -> None:
    """Backs the register up before this version changes its tables; a new or shown one is not."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return
    if executor.loader.applied_migrations and not settings.DEMO:
        tell("Mencadangkan register sebelum tabelnya diperbarui.")
        try:
            made = make_daily(BEFORE_MIGRATION)
        except (BackupError, OSError) as error:
            raise CommandError(
                f"Cadangan sebelum pembaruan gagal, sehingga tabel tidak diubah: {one_line(error)}."
            ) from error
        tell(f"Cadangan: {made.path}")
    tell(f"Menyiapkan tabel basis data, {len(waiting)} langkah; tunggu sampai selesai.")


def refuse(reasons: list[str]) -> None:
    """Stop with the reasons, when there are any."""
    if reasons:
        raise CommandError("\n".join(["Program tidak dijalankan:", *reasons]))


def announce_first_administrator(tell: Callable[[str], None]) -> None:
    """Make the first account and show its password, this once."""
    if account := create_first_administrator():
        name, password = account
        tell(f"Akun pertama: {name}")
        tell(f"Kata sandi:   {password}")
        tell(
            "Catat sekarang; kata sandi ini tidak ditampilkan lagi dan diganti saat pertama masuk."
        )


def one_line(error: Exception) -> str:
    """A library's message on one line, without its final mark."""
    return " ".join(str(error).split()).rstrip(".?")
