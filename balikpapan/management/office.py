"""The base of the office's commands."""

import sys

from django.core.management import BaseCommand, CommandError

from balikpapan.errors import outage


class OfficeCommand(BaseCommand):
    """A command whose refusal is a plain Indonesian sentence, without an English class name."""

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
            return super().execute(*args, **options)
        except Exception as error:
            why = None if isinstance(error, CommandError) else outage(error)
            if why is None:
                raise
            raise CommandError(
                f"{why} Tidak ada yang tersimpan setengah jadi. Jalankan perintah ini sekali lagi."
            ) from error
