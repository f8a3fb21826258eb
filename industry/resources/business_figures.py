"""The figures of a year in the IKM sheet: who works, how much is made, in which unit and period."""

from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import ERASE, Finding, format_whole
from balikpapan.spreadsheets.tables.headings import money_unit, period

from ..models import ProductUnit
from ..models.business_year import total_workers
from .references import NameList


class FigureRules(SheetRules):
    """Figures that follow from others or from their headings."""

    def prepare(self):
        return {"units": NameList(ProductUnit)}

    def fill_derived(self, rows, options, problems):
        _fill_total_workers(rows, problems)
        _fill_periods(rows, problems)
        _note_money_on_quantities(rows, problems)


def _fill_total_workers(rows, problems):
    """The total of both counts; one that is stated and says otherwise stands, with a warning."""
    male, female = rows.values.get("workers_male"), rows.values.get("workers_female")
    if male is None or female is None:
        return
    total = rows.fill("workers_total")
    for index, pair in enumerate(zip(male, female, strict=True)):
        if ERASE in pair or total[index] is ERASE:
            continue
        added = total_workers(*pair)
        if total[index] is None:
            total[index] = added
        elif added is not None and added != total[index]:
            message = (
                f"Laki-laki {format_whole(pair[0])} dan perempuan {format_whole(pair[1])} "
                f"berjumlah {format_whole(added)}, sedangkan tertulis "
                f"{format_whole(total[index])}. Dicatat seperti tertulis; periksa angkanya."
            )
            finding = Finding("warning", "total_mismatch", message)
            rows.tell(problems, index, "workers_total", finding, total[index])


def _fill_periods(rows, problems):
    """Capacity "per tahun" comes from the heading; where it is silent it stays blank."""
    capacity = rows.values.get("capacity")
    if capacity is None:
        return
    stated = rows.fill("capacity_period")
    headings = [places.get("capacity", ("", ""))[1] for places in rows.places]
    periods = [period(heading) for heading in headings]
    silent = set()
    for index, value in enumerate(capacity):
        sheet = rows.sheet_of[index]
        if value is None or value is ERASE or stated[index] is not None:
            continue
        if "capacity_period" in rows.places[sheet]:
            continue
        if periods[sheet]:
            stated[index] = periods[sheet]
        elif sheet not in silent:
            silent.add(sheet)
            message = (
                "Judul ini tidak menyebut per tahun atau per bulan; periode kapasitas dikosongkan."
            )
            finding = Finding("note", "period_unknown", message)
            rows.tell(problems, index, "capacity", finding)


def _note_money_on_quantities(rows, problems):
    """ "KAPASITAS PRODUKSI (RP. 000)" puts a unit of money on a quantity by mistake."""
    for sheet, places_of in enumerate(rows.places):
        for name in ("capacity", "installed_capacity"):
            heading = places_of.get(name, ("", ""))[1]
            if money_unit(heading) is not None and sheet in rows.sheet_of:
                message = (
                    "Judul ini menyebut satuan uang atau kelipatan pada jumlah barang; "
                    "angkanya disimpan seperti tertulis."
                )
                finding = Finding("note", "unit_ignored", message)
                rows.tell(problems, rows.sheet_of.index(sheet), name, finding)
