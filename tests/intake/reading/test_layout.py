"""Files of another register, headings nobody knows, and columns named by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import confirm
from industry.models import BusinessYear
from tests.intake.importing import asked, load, look, tally
from tests.pages import upload_url
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db


# Brought to the wrong register


@pytest.mark.parametrize(
    ("register", "rows", "owner"),
    [
        ("pad", [["Nama Usaha", "Pemilik", "Omzet (Rp)"], ["Amplang", "Siti", 9000]], "IKM"),
        ("ikm", [["Tahun", "Sumber", "Target (Rp)"], [2024, "Sewa kios", 9000]], "PAD"),
        ("pembinaan", [["Nama Usaha", "Pemilik", "TK"], ["Amplang", "Siti", 3]], "IKM"),
        ("kbli", [["Kode Barang", "Nama Barang", "NUP"], ["1.3.2.05", "Meja", 1]], "aset"),
    ],
)
def test_a_list_of_another_register_is_refused_and_told_where_it_belongs(register, rows, owner):
    outcome = look(rows, register)

    assert (outcome.status, asked(outcome)) == ("refused", [])
    assert f"«Data»: judul kolomnya milik daftar {owner}; unggah di daftar itu" in outcome.reason


def test_a_list_of_no_register_is_said_to_have_no_known_heading():
    outcome = look([["Hari", "Cuaca"], ["Senin", "Cerah"]])

    assert "«Data»: tidak ada judul kolom yang dikenal" in outcome.reason


def test_whoever_names_the_columns_by_hand_is_believed():
    rows = [["Nama Barang", "NUP", "Kode Barang"], ["Amplang", 1, "1.3.2.05"]]

    outcome = look(rows, mapping={"Nama Barang": "name", "Kode Barang": "brand"})

    assert tally(outcome) == (1, 0, 0, 0, 0)
    assert outcome.plan.new[0].values["brand"] == "1.3.2.05"


# Columns named by hand


def test_a_short_heading_named_by_hand_is_that_heading_and_no_column_letter():
    heading = ["Nama Usaha", "Tahun", "C", "D", "E"]

    outcome = look([heading, ["Amplang", 2024, 3, 4, 5]], mapping={"E": "workers_male", "D": ""})

    fields = {column.letter: column.field for column in outcome.layout.tables[0].columns}
    assert fields["E"] == "workers_male"


def test_a_heading_that_is_another_columns_letter_keeps_its_meaning():
    heading = ["Nama Usaha", "B", "Pemilik"]

    outcome = look([heading, ["Amplang", "Siti", "Ani"]], mapping={"B": "brand"})

    assert outcome.plan.new[0].values["brand"] == "Siti"


def test_headings_nobody_knows_are_a_heading_still_and_asked_about():
    rows = [["Venture", "Proprietor", "Headcount"], ["Amplang", "Siti", 3], ["Roti", "Ani", 5]]

    outcome = look(rows)
    chosen = look(rows, mapping={"Venture": "name", "Headcount": "workers_total"}, year=2024)

    [question] = outcome.questions
    assert "Judul kolom lembar «Data» tidak dikenal" in question.about
    assert tally(chosen) == (2, 0, 0, 0, 0)
    assert [new.values["name"] for new in chosen.plan.new] == ["Amplang", "Roti"]


def test_columns_named_by_letter_are_remembered_by_their_headings():
    heading, row = ["Nama", "Nama Usaha", "Nama Industri"], ["Siti", "Amplang", "Siti Jaya"]
    load([heading, row], mapping={"A": "owner_name", "B": "name", "C": "brand"})

    turned = look([heading[::-1], ["Ani Jaya", "Roti", "Ani"]])

    new = turned.plan.new[0].values
    assert (new["owner_name"], new["name"], new["brand"]) == ("Ani", "Roti", "Ani Jaya")


def test_of_several_years_side_by_side_the_newest_is_suggested_on_the_page(client, petugas):
    rows = [["Nama Usaha", "Omzet 2022 (Rp)", "Omzet 2023 (Rp)"], ["Amplang", 1_000, 2_000]]
    file = SimpleUploadedFile("data.xlsx", xlsx(rows))
    client.force_login(petugas)

    asked_page = client.post(
        reverse("admin:intake_upload_new", args=["ikm"]), {"file": file}, follow=True
    )
    form = asked_page.context["form"]
    upload = Upload.objects.get()
    data = {name: field.initial or "" for name, field in form.fields.items()}
    client.post(upload_url("answer", upload), data)

    upload.refresh_from_db()
    assert (data["column_B"], data["column_C"]) == ("", "turnover")
    assert (upload.status, tally(upload)) == ("planned", (1, 0, 0, 0, 0))
    confirm(upload, petugas)
    assert BusinessYear.objects.get().year == 2023
    assert BusinessYear.objects.get().turnover == 2_000


def test_a_recapitulation_without_names_is_no_sheet_to_name_the_columns_of():
    rows = [["Alamat", "NIB", "No. HP"], ["Jl. Uji 1", "9120000000001", "081255500001"]]

    listed, recap = look(rows), look([["REKAP IKM"], *rows])

    assert asked(listed) == ["columns"]
    assert (recap.status, asked(recap)) == ("refused", [])
