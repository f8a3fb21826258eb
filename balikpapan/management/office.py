"""The base of the office's commands."""

import contextlib
import sys

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from balikpapan.checks import newer_database
from balikpapan.errors import outage
from balikpapan.server import locks

from .terminal import with_indonesian_help


class OfficeCommand(BaseCommand):
    """A command whose refusal is a plain Indonesian sentence, without an English class name."""

    #: Whether the command works on the folder beside others; who replaces the folder does not.
    shares_folder = True

    def create_parser(self, prog_name, subcommand, **kwargs):
        return with_indonesian_help(super().create_parser(prog_name, subcommand, **kwargs))

    def run_from_argv(self, argv):
        self.requested_by_person = True
        super().run_from_argv(argv)

    def execute(self, *args, **options):
        try:
            return self.execute_or_tell(*args, **options)
        except CommandError as error:
            if not getattr(self, "requested_by_person", False) or options.get("traceback"):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def execute_or_tell(self, *args, **options):
        """Runs the command; a database or disk that cannot serve is told like any refusal."""
        try:
            with self.folder():
                self.refuse_newer_database()
                return super().execute(*args, **options)
        except Exception as error:
            why = None if isinstance(error, CommandError) else outage(error)
            if why is None:
                raise
            raise CommandError(
                f"{why} Tidak ada yang tersimpan setengah jadi. Jalankan perintah ini sekali lagi."
            ) from error

    def person(self, name: str):
        """The active account of that name; raises CommandError where there is none."""
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"Tidak ada akun aktif bernama {name}.")
        return user

    def refuse_newer_database(self) -> None:
        """An older program would write what the newer one no longer understands."""
        # Who replaces the register looks for itself; a part of another command was looked at.
        asked = self.shares_folder and getattr(self, "requested_by_person", False)
        if asked and (reasons := newer_database()):
            raise CommandError("\n".join(reasons))

    @contextlib.contextmanager
    def folder(self):
        """The command's share in the folder of the register; none while it is being replaced."""
        with contextlib.ExitStack() as closing:
            if self.shares_folder:
                try:
                    closing.enter_context(locks.held(locks.COMMANDS, shared=True))
                except locks.FolderInUse as error:
                    raise CommandError(
                        f"Register sedang dipulihkan atau dipindah ({error.holder}); tunggu sampai "
                        "selesai lalu ulangi."
                    ) from error
                except OSError:
                    pass  # a folder nobody can write into can still be read
            yield
