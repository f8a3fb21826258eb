"""Registers on their way out: rows, blocks, masks, years."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.intake.exports import rows as exporting
from balikpapan.intake.exports.rows import export_columns, export_rows, figure_years
from balikpapan.intake.resources import REGISTERS
from balikpapan.spreadsheets.opening.open import open_workbook
from industry.models import Business, Certificate
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    KelurahanFactory,
    RevenueFactory,
)
from tests.intake.importing import export

pytestmark = pytest.mark.django_db

NIK, PHONE = "6471010101800001", "081255512345"


def rows(register="ikm", queryset=None, **options):
    """The export as one dictionary per row."""
    resource = REGISTERS[register]()
    records = resource._meta.model.objects.kept() if queryset is None else queryset
    names = list(export_columns(resource))
    return [dict(zip(names, row, strict=True)) for row in export_rows(resource, records, **options)]


@pytest.mark.parametrize("register", ["ikm", "ikm-tahunan", "sertifikat", "fasilitas"])
def test_the_register_number_is_the_first_column(register):
    assert next(iter(export_columns(REGISTERS[register]()))) == "number"


def test_columns_stand_in_the_order_of_the_printed_sheet():
    assert list(export_columns(REGISTERS["aset"]()))[:4] == [
        "item_code",
        "register",
        "nibar",
        "name",
    ]
    assert list(export_columns(REGISTERS["ikm"]()))[-1] == "notes"


def test_a_row_is_written_as_the_sheet_prints_it():
    ward = KelurahanFactory(name="Manggar Uji")
    business = BusinessFactory(kelurahan=ward, status="inactive", owner_gender="female")
    BusinessYearFactory(business=business, year=2024, capacity=Decimal("12.345"))

    [row] = rows(year=2024)

    assert row["number"] == f"IKM-{business.pk:06}"
    assert (row["kelurahan"], row["status"]) == ("Manggar Uji", "Tidak aktif")
    assert (row["owner_gender"], row["nib"]) == ("Perempuan", "")
    assert (row["year"], row["capacity"], row["investment"]) == (2024, Decimal("12.345"), 50000000)


@pytest.mark.parametrize(("personal", "nik"), [(True, NIK), (False, "************0001")])
def test_personal_data_are_masked_unless_asked_for(personal, nik):
    BusinessFactory(nik=NIK, phone=PHONE)

    [row] = rows(personal=personal)

    assert row["nik"] == nik
    assert (row["phone"] == PHONE) is personal
    assert not row["email"]


def test_the_figures_are_those_of_the_year_asked_for():
    business = BusinessFactory()
    for year in (2022, 2023):
        BusinessYearFactory(business=business, year=year, investment=year)
    BusinessYearFactory(business=business, year=2024, archived=True)

    assert [row["investment"] for row in rows(year=2023)] == [2023]
    assert [row["investment"] for row in rows(year=2024)] == [None]
    assert figure_years(REGISTERS["ikm"]()) == [2023, 2022]


def test_a_record_with_several_parts_takes_as_many_rows():
    business, other = BusinessFactory(), BusinessFactory()
    CertificateFactory(business=business, number="1")
    CertificateFactory(business=business, number="2")
    CertificateFactory(business=other, number="3")

    exported = [(row["name"], row["number"]) for row in _certificates()]

    assert [name for name, _ in exported] == [business.name, business.name, other.name]


def test_a_selection_of_parts_leaves_the_others_out():
    records = CertificateFactory()
    CertificateFactory()

    exported = _certificates(children=Certificate.objects.filter(pk=records.pk))

    assert [row["name"] for row in exported] == [records.business.name]


def _certificates(**options):
    resource = REGISTERS["sertifikat"]()
    main = resource._meta.model.objects.kept()
    if children := options.get("parts"):
        main = main.filter(pk__in=children.values(resource.child.link))
    return rows("sertifikat", main, **options)


@pytest.mark.parametrize("block", [1, 2, 3, 100])
def test_rows_do_not_depend_on_the_size_of_a_block(monkeypatch, block):
    for number in range(5):
        business = BusinessFactory(name=f"Usaha {number}")
        if number % 2:
            BusinessYearFactory(business=business, year=2024, investment=number)
    monkeypatch.setattr(exporting, "BATCH", block)

    exported = [(row["name"], row["investment"]) for row in rows(year=2024)]

    assert exported == [
        ("Usaha 0", None),
        ("Usaha 1", 1),
        ("Usaha 2", None),
        ("Usaha 3", 3),
        ("Usaha 4", None),
    ]


def test_six_records_cost_as_many_queries_as_one():
    counts = []
    for _ in range(2):
        BusinessYearFactory.create_batch(1 if not counts else 5)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows(year=2024)
        counts.append(len(queries))

    assert counts == [2, 2]


def test_an_empty_register_is_a_sheet_with_its_heading_only():
    sheet = open_workbook(export(), "a.xlsx").sheets[0]

    assert sheet.height == 1
    assert [column[0] for column in sheet.columns] == REGISTERS["ikm"]().headings


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_p47_no_text_is_a_formula_and_numbers_stay_numbers(extension):
    BusinessFactory(name="=1+1", notes="-2", founded_year=2020)

    content = export(extension=extension)

    sheet = open_workbook(content, f"a.{extension}").sheets[0]
    values = {column[0]: column[1] for column in sheet.columns}
    assert str(values["Nama Usaha"]).lstrip("'") == "=1+1"
    if extension == "xlsx":
        assert values["Tahun Berdiri"] == 2020
        assert b"<f>" not in content


@pytest.mark.parametrize(
    "value",
    ["0.001", "850.000", "1234567.125", "12345678901.125", "0.000", "1E+3"],
)
def test_a_measure_keeps_every_decimal(value):
    """Short ones are written straight on, long ones looked at; both arrive."""
    BusinessYearFactory(capacity=Decimal(value))

    sheet = open_workbook(export(), "a.xlsx").sheets[0]

    [cell] = [column[1] for column in sheet.columns if column[0] == "Kapasitas Produksi"]
    assert Decimal(str(cell)) == Decimal(value)


def test_dates_leave_as_dates(reference):
    RevenueFactory(source_name="Sewa uji", as_of=datetime.date(2024, 11, 25))

    [row] = [row for row in rows("pad") if row["source_name"] == "Sewa uji"]

    assert row["as_of"] == datetime.date(2024, 11, 25)


def test_archived_records_stay_out():
    BusinessFactory(archived=True)

    assert rows(queryset=Business.objects.kept()) == []
