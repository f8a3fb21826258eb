"""Writes everything known about one person, whose request the office must meet in three days."""

import io
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.privacy.subject import dossier_of, person_of, sheets_of
from balikpapan.spreadsheets.cells import format_whole, mask_value
from balikpapan.spreadsheets.writing import write_sheets

from ..office import OfficeCommand
from ..private_files import write_private


class Command(OfficeCommand):
    help = "Menulis semua yang diketahui tentang satu orang menurut NIK-nya, beserta riwayatnya."

    def add_arguments(self, parser):
        parser.add_argument("nik", nargs="?", metavar="NIK")
        parser.add_argument(
            "--request", type=int, metavar="NOMOR", help="NIK dari permintaan subjek data ini"
        )
        parser.add_argument(
            "--out", type=Path, metavar="BERKAS.xlsx", help="tanpa ini hanya ringkasannya"
        )
        parser.add_argument("--user", metavar="AKUN", help="siapa yang memintanya")

    def handle(self, *, nik, request, out, user, **options):
        try:
            digits, asked = person_of(nik, request)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        asked_by = self.person(user) if user else None
        dossier = dossier_of(digits)
        hint = mask_value("nik", digits)
        if dossier.is_empty:
            self.stdout.write(f"Tidak ada apa pun tentang NIK {hint}.")
            return
        self.stdout.write(
            f"Tentang NIK {hint}: {format_whole(len(dossier.records))} catatan, "
            f"{format_whole(dossier.changes().count())} perubahan, "
            f"{format_whole(len(dossier.uploads))} unggahan, "
            f"{format_whole(len(dossier.lists))} daftar yang menunggu diambil, "
            f"{format_whole(len(dossier.mentions))} penyebutan di tempat lain, "
            f"{format_whole(dossier.reads().count())} kali dilihat atau dibawa keluar."
        )
        for mention in dossier.mentions:
            self.stdout.write(f"- {mention}")
        if out is None:
            return
        content = io.BytesIO()
        write_sheets(content, sheets_of(dossier))
        purpose = "permintaan subjek data" + (f" {asked.pk}" if asked else "")
        # Before the file is there: nobody takes personal data out unrecorded.
        for record in dossier.records:
            personal_data.record_exported(
                asked_by,
                type(record),
                personal_data.Extract(
                    record=record.pk,
                    count=1,
                    columns=["semua isian"],
                    purpose=purpose,
                ),
            )
        if asked is not None:
            asked.compiled_on = timezone.localdate()
            store(asked, by=asked_by, channel=Change.Channel.COMMAND)
        write_private(out, content.getvalue())
        self.stdout.write(f"Ditulis ke {out}. Berkas ini memuat data pribadi.")
