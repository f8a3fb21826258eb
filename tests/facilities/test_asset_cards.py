"""Inventory cards A to F and the room list, read as they are printed."""

import datetime

import pytest

from facilities.choices import Condition
from facilities.models import Asset
from tests.intake.importing import load, look, problems_of, tally
from tests.sheets import workbook

pytestmark = pytest.mark.django_db


def card(heading, under, *rows, titles=(), merge=(), total=None):
    """A card: titles, two-row heading, number row, rows, total and signers."""
    start = len(titles) + 1
    body = [
        *([title] for title in titles),
        heading,
        under,
        list(range(1, len(heading) + 1)),
        *rows,
    ]
    if total is not None:
        body += [["TOTAL NILAI ASET", *[None] * (len(heading) - 3), total]]
    body += [[None], [None, "MENGETAHUI KEPALA SKPD"], [None, "PENGURUS BARANG"]]
    areas = [area.format(top=start, low=start + 1) for area in merge]
    return workbook({"KIB": body}, merge={"KIB": areas})


def test_card_a_gives_land_with_its_right_and_certificate():
    content = card(
        [
            "No",
            "Jenis/Nama Barang",
            "Nomor",
            None,
            "Luas (M2)",
            "Tahun Pengadaan",
            "Letak/Alamat",
            "Hak",
            "Penggunaan",
            "Asal usul",
            "Harga (ribuan Rp)",
            "Keterangan",
        ],
        [None, None, "Kode Barang", "Register", *[None] * 8],
        [
            1,
            "Tanah sentra",
            "1.3.1.01.01.04.001.",
            "000001",
            90000,
            1998,
            "Jl. Contoh 1",
            "Hak Pakai",
            "Sentra tahu",
            "APBD II",
            4500000,
            None,
        ],
        titles=["KARTU INVENTARIS BARANG (KIB) A", "TANAH"],
        merge=["C{top}:D{top}"],
    )

    upload = load(content, "aset")

    land = Asset.objects.get()
    assert tally(upload)[0] == 1
    assert (land.item_code, land.register, land.kib) == ("1.3.1.01.01.04.001", "000001", "A")
    assert (land.area_m2, land.acquired_year, land.location) == (90000, 1998, "Jl. Contoh 1")
    assert land.acquisition_value == 4_500_000_000
    assert (land.acquisition_method, land.funding) == ("purchase", "city")
    assert land.specification == "Hak: Hak Pakai; Penggunaan: Sentra tahu"


def test_card_b_keeps_the_numbers_of_a_vehicle():
    content = card(
        [
            "No",
            "Kode Barang",
            "Nama Barang",
            "Register",
            "Merk/Type",
            "Ukuran/CC",
            "Bahan",
            "Tahun Pembelian",
            "Nomor",
            None,
            None,
            "Asal usul",
            "Harga (ribuan Rp)",
        ],
        [*[None] * 8, "Pabrik", "Rangka", "Mesin", None, None],
        [
            1,
            "1.3.2.02.01.01.001",
            "Mobil boks",
            "000002",
            "Contoh X",
            "1500",
            "Besi",
            2022,
            "SN-1",
            "RK-2",
            "MS-3",
            "DAK",
            250000,
        ],
        merge=["I{top}:K{top}"],
    )

    load(content, "aset")

    vehicle = Asset.objects.get()
    assert (vehicle.kib, vehicle.brand, vehicle.serial_number) == ("B", "Contoh X", "SN-1")
    assert (vehicle.acquisition_method, vehicle.funding) == ("purchase", "dak")
    assert vehicle.specification == (
        "Ukuran: 1500; Bahan: Besi; Nomor Rangka: RK-2; Nomor Mesin: MS-3"
    )


def test_card_c_gives_a_building_its_condition_on_the_day_of_the_title():
    content = card(
        [
            "No",
            "Jenis/Nama",
            "Kode",
            "Register",
            "Kondisi Bangunan (B, KB, RB)",
            "Konstruksi",
            None,
            "Luas Lantai (M2)",
            "Dokumen Gedung",
            None,
            "Luas (M2)",
            "Harga (ribuan Rp)",
        ],
        [
            *[None] * 5,
            "Bertingkat/Tidak",
            "Beton/Tidak",
            None,
            "Tanggal",
            "Nomor",
            None,
            None,
        ],
        [
            1,
            "Gudang",
            "1.3.3.01.01.02.001",
            "000001",
            "KB",
            "Tidak",
            "Beton",
            120.5,
            datetime.date(2020, 5, 12),
            "640/1",
            300,
            736500,
        ],
        titles=["KIB C GEDUNG DAN BANGUNAN", "KEADAAN PER 31 DESEMBER 2024"],
        merge=["F{top}:G{top}", "I{top}:J{top}"],
    )

    load(content, "aset")

    building = Asset.objects.get()
    check = building.conditions.get()
    assert (check.condition, check.checked_on) == (Condition.LIGHT, datetime.date(2024, 12, 31))
    assert (building.area_m2, building.land_area_m2) == (120.5, 300)
    assert (building.storeys, building.concrete) == ("Tidak", "Beton")
    assert building.document_number == "640/1"
    assert building.document_on == datetime.date(2020, 5, 12)
    assert building.specification == ""


def test_card_d_keeps_length_and_width():
    content = card(
        ["No", "Nama Barang", "Kode Barang", "Register", "Panjang (Km)", "Lebar (M)", "Kondisi"],
        [None] * 7,
        [1, "Jaringan IPAL", "1.3.4.03.01.01.002", "000001", "1,25", 0.5, "B"],
        titles=["KIB D TAHUN 2023"],
    )

    load(content, "aset")

    network = Asset.objects.get()
    assert network.kib == "D"
    assert network.specification == "Panjang: 1,25; Lebar: 0,5"
    assert network.conditions.get().checked_on == datetime.date(2023, 12, 31)


def test_card_e_keeps_title_and_number_of_books():
    content = card(
        [
            "No",
            "Nama Barang",
            "Nomor",
            None,
            "Buku/Perpustakaan",
            None,
            "Jumlah",
            "Tahun Cetak/Pembelian",
            "Asal-Usul",
            "Harga (Rp)",
        ],
        [None, None, "Kode barang", "No Register", "Judul/Pencipta", "Spesifikasi", *[None] * 4],
        [1, "Buku", "1.3.5.01.01.01.001", "000001", "Panduan", "A5", 3, 2021, "Hibah", 150000],
        merge=["C{top}:D{top}", "E{top}:F{top}"],
    )

    load(content, "aset")

    book = Asset.objects.get()
    assert (book.kib, book.quantity, book.acquisition_value) == ("E", 3, 150_000)
    assert (book.acquisition_method, book.funding) == ("grant", "grant")
    assert book.specification == "A5; Judul/Pencipta: Panduan"


def test_card_f_gives_the_contract_value_of_work_in_progress():
    content = card(
        [
            "No",
            "Nama Barang",
            "Kode Barang",
            "Bangunan (P, SP, D)",
            "Tanggal mulai",
            "Asal usul pembiayaan",
            "Nilai Kontrak (ribuan Rp)",
        ],
        [None] * 7,
        [1, "Gudang baru", "1.3.6.01.01.01.001", "P", "3 Maret 2024", "APBN", 900000],
    )

    load(content, "aset")

    work = Asset.objects.get()
    assert (work.kib, work.register, work.acquisition_value) == ("F", "", 900_000_000)
    assert (work.acquisition_method, work.funding) == ("purchase", "state")
    assert work.specification == "Bangunan: P; Tanggal Mulai: 03-03-2024"


def test_the_room_list_ticks_a_condition():
    content = card(
        ["No", "Jenis/Nama Barang", "Kode Barang", "Jumlah", "Keadaan", None, None],
        [None, None, None, None, "B", "KB", "RB"],
        [1, "Meja", "1.3.2.05.02.01.001", 2, None, None, "v"],
        [2, "Kursi", "1.3.2.05.02.01.002", 6, 4, 2, None],
        merge=["E{top}:G{top}"],
    )

    outcome = look(content, "aset")
    load(content, "aset")

    assert Asset.objects.get(name="Meja").conditions.get().condition == Condition.HEAVY
    assert not Asset.objects.get(name="Kursi").conditions.exists()
    assert len(problems_of(outcome, "several_conditions")) == 1
