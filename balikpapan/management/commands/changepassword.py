"""A new password set on the server, which leaves a trace as one given on the page does."""

import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword

from balikpapan.accounts.trail import Actor, trace_reset
from balikpapan.audit.models import Change

from ..terminal import LIBRARY_HELP, OPTION_HELP, with_indonesian_help


class Command(changepassword.Command):
    help = "Mengganti kata sandi sebuah akun; tercatat di riwayat akun dan diberitahukan."

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        return with_indonesian_help(parser, OPTION_HELP | LIBRARY_HELP)

    def _get_pass(self, prompt=""):
        # The library asks a second time, and in English.
        return super()._get_pass("Sekali lagi:  " if "again" in prompt else "Kata sandi:   ")

    def handle(self, *args, **options):
        message = super().handle(*args, **options)
        name = options["username"] or getpass.getuser()
        user = get_user_model().objects.get(username=name)
        trace_reset(user, Actor(channel=Change.Channel.COMMAND))
        return message
