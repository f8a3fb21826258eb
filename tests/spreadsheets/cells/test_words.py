import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import Read, comparison_key, read_boolean, read_choice
from balikpapan.spreadsheets.model import Formula
from tests.spreadsheets.findings import codes

CONDITIONS = {
    "Baik": "good",
    "Rusak Ringan": "light_damage",
    "RR": "light_damage",
    "Rusak Berat": "heavy_damage",
}


@pytest.mark.parametrize(
    "value",
    ["Ya", "YA ", "y", "TRUE ", "v", "V", "✓", "✔", "√", "1", 1, 1.0, True, "Aktif", "sudah"],
)
def test_a_word_of_the_list_is_yes(value):
    assert read_boolean(value) == Read(True)


@pytest.mark.parametrize("value", ["Tidak", "tdk.", "FALSE", "0", 0, False, "Tidak Aktif", "✗"])
def test_a_word_of_the_list_is_no(value):
    assert read_boolean(value) == Read(False)


@pytest.mark.parametrize("value", ["x", "mungkin", "2", 2, 0.5, "yaa", datetime.date(2024, 1, 1)])
def test_p19_any_other_word_is_refused_with_the_remedy(value):
    result = read_boolean(value)

    assert codes(result) == ["unknown_choice"]
    assert "Isi dengan Ya atau Tidak." in result.findings[0].message


@pytest.mark.parametrize("value", ["baik", " BAIK ", "Baik.", "ba\u200bik"])
def test_a_choice_is_known_in_any_case_and_spacing(value):
    assert read_choice(value, CONDITIONS, what="kondisi") == Read("good")


@pytest.mark.parametrize("value", ["RR", "rusak  ringan", "Rusak-Ringan"])
def test_several_words_may_mean_one_choice(value):
    assert read_choice(value, CONDITIONS, what="kondisi").value == "light_damage"


def test_p19_a_near_miss_is_refused_with_the_closest_word_and_the_list():
    result = read_choice("Rusak Ringgan", CONDITIONS, what="kondisi")

    assert codes(result) == ["unknown_choice"]
    message = result.findings[0].message
    assert 'Mungkin maksudnya "Rusak Ringan".' in message
    assert "Baik, Rusak Ringan, RR, Rusak Berat." in message


@pytest.mark.parametrize("value", ["anjai", 7, True, datetime.date(2024, 1, 1), "!!!", "a" * 5000])
def test_what_is_like_no_choice_is_refused(value):
    result = read_choice(value, CONDITIONS, what="kondisi")

    assert codes(result) == ["unknown_choice"]
    assert "Mungkin" not in result.findings[0].message


def test_a_long_list_is_shortened_in_the_message():
    choices = {f"Pilihan nomor {n}": n for n in range(100)}

    [finding] = read_choice("anjai", choices, what="kelompok").findings

    assert finding.message.endswith("dan 88 lainnya.")


def test_a_number_cell_finds_the_choice_of_its_digits():
    assert read_choice(2, {"1": "one", "2": "two"}, what="jenis") == Read("two")


@pytest.mark.parametrize("value", ["Belum", Formula("=A1", "belum")])
def test_a_blank_marker_that_is_a_choice_is_the_choice(value):
    choices = {"Sudah": "done", "Belum": "pending"}

    assert read_choice(value, choices, what="status").value == "pending"


def test_a_choice_by_formula_keeps_its_note():
    choices = {"Sudah": "done", "Belum": "pending"}

    assert codes(read_choice(Formula("=A1", "belum"), choices, what="status")) == ["formula_used"]


@settings(deadline=None)
@given(word=st.text())
def test_only_a_word_with_the_same_key_is_a_choice(word):
    result = read_choice(word, CONDITIONS, what="kondisi")

    keys = {comparison_key(choice) for choice in CONDITIONS}
    assert (result.value is not None) == (comparison_key(word) in keys)
