"""Takes the code off the account of somebody who can enter it no longer and has nobody to do it."""

from balikpapan.accounts.models import SecondFactor
from balikpapan.accounts.second_factor import take_off
from balikpapan.accounts.trail import Actor
from balikpapan.audit.models import Change

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = (
        "Melepas kode masuk (TOTP) sebuah akun yang telepon dan kode pemulihannya hilang; tercatat "
        "di riwayat akun dan diberitahukan kepada semua verifikator."
    )

    def add_arguments(self, parser):
        parser.add_argument("account", metavar="AKUN")

    def handle(self, *, account, **options):
        user = self.person(account)
        if not SecondFactor.objects.filter(user=user).exists():
            self.stdout.write(f"Akun {account} tidak memakai kode masuk.")
            return
        take_off(user, Actor(channel=Change.Channel.COMMAND))
        self.stdout.write(
            f"Kode masuk {account} dilepas; pemiliknya masuk dengan kata sandi saja, lalu memasang "
            "kode baru di menu akun."
        )
