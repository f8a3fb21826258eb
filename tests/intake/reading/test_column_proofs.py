"""What a whole column proves about its cells, and what a cell states for other columns."""

import datetime
from decimal import Decimal

import pytest

from industry.models import BusinessYear, Certificate, ProductUnit, Programme
from tests.factories import BusinessFactory
from tests.intake.importing import load, look, problems_of, tally

pytestmark = pytest.mark.django_db

CAPACITY = ["Nama Usaha", "Tahun Data", "Kapasitas Produksi"]
CERTIFICATE = ["Nama Usaha", "NIB", "Jenis Sertifikat", "Nomor Sertifikat"]


@pytest.fixture
def kilogram():
    """The unit kg."""
    return ProductUnit.objects.create(name="kg")


@pytest.fixture
def business():
    """An IKM with a NIB."""
    return BusinessFactory(name="Amplang Contoh", nib="1234567890123")


def capacities(*cells):
    return [CAPACITY, *([f"Usaha {n}", 2024, cell] for n, cell in enumerate(cells))]


def test_decimal_commas_that_the_column_proves_are_read_and_noted():
    sheet = capacities("0,435", "1,286", "2,87", "0,118")

    outcome = look(sheet)
    load(sheet)

    assert [problem.value for problem in problems_of(outcome, "read_as_decimal")] == ["1,286"]
    assert BusinessYear.objects.filter(capacity=Decimal("1.286")).exists()


def test_without_proof_such_a_cell_holds_its_row():
    outcome = look(capacities("1,286", "2,059", "4"))

    assert tally(outcome) == (1, 0, 0, 2, 0)


def test_unit_and_period_in_the_cell_fill_their_blank_columns(kilogram):
    load(capacities("1.000 kg", "50 Kg/bln"))

    first, second = BusinessYear.objects.order_by("capacity")
    assert (first.capacity, first.capacity_unit, first.capacity_period) == (50, kilogram, "bulan")
    assert (second.capacity, second.capacity_unit, second.capacity_period) == (1000, kilogram, "")


def test_the_heading_gives_the_period_to_cells_that_state_none(kilogram):
    heading = ["Nama Usaha", "Tahun Data", "Kapasitas Produksi per Tahun"]

    load([heading, ["Usaha 1", 2024, "5 kg"], ["Usaha 2", 2024, "6 kg/hari"]])

    periods = BusinessYear.objects.order_by("capacity").values_list("capacity_period", flat=True)
    assert list(periods) == ["tahun", "hari"]


@pytest.mark.parametrize(
    ("unit", "counts"),
    [
        pytest.param("Kg", (1, 0, 0, 0, 0), id="same"),
        pytest.param(None, (1, 0, 0, 0, 0), id="blank"),
        pytest.param("liter", (0, 0, 0, 1, 0), id="another"),
    ],
)
def test_a_unit_column_that_says_something_else_holds_the_row(kilogram, unit, counts):
    ProductUnit.objects.create(name="liter")

    outcome = look([[*CAPACITY, "Satuan Produksi"], ["Usaha", 2024, "5 kg", unit]])

    assert tally(outcome) == counts
    assert len(problems_of(outcome, "related_conflict")) == counts[3]


def test_an_activity_of_several_days_gets_both_days():
    load(
        [["Tahun", "Jenis", "Nama Kegiatan", "Tanggal Pelaksanaan"]]
        + [[2024, "Bimtek", "Kemasan", "17 - 19 Agustus 2024"]],
        "pembinaan",
    )

    programme = Programme.objects.get()
    assert (programme.start_on, programme.end_on) == (
        datetime.date(2024, 8, 17),
        datetime.date(2024, 8, 19),
    )


def issued(*cells):
    rows = [
        ["Amplang Contoh", "1234567890123", "Halal", f"ID6411000000{n}", cell]
        for n, cell in enumerate(cells)
    ]
    return [[*CERTIFICATE, "Tanggal Terbit"], *rows]


def test_one_month_first_date_puts_the_ambiguous_ones_of_its_column_in_doubt(business):
    outcome = look(issued("8/17/2024", "8/5/2024", "17 Mei 2024"), "sertifikat")

    assert [problem.value for problem in problems_of(outcome, "ambiguous_date")] == [
        "8/17/2024",
        "8/5/2024",
    ]


def test_without_it_they_are_read_day_first(business):
    load(issued("8/5/2024"), "sertifikat")

    assert Certificate.objects.get().issued_on == datetime.date(2024, 5, 8)


@pytest.mark.parametrize(
    ("text", "until"),
    [("17/08/28", datetime.date(2028, 8, 17)), ("Seumur hidup", None)],
)
def test_an_expiry_lies_ahead_or_is_none(business, text, until):
    row = ["Amplang Contoh", "1234567890123", "Halal", "ID64110000001", text]

    load([[*CERTIFICATE, "Berlaku Sampai"], row], "sertifikat")

    assert Certificate.objects.get().expires_on == until


@pytest.mark.parametrize(
    ("text", "counts", "severity"),
    [
        pytest.param(
            "A;B;;\nRoti;Ani;;\nAbon;Adi;;20\nTahu;Udi;;\n",
            (3, 0, 0, 0, 0),
            "note",
            id="stray cell",
        ),
        pytest.param(
            "A;B\nRoti;Ani\nAbon;Adi;20\nTahu;Udi\n",
            (2, 0, 0, 1, 0),
            "error",
            id="one field too many",
        ),
    ],
)
def test_a_cell_right_of_a_csv_table_holds_its_row_only_where_a_separator_is_too_many(
    text, counts, severity
):
    text = text.replace("A;B", "Nama Usaha;Nama Pemilik")

    outcome = look(text.encode(), name="data.csv")

    assert tally(outcome) == counts
    assert [problem.severity for problem in problems_of(outcome, "beyond_heading")] == [severity]
