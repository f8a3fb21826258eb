"""What the invented register is asked: the name of the text that holds the answer -> the question."""

import datetime
import io
from collections.abc import Callable
from functools import cache

from balikpapan.dashboard import figures, queries
from balikpapan.intake.exports.rows import export_columns, export_rows, figure_years
from balikpapan.intake.resources import REGISTERS
from balikpapan.regions.models import Kecamatan
from balikpapan.reports import comparison
from balikpapan.yearbook import closing_review
from balikpapan.yearbook.contents import ABOUT_IKM, BESIDES, about_ikm, besides, yearbook
from balikpapan.yearbook.open_data import datasets, files_of
from balikpapan.yearbook.press_sentences import press_text
from balikpapan.yearbook.publication import publication
from facilities import arrears, billing, centres, inventory, labels, letters, rents, storage_figures
from facilities.models import (
    Asset,
    Bill,
    Chamber,
    Deposit,
    Facility,
    InventorySession,
    Lease,
    StorageMonth,
    TemperatureReading,
)
from facilities.storage_grid import storage_grid
from industry import gaps, reconciliation, work_items
from industry import letters as letters_to_ikm
from industry.choices import WorkReason
from industry.letters import ReminderReason
from industry.models import Business, IndustryGroup, WorkItem
from industry.reports.selection import Selection
from industry.revenue_grid import revenue_grid
from industry.year_grid import year_grid
from tests.snapshots.pdf_layout import layout_lines

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


def typed(grid):
    """A grid with what its rules and columns make of it: as it stands, and two hundred times as large."""
    values = {
        (row.key, column.key): getattr(row.records[column.slot], column.model_field.name)
        if column.slot in row.records
        else None
        for row in grid.rows.values()
        for column in grid.columns
    }
    keys = list(grid.rows)
    slipped = {key: None if value is None else value * 200 for key, value in values.items()}
    return {
        "grid": grid,
        "remarks": list(grid.check(values)),
        "remarks on figures in another unit": list(grid.check(slipped)),
        "worked out": [
            [column.label, *(column.text_of(key, values) for key in keys)]
            for column in grid.derived
        ],
        "in all": [column.total_of(keys, values) for column in grid.derived],
    }


def selections():
    """The tables about IKM, each narrowed in every way there is."""
    some = {
        "place and scale": Selection(
            kecamatan=Kecamatan.objects.order_by("pk").first(), scale="small"
        ),
        "kelompok and status": Selection(
            group=IndustryGroup.objects.order_by("pk")[3], status="active"
        ),
    }
    return [
        {"by": name, "table": about_ikm(key, YEAR, selection)}
        for name, selection in some.items()
        for key in ABOUT_IKM
    ]


def comparisons():
    """The tables about IKM beside those of two years before."""
    for key in ("ikm-kelompok", "ikm-baru-tutup", "sertifikat"):
        now, before = (about_ikm(key, year) for year in (YEAR, YEAR - 2))
        yield comparison.compared(now, before, YEAR, YEAR - 2)


def reminders():
    """The letters of each reason: how many, and the first of them."""
    frame = letters_to_ikm.frame_on(TODAY)
    for reason in ReminderReason:
        order = letters_to_ikm.Order(reason, TODAY, YEAR, TODAY + datetime.timedelta(days=14))
        messages = letters_to_ikm.messages_for(Business.objects.all(), order)
        yield {
            "reason": reason,
            "parts": letters_to_ikm.parts_of(Business.objects.all(), order),
            "messages": messages,
            "texts": [letters_to_ikm.text_of(each, order, frame) for each in messages[:3]],
        }


def printed():
    """The files that are printed from a list: labels of assets, letters to IKM."""
    order = letters_to_ikm.Order(ReminderReason.DATA, TODAY, YEAR, TODAY)
    messages = letters_to_ikm.messages_for(Business.objects.all(), order)[:2]
    stream = io.BytesIO()
    assets = Asset.objects.order_by("pk")[:26]
    labels.write_labels(assets, stream, office="DKUMKMP", address=lambda asset: f"/{asset.pk}/")
    return {
        "labels": layout_lines(stream.getvalue(), 2),
        "letters": layout_lines(letters_to_ikm.letters_pdf(messages, order), 2),
    }


def warned():
    """What looks wrong about goods, months and temperatures."""
    return {
        model.__name__: [
            (str(each), list(each.warnings())) for each in model.objects.order_by("pk")
        ]
        for model in (StorageMonth, Deposit, TemperatureReading)
    }


def counted():
    """The businesses that are left out on the way to those that count, and who may be doubled."""
    businesses = Business.objects
    reasons = ("tanpa-tahun", "sesudah", "tutup", "besar")
    return {
        "chain": businesses.all().chain_to(YEAR),
        "left out": {why: businesses.all().not_counting(YEAR, why).count() for why in reasons},
        "lacking": businesses.all().count_by_lacking(),
        "doubles": [list(map(str, group)) for group in businesses.all().double_groups(50)],
        "centres": businesses.all().count_by_centre(YEAR),
        "open": [str(each) for each in work_items.open_items(WorkItem.objects.all(), TODAY)],
        "workers": list(map(str, work_items.workers())),
        "lists": {
            f"{reason} {year}": gaps.lacking_of(businesses.all(), reason, year, TODAY).count()
            for reason in WorkReason
            for year in (None, YEAR)
        },
    }


MONTHS = ((2024, 6), (2024, 7), (2025, 6))
QUESTIONS: dict[str, Callable[[], object]] = {
    "book-2022": lambda: yearbook(2022, today=TODAY, appendix=False),
    "book-2024": lambda: yearbook(2024, today=TODAY, made_by="Siti Contoh", edition=2),
    "book-2025": lambda: yearbook(2025, today=TODAY, appendix=False),
    "book-2024-public": lambda: for_public().book,
    **{f"list-{key}": lambda key=key: besides(key, YEAR) for key in BESIDES},
    "list-daftar-ikm-personal": lambda: besides("daftar-ikm", YEAR, personal=True),
    "press": lambda: press_text(for_public()),
    "press-1990": lambda: press_text(publication(1990, public=True)),
    "open-data": open_data,
    "selections": selections,
    "comparisons": comparisons,
    "reminders": reminders,
    "printed": printed,
    "warnings": warned,
    "counted": counted,
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
    "grid-storage": lambda: typed(storage_grid(YEAR)),
    "grid-revenue": lambda: typed(revenue_grid(YEAR)),
    "grid-year": lambda: typed(year_grid(YEAR, Business.objects.order_by("pk")[:12])),
}
