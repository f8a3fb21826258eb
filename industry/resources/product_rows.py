"""Lists with one row per product: the rows of one business in one year become one."""

from array import array

from balikpapan.intake.matching.comparison import Normaliser
from balikpapan.intake.matching.row_groups import alike_rows
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key, format_whole

from ..choices import CertificateKind

#: What each product has of its own; every other column speaks of the business.
OF_PRODUCT = frozenset(
    ["products", "product_kind", "brand", "capacity", "capacity_unit", "installed_capacity"]
    + ["production_value", "raw_material_value", "turnover", "export_percent", "export_countries"]
    + ["notes", *(f"certificate_{kind}" for kind in CertificateKind)]
)
SUMMED = ("production_value", "raw_material_value", "turnover")
MEASURED = ("capacity", "installed_capacity")
#: Rows are of one business only where these agree, or an official number does.
PERSONAL = ("name", "owner_name", "address")
MOST = 300


def merge_products(rows, answers, problems):
    """Merges rows that differ in their product alone; rows that contradict each other are held.

    Values are added up, quantities only where their unit is the same, products are listed. The
    first row keeps it all, the others count as ignored and are named in the warning. Whoever
    answers that such rows are different businesses gets them unmerged.
    """
    products = rows.values.get("products")
    if products is None or answers.duplicates == "separate":
        return
    personal = [rows.column(name) for name in PERSONAL]
    named = array(
        "I",
        (
            index
            for index, cells in enumerate(zip(products, *personal, strict=True))
            if index not in rows.decisions and all(isinstance(cell, str) for cell in cells)
        ),
    )
    for indexes in alike_rows([*personal, rows.column("year")], named, Normaliser().of):
        distinct = {comparison_key(products[i]) for i in indexes}
        if len(distinct) < len(indexes) or rows.held & set(indexes):
            continue
        odd = _contradiction(rows, indexes)
        if odd in ("kbli", "commodity", "group"):
            continue  # another trade under the same roof
        if odd or len("; ".join(products[i] for i in indexes)) > MOST:
            _hold(rows, indexes, odd or "products", problems)
        else:
            _merge(rows, indexes, problems)


def _contradiction(rows, indexes):
    """The first column of the business in which the rows differ, or None."""
    for name, values in rows.values.items():
        if name in OF_PRODUCT or name in PERSONAL:
            continue
        said = {values[i] for i in indexes} - {None}
        if len({comparison_key(v) if isinstance(v, str) else v for v in said}) > 1:
            return name
    return None


def _hold(rows, indexes, name, problems):
    for index in indexes:
        others = ", ".join(str(rows.row_of[i]) for i in indexes if i != index)
        message = (
            f"Usaha yang sama dengan baris {others}, produknya lain, tetapi isi kolom ini tidak "
            "dapat digabung. Jadikan satu baris, atau nyatakan sebagai usaha yang berbeda."
        )
        finding = Finding("error", "double_in_file", message)
        rows.tell(problems, index, name, finding, rows.column(name)[index])


def _merge(rows, indexes, problems):
    first, rest = indexes[0], indexes[1:]
    values = rows.values
    for name in SUMMED:
        said = (
            [values[name][i] for i in indexes if isinstance(values.get(name, {})[i], int)]
            if (name in values)
            else []
        )
        if said:
            values[name][first] = sum(said)
    units = {rows.column("capacity_unit")[i] for i in indexes}
    for name in MEASURED:
        if name in values:
            said = [values[name][i] for i in indexes]
            alike = len(units) == 1 and ERASE not in said and None not in said
            values[name][first] = sum(said) if alike else None
    if len(units) > 1:
        values["capacity_unit"][first] = None
    for name in OF_PRODUCT & set(values) - {*SUMMED, *MEASURED, "capacity_unit"}:
        said = [values[name][i] for i in indexes if values[name][i] not in (None, ERASE)]
        if said and isinstance(said[0], str):
            values[name][first] = "; ".join(dict.fromkeys(said))
        elif len(set(said)) > 1:
            values[name][first] = None
        elif said:
            values[name][first] = said[0]
    for name, column in values.items():
        if name not in OF_PRODUCT and column[first] is None:
            column[first] = next((column[i] for i in rest if column[i] is not None), None)
    rows.set_aside(rest, f"produk lain dari usaha pada baris {rows.row_of[first]}")
    numbers = ", ".join(str(rows.row_of[i]) for i in rest)
    quantity = "" if len(units) == 1 else " Kapasitas dikosongkan karena satuannya berbeda."
    message = (
        f"{format_whole(len(indexes))} baris produk dari satu usaha digabung di sini (juga baris "
        f"{numbers}); nilainya dijumlahkan.{quantity}"
    )
    finding = Finding("warning", "products_merged", message)
    rows.tell(problems, first, "products", finding, values["products"][first])
