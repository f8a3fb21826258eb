"""Another administrator, made on the server when nobody who may do it on the pages can come in."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError

from balikpapan.accounts.passwords import give_password
from balikpapan.accounts.trail import Actor, trace_created
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = (
        "Membuat akun administrator; kata sandinya ditampilkan sekali dan diganti saat pertama "
        "masuk. Tercatat di riwayat akun."
    )

    def add_arguments(self, parser):
        parser.add_argument("--username", metavar="AKUN", help="Nama akun; tanpa ini ditanyakan.")

    def handle(self, *, username, **options):
        name = input("Nama akun: ").strip() if username is None else username
        user = get_user_model()(username=name, is_staff=True, is_superuser=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        with trail_transaction():
            password = give_password(user)
            trace_created(user, Actor(channel=Change.Channel.COMMAND))
        self.stdout.write(f"Akun administrator: {name}")
        self.stdout.write(f"Kata sandi:         {password}")
        self.stdout.write("Catat sekarang; kata sandi ini tidak ditampilkan lagi.")
