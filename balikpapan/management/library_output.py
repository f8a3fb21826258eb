"""What the commands of Django and the libraries write while they run, in Indonesian.

Their sentences stand in no catalogue of translations. Each is looked up here as it begins a line;
whatever is not listed passes as it is.
"""

import re
from collections.abc import Callable

from django.core.management import BaseCommand
from django.core.management.base import OutputWrapper

#: English as the library has it -> Indonesian; %s stands for what differs, in the same order.
SENTENCES = {
    # Any command
    "System check identified some issues:": "Pemeriksaan pengaturan menemukan masalah:",
    "System check identified no issues (%s silenced).": (
        "Pemeriksaan pengaturan tidak menemukan masalah (%s didiamkan)."
    ),
    "System check identified 1 issue (%s silenced).": (
        "Pemeriksaan pengaturan menemukan 1 masalah (%s didiamkan)."
    ),
    "System check identified %s issues (%s silenced).": (
        "Pemeriksaan pengaturan menemukan %s masalah (%s didiamkan)."
    ),
    "CRITICALS:": "GAWAT:",
    "ERRORS:": "KESALAHAN:",
    "WARNINGS:": "PERINGATAN:",
    "INFOS:": "KETERANGAN:",
    "DEBUGS:": "PENELUSURAN:",
    "HINT: ": "SARAN: ",
    'There is no system check with the "%s" tag.': "Tidak ada pemeriksaan bertanda “%s”.",
    # migrate
    "Operations to perform:": "Yang dikerjakan:",
    "Synchronize unmigrated app: %s": "Tabel bagian tanpa langkah: %s",
    "Synchronize unmigrated apps: ": "Tabel bagian-bagian tanpa langkah: ",
    "Apply all migrations: ": "Semua perubahan tabel dari: ",
    "Unapply all migrations: ": "Semua perubahan tabel ditarik dari: ",
    "Target specific migration: %s, from %s": "Sampai langkah %s dari %s",
    "Synchronizing apps without migrations:": "Membuat tabel bagian tanpa langkah:",
    "Creating tables...": "Membuat tabel …",
    "Processing %s.%s model": "Menyiapkan %s.%s",
    "Creating table %s": "Membuat tabel %s",
    "Running deferred SQL...": "Menjalankan SQL yang ditunda …",
    "Running migrations:": "Mengubah tabel:",
    "No migrations to apply.": "Tabel sudah sesuai; tidak ada yang diubah.",
    "Your models in app(s): %s have changes that are not yet reflected in a migration, and so "
    "won't be applied.": (
        "Program di %s berubah tanpa langkah perubahan tabel, sehingga tabelnya tidak diubah."
    ),
    "Run 'manage.py makemigrations' to make new migrations, and then re-run 'manage.py migrate' "
    "to apply them.": (
        "Pengembang membuat langkahnya dengan “manage.py makemigrations”; sesudah itu jalankan "
        "lagi “manage.py migrate”."
    ),
    "Applying %s...": "Menerapkan %s …",
    "Unapplying %s...": "Menarik %s …",
    "Rendering model states...": "Menyusun keadaan tabel …",
    "OK": "selesai",
    "DONE": "selesai",
    "FAKED": "dicatat tanpa dijalankan",
    "Planned operations:": "Yang akan dikerjakan:",
    "No planned migration operations.": "Tabel sudah sesuai; tidak ada yang akan diubah.",
    "Pruning migrations:": "Menghapus catatan langkah yang tidak ada lagi:",
    "Pruning %s.%s": "Menghapus %s.%s",
    "No migrations to prune.": "Tidak ada catatan langkah yang dihapus.",
    "Migrations can be pruned only when an app is specified.": (
        "Catatan langkah hanya dihapus untuk satu bagian; sebutkan bagiannya."
    ),
    "Cannot use --prune because the following squashed migrations have their 'replaces' "
    "attributes and may not be recorded as applied:": (
        "--prune tidak dapat dipakai; langkah gabungan berikut masih menyebut langkah lamanya dan "
        "mungkin belum tercatat sebagai diterapkan:"
    ),
    "Re-run 'manage.py migrate' if they are not marked as applied, and remove 'replaces' "
    "attributes in their Migration classes.": (
        "Jalankan lagi “manage.py migrate” bila belum tercatat, dan hapus sebutan langkah lamanya "
        "(replaces) dari program."
    ),
    "Conflicting migrations detected; multiple leaf nodes in the migration graph: (%s).": (
        "Ada dua langkah terakhir yang bertentangan: %s."
    ),
    "To fix them run 'python manage.py makemigrations --merge'": (
        "Pengembang menggabungkannya dengan “python3 manage.py makemigrations --merge”"
    ),
    "Can't use run_syncdb with app '%s' as it has migrations.": (
        "--run-syncdb tidak berlaku untuk %s, yang mempunyai langkah perubahan tabel."
    ),
    "App '%s' does not have migrations.": "Bagian %s tidak mempunyai langkah perubahan tabel.",
    "No installed app with label '%s'.": "Tidak ada bagian program bernama %s.",
    "More than one migration matches '%s' in app '%s'. Please be more specific.": (
        "Lebih dari satu langkah berawal %s di %s; sebutkan lebih lengkap."
    ),
    "Cannot find a migration matching '%s' from app '%s'.": "Tidak ada langkah %s di %s.",
    "You have %s unapplied migration(s). Your project may not work properly until you apply the "
    "migrations for app(s): %s.": "Ada %s perubahan tabel yang belum diterapkan, dari: %s.",
    "Run 'python manage.py migrate' to apply them.": (
        "Jalankan “python3 manage.py migrate” untuk menerapkannya."
    ),
    # showmigrations
    "(no migrations)": "(tanpa langkah)",
    # changepassword
    "Changing password for user '%s'": "Mengganti kata sandi akun %s",
    "Passwords do not match. Please try again.": "Kedua kata sandi tidak sama. Ketik sekali lagi.",
    "Aborting password change for user '%s' after %s attempts": (
        "Kata sandi akun %s tidak diganti sesudah %s kali percobaan"
    ),
    "Password changed successfully for user '%s'": "Kata sandi akun %s sudah diganti.",
    "user '%s' does not exist": "Tidak ada akun bernama %s.",
    "aborted": "Dibatalkan; kata sandi tidak diganti.",
    # collectstatic
    "%s static files copied to '%s', %s unmodified, %s post-processed.": (
        "%s berkas statis disalin ke %s, %s tidak berubah, %s diolah."
    ),
    "%s static file copied to '%s', %s unmodified, %s post-processed.": (
        "%s berkas statis disalin ke %s, %s tidak berubah, %s diolah."
    ),
    "%s static files copied to '%s', %s post-processed.": (
        "%s berkas statis disalin ke %s, %s diolah."
    ),
    "%s static files copied to '%s'.": "%s berkas statis disalin ke %s.",
    "Collecting static files cancelled.": "Dibatalkan; tidak ada berkas statis yang disalin.",
    "Found another file with the destination path '%s'. It will be ignored since only the first "
    "encountered file is collected. If this is not what you want, make sure every static file has "
    "a unique path.": "Ada dua berkas bernama %s; yang kedua dilewati.",
    # clearsessions
    "Session engine '%s' doesn't support clearing expired sessions.": (
        "Sesi yang disimpan dengan %s tidak dapat dibersihkan."
    ),
    # runserver
    "Performing system checks...": "Memeriksa pengaturan …",
    "Starting development server at %s": "Server pengembangan di %s",
    "Quit the server with %s.": "Berhenti dengan %s.",
    # shell
    "%s objects imported automatically (use -v 2 for details).": (
        "%s nama dimuat lebih dahulu (rinciannya: -v 2)."
    ),
    # axes
    "%s attempts removed.": "%s percobaan masuk dihapus.",
    "No attempts found.": "Tidak ada percobaan masuk yang tercatat.",
    "%s logs removed.": "%s catatan masuk dihapus.",
    "No logs found.": "Tidak ada catatan masuk.",
}
#: The name of a Python class before a refusal.
CLASS_NAME = re.compile(r"^((?:\x1b\[[0-9;]*m)*)(?:CommandError|SystemCheckError): ", re.M)
#: What may stand before a sentence on its line: space and the colours of the terminal.
BEFORE = r"^((?:\s|\x1b\[[0-9;]*m)*)"


def in_indonesian(text: str) -> str:
    """A text of the terminal, its lines that begin with a listed sentence translated."""
    text = CLASS_NAME.sub(r"\1", text)
    for pattern, replace in _TRANSLATIONS:
        text = pattern.sub(replace, text)
    return text


def _translation(english: str, indonesian: str) -> tuple[re.Pattern, Callable]:
    sentence = r"(.+?)".join(map(re.escape, english.split("%s")))
    # A value at the end goes on to the end of its line; a single word stands alone on it.
    end = r"(?=\x1b|\s|$)" if english.endswith("%s") or english.isalpha() else ""

    def replace(match: re.Match) -> str:
        before, *values = match.groups()
        return before + indonesian % tuple(values)

    return re.compile(BEFORE + sentence + end, re.M), replace


_TRANSLATIONS = [
    _translation(english, SENTENCES[english])
    for english in sorted(SENTENCES, key=len, reverse=True)
]


class IndonesianOutput(OutputWrapper):
    """The terminal as a command writes to it, every sentence of a library translated."""

    def write(self, msg="", style_func=None, ending=None):
        super().write(in_indonesian(str(msg)), style_func, ending)


def speak_indonesian(command: BaseCommand) -> BaseCommand:
    """The command, whatever it writes from now on translated."""
    command.stdout = IndonesianOutput(command.stdout._out)
    style = command.stderr.style_func
    command.stderr = IndonesianOutput(command.stderr._out)
    command.stderr.style_func = style
    return command
