"""The base of the office's commands."""

import sys

from django.core.management import BaseCommand, CommandError


class OfficeCommand(BaseCommand):
    """A command whose refusal is a plain Indonesian sentence, without an English class name."""

    def run_from_argv(self, argv):
        self.requested_by_person = True
        super().run_from_argv(argv)

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not getattr(self, "requested_by_person", False) or options.get("traceback"):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
