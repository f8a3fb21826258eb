from django.core.management import CommandError
from django.utils import timezone

from balikpapan.demo import load_demo
from balikpapan.reference_data import load_reference
from industry.models import Business

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Mengisi register yang masih kosong dengan data contoh; semuanya rekaan."

    def handle(self, *, verbosity, **options):
        if Business.objects.exists():
            raise CommandError(
                "Register sudah berisi usaha IKM, jadi data contoh tidak dimuat. "
                "Jalankan “python3 manage.py start --demo” untuk melihat contoh."
            )
        load_reference()
        load_demo(timezone.localdate())
        if verbosity:
            self.stdout.write(f"{Business.objects.count()} usaha rekaan dimuat.")
