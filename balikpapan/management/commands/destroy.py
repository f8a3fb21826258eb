"""Destroys what is personal about one person: one asks, another agrees, each with a password."""

import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from balikpapan.privacy.destruction import MoreSinceAskedError, approve, ask
from balikpapan.privacy.models import Destruction
from balikpapan.privacy.subject import person_of

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = (
        "Memusnahkan data pribadi satu orang, oleh dua orang: yang satu mengajukan dengan NIK, "
        "yang lain menyetujui dengan --approve. Tidak dapat dibatalkan."
    )

    def add_arguments(self, parser):
        parser.add_argument("nik", nargs="?", metavar="NIK")
        parser.add_argument(
            "--request", type=int, metavar="NOMOR", help="NIK dari permintaan subjek data ini"
        )
        parser.add_argument("--user", required=True, metavar="AKUN", help="siapa yang melakukannya")
        parser.add_argument("--reason", default="", metavar="ALASAN", help="misalnya nomor surat")
        parser.add_argument("--approve", type=int, metavar="NOMOR", help="nomor pengajuan")

    def handle(self, *, nik, request, user, reason, approve, **options):
        is_asking = (nik, request) != (None, None)
        if is_asking is (approve is not None):
            raise CommandError("Isi NIK untuk mengajukan, atau --approve NOMOR untuk menyetujui.")
        person = self.person_with_password(user)
        try:
            if is_asking:
                self.ask(nik, request, person, reason)
            else:
                self.approve(approve, person)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def person_with_password(self, name):
        """The account that a password at the keyboard proves to be there."""
        person = self.person(name)
        if not person.check_password(getpass.getpass(f"Kata sandi {name}: ")):
            raise CommandError("Kata sandi itu keliru, jadi tidak ada yang dilakukan.")
        return person

    def ask(self, nik, number, person, reason):
        """The part of whoever asks."""
        digits, request = person_of(nik, number)
        if request is not None:
            reason = reason or f"Permintaan subjek data {request.pk} {request.letter}"
        destruction = ask(digits, by=person, reason=reason, request=request)
        count = sum(map(len, destruction.records.values()))
        self.stdout.write(
            f"Pengajuan {destruction.pk} dicatat: {count} catatan dan {len(destruction.files)} "
            f"berkas tentang NIK {destruction.hint}, dan {len(destruction.mentions)} penyebutan di "
            "tempat lain. Belum ada yang dimusnahkan."
        )
        self.stdout.write(
            f"Orang lain menyetujuinya dengan: python3 manage.py destroy --approve {destruction.pk} "
            "--user AKUN"
        )

    def approve(self, number, person):
        """The part of whoever agrees."""
        destruction = Destruction.objects.filter(pk=number).first()
        if destruction is None:
            raise CommandError(f"Tidak ada pengajuan bernomor {number}.")
        nik = self.nik_of(destruction)
        try:
            counts = approve(destruction, nik, by=person)
        except MoreSinceAskedError as more:
            self.agree_to(more)
            counts = approve(destruction, nik, by=person, including=more.items)
        self.stdout.write(
            f"Data pribadi dimusnahkan: {counts['records']} catatan dikosongkan, "
            f"{counts['changes']} perubahan dalam riwayat, {counts['files']} unggahan, "
            f"{counts['mentions']} penyebutan di tempat lain, "
            f"{counts['lists']} daftar yang menunggu diambil. Angka statistik tidak berubah."
        )
        if destruction.remaining:
            self.stdout.write("Yang masih tersisa dan harus diurus sendiri:")
        for where, why in destruction.remaining:
            self.stdout.write(f"- {where}: {why}")

    def nik_of(self, destruction):
        """The NIK as the person's own request has it, else as whoever agrees types it."""
        request = destruction.requests.exclude(nik="").first()
        nik = request.nik if request else input(f"NIK yang dimusnahkan ({destruction.hint}): ")
        return person_of(nik, None)[0]

    def agree_to(self, more):
        """Shows what is new; raises CommandError unless it is to go too."""
        self.stdout.write("Sejak diajukan, yang berikut juga memuat NIK itu:")
        for line in more.messages:
            self.stdout.write(f"- {line}")
        if input("Musnahkan juga? Ketik ya: ").strip().lower() != "ya":
            raise CommandError("Belum ada yang dimusnahkan. Ajukan lagi, atau setujui semuanya.")
