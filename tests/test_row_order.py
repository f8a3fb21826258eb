"""What people see hangs neither on the order in which the rows were typed in nor on archived ones."""

import datetime
import re
from itertools import zip_longest

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from balikpapan.demo import load_demo
from balikpapan.reference_data import load_reference
from balikpapan.regions.models import Kecamatan
from balikpapan.yearbook.closing_review import review
from balikpapan.yearbook.contents import BESIDES, besides, yearbook
from facilities.inventory import lines_of
from facilities.models import Asset, Bill, Chamber, Facility, InventorySession
from industry.choices import WorkReason
from industry.letters import Order, messages_for
from industry.models import Business, IndustryGroup, ProductUnit
from tests.reversed_rows import add_archived_copies, as_typed, end_reversal, reverse_rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = datetime.date(2026, 3, 10)
YEAR = 2025
#: Pages that list rows of several registers, and those of the admin that list rows by name or code.
PAGES = [
    "index",
    "report_choose",
    "audit_closedyear_close",
    "facilities_bill_arrears",
    "facilities_bill_issue",
    "facilities_storagemonth_ledger",
    "facilities_storagemonth_grid",
    "industry_business_gaps",
    "industry_businessyear_grid",
    "industry_revenue_grid",
    "industry_revenue_reconcile",
    *(
        f"{model}_changelist"
        for model in [
            "facilities_asset",
            "facilities_bill",
            "facilities_chamber",
            "facilities_facility",
            "facilities_productionunit",
            "facilities_storagemonth",
            "facilities_tariff",
            "facilities_temperaturereading",
            "facilities_usefullife",
            "industry_business",
            "industry_industrygroup",
            "industry_kbli",
            "industry_productunit",
            "industry_programme",
            "industry_revenue",
            "industry_revenueaccount",
            "industry_revenuesource",
            "industry_scalerule",
            "regions_kecamatan",
            "regions_kelurahan",
        ]
    ),
]
#: Lists in the order of days, in which the rows of one day follow their numbers.
LISTS_BY_DAY = [
    f"{model}_changelist"
    for model in [
        "facilities_conditioncheck",
        "facilities_deposit",
        "facilities_inventorysession",
        "facilities_lease",
        "facilities_maintenance",
        "facilities_outage",
        "facilities_withdrawal",
        "industry_businessyear",
        "industry_certificate",
    ]
]
_TOKEN = re.compile(r'(name="(?:csrfmiddlewaretoken|form_token|opened)" value=")[^"]*')


@pytest.fixture
def register(client):
    """The invented register with no two IKM of one name, and a client that may see all of it."""
    load_reference()
    load_demo(TODAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE industry_business SET name = name || ' ' || (id * 7919 %% 1000)", [])
    client.force_login(get_user_model().objects.create_superuser("kepala"))
    yield client
    end_reversal()


def lines_of_tables() -> dict[str, list[str]]:
    """Every table of the year, line by line."""
    book = yearbook(YEAR, today=TODAY)
    tables = [*book.tables, *book.appendix, *(besides(key, YEAR, personal=True) for key in BESIDES)]
    return {table.key: [repr(row) for row in table.rows] for table in tables}


def lines_of_pages(client, *, lists: bool = True) -> dict[str, list[str]]:
    """Every page, line by line, without what is new on each visit."""
    names = [name for name in PAGES if lists or not name.endswith("_changelist")]
    addresses = addresses_of(names)
    for record in [
        *Facility.objects.kept().order_by("code")[:3],
        Asset.objects.kept().earliest("item_code", "register"),
        Business.objects.kept().earliest("name"),
    ]:
        name = f"{record._meta.label_lower.replace('.', '_')}_change"
        is_place = isinstance(record, Facility)
        shown = f"{name} {record}" if is_place else name
        addresses[shown] = reverse(f"admin:{name}", args=[record.pk])
        if is_place:
            name = "facilities_facility_centre"
            addresses[f"{name} {record}"] = reverse(f"admin:{name}", args=[record.pk])
    return lines_of_addresses(client, addresses)


def addresses_of(names) -> dict[str, str]:
    """The addresses of pages of the admin by their names."""
    return {name: reverse(f"admin:{name}") for name in names}


def lines_of_addresses(client, addresses: dict[str, str]) -> dict[str, list[str]]:
    """Every page by its name, line by line, without what is new on each visit."""
    texts = {
        name: _TOKEN.sub(r"\1", client.get(address, follow=True).content.decode())
        for name, address in addresses.items()
    }
    return {name: [line.strip() for line in text.splitlines()] for name, text in texts.items()}


def lines_of_lists() -> dict[str, list[str]]:
    """What is written or read out row by row besides tables and pages."""
    order = Order(WorkReason.EXPIRING, TODAY, YEAR)
    return {
        "inventory": [
            repr(line) for one in InventorySession.objects.kept() for line in lines_of(one)
        ],
        "review": [repr(topic) for topic in review(YEAR)],
        "letters": [repr(each) for each in messages_for(Business.objects.kept(), order)],
    }


def different(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict:
    """What differs, with the first two lines that do."""
    differences = {}
    for name, lines in after.items():
        others = [as_typed(line) for line in lines]
        if others != before[name]:
            pairs = zip_longest(before[name], others)
            differences[name] = next(pair for pair in pairs if pair[0] != pair[1])
    return differences


def without_heading(pages: dict[str, list[str]]) -> set[str]:
    """The pages without a heading."""
    return {name for name, lines in pages.items() if not re.search(r"<h1>[^<]", "".join(lines))}


def empty_columns(pages: dict[str, list[str]]) -> set[tuple[str, str]]:
    """The columns of lists in which no row says anything."""
    cells = {
        (name, *cell)
        for name, lines in pages.items()
        if name.endswith("_changelist")
        for cell in re.findall(r'<t[dh] class="(field-\w+)[^"]*">(.*?)</t[dh]>', "".join(lines))
    }
    return {(name, column) for name, column, _ in cells} - {
        (name, column) for name, column, text in cells if re.sub(r"<[^>]*>|&nbsp;|-|–|\s", "", text)
    }


def turned(order) -> str:
    """One column of a default order the other way round."""
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"


#: Tables and pages with rows in the default order of their records; all others name their own.
IN_DEFAULT_ORDER = {
    "ikm-kelompok",
    "ikm-data-tahunan",
    "ikm-baru-tutup",
    "terbuka-jumlah",
    "facilities_bill_issue",
    "facilities_storagemonth_ledger",
    "facilities_facility_change Cold Storage SIKT",
    "facilities_asset_change",
    "industry_business_change",
}


#: Filters and forms offer archived ones of these too, since a record may belong to one.
OFFERED = (Chamber, Facility, IndustryGroup, Kecamatan, ProductUnit)
#: Of them the invented register says nothing.
BLANK_COLUMNS = {
    ("facilities_lease_changelist", "field-ended_on"),
    ("facilities_productionunit_changelist", "field-built_year"),
    ("facilities_tariff_changelist", "field-valid_until"),
    ("facilities_usefullife_changelist", "field-valid_from"),
    ("facilities_usefullife_changelist", "field-valid_until"),
    ("industry_revenuesource_changelist", "field-aliases"),
    ("industry_scalerule_changelist", "field-valid_until"),
}
#: It says how many records there are in all.
OF_ALL_RECORDS = "ikm-penghitungan"


def test_rows_are_those_kept_in_the_order_of_their_page_and_not_of_how_they_were_typed(
    register, monkeypatch
):
    pages = lines_of_pages(register)
    before = {**lines_of_tables(), **pages, **lines_of_lists()}
    assert without_heading(pages) == set()
    by_day = lines_of_addresses(register, addresses_of(LISTS_BY_DAY))
    assert empty_columns(pages | by_day) <= BLANK_COLUMNS

    with monkeypatch.context() as patch:
        for model in apps.get_models():
            orders = [turned(order) for order in model._meta.ordering if isinstance(order, str)]
            patch.setattr(model._meta, "ordering", orders)
        by_turned_default = {
            **lines_of_tables(),
            **lines_of_pages(register, lists=False),
            **lines_of_lists(),
        }
    # The number of a bill is seen; it is given in the order in which bills are issued.
    reverse_rows(but=(Bill,))
    of_all = {OF_ALL_RECORDS: lines_of_tables()[OF_ALL_RECORDS]}
    add_archived_copies(but=OFFERED)
    after = {**lines_of_tables(), **lines_of_pages(register), **lines_of_lists(), **of_all}

    assert different(before, after) == {}
    other = different(before, by_turned_default)
    assert {name: pair for name, pair in other.items() if name not in IN_DEFAULT_ORDER} == {}
    assert set(other) >= IN_DEFAULT_ORDER
