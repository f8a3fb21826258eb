"""A year written as a month of it is that year, in every column of a year of life."""

import pytest
from django.apps import apps

from tests.intake.importing import load, look

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("register", "heading", "row", "model", "field"),
    [
        ("ikm", "Tahun Berdiri", ["Amplang Uji", "Aktif"], "industry.Business", "founded_year"),
        ("ikm", "Tahun Tutup", ["Amplang Uji", "Tutup"], "industry.Business", "closed_year"),
        (
            "aset",
            "Tahun Perolehan",
            ["02.06.02.01.04", "Mesin Uji"],
            "facilities.Asset",
            "acquired_year",
        ),
        (
            "fasilitas",
            "Tahun Dibangun",
            ["Sentra Uji", "Sentra"],
            "facilities.Facility",
            "built_year",
        ),
    ],
)
def test_a_month_of_a_year_is_read_as_the_year(register, heading, row, model, field):
    names = {"ikm": ["Nama Usaha", "Status"], "aset": ["Kode Barang", "Nama Barang"]}
    columns = [*names.get(register, ["Nama Sarana", "Jenis"]), heading]

    load([columns, [*row, "Agustus 2019"]], register)

    assert apps.get_model(model).objects.values_list(field, flat=True).get() == 2019


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("TARGET PAD", "target"),
        ("Anggaran PAD", "target"),
        ("REALISASI PAD", "realised"),
        ("Setoran PAD", "realised"),
        ("PAD", "realised"),
        ("TARGET DAN REALISASI PAD", None),
    ],
)
def test_what_years_of_amounts_are_is_proposed_after_the_title(title, field):
    rows = [[f"{title} (Rp)"], ["Uraian", 2021, 2022], ["Sewa", 10, 11], ["Pasar", 20, 21]]

    outcome = look(rows, "pad")

    [question] = outcome.questions
    assert question.suggestion == (f"B={field}, C={field}" if field else None)
