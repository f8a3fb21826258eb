"""How a sheet calls who uses a place: a recorded IKM by number, NIB or name, or a name alone."""

from collections import defaultdict

from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key

from ..models import Lease

#: The columns by which a sheet may call a business.
CALLED_BY = ("business_number", "nib", "business_name")
NAMED = 3


class Tenants:
    """The businesses of the register by number, NIB and name, loaded once for an upload."""

    def __init__(self):
        self.numbers, self._by_nib = set(), {}
        self._by_name = defaultdict(list)
        # The register of businesses stands above this one and is reached through the reference.
        businesses = Lease._meta.get_field("business").related_model.objects.kept()
        for key, nib, name in businesses.values_list("id", "nib", "name").iterator(5000):
            self.numbers.add(key)
            if nib:
                self._by_nib[nib] = key
            self._by_name[comparison_key(name)].append(key)

    def with_nib(self, nib):
        """The business of a NIB, or None."""
        return self._by_nib.get(nib)

    def called(self, name: str) -> list[int]:
        """The businesses of a name."""
        return self._by_name.get(comparison_key(name), [])


def fill_tenants(rows, tenants: Tenants, problems) -> None:
    """Fills ``business_id`` from the number, NIB or name, and ``tenant_name`` where none has it."""
    if not any(name in rows.values for name in CALLED_BY):
        return
    businesses, names = rows.fill("business_id"), rows.fill("tenant_name")
    columns = [rows.column(name) for name in CALLED_BY]
    for index, cells in enumerate(zip(*columns, strict=True)):
        if rows.is_aside(index):
            continue
        number, nib, name = (None if cell is ERASE else cell for cell in cells)
        if number is not None:
            if number in tenants.numbers:
                businesses[index] = number
                continue
            message = f"Nomor register IKM-{number:06d} tidak ada. Periksa nomornya."
            finding = Finding("error", "unknown_number", message)
            rows.tell(problems, index, "business_number", finding, number)
        elif (of_nib := tenants.with_nib(nib)) is not None:
            businesses[index] = of_nib
        elif isinstance(name, str):
            called = tenants.called(name)
            if len(called) == 1:
                businesses[index] = called[0]
                continue
            rows.tell(problems, index, "business_name", _unmatched(name, called), name)
            if not called and not isinstance(names[index], str):
                names[index] = name


def _unmatched(name: str, called: list[int]) -> Finding:
    """What to tell of a name that several businesses bear, or none."""
    if called:
        numbers = ", ".join(f"IKM-{key:06d}" for key in called[:NAMED])
        message = f"Ada {len(called)} usaha bernama sama ({numbers}). Isi nomor registernya."
        return Finding("error", "doubtful_match", message)
    message = f'"{name[:60]}" belum tercatat sebagai IKM; disimpan sebagai nama penyewa.'
    return Finding("warning", "unknown_record", message)
