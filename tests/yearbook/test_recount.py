"""Every figure of tables 1 to 9, 11, 13 and the open data equals one counted anew from the rows."""

import random
from fractions import Fraction

import pytest

from balikpapan.regions.models import Kecamatan
from balikpapan.yearbook.contents import ABOUT_IKM, about_ikm
from balikpapan.yearbook.open_data import datasets
from balikpapan.yearbook.publication import publication
from facilities.models import Chamber, StorageMonth
from facilities.reports import storage_table
from industry import reports
from industry.models import Business
from tests.factories import (
    ChamberFactory,
    FacilityFactory,
    IndustryGroupFactory,
    KelurahanFactory,
)
from tests.industry.messy import ARCHIVED, make_register, maybe

from .recount import Raw, Recount

pytestmark = pytest.mark.django_db

YEARS = (2021, 2022, 2023, 2024, 2025)
COUNTED = {
    "ikm-wilayah",
    "ikm-kelompok",
    "ikm-kbli",
    "ikm-skala",
    "ikm-kelas",
    "ikm-data-tahunan",
    "ikm-baru-tutup",
    "ikm-baru-tutup-tahunan",
    "sertifikat",
    "pembinaan",
    "pad",
    "pad-sumber",
    "cold-storage",
    "capaian",
    "terbuka-jumlah",
    "terbuka-angka",
}
#: Groups whose every member must have a row: what is left out of a table is a fault too.
GROUPED = {
    "ikm-wilayah",
    "ikm-kelompok",
    "ikm-kbli",
    "ikm-skala",
    "ikm-kelas",
    "ikm-data-tahunan",
    "terbuka-jumlah",
    "terbuka-angka",
}


@pytest.fixture
def register():
    make_register(160, seed=12)
    dice = random.Random(12)
    spread(dice)
    store, planned = (
        FacilityFactory(kind="cold_storage", built_year=built) for built in (2022, 2024)
    )
    for facility in (store, store, planned):
        ChamberFactory(facility=facility, capacity_ton=dice.choice([20, 60, "12.5"]))
    StorageMonth.objects.bulk_create(
        StorageMonth(
            chamber=chamber,
            year=year,
            month=month,
            kg_in=maybe(dice, dice.randint(0, 10**5)),
            kg_out=maybe(dice, dice.randint(0, 10**5)),
            kg_days=maybe(dice, dice.randint(0, 10**6)),
            revenue=maybe(dice, dice.randint(0, 10**7)),
            archived_at=maybe(dice, ARCHIVED, 0.1),
        )
        for chamber in Chamber.objects.all()
        for year in YEARS
        for month in range(1, 13)
        if dice.random() < 0.8
    )


def spread(dice):
    """Some of the IKM over as many kelurahan and kelompok as the city has."""
    districts = list(Kecamatan.objects.all())
    wards = [KelurahanFactory(kecamatan=dice.choice(districts)) for _ in range(28)]
    groups = IndustryGroupFactory.create_batch(6)
    for business in Business.objects.order_by("pk")[::2]:
        ward = dice.choice(wards)
        Business.objects.filter(pk=business.pk).update(
            kelurahan=ward, kecamatan=ward.kecamatan_id, group=dice.choice(groups)
        )


def book_of(year):
    """The tables whose figures are counted anew."""
    yield from (about_ikm(key, year) for key in ABOUT_IKM)
    yield from (
        make(year)
        for make in (
            reports.programme_table,
            reports.revenue_table,
            reports.revenue_source_table,
            storage_table,
            reports.achievements_table,
            reports.open_counts_table,
            reports.open_figures_table,
        )
    )


def cells_of(table):
    """Row key, column key and value of every figure the table prints, Jumlah among them."""
    lines = [*table.all_rows, *([table.total_row] if table.total_row else [])]
    for row in lines:
        if row.kind == "section":
            continue
        for column in table.columns:
            value = table.value(row, column.key)
            is_blank = row.kind == "total" and value is None and not column.is_totalled
            if column.is_figure and not is_blank:
                yield ("jumlah" if row.kind == "total" else row.key), column.key, value


def is_same(value, expected):
    if value is None or expected is None or isinstance(expected, str):
        return value == expected
    # A percent is rounded where it is printed; until then it is exact to many places.
    return abs(Fraction(value) - Fraction(expected)) < Fraction(1, 10**9)


def test_p27_no_figure_differs_from_one_counted_anew_from_the_rows(register):
    raw, compared, wrong, seen = Raw(), 0, [], set()
    for year in YEARS:
        recount = Recount(raw, year)
        for table in book_of(year):
            seen.add(table.key)
            cells = list(cells_of(table))
            compared += len(cells)
            for key, column, value in cells:
                expected = recount.figure(table.key, key, column)
                if not is_same(value, expected):
                    wrong.append((year, table.key, key, column, value, expected))
            if table.key in GROUPED:
                groups = recount.sheets[table.key]
                missing = {key for key, members in groups.items() if members and key != "jumlah"}
                assert missing <= {key for key, _, _ in cells}, table.key

    assert wrong == []
    assert seen == COUNTED
    assert compared >= 3_500, compared


def test_the_open_data_for_the_public_say_the_recounted_figure_or_nothing(register):
    year = 2024
    recount = Recount(Raw(), year)
    files = {each.name: each for each in datasets(publication(year, public=True))}
    fields = {figure["name"]: figure["field"] for figure in MEASURES}

    shown = hidden = 0
    for row in files["angka-ikm-2024-umum"].rows:
        record = dict(zip(files["angka-ikm-2024-umum"].columns, row, strict=True))
        code = record["kode_kecamatan"]
        key = f"kecamatan-{code[:2]}.{code[2:4]}.{code[4:]}" if code else "kecamatan-"
        expected = recount.figure("terbuka-angka", key, fields[record["ukuran"]])
        if record["keterangan"]:
            assert record["nilai"] is None
            hidden += 1
        else:
            assert record["nilai"] == expected
            shown += 1
    assert shown
    assert hidden


#: The measures of the open data, written anew.
MEASURES = [
    {"name": "Tenaga kerja laki-laki", "field": "workers_male"},
    {"name": "Tenaga kerja perempuan", "field": "workers_female"},
    {"name": "Tenaga kerja", "field": "workers_total"},
    {"name": "Nilai investasi", "field": "investment"},
    {"name": "Nilai produksi", "field": "production_value"},
]
