"""Goods written down several times without a register: asked about, then added up or kept once."""

import pytest

from facilities.models import Asset
from tests.intake.importing import asked, load, look, tally

pytestmark = pytest.mark.django_db

CHAIR = ["02.06.02.01.04", "Kursi lipat", 2019, 1, 500_000]
GOODS = [["Kode Barang", "Nama Barang", "Tahun Perolehan", "Jumlah", "Harga (Rp)"], *([CHAIR] * 10)]


def test_equal_goods_without_a_register_are_asked_about():
    outcome = look(GOODS, "aset")

    [question] = outcome.questions
    assert (outcome.status, question.key) == ("needs_answer", "equal_rows")
    assert question.options == ["separate", "once"]
    assert question.about.startswith("10 baris sama persis")


@pytest.mark.parametrize(
    ("option", "stored"), [("separate", (10, 5_000_000)), ("once", (1, 500_000))]
)
def test_equal_goods_are_stored_as_answered(option, stored):
    upload = load(GOODS, "aset", chosen={"equal_rows": option})

    asset = Asset.objects.get()
    assert (asset.quantity, asset.acquisition_value) == stored
    assert tally(upload) == (1, 0, 0, 0, 9)


@pytest.mark.parametrize(
    ("rows", "stored"),
    [
        pytest.param([row[:3] + row[4:] for row in GOODS[:4]], (3, 1_500_000), id="no column"),
        pytest.param([GOODS[0], *[[*CHAIR[:3], None, 500_000]] * 3], (3, 1_500_000), id="blank"),
        pytest.param([GOODS[0], *[[*CHAIR[:3], 2, None]] * 3], (6, None), id="no price"),
    ],
)
def test_goods_that_nobody_counted_are_as_many_as_their_rows(rows, stored):
    load(rows, "aset", chosen={"equal_rows": "separate"})

    asset = Asset.objects.get()
    assert (asset.quantity, asset.acquisition_value) == stored


def test_equal_goods_added_up_are_the_same_again():
    load(GOODS, "aset", chosen={"equal_rows": "separate"})

    assert tally(look(GOODS, "aset", chosen={"equal_rows": "separate"})) == (0, 0, 1, 0, 9)


def test_goods_with_a_register_are_not_asked_about():
    rows = [["Register", *GOODS[0]], *([f"000{n}", *CHAIR] for n in range(1, 4))]

    assert asked(look(rows, "aset")) == []
