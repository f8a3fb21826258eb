"""Checks of the figures of the facilities: months that were typed and are in the ledger too."""

from facilities.choices import Month
from facilities.models import StorageMonth
from facilities.storage_figures import chamber_months

from .registry import Run, check

DECIDE = "Buka Rekap bulanan cold storage › Bulan cold storage, lalu putuskan angka yang dipakai."


@check(
    "storage_months", "Bulan yang diketik sama dengan buku penitipan, atau sudah diputuskan", DECIDE
)
def _storage_months(run: Run):
    years = StorageMonth.objects.kept().order_by().values_list("year", flat=True).distinct()
    for row in chamber_months(years) if years else ():
        if row.is_undecided:
            labels = ", ".join(
                str(StorageMonth._meta.get_field(name).verbose_name)
                for name, _, _ in row.differences
            )
            yield (
                f"{row.chamber.facility}, {row.chamber}, {Month(row.month).label} {row.year}: "
                f"{labels} berbeda dari buku penitipan."
            )
