import json

from django.core.management.base import CommandError

from balikpapan.audit.chain import head
from balikpapan.data_checks import nightly
from balikpapan.data_checks.registry import CHECKS
from balikpapan.data_checks.runner import run_checks

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Membuktikan bahwa datanya utuh; berakhir dengan status 1 bila ada yang salah."

    def add_arguments(self, parser):
        parser.add_argument("--quick", action="store_true", help="Bagian yang cepat saja.")
        parser.add_argument(
            "--only", action="append", default=[], choices=sorted(CHECKS), metavar="KODE",
            help="Hanya pemeriksaan ini; boleh diulang.",
        )  # fmt: skip
        parser.add_argument(
            "--head", action="append", default=[], dest="heads", metavar="UJUNG",
            help="Ujung rantai yang tercetak pada laporan atau cadangan; boleh diulang.",
        )  # fmt: skip
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="Hasil sebagai JSON."
        )
        parser.add_argument(
            "--list", action="store_true", dest="listed", help="Daftar pemeriksaan."
        )

    def handle(self, *, quick, only, heads, as_json, listed, **options):
        if listed:
            for one in CHECKS.values():
                self.stdout.write(f"{one.code:22} {one.title}{' (cepat)' if one.is_quick else ''}")
            return
        outcomes = run_checks(quick=quick, only=only, heads=heads)
        if not (quick or only):
            nightly.note(outcomes)
        self.tell(outcomes, as_json)
        if faulty := sum(1 for outcome in outcomes if outcome.count):
            raise CommandError(f"{faulty} dari {len(outcomes)} pemeriksaan menemukan kesalahan.")

    def tell(self, outcomes, as_json):
        if as_json:
            result = {"head": str(head()), "checks": [outcome.as_json() for outcome in outcomes]}
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            return
        for outcome in outcomes:
            mark = f"SALAH ({outcome.count})" if outcome.count else "baik"
            self.stdout.write(f"{mark:12} {outcome.check.title} [{outcome.check.code}]")
            for sentence in outcome.sentences:
                self.stdout.write(f"    {sentence}")
            if outcome.count > len(outcome.sentences):
                self.stdout.write(f"    … dan {outcome.count - len(outcome.sentences)} lagi.")
            if outcome.count:
                self.stdout.write(f"    Tindakan: {outcome.check.remedy}")
        self.stdout.write(f"Ujung rantai jejak: {head()}")
