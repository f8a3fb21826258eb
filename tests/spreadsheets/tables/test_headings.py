"""What a column's heading means: the field, the money unit, the period of a capacity."""

import pytest

from balikpapan.spreadsheets.tables.headings import Vocabulary, money_unit, period

VOCABULARY = Vocabulary(
    {
        "nama usaha": ("name",),
        "nama": ("name", "owner_name"),
        "tenaga kerja": ("workers_total",),
        "tenaga kerja l": ("workers_male",),
        "kapasitas produksi": ("capacity",),
        "kapasitas produksi satuan": ("capacity_unit",),
        "nilai investasi": ("investment",),
        "satuan": ("capacity_unit",),
        "nib": ("nib",),
    },
    required=(frozenset({"name"}), frozenset({"workers_total", "investment"})),
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nama Usaha", "name"),
        ("NAMA  USAHA*", "name"),
        ("Nama-Usaha", "name"),
        ("Nilai Investasi (Rp.000)", "investment"),
        ("Nilai Investasi\n(Ribu Rp)", "investment"),
        ("NIB (13 digit)", "nib"),
        ("Kapasitas Produksi per Tahun", "capacity"),
        ("Kapasitas Produksi / Thn", "capacity"),
        ("Tenaga Kerja (Orang)", "workers_total"),
        ("Nilai Investas", "investment"),
        ("Berapa nilai investasi (Rp)?", "investment"),
        ("Nama usaha anda :", "name"),
        ("Nama usaha sesuai NIB", "name"),
        ("NM USAHA", "name"),
        ("NILAI INV (RP)", "investment"),
        ("Kap. Prod./Thn", "capacity"),
        ("Berapa tenaga kerja tetap?", None),
        ("Tenaga Kerja Harian", None),
        ("Tenaga Kerja (Borongan)", None),
        ("Warna", None),
        ("", None),
        ("NIK", None),
    ],
)
def test_a_heading_is_known_by_its_words_not_its_looks(heading, field):
    assert VOCABULARY.find(heading).field == field


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Nama Usaha", True),
        ("NILAI", True),
        ("No", True),
        ("2. Nama Usaha", True),
        ("(Nama)", True),
        ("Amplang", False),
        ("", True),
    ],
)
def test_the_cheap_look_lets_pass_all_that_may_be_a_heading(text, may):
    assert VOCABULARY.may_know(text) is may


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nilaii Investasiii", "investment"),  # three letters more
        ("Nilaiii Investasiii", None),
        ("Nlai Invstsi", "investment"),  # three letters less
        ("Nlai Invsts", None),
    ],
)
def test_a_misspelling_is_at_most_three_letters_longer_or_shorter(heading, field):
    assert VOCABULARY.find(heading).field == field


def test_only_a_misspelt_heading_counts_as_a_guess():
    assert VOCABULARY.find("Nilai Investas").fuzzy
    assert not VOCABULARY.find("NILAI INVESTASI").fuzzy


@pytest.mark.parametrize("heading", ["No", "NO.", "Nomor", "No Urut"])
def test_a_running_number_is_no_field(heading):
    meaning = VOCABULARY.find(heading)

    assert (meaning.field, meaning.running_number) == (None, True)


def test_a_heading_with_two_meanings_keeps_both():
    meaning = VOCABULARY.find("Nama")

    assert (meaning.field, meaning.others) == ("name", ("owner_name",))


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (["Tenaga Kerja", "L"], "workers_male"),
        (["Kapasitas Produksi", "Satuan"], "capacity_unit"),
        (["Data Usaha", "Nama Usaha"], "name"),
        (["Nilai Investasi", "(Rp.000)"], "investment"),
        (["Nama Usaha"], "name"),
        (["Izin", "Tanggal"], None),
    ],
)
def test_a_heading_over_two_rows_is_read_together_then_by_its_lower_part(parts, field):
    assert VOCABULARY.find_joined(parts).field == field


@pytest.mark.parametrize(
    ("fields", "missing"),
    [({"name", "investment"}, False), ({"name"}, True), ({"investment"}, True), (set(), True)],
)
def test_a_register_is_known_by_one_field_of_each_group(fields, missing):
    assert VOCABULARY.missing(fields) is missing


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Nilai Investasi (Rp)", 1),
        ("Nilai Investasi (Rupiah)", 1),
        ("Nilai Investasi (Rp.000)", 1_000),
        ("Nilai Investasi (Rp. 000,-)", 1_000),
        ("Nilai Investasi (000)", 1_000),
        ("Nilai Investasi Ribu Rp", 1_000),
        ("(dalam ribuan rupiah)", 1_000),
        ("(Rp. Juta)", 1_000_000),
        ("Jutaan Rp", 1_000_000),
        ("Rp.000.000", 1_000_000),
        ("Miliar Rp", 1_000_000_000),
        ("Nilai Investasi", None),
        ("Jumlah Tenaga Kerja", None),
        ("Korporasi", None),
    ],
)
def test_a_money_unit_is_read_and_never_supposed(text, unit):
    assert money_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Kapasitas Produksi per Tahun", "tahun"),
        ("Kapasitas/Bulan", "bulan"),
        ("Kapasitas/hari", "hari"),
        ("Kapasitas setahun", "tahun"),
        ("Kapasitas Tahunan", "tahun"),
        ("Kapasitas Produksi", None),
        ("Tahun Berdiri", None),
    ],
)
def test_a_period_is_read_and_never_supposed(text, meaning):
    assert period(text) == meaning
