"""The complete KBLI lists: which codes are kept, and of which version they are."""

import pytest

from industry.models import Kbli
from industry.resources.references import KbliCode
from tests.factories import KbliFactory
from tests.intake.importing import asked, export, load, look, problems_of, tally
from tests.sheets import delimited, workbook

pytestmark = pytest.mark.django_db

HEADING = ["Kode", "Judul", "Versi"]


def test_divisions_and_five_digit_codes_are_kept_and_the_levels_between_are_not():
    sheet = [
        HEADING,
        ["C", "Industri", 2020],
        ["10", "Industri Makanan", 2020],
        ["107", "Industri Makanan Lainnya", 2020],
        ["1079", "Industri Makanan Lainnya Ytdl", 2020],
        ["10794", "Industri Kerupuk", 2020],
    ]

    outcome = look(sheet, "kbli")
    load(sheet, "kbli")

    assert tally(outcome) == (2, 0, 0, 0, 3)
    assert set(Kbli.objects.values_list("code", "version_year")) == {
        ("10", 2020),
        ("10794", 2020),
    }
    assert len(problems_of(outcome, "level_ignored")) == 3


@pytest.mark.parametrize(
    ("title", "tab", "answers"),
    [
        pytest.param("DAFTAR KBLI 2025", "Data", {}, id="title"),
        pytest.param("DAFTAR LAPANGAN USAHA", "KBLI 2025", {}, id="tab"),
        pytest.param("DAFTAR LAPANGAN USAHA", "Data", {"kbli_version": 2025}, id="option"),
        pytest.param("DAFTAR LAPANGAN USAHA", "Data", {"year": 2025}, id="answer"),
    ],
)
def test_the_version_comes_from_title_tab_or_answer(title, tab, answers):
    content = workbook({tab: [[title], HEADING[:2], ["10794", "Industri Kerupuk"]]})

    load(content, "kbli", **answers)

    assert Kbli.objects.get().version_year == 2025


def test_a_list_of_no_known_version_is_asked_about():
    outcome = look([HEADING[:2], ["10794", "Industri Kerupuk"]], "kbli")

    assert asked(outcome) == ["year"]
    assert outcome.questions[0].options == ["2020", "2025"]


def test_a_title_naming_both_versions_is_asked_about():
    sheet = [["KBLI 2020 DAN KBLI 2025"], HEADING[:2], ["10794", "Industri Kerupuk"]]

    assert asked(look(sheet, "kbli")) == ["year"]


@pytest.mark.parametrize(
    "answers", [pytest.param({"year": 2015}, id="year"), pytest.param({"year": 2009}, id="older")]
)
def test_another_version_holds_every_row(answers):
    outcome = look([HEADING[:2], ["10794", "Industri Kerupuk"]], "kbli", **answers)

    assert tally(outcome) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("code", "held"),
    [
        pytest.param("01111", 0, id="text"),
        pytest.param("01111.", 0, id="a text with a stop behind it"),
        pytest.param("'01111", 0, id="a text with an apostrophe before it"),
        pytest.param(10794, 0, id="a number without zero"),
        pytest.param(1111, 1, id="a number that lost its zero"),
        pytest.param("1111", 1, id="a csv that lost its zero"),
        pytest.param(1, 1, id="a division that lost its zero"),
        pytest.param("107941", 1, id="six digits"),
        pytest.param("makanan", 1, id="a word"),
        pytest.param(None, 1, id="nothing"),
    ],
)
def test_a_code_has_two_or_five_digits_with_its_zero(code, held):
    outcome = look([HEADING, [code, "Judul", 2020], ["10791", "Judul lain", 2020]], "kbli")

    assert tally(outcome) == (2 - held, 0, 0, held, 0)


def test_a_number_that_is_a_true_subgroup_is_no_lost_zero():
    outcome = look([HEADING, [1079, "Golongan", 2020], [10794, "Kerupuk", 2020]], "kbli")

    assert tally(outcome) == (1, 0, 0, 0, 1)


def test_a_new_title_for_a_known_code_is_a_change():
    KbliFactory(code="10794", version_year=2020, title="Lama")
    KbliFactory(code="10794", version_year=2025, title="Lain")

    upload = load([HEADING, ["10794", "Baru", 2020]], "kbli")

    assert tally(upload) == (0, 1, 0, 0, 0)
    assert Kbli.objects.get(version_year=2020).title == "Baru"
    assert Kbli.objects.get(version_year=2025).title == "Lain"


def test_a_complete_list_is_stored_at_once():
    rows = [[f"{number:05}", f"Kegiatan {number}"] for number in range(1111, 1111 + 1790)]

    upload = load(delimited([HEADING[:2], *rows]), "kbli", name="daftar.csv", kbli_version=2020)

    assert tally(upload) == (1790, 0, 0, 0, 0)


def test_the_exported_list_comes_back_unchanged():
    KbliFactory(code="01111", version_year=2020)
    KbliFactory(code="01111", version_year=2025, checked=False)
    KbliFactory(code="10", version_year=2025)

    assert tally(look(export("kbli"), "kbli")) == (0, 0, 3, 0, 0)


@pytest.mark.parametrize(("who", "stored"), [("petugas", 0), ("administrator", 1)])
def test_only_the_administrator_keeps_the_list(request, who, stored):
    user = request.getfixturevalue(who)

    outcome = look([HEADING, ["10794", "Kerupuk", 2020]], "kbli", user=user)

    assert outcome.counts["new"] == stored


def test_the_codes_a_word_may_mean_are_offered_in_order_and_known_with_blanks_around():
    options = {"kbli": {"13131": 2, "10794": 1}}

    assert KbliCode().known_words(options) == ["10794", "13131"]
    assert KbliCode().knows(" 10794 ", None, options)
    assert not KbliCode().knows("1079", None, options)
