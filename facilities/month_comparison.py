"""What is said of a typed month that the ledger of deposits makes another one."""

from collections.abc import Iterator, Mapping

from balikpapan.spreadsheets.cells import format_decimal, format_rupiah, format_whole

from .models import StorageMonth
from .storage_figures import MonthFigures, basis_of

CODE = "ledger_mismatch"


def ledger_remarks(
    typed: Mapping[str, object], ledger: MonthFigures | None, decided: str
) -> Iterator[tuple[str, str, str]]:
    """(field, code, message) for each typed figure that the ledger contradicts.

    ``typed`` maps field names to figures, ``decided`` is the basis chosen for the month, blank
    where nobody has. Nothing is said of a month that is not in the ledger.
    """
    if ledger is None:
        return
    counting = basis_of(decided).label
    for name, own, ours in ledger.differences(typed):
        message = (
            f"Diketik {shown(name, own)}, padahal menurut buku penitipan {shown(name, ours)}. "
            f"Yang dipakai dalam laporan: {counting}."
        )
        yield name, CODE, message


def difference(name: str, typed, ledger) -> str:
    """One figure that was typed and that the ledger says otherwise."""
    label = StorageMonth._meta.get_field(name).verbose_name
    return f"{label}: diketik {shown(name, typed)}, menurut buku {shown(name, ledger)}"


def shown(name: str, value) -> str:
    """A figure of a month as people write it."""
    if value is None:
        return "belum diketahui"
    if name == "revenue":
        return format_rupiah(value)
    return format_whole(value) if name == "tenants" else format_decimal(value.normalize())
