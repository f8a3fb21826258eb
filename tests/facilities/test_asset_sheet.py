"""What any sheet of assets says: conditions, codes and registers, and the inventory table."""

import datetime

import pytest
from django.utils import timezone

from facilities.choices import Condition
from facilities.models import Asset, ConditionCheck
from tests.cast import member
from tests.factories import AssetFactory, FacilityFactory
from tests.intake.importing import export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db

PLAIN = ["Nama Barang", "Kode Barang", "Nomor Register"]


def test_a_condition_without_a_day_takes_that_of_the_upload_and_is_noted():
    sheet = [[*PLAIN, "Kondisi"], ["Mesin", "1.3.2.01.01.01.001", "000001", "Rusak Berat"]]

    outcome = look(sheet, "aset")
    load(sheet, "aset")

    check = ConditionCheck.objects.get()
    assert (check.condition, check.checked_on) == (Condition.HEAVY, timezone.localdate())
    assert len(problems_of(outcome, "condition_date")) == 1


def test_the_same_condition_a_day_later_adds_nothing_and_another_one_does():
    asset = AssetFactory(name="Mesin", register="000001")
    earlier = timezone.localdate() - datetime.timedelta(days=30)
    ConditionCheck.objects.create(asset=asset, checked_on=earlier, condition=Condition.GOOD)
    heading = [*PLAIN, "Kondisi"]

    same = look([heading, ["Mesin", asset.item_code, "000001", "Baik"]], "aset")
    other = load([heading, ["Mesin", asset.item_code, "000001", "RR"]], "aset")

    assert tally(same) == (0, 0, 1, 0, 0)
    assert tally(other) == (0, 1, 0, 0, 0)
    assert list(asset.conditions.values_list("condition", flat=True)) == ["light_damage", "good"]


@pytest.mark.parametrize(
    ("code", "held"),
    [
        pytest.param("1.3.2.01.01.01.001", 0, id="of seven levels"),
        pytest.param("02.06.03.05", 0, id="of an older card"),
        pytest.param("meja", 1, id="a word"),
        pytest.param(1.3, 1, id="a number cell"),
        pytest.param(None, 1, id="nothing"),
    ],
)
def test_an_item_code_is_levels_parted_by_points(code, held):
    outcome = look([PLAIN, ["Meja", code, "000001"], ["Kursi", "1.3.2.05.02.01.002", "1"]], "aset")

    assert tally(outcome) == (2 - held, 0, 0, held, 0)


def test_a_register_typed_as_a_number_gets_the_zeros_of_the_others():
    sheet = [
        PLAIN,
        ["Meja", "1.3.2.05.02.01.001", "000001"],
        ["Meja", "1.3.2.05.02.01.001", 2],
    ]

    outcome = look(sheet, "aset")
    load(sheet, "aset")

    assert set(Asset.objects.values_list("register", flat=True)) == {"000001", "000002"}
    assert len(problems_of(outcome, "restored_zero")) == 1


def test_a_register_as_a_lonely_number_is_stored_as_read_with_a_warning():
    sheet = [PLAIN, ["Meja", "1.3.2.05.02.01.001", 2]]

    outcome = look(sheet, "aset")
    load(sheet, "aset")

    assert Asset.objects.get().register == "2"
    assert [problem.severity for problem in problems_of(outcome, "id_as_number")] == ["warning"]


def test_one_code_and_register_twice_with_other_values_is_held():
    outcome = look(
        [
            [*PLAIN, "Merek"],
            ["Meja", "1.3.2.05.02.01.001", "000001", "A"],
            ["Meja", "1.3.2.05.02.01.001", "000001", "B"],
        ],
        "aset",
    )

    assert tally(outcome) == (0, 0, 0, 2, 0)
    assert len(problems_of(outcome, "double_in_file")) == 2


def test_an_unknown_origin_is_a_warning_and_stays_blank():
    outcome = look(
        [[*PLAIN, "Asal usul"], ["Meja", "1.3.2.05.02.01.001", "000001", "Warisan"]], "aset"
    )

    assert tally(outcome)[0] == 1
    assert [problem.severity for problem in problems_of(outcome, "unknown_choice")] == ["warning"]


def test_the_inventory_table_comes_back_unchanged():
    centre = FacilityFactory(name="Sentra Uji", code="SU")
    first = AssetFactory(facility=centre, location="Ruang 1", specification="Bahan: Besi")
    AssetFactory(acquired_on=datetime.date(2022, 3, 4), quantity=2)
    for day in (datetime.date(2022, 1, 1), datetime.date(2023, 1, 1)):
        ConditionCheck.objects.create(asset=first, checked_on=day, condition=Condition.GOOD)

    outcome = look(export("aset"), "aset")

    assert outcome.questions == []
    assert tally(outcome) == (0, 0, 2, 0, 0)


def test_petugas_stores_assets_and_conditions_and_pimpinan_does_not(petugas):
    sheet = [[*PLAIN, "Kondisi"], ["Meja", "1.3.2.05.02.01.001", "000001", "B"]]

    refused = look(sheet, "aset", user=member("Pimpinan"))
    stored = load(sheet, "aset", user=petugas)

    assert tally(refused) == (0, 0, 0, 1, 0)
    assert tally(stored) == (1, 0, 0, 0, 0)
    assert ConditionCheck.objects.count() == 1


def test_verifikator_may_not_add_a_condition(verifikator):
    asset = AssetFactory(name="Mesin")
    sheet = [[*PLAIN, "Kondisi"], ["Mesin", asset.item_code, asset.register, "B"]]

    outcome = look(sheet, "aset", user=verifikator)

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert "kondisi aset" in problems_of(outcome, "not_allowed")[0].message


@pytest.mark.parametrize(
    ("day", "held"),
    [
        pytest.param(datetime.date(2024, 1, 2), 0, id="past"),
        pytest.param(datetime.date(2099, 1, 2), 1, id="not yet"),
    ],
)
def test_a_condition_is_never_of_a_day_to_come(day, held):
    outcome = look(
        [
            [*PLAIN, "Kondisi", "Tanggal Kondisi"],
            ["Meja", "1.3.2.05.02.01.001", "000001", "B", day],
        ],
        "aset",
    )

    assert outcome.counts["held"] == held


def test_other_columns_join_the_specification_up_to_its_last_letter():
    most = Asset._meta.get_field("specification").max_length
    joined = "; Bahan: Besi"
    fits, over = ("x" * (most - len(joined) + more) for more in (0, 1))
    sheet = [
        [*PLAIN, "Spesifikasi", "Bahan"],
        ["Mesin", "1.3.2.01.01.01.001", "000001", fits, "Besi"],
        ["Mesin", "1.3.2.01.01.01.001", "000002", over, "Besi"],
    ]

    outcome = look(sheet, "aset")

    assert tally(outcome) == (1, 0, 0, 1, 0)
    [problem] = problems_of(outcome, "too_long")
    assert f"{most + 1} huruf" in problem.message
    assert f"paling banyak {most}" in problem.message
