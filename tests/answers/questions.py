"""What the invented register is asked: the name of the text that holds the answer -> the question."""

import datetime
from collections.abc import Callable
from functools import cache

from balikpapan.dashboard import figures, queries
from balikpapan.intake.exports.rows import export_columns, export_rows, figure_years
from balikpapan.intake.resources import REGISTERS
from balikpapan.yearbook import closing_review
from balikpapan.yearbook.contents import BESIDES, besides, yearbook
from balikpapan.yearbook.open_data import datasets, files_of
from balikpapan.yearbook.press_sentences import press_text
from balikpapan.yearbook.publication import publication
from facilities import arrears, billing, centres, inventory, letters, rents, storage_figures
from facilities.models import (
    Bill,
    Chamber,
    Deposit,
    Facility,
    InventorySession,
    Lease,
)
from facilities.storage_grid import storage_grid
from industry import gaps, reconciliation
from industry.models import Business
from industry.revenue_grid import revenue_grid
from industry.year_grid import year_grid

TODAY = datetime.date(2025, 6, 30)
YEAR = 2024


def everything(model) -> bool:
    """Whoever asks may view every list."""
    return True


def charts():
    """The charts of the first page."""
    return figures.charts(queries.overview(everything, TODAY))


@cache
def for_public():
    """What is published about the year; to decide what must be hidden takes seconds."""
    return publication(YEAR, public=True)


def open_data():
    """The files of open data, as text."""
    document = for_public()
    files = {name: content.decode().splitlines() for name, content in files_of(document)}
    return {"datasets": [dataset.name for dataset in datasets(document)], **files}


def exported(register: str):
    """A register as it is downloaded: masked, and with what is personal."""
    resource = REGISTERS[register]()
    records = resource._meta.model.objects.kept()
    year = next(iter(figure_years(resource)), None)
    return {
        "columns": [column.column_name for column in export_columns(resource).values()],
        "masked": export_rows(resource, records, year=year),
        "personal": export_rows(resource, records, year=year, personal=True),
    }


def places():
    """What the pages of facilities say of each of them."""
    for place in Facility.objects.order_by("name", "pk"):
        uses = centres.unit_uses(place, TODAY)
        yield {
            "place": place,
            "branches": centres.branches(place),
            "uses": uses,
            "about to end": centres.about_to_end(uses, TODAY),
            "occupancy": centres.occupancy_chart(place, TODAY),
            "businesses": centres.business_figures(place, YEAR),
            "arrears": arrears.arrears_of(place, TODAY),
        }


def owed():
    """What tenants owe for some months, and the bills about it."""
    bills = Bill.objects.order_by("pk")
    return {
        **{f"due {year}-{month}": billing.tenants_due(year, month) for year, month in MONTHS},
        "late": letters.arrears_table(TODAY),
        "ages": arrears.by_age(bills, TODAY),
        "days late": [arrears.days_late(bill, TODAY) for bill in bills],
        "states": [letters.state_of(bill) for bill in bills],
        "bills": [letters.bill_table(bill) for bill in bills[:6]],
    }


def rented():
    """The rent of each lease, month by month."""
    tariffs = rents.unit_tariffs(datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31))
    return {
        str(lease): rents.rents_of_year(lease, YEAR, tariffs)
        for lease in Lease.objects.order_by("pk")[:20]
    }


def stored():
    """The cold storage by month: as it was typed, as the ledger has it."""
    chambers = list(Chamber.objects.order_by("pk"))
    months = storage_figures.ledger_months(chambers, [YEAR])
    return {
        "months": storage_figures.chamber_months([YEAR]),
        "ledger": {" ".join(map(str, key)): each for key, each in sorted(months.items())},
        "goods": storage_figures.goods_in_month(YEAR, 5, Deposit.objects.order_by("pk")),
    }


def reviews():
    """What is said before a year is closed."""
    return {str(year): closing_review.review(year) for year in (2022, 2024)}


MONTHS = ((2024, 5), (2025, 6))
QUESTIONS: dict[str, Callable[[], object]] = {
    "book-2022": lambda: yearbook(2022, today=TODAY, appendix=False),
    "book-2024": lambda: yearbook(2024, today=TODAY, made_by="Siti Contoh", edition=2),
    "book-2025": lambda: yearbook(2025, today=TODAY, appendix=False),
    "book-2024-public": lambda: for_public().book,
    **{f"list-{key}": lambda key=key: besides(key, YEAR) for key in BESIDES},
    "list-daftar-ikm-personal": lambda: besides("daftar-ikm", YEAR, personal=True),
    "press": lambda: press_text(for_public()),
    "open-data": open_data,
    "board": lambda: queries.overview(everything, TODAY),
    "board-2023": lambda: queries.of_year(everything, 2023),
    "charts": charts,
    "review": reviews,
    **{f"sheet-{register}": lambda name=register: exported(name) for register in REGISTERS},
    "places": places,
    "owed": owed,
    "rents": rented,
    "storage": stored,
    "inventory": lambda: {str(s): inventory.lines_of(s) for s in InventorySession.objects.all()},
    "gaps": lambda: gaps.gaps_of(YEAR, TODAY),
    "reconciled": lambda: {f"{y}-{m}": reconciliation.reconcile(y, m) for y, m in MONTHS},
    "grid-storage": lambda: storage_grid(YEAR),
    "grid-revenue": lambda: revenue_grid(YEAR),
    "grid-year": lambda: year_grid(YEAR, Business.objects.order_by("pk")[:12]),
}
