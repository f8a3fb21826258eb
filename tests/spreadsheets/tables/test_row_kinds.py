"""What each line between the rows is: bands, sums, headings, further products, and doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.spreadsheets.model import Formula, Sheet
from balikpapan.spreadsheets.tables.bands import BandNames, read_band
from balikpapan.spreadsheets.tables.further_tables import tables_of
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.kinds import Doubt, RowKind
from balikpapan.spreadsheets.tables.row_view import RowRules
from balikpapan.spreadsheets.tables.rows import settle_rows
from balikpapan.spreadsheets.tables.sums import SumKind, sum_label

VOCABULARY = Vocabulary(
    {
        "nama usaha": ("name",),
        "pemilik": ("owner_name",),
        "produk": ("products",),
        "tenaga kerja": ("workers_total",),
        "nilai investasi": ("investment",),
    },
    required=(frozenset({"name"}),),
)
NAMES = BandNames(short={("kecamatan", "timur"): "Balikpapan Timur"})
NAMES.add("kecamatan", "Balikpapan Timur")
NAMES.add("kecamatan", "Balikpapan Utara")
NAMES.add("kelurahan", "Manggar")
NAMES.add("group", "Agro", ["Pangan"])
RULES = RowRules(
    naming={"name"},
    identity={"name", "owner_name"},
    figures={"workers_total", "investment"},
    products={"products"},
    names=NAMES,
    vocabulary=VOCABULARY,
)
HEADING = ["No", "Nama Usaha", "Pemilik", "Produk", "Tenaga Kerja", "Nilai Investasi"]
ROW = [1, "Amplang Siti", "Siti", "Amplang", 3, 500]
OTHER = [2, "Roti Ani", "Ani", "Roti", 4, 700]


def settled(*rows, **more):
    """The tables of a sheet with these rows, each with its rows sorted."""
    width = max(len(row) for row in rows)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    sheet = Sheet("Data", [list(column) for column in zip(*filled, strict=True)], **more)
    tables = tables_of(sheet, VOCABULARY)
    for table in tables:
        settle_rows(table, RULES)
    return tables


def kinds(*rows, **more):
    """The kind of the lines left out, by Excel's row."""
    [table] = settled(*rows, **more)
    return {entry.row: entry.kind for entry in table.ignored}


# Bands


@pytest.mark.parametrize(
    ("text", "field", "name"),
    [
        ("KECAMATAN BALIKPAPAN TIMUR", "kecamatan", "Balikpapan Timur"),
        ("A. Kec. Balikpapan Timur", "kecamatan", "Balikpapan Timur"),
        ("II) KECAMATAN : BALIKPAPAN UTARA", "kecamatan", "Balikpapan Utara"),
        ("Kecamatan Timur (12 IKM)", "kecamatan", "Balikpapan Timur"),
        ("Balikpapan Utara = 7 unit usaha", "kecamatan", "Balikpapan Utara"),
        ("3. Kel. Manggar", "kelurahan", "Manggar"),
        ("Kelurahan/Desa : Manggar", "kelurahan", "Manggar"),
        ("BIDANG USAHA : PANGAN", "group", "Agro"),
    ],
)
def test_a_band_is_known_however_it_is_written(text, field, name):
    band = read_band(text, NAMES)

    assert (band.field, band.name, band.certain) == (field, name, True)


@pytest.mark.parametrize("text", ["Timur", "Manggar Jaya", "Amplang Siti", "", "Kelapa Muda"])
def test_other_texts_are_no_bands(text):
    assert read_band(text, NAMES) is None


def test_bands_nest_until_one_of_their_level_or_above():
    [table] = settled(
        HEADING,
        ["A. KECAMATAN BALIKPAPAN TIMUR"],
        ["1. Kel. Manggar"],
        ROW,
        ["B. KECAMATAN BALIKPAPAN UTARA"],
        OTHER,
    )

    assert table.bands == {
        3: {"kecamatan": "Balikpapan Timur", "kelurahan": "Manggar"},
        5: {"kecamatan": "Balikpapan Utara"},
    }


def test_a_caption_without_rank_ends_the_bands_above():
    [table] = settled(HEADING, ["KECAMATAN BALIKPAPAN TIMUR"], ROW, ["DAFTAR IKM BINAAN"], OTHER)

    assert table.bands == {2: {"kecamatan": "Balikpapan Timur"}, 4: {}}


# Sums


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JUMLAH", SumKind.PLAIN),
        ("J  U  M  L  A  H", SumKind.PLAIN),
        ("Jml.", SumKind.PLAIN),
        ("JUMLAH ......", SumKind.PLAIN),
        ("Jumlah Rp.", SumKind.PLAIN),
        ("II. Total", SumKind.PLAIN),
        ("Sub Jumlah A", SumKind.SUBTOTAL),
        ("S U B  J U M L A H", SumKind.SUBTOTAL),
        ("TOTAL KEC. BALIKPAPAN TIMUR", SumKind.SUBTOTAL),
        ("Grand Total", SumKind.GRAND),
        ("Jumlah Keseluruhan", SumKind.GRAND),
        ("Jumlah dipindahkan", SumKind.CARRIED),
        ("Pindahan", SumKind.CARRIED),
        ("Rata-rata", SumKind.AVERAGE),
    ],
)
def test_a_sum_is_known_by_its_label(text, kind):
    label = sum_label(text)

    assert (label.kind, label.weak) == (kind, False)


@pytest.mark.parametrize("text", ["Total Snack", "Jumlah Rejeki", "Total Persada Motor"])
def test_a_name_that_begins_like_a_sum_is_a_weak_label(text):
    assert sum_label(text).weak


@pytest.mark.parametrize("text", ["Jumlahan", "Totalindo", "Subur Jaya", "Amplang", "Pindah Rasa"])
def test_other_texts_announce_no_sum(text):
    assert sum_label(text) is None


LEFT_OUT = {
    "the sums of the rows, unlabelled": ([None, None, None, None, 7, 1200], RowKind.SUM),
    "nothing but formulas": ([None] * 4 + [Formula("=SUM(E2:E3)", 99), None], RowKind.SUM),
    "the sums of the rows with commas": (
        [None, None, None, None, "7", "1,200"], RowKind.SUM
    ),
    "the sums under any word": ([None, "Capaian", None, None, 7, 1200], RowKind.SUM),
    "the whole": ([None, "Keseluruhan", None, None, 7, 1200], RowKind.SUM),
    "what has come together": (["Akumulasi", None, None, None, 7, 1200], RowKind.SUM),
    "a sum label far right": ([None, None, None, "JUMLAH", 7, 1200], RowKind.SUM),
    "a weak label with the sums": ([None, "Total Usaha Kita", None, None, 7, 1200], RowKind.SUM),
    "the heading with other letters": (
        ["NO.", "NAMA USAHA", "PEMILIK*", "PRODUK", "TENAGA KERJA (ORANG)", "NILAI INVESTASI"],
        RowKind.REPEATED_HEADING,
    ),
    "a further product": ([None, None, None, "Abon", None, None], None),
}  # fmt: skip


@pytest.mark.parametrize(("row", "kind"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_lines_below_the_rows(row, kind):
    assert kinds(HEADING, ROW, OTHER, row).get(4) == kind


def test_numbers_below_a_sum_are_no_record():
    below = [None, None, None, None, 1440, 3020]

    assert kinds(HEADING, ROW, OTHER, [None, "JUMLAH", None, None, 7, 1200], [], below) == {
        4: RowKind.SUM,
        5: RowKind.BLANK,
        6: RowKind.BELOW_SUM,
    }
    assert 6 not in kinds(HEADING, ROW, [None, "JUMLAH", None, None, 3, 500], [], OTHER, below)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([None, None, None, None, 7, 999], id="one column adds up by chance"),
        pytest.param([None, "Total Snack", None, "Kue", None, None], id="a name like a sum"),
        pytest.param([3, "Capaian", None, None, 7, 1200], id="a number of its own"),
        pytest.param([None, "Capaian", "Ani", None, 7, 1200], id="an owner of its own"),
        pytest.param([None, "Capaian", None, None, 7, 1201], id="another amount"),
        pytest.param([3, "Total", "Ani", None, 7, 1200], id="an owner and a number"),
        pytest.param([3, "Kecamatan Kopi", "Ani", "Kopi", 2, 5], id="a name like a band"),
    ],
)
def test_rows_with_content_of_their_own_stay(row):
    [table] = settled(HEADING, ROW, OTHER, row)

    assert (3 in table.rows, table.doubtful) == (True, {})


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ([None, "JUMLAH", "Ani", None, 7, 1200], Doubt.SUM),
        ([None, "KECAMATAN BALIKPAPAN TIMUR", None, None, 5, None], Doubt.BAND),
        ([3, "Manggar", None, None, None, None], Doubt.BAND),
    ],
)
def test_what_looks_like_a_line_and_carries_something_is_doubtful(row, doubt):
    [table] = settled(HEADING, ROW, OTHER, row)

    assert table.doubtful == {3: doubt}


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        (
            "KEL. MANGGAR, KEC. BALIKPAPAN TIMUR",
            {"kecamatan": "Balikpapan Timur", "kelurahan": "Manggar"},
        ),
        (
            "Kecamatan Timur - Kelurahan Manggar",
            {"kecamatan": "Balikpapan Timur", "kelurahan": "Manggar"},
        ),
        ("Kelurahan Manggar (12)", {"kelurahan": "Manggar"}),
        ("Kel. Manggar - 12", {"kelurahan": "Manggar"}),
        ("KECAMATAN BALIKPAPN TIMUR", {"kecamatan": "BALIKPAPN TIMUR"}),
    ],
)
def test_a_band_may_name_two_regions_count_its_rows_or_be_misspelt(text, bands):
    [table] = settled(HEADING, [None, text], ROW)

    assert (list(table.rows), table.bands) == ([2], {2: bands})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([None, "Kelompok Tani Mekar"], {3: Doubt.BAND}),
        ([3, "Kelompok Tani Mekar"], {}),
        ([3, "Kecamatan Kopi"], {}),
    ],
)
def test_a_name_like_that_of_a_band_nobody_knows_is_never_left_out(row, expected):
    [table] = settled(HEADING, ROW, OTHER, row)

    assert (list(table.rows), table.doubtful) == ([1, 2, 3], expected)


@pytest.mark.parametrize(
    ("row", "continued"),
    [
        ([None, "Roti Ani", "Ani", "Donat", None, None], {3: 2}),
        ([None, "ROTI ANI", "ani", "Donat", 4, 100], {3: 2}),
        ([None, "Roti Ani", "Budi", "Donat", None, None], {}),
        ([None, "Roti Ani", None, "Donat", None, None], {}),
        ([3, "Roti Ani", "Ani", "Donat", None, None], {}),
    ],
)
def test_a_line_that_repeats_all_but_the_number_goes_on_with_its_record(row, continued):
    [table] = settled(HEADING, ROW, OTHER, row)

    assert (list(table.rows), table.continued) == ([1, 2, 3], continued)


def test_sums_under_any_word_in_a_list_without_numbers_are_doubtful():
    heading, *rows = ([row[1], *row[4:]] for row in (HEADING, ROW, OTHER, [0, "Kopi", 0, 0, 1, 9]))

    [table] = settled(heading, *rows, ["Capaian", 8, 1209])

    assert (list(table.rows), table.doubtful) == ([1, 2, 3, 4], {4: Doubt.SUM})


def test_a_further_product_belongs_to_the_record_above():
    [table] = settled(HEADING, ROW, [None, None, None, "Abon"], [None, None, None, "Petis"], OTHER)

    assert table.continued == {2: 1, 3: 1}


def test_a_sub_total_counts_its_own_rows_and_a_grand_total_all():
    [table] = settled(
        HEADING,
        ROW,
        [None, "Sub Jumlah", None, None, 3, 500],
        OTHER,
        [None, "Sub Jumlah", None, None, 4, 700],
        [None, "JUMLAH", None, None, 7, 1200],
    )

    assert [(total.starts, total.end) for total in table.totals] == [
        ((0,), 1),
        ((1,), 2),
        ((0,), 2),
    ]


# Tables


def test_two_tables_side_by_side_are_two():
    left, right = settled(
        ["No", "Nama Usaha", "Pemilik", None, "No", "Nama Usaha", "Pemilik"],
        [1, "Amplang", "Siti", None, 3, "Kopi", "Budi"],
        [2, "Roti", "Ani", None, None, None, None],
    )

    assert [column.letter for column in left.columns if column.field] == ["B", "C"]
    assert [column.letter for column in right.columns if column.field] == ["F", "G"]
    assert (list(left.rows), list(right.rows)) == ([1, 2], [1])
    assert [table.row_count for table in (left, right)] == [2, 1]
    assert not left.ignored
    assert not right.ignored


def test_below_a_heading_nobody_knows_rows_are_not_read_by_the_old_one():
    foreign = ["No", "Uraian Kerja", "Tempat", "Waktu", "Biaya", "Ket"]

    [table] = settled(HEADING, ROW, foreign, [1, "Rapat", "Aula", "Senin", 5, 6])

    assert table.doubtful == {3: Doubt.OTHER_TABLE}


# Any sheet of these lines

LINES = {
    "record": lambda n: [n, f"Usaha {chr(64 + n)}x", f"Pemilik {n}", "Kue", n, n * 100],
    "band": lambda n: ["KECAMATAN BALIKPAPAN TIMUR"],
    "named band": lambda n: [None, "BALIKPAPAN UTARA"],
    "sum": lambda n: [None, "JUMLAH", None, None, n, n],
    "blank": lambda n: [],
    "heading": lambda n: ["NO", *HEADING[1:]],
    "product": lambda n: [None, None, None, f"Kue {n}"],
    "doubt": lambda n: [None, "JUMLAH", f"Pemilik {n}", None, n, n],
}


@given(st.lists(st.sampled_from(list(LINES)), min_size=1, max_size=25))
def test_every_record_comes_out_once_and_every_line_is_accounted_for(lines):
    rows = [LINES[line](number) for number, line in enumerate(lines, 1)]

    [table] = settled(HEADING, ROW, *rows)

    records = {index + 2 for index, line in enumerate(lines) if line == "record"}
    data = set(table.rows) - set(table.continued) - set(table.doubtful)
    assert data == {1} | records
    assert len(table.rows) + len(table.ignored) == table.row_count
    assert not {entry.row - 1 for entry in table.ignored} & set(table.rows)
