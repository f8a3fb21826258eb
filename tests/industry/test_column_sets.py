"""The headings of seventeen offices, each read without anybody's help; all values are invented.

What a sheet leaves open (the unit of its money, the year of its figures) is answered; no column
has to be mapped by hand, every value is stored where it belongs, and what has no place is listed.
"""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from industry.models import Business, BusinessYear
from industry.resources.business_headings import take_codes_from_number
from tests.industry.column_sets import SETS
from tests.intake.importing import asked, load, look, problems_of, tally
from tests.sheets import delimited, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_throughout")]

SILENT = {"id", "version", "created_at", "updated_at", "archived_at", "business", "listed_year"}


def values_of(record):
    """Everything a stored record says, references by code or name."""
    values = {}
    for model_field in record._meta.fields:
        value = getattr(record, model_field.name)
        silent = model_field.generated or model_field.name in SILENT
        if silent or value in (None, "", "unverified"):
            continue
        if model_field.remote_field:
            by_code = model_field.name in ("kbli", "centre")
            value = value.code if by_code else value.name
        values[model_field.name] = value
    return values


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_stored_completely_and_the_rest_is_listed(name):
    column_set = SETS[name]

    outcome = look(column_set.content, **column_set.answers)
    load(column_set.content, **column_set.answers)

    assert asked(outcome) == []
    assert values_of(Business.objects.get()) == column_set.business
    assert [values_of(year) for year in BusinessYear.objects.all()] == (
        [column_set.figures] if column_set.figures else []
    )
    unread = [problem.heading for problem in problems_of(outcome, "unknown_heading")]
    assert " | ".join(unread) == column_set.unread


@pytest.mark.parametrize("name", SETS)
def test_a_set_read_again_changes_nothing(name):
    column_set = SETS[name]
    load(column_set.content, **column_set.answers)

    assert tally(look(column_set.content, **column_set.answers)) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("name", [name for name in SETS if SETS[name].answers])
def test_what_a_set_leaves_open_is_asked(name):
    column_set = SETS[name]

    assert set(asked(look(column_set.content))) == set(column_set.answers)


def test_set_e_a_table_of_centres_with_two_heading_rows_is_read_with_a_warning():
    top = ["No", "Nama Sentra", "Jenis Industri", "KBLI", "Alamat", None, None, None, "Kontak"]
    top += ["Telepon", "Unit", "Tenaga Kerja", "Nilai Investasi (Rp)", "Kapasitas Produksi", None]
    low = [*[None] * 4, "Dusun/Jalan", "Desa", "Kecamatan", "Kabupaten/Kota", *[None] * 5]
    low += ["Jumlah", "Satuan"]
    row = [1, "Sentra Tempe", "Pangan", "10391", "Jl. Uji 1", "Manggar", "Balikpapan Timur"]
    row += ["Balikpapan", "Siti Contoh", "081255500001", 30, 75, 500_000_000, 1200, "kg"]
    single = [f"{letter}1:{letter}2" for letter in "ABCDIJKLM"]
    content = xlsx([top, low, row], merge=["E1:H1", "N1:O1", *single])

    outcome = look(content, year=2024)
    load(content, year=2024)

    assert values_of(Business.objects.get()) == {
        "name": "Sentra Tempe",
        "commodity": "Pangan",
        "group": "Agro",
        "kbli": "10391",
        "address": "Jl. Uji 1",
        "kelurahan": "Manggar",
        "kecamatan": "Balikpapan Timur",
        "owner_name": "Siti Contoh",
        "phone": "081255500001",
    }
    assert values_of(BusinessYear.objects.get()) == {
        "year": 2024,
        "workers_total": 75,
        "investment": 500_000_000,
        "capacity": 1200,
        "capacity_unit": "kg",
    }
    assert len(problems_of(outcome, "centres_as_businesses")) == 1
    assert {p.heading for p in problems_of(outcome, "unknown_heading")} == {
        "Alamat – Kabupaten/Kota",
        "Unit",
    }


def test_set_n_a_csv_list_in_capitals_keeps_its_coordinates():
    content = delimited(
        [
            ["lat", "lng", "icon", "PERUSAHAAN", "KONTAK", "JALAN", "KELURAHAN", "KECAMATAN"]
            + ["TELP", "KATEGORI", "PRODUK"],
            [
                "-1.2",
                "116.98",
                "ikan.png",
                "CONTOH JAYA",
                "SITI",
                "JL. UJI 1",
                "MANGGAR",
                "BALIKPAPAN TIMUR",
                "0542 - 765432 / 081255500001",
                "PANGAN",
                "AMPLANG",
            ],
            [
                "-1.3",
                "116.99",
                "",
                "CONTOH LAIN",
                "BUDI",
                "-",
                "TERITIP",
                "",
                "8.52348e+010",
                "",
                "",
            ],
        ],
        delimiter=",",
    )

    outcome = look(content, name="ikm.csv")
    load(content, name="ikm.csv")

    first, second = Business.objects.order_by("id")
    assert values_of(first) == {
        "latitude": Decimal("-1.2"),
        "longitude": Decimal("116.98"),
        "name": "CONTOH JAYA",
        "owner_name": "SITI",
        "address": "JL. UJI 1",
        "kelurahan": "Manggar",
        "kecamatan": "Balikpapan Timur",
        "phone": "0542765432 / 081255500001",
        "commodity": "PANGAN",
        "group": "Agro",
        "products": "AMPLANG",
    }
    assert values_of(second)["kecamatan"] == "Balikpapan Timur"
    assert "phone" not in values_of(second)
    assert [p.severity for p in problems_of(outcome, "unreadable_phone")] == ["warning"]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        pytest.param(
            [
                "id",
                "kode_provinsi",
                "nama_provinsi",
                "jenis_usaha",
                "jumlah_umkm",
                "satuan",
                "tahun",
            ],
            [1, 64, "Kalimantan Timur", "Kuliner", 120, "UNIT", 2023],
            id="O a publication",
        ),
        pytest.param(
            ["No", "Sektor Usaha", "Definisi", "Satuan", "Timur", "Barat"],
            [1, "Kuliner", "Makanan", "unit", 12, 20],
            id="P a recap",
        ),
    ],
)
def test_sets_o_and_p_are_counts_and_no_list_of_businesses(heading, row):
    outcome = look([["REKAPITULASI TAHUN 2022"], [], heading, row])

    # What has no name column is refused, or its columns would have to be named by hand.
    assert outcome.status != "planned"
    assert outcome.counts["rows"] == 0


@pytest.mark.parametrize(
    ("is_number", "fields"),
    [
        pytest.param(True, (None, "kbli"), id="a column Nomor"),
        pytest.param(False, ("kbli", "address"), id="postal codes"),
    ],
)
def test_codes_beside_the_titles_of_kbli_are_taken_from_a_column_of_numbers_alone(
    is_number, fields
):
    number = SimpleNamespace(index=0, field=None, running_number=True)
    titles = SimpleNamespace(index=1, field="kbli", running_number=False)
    codes = SimpleNamespace(index=2, field="address", running_number=is_number)
    cells = [[1, 2], ["Industri kerupuk", "Industri roti"], [10794, "76114"]]
    table = SimpleNamespace(
        columns=[number, titles, codes],
        column_of={"kbli": titles}.get,
        sheet=SimpleNamespace(columns=cells),
        first_row=0,
    )

    take_codes_from_number(table)

    assert (titles.field, codes.field) == fields
