"""Lists with one row per product: the rows of one business in one year become one."""

from array import array

from balikpapan.intake.answers import QuestionKey
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
    if products is None:
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
        if answers.duplicates == "separate":
            answers.use(QuestionKey.DUPLICATES)
            return
        if odd or len("; ".join(products[i] for i in indexes)) > MOST:
            _hold(rows, indexes, odd or "products", problems)
        else:
            _merge(rows, indexes, problems)


def _contradiction(rows, indexes):
    """The first column of the business in which the rows differ, or None."""
    for name, values in rows.values.items():
        if name in OF_PRODUCT or name in PERSONAL:
            continue
        stated = {values[i] for i in indexes} - {None}
        if len({comparison_key(v) if isinstance(v, str) else v for v in stated}) > 1:
            return name
    return None


def _hold(rows, indexes, name, problems):
    for index in indexes:
        others = rows.row_names([i for i in indexes if i != index], index)
        message = (
            f"Usaha yang sama dengan {others}, produknya lain, tetapi isi kolom ini tidak "
            "dapat digabung. Jadikan satu baris, atau nyatakan sebagai usaha yang berbeda."
        )
        finding = Finding("error", "double_in_file", message)
        rows.tell(problems, index, name, finding, rows.column(name)[index])


def _merge(rows, indexes, problems):
    """The first row takes over what all say; the others are set aside and named."""
    first, rest = indexes[0], indexes[1:]
    alike = len({rows.column("capacity_unit")[i] for i in indexes}) == 1
    for name, column in rows.values.items():
        join = JOINED_BY.get(name, _joined if name in OF_PRODUCT else _first_of)
        column[first] = join([column[i] for i in indexes], alike)
    for index in rest:
        rows.set_aside([index], f"produk lain dari usaha pada {rows.row_names([first], index)}")
    others = rows.row_names(rest, first)
    quantity = "" if alike else " Kapasitas dikosongkan karena satuannya berbeda."
    message = (
        f"{format_whole(len(indexes))} baris produk dari satu usaha digabung di sini (juga "
        f"{others}); nilainya dijumlahkan.{quantity}"
    )
    finding = Finding("warning", "products_merged", message)
    rows.tell(problems, first, "products", finding, rows.values["products"][first])


def _sum_of_known(cells, one_unit):
    """Amounts add up; one that is not stated adds nothing."""
    amounts = [cell for cell in cells if isinstance(cell, int)]
    return sum(amounts) if amounts else cells[0]


def _sum_of_one_unit(cells, one_unit):
    """Quantities add up only where every row states one, in one unit."""
    complete = ERASE not in cells and None not in cells
    return sum(cells) if complete and one_unit else None


def _unit(cells, one_unit):
    """One unit stands; of several none does."""
    return cells[0] if one_unit else None


def _joined(cells, one_unit):
    """Different texts are listed; any other value stands only where all state the same."""
    stated = [cell for cell in cells if cell not in (None, ERASE)]
    if stated and isinstance(stated[0], str):
        return "; ".join(dict.fromkeys(stated))
    if not stated:
        return cells[0]
    return stated[0] if len(set(stated)) == 1 else None


def _first_of(cells, one_unit):
    """What one row says of the business holds for all."""
    return next((cell for cell in cells if cell is not None), None)


#: How the cells of one column become one; what is not named here is joined or taken from the first.
JOINED_BY = {
    **dict.fromkeys(SUMMED, _sum_of_known),
    **dict.fromkeys(MEASURED, _sum_of_one_unit),
    "capacity_unit": _unit,
}
