"""Rows that go on with the record above: a further product of a business, in a line of its own."""

from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key

from ..declarations import ContinuedColumns
from ..problems import Problems
from .sheet_rows import SheetRows


def join_continued_rows(rows: SheetRows, columns: ContinuedColumns, problems: Problems) -> None:
    """Gives each further product to its record; a line that says more than that is held."""
    lines: dict[int, list[int]] = {}
    for index, main in rows.continued.items():
        if index in rows.decisions:
            continue
        if odd := _contradiction(rows, index, main, columns):
            message = (
                f"Baris ini tanpa nama dan nomor, jadi lanjutan dari baris {rows.row_of[main]}, "
                "tetapi isi kolom ini bukan tentang produknya. Isi namanya bila usaha lain, atau "
                "kosongkan sel ini."
            )
            value = rows.column(odd)[index]
            rows.tell(problems, index, odd, Finding("error", "doubtful_row", message), value)
        elif index not in rows.held:
            lines.setdefault(main, []).append(index)
    for main, indexes in lines.items():
        left_out = [name for index in indexes for name in _join(rows, index, main, columns)]
        rows.set_aside(indexes, f"produk lain dari usaha pada baris {rows.row_of[main]}")
        numbers = ", ".join(str(rows.row_of[index]) for index in indexes)
        message = f"Produk pada baris lanjutan {numbers} digabung di sini; nilainya dijumlahkan."
        if left_out:
            message += " Kapasitasnya tidak dijumlahkan karena satuannya berbeda."
        finding = Finding("warning", "products_merged", message)
        rows.tell(problems, main, columns.products[0], finding)


def _contradiction(rows: SheetRows, index: int, main: int, columns: ContinuedColumns) -> str | None:
    """The first column in which a line says something of its own beside its product."""
    free = {*columns.products, *columns.summed, *columns.measured, columns.unit, *columns.free}
    for name, values in rows.values.items():
        value = values[index]
        blank = name in free or value in (None, ERASE, 0)
        if not blank and _key(value) != _key(values[main]):
            return name
    return None


def _key(value: object) -> object:
    return comparison_key(value) if isinstance(value, str) else value


def _join(rows: SheetRows, index: int, main: int, columns: ContinuedColumns) -> list[str]:
    """Adds one line to its record; returns the quantities that could not be added."""
    values = rows.values
    for name in columns.products:
        product = values[name][index] if name in values else None
        if isinstance(product, str):
            listed = values[name][main]
            listed = listed.split("; ") if isinstance(listed, str) else []
            if comparison_key(product) not in map(comparison_key, listed):
                values[name][main] = "; ".join([*listed, product])
    for name in columns.summed:
        amount = values[name][index] if name in values else None
        if isinstance(amount, int) and amount:
            stored = values[name][main]
            values[name][main] = amount + (stored if isinstance(stored, int) else 0)
    return [
        name for name in columns.measured if not _add_quantity(rows, name, index, main, columns)
    ]


def _add_quantity(
    rows: SheetRows, name: str, index: int, main: int, columns: ContinuedColumns
) -> bool:
    values, units = rows.values, rows.values.get(columns.unit)
    quantity = values[name][index] if name in values else None
    if quantity in (None, ERASE, 0):
        return True
    unit, own = (units[index], units[main]) if units else (None, None)
    stored = values[name][main]
    if stored in (None, ERASE):
        if own is not None and unit != own:
            return False
        values[name][main] = quantity
        if units:
            units[main] = unit
        return True
    if unit is not None and unit != own:
        return False
    values[name][main] = stored + quantity
    return True
