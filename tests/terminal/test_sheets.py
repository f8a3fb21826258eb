"""What the terminal prints of the commands that read and write sheets, whole, for each way they end."""

import pytest
from django.utils import timezone

from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory
from tests.sheets import city_list, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADING = ["Nama Usaha", "Nama Pemilik", "NIK", "Tahun Data", "Tenaga Kerja"]
GOOD = ["Amplang Siti", "Siti Contoh", "6471010101800001", 2024, 3]
BAD = ["Roti Ani", "Ani Contoh", "64710101018000029", 2024, "lima"]
SHEETS = {
    "baik.xlsx": [HEADING, GOOD],
    "cacat.xlsx": [HEADING, GOOD, BAD],
    "ubah.xlsx": [HEADING, [*GOOD[:4], 5]],
    "satuan.xlsx": [["Nama Usaha", "Nilai Investasi", "Tahun Data"], ["Amplang Uji", 5, 2024]],
    "kata.xlsx": [["Nama Usaha", "Kecamatan", "Tahun Data"], ["Amplang Uji", "Antah", 2024]],
}


@pytest.fixture
def sheets(terminal):
    for name, rows in SHEETS.items():
        (terminal.folder / name).write_bytes(xlsx(rows))
    (terminal.folder / "kota.xlsx").write_bytes(xlsx(city_list(3)))
    (terminal.folder / "bukan.xlsx").write_bytes(b"bukan lembar kerja")


@pytest.mark.usefixtures("sheets", "reference")
def test_a_sheet_is_read_or_refused(terminal, petugas, pimpinan):
    for words in (
        "baik.xlsx --dry-run",
        "baik.xlsx",
        "baik.xlsx",
        "ubah.xlsx --user petugas",
        "cacat.xlsx --all-or-nothing",
        "cacat.xlsx --marked FOLDER/tanda.xlsx",
        "cacat.xlsx --bad-cells blank",
        "kota.xlsx",
        "kota.xlsx --year 2023 --unit rupiah --dry-run",
        "kota.xlsx --accept-suggestions --dry-run",
        "satuan.xlsx --dry-run",
        "satuan.xlsx --unit ratus",
        'satuan.xlsx --unit "Nilai Investasi=juta" --dry-run',
        "kata.xlsx --dry-run",
        "kata.xlsx --value kecamatan:Antah= --dry-run",
        "kata.xlsx --value name:Antah=x",
        "kata.xlsx --value kecamatan:Antah=Negeri",
        "baik.xlsx --year 2020",
        "baik.xlsx --sheet Lain",
        "baik.xlsx --map Warna",
        "baik.xlsx --map Warna=colour",
        "baik.xlsx --answer year",
        "baik.xlsx --answer entah=1",
        "baik.xlsx --answer duplicates=entah",
        "baik.xlsx --user siapa",
        "tiada.xlsx",
        "bukan.xlsx --marked FOLDER/tanda.xlsx",
    ):
        file, _, options = words.partition(" ")
        terminal.types(f"import_sheet ikm FOLDER/{file} {options}".rstrip())
    terminal.types("import_sheet gaji FOLDER/baik.xlsx")
    terminal.types("import_sheet ikm FOLDER/baik.xlsx --near entah")
    terminal.compares("import_sheet")


@pytest.mark.usefixtures("reference")
def test_a_register_is_written_or_refused(terminal):
    terminal.hides(timezone.localdate().year + 1, "TAHUN-DEPAN")
    siti = BusinessFactory(name="Amplang Siti", nik="6471010101800001")
    BusinessFactory(name="Roti Ani", status="closed", closed_year=2022)
    BusinessFactory(name="Kue Lama", archived=True)
    BusinessYearFactory(business=siti, year=2023)
    RevenueFactory(year=2024)
    for words in (
        "ikm FOLDER/ikm.xlsx",
        "ikm FOLDER/ikm.csv --year 2023",
        "ikm FOLDER/ikm.csv --year 2020",
        "ikm FOLDER/ikm.csv --filter status=Tutup",
        "ikm FOLDER/ikm.csv --filter status",
        "ikm FOLDER/ikm.csv --filter warna=merah",
        "ikm FOLDER/ikm.csv --filter status=Entah",
        "ikm FOLDER/ikm.csv --personal --purpose undangan",
        "ikm FOLDER/ikm.pdf",
        "ikm FOLDER/tiada/ikm.csv",
        "pad FOLDER/pad.csv",
        "pad FOLDER/pad.csv --year 2024",
        "pad FOLDER/pad.csv --year 2023",
        "pad FOLDER/pad.csv --year 1800",
        "kbli FOLDER/kbli.csv --year 2020",
        "kbli FOLDER/kbli.csv --year 2021",
        "fasilitas FOLDER/fasilitas.csv --year 2024",
    ):
        terminal.types(f"export_sheet {words}")
    terminal.compares("export_sheet")


@pytest.mark.usefixtures("reference")
def test_the_commands_of_the_library_read_and_write(terminal):
    BusinessFactory(name="Roti Ani", nik="6471010101800001")
    (terminal.folder / "baik.csv").write_text(
        "Nama Usaha,Tahun Data,TK LK\nAmplang Siti,2024,2\nBatik Rumi,2024,anjai\n"
    )
    (terminal.folder / "tanya.csv").write_text("Nama Usaha,TK LK\nAmplang Siti,2\n")
    terminal.types("import industry.Business FOLDER/baik.csv --dry-run --no-input")
    terminal.types("import industry.Business FOLDER/baik.csv", "no")
    terminal.types("import industry.Business FOLDER/baik.csv", "yes")
    terminal.types("import industry.Business FOLDER/baik.csv --no-input")
    terminal.types("import industry.Business FOLDER/tanya.csv --no-input")
    terminal.types("import industry.Business FOLDER/tiada.csv --no-input")
    terminal.types("import industry.Business FOLDER/baik.csv --no-input --user siapa")
    terminal.types("import auth.User FOLDER/baik.csv --no-input")
    terminal.types("export csv auth.User")
    terminal.compares("library")
