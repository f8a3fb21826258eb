"""Every number on screen leads to the records behind it, however the table is narrowed."""

import datetime
from decimal import Decimal
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Sum
from django.test import RequestFactory
from django.urls import resolve

from balikpapan.regions.models import Kelurahan
from balikpapan.reports.comparison import comparable
from balikpapan.yearbook.contents import ABOUT_IKM, BESIDES, yearbook
from balikpapan.yearbook.extracts import TableRequest, single
from facilities.models import ConditionCheck, Facility
from industry.models import IndustryGroup, Revenue
from industry.reports.selection import UNDETERMINED, Selection
from tests.factories import (
    AssetFactory,
    ChamberFactory,
    PerformanceTargetFactory,
    PublishedFigureFactory,
    StorageMonthFactory,
)
from tests.industry.messy import make_register

pytestmark = pytest.mark.django_db

YEAR = 2024
TODAY = datetime.date(2025, 1, 15)
#: Worked out from other figures, or one part of what the record it leads to consists of.
DERIVED = {"Lebih/kurang", "Selisih", "Kapasitas", "Bulan tercatat"}


@pytest.fixture
def register():
    """Every register with gaps, archived records, a kelurahan that moved, several years."""
    make_register(30)
    for number, kib in enumerate(["A", "B", "B", "C", "D", "E", "F", ""]):
        asset = AssetFactory(
            kib=kib,
            area_m2=120,
            quantity=number + 1,
            acquired_year=2027 if number == 2 else 2018 + number,
            acquisition_value=None if number == 3 else 10**6 * (number + 1),
        )
        ConditionCheck.objects.create(
            asset=asset, checked_on=datetime.date(2023 + number % 3, 5, 1), condition="good"
        )
    for chamber in ChamberFactory.create_batch(2):
        StorageMonthFactory(chamber=chamber, month=1)
        StorageMonthFactory(chamber=chamber, month=2, kg_days=None, revenue=None)
        StorageMonthFactory(chamber=chamber, month=1, year=2023)
    Facility.objects.update(land_area_m2=Decimal("1500.5"))
    for name in ("Jumlah IKM", "IKM baru", "Tenaga kerja", "Kapasitas cold storage", "Lain"):
        PublishedFigureFactory(indicator=name)
    for name in ("Jumlah IKM", "PAD", "Sertifikat berlaku", "Peserta pembinaan", "Kegiatan"):
        PerformanceTargetFactory(indicator=name, realised=80)


@pytest.fixture
def shown_by(pimpinan):
    """What a link leads to: the records of the list it opens."""

    @cache
    def records(link):
        request = RequestFactory().get(link)
        request.user = pimpinan
        keeper = resolve(urlsplit(link).path).func.model_admin
        assert keeper.has_view_permission(request), link
        asked = set(parse_qs(urlsplit(link).query, keep_blank_values=True))
        assert asked <= keeper.allowed_lookups(), link
        return keeper.get_changelist_instance(request).queryset.order_by()

    return records


@cache
def numbers_of(model):
    skipped = {"id", "version", "lacking"}
    fields = [f for f in model._meta.concrete_fields if f.name not in skipped]
    return [f.name for f in fields if not f.remote_field and "Integer" in f.get_internal_type()] + [
        f.name for f in fields if f.get_internal_type() == "DecimalField"
    ]


def sums_of(records):
    """The number of the records and the sum of each of their numbers."""
    if records.model is Revenue and "counted" not in str(records.query):
        counting = Revenue.objects.counting().filter(pk__in=records.values("pk"))
        counted = counting.aggregate(target=Sum("counted_target"), paid=Sum("counted_realised"))
    else:
        counted = {}
    extra = ["chambers__capacity_ton"] if records.model is Facility else []
    plain = [*numbers_of(records.model), *extra]
    plain = records.aggregate(**{f"sum_{name}": Sum(name) for name in plain})
    return {records.count(), *counted.values(), *plain.values()}


def figures(table):
    """Each number of a table with its column and link; 0 has no records to lead to."""
    for line in table.lines:
        for cell in line.cells:
            number = cell.value not in (None, 0) and not isinstance(cell.value, str)
            if cell.column.is_figure and number:
                yield cell


def check(table, shown_by):
    """Walks all links of a table; how many there were."""
    walked = 0
    for cell in figures(table):
        assert cell.link, (table.key, cell.column.label, cell.text)
        records = shown_by(cell.link)
        assert records.exists(), (table.key, cell.column.label, cell.link)
        if cell.column.kind != "percent" and cell.column.label not in DERIVED:
            sums = sums_of(records)
            assert abs(cell.value) in sums, (table.key, cell.column.label, cell.text, cell.link)
        walked += 1
    return walked


def test_every_number_of_the_book_leads_to_the_records_it_counts_or_adds_up(register, shown_by):
    walked = {table.key: check(table, shown_by) for table in yearbook(YEAR, today=TODAY).tables}

    without = {"metadata"}
    assert {key for key, count in walked.items() if not count} == without
    assert sum(walked.values()) > 250


@pytest.mark.parametrize("key", ["daftar-ikm", "kertas-kerja", "pad-bulanan", "kib-a", "kib-b"])
def test_every_number_printed_besides_the_book_leads_to_its_records(key, register, shown_by):
    assert key in BESIDES
    assert check(single(TableRequest(key, YEAR), limit=200).table, shown_by)


@pytest.mark.parametrize("key", ABOUT_IKM)
@pytest.mark.parametrize("choice", ["kecamatan", "kelompok", "skala", "belum", "status", "semua"])
def test_the_links_of_a_narrowed_table_are_narrowed_too(key, choice, register, shown_by):
    place = Kelurahan.objects.order_by("pk")[1].kecamatan
    selection = {
        "kecamatan": Selection(kecamatan=place),
        "kelompok": Selection(group=IndustryGroup.objects.first()),
        "skala": Selection(scale="small"),
        "belum": Selection(scale=UNDETERMINED),
        "status": Selection(status="active"),
        "semua": Selection(place, None, UNDETERMINED, "active"),
    }[choice]

    assert selection
    check(single(TableRequest(key, YEAR, selection=selection)).table, shown_by)


@pytest.mark.parametrize("key", ["ikm-wilayah", "ikm-baru-tutup", "sertifikat", "aset"])
def test_every_number_of_a_comparison_leads_to_records(key, register, shown_by):
    tables = single(TableRequest(key, YEAR, base=YEAR - 1)).book.tables

    assert comparable(single(TableRequest(key, YEAR)).table)
    assert len(tables) > 1
    for cell in [cell for table in tables for cell in figures(table)]:
        # A year in which nothing counted has no records, but the other one has.
        assert cell.link, (cell.column.label, cell.text)
        assert shown_by(cell.link) is not None
