"""Words a closed list does not know: listed once per file, answered once, remembered, taken back."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive
from balikpapan.intake.models import ValueAlias
from industry.models import Business, BusinessYear, ProductUnit
from tests.factories import KelurahanFactory
from tests.intake.importing import asked, hand_in, load, look, problems_of, tally
from tests.sheets import workbook

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Kelurahan", "Kecamatan"]


@pytest.fixture(autouse=True)
def wards():
    KelurahanFactory(name="Manggar", kecamatan__name="Balikpapan Timur", kecamatan__code="64.71.01")
    KelurahanFactory(name="Gunung Sari Ulu", kecamatan__name="Balikpapan Tengah")


def listed(*districts, ward=None):
    return [HEADING, *([f"Usaha {n}", ward, name] for n, name in enumerate(districts))]


TYPED = ["BALOKPAPAN TIMUR", "Balokpapan Timur.", "balokpapan  timur", "Balikpapan Tengah"]


def test_an_unknown_word_is_listed_once_with_its_count_places_and_a_suggestion():
    outcome = look(listed(*TYPED))

    [question] = outcome.questions
    [word] = question.words
    assert (question.key, question.blocking, tally(outcome)) == ("words", False, (1, 0, 0, 3, 0))
    assert (word.field, word.label, word.word) == ("kecamatan", "Kecamatan", "BALOKPAPAN TIMUR")
    assert (word.count, word.rows) == (3, ("Data!2", "Data!3", "Data!4"))
    assert question.suggestion == "kecamatan:BALOKPAPAN TIMUR=Balikpapan Timur"
    assert "3 baris ditahan sampai katanya dijawab" in question.about


def test_one_answer_reads_all_rows_of_a_word():
    load(listed(*TYPED), values={"kecamatan:balokpapan timur": "Balikpapan Timur"})

    districts = Business.objects.values_list("kecamatan__name", flat=True)
    assert sorted(districts) == ["Balikpapan Tengah", *["Balikpapan Timur"] * 3]


def test_it_is_told_what_a_word_was_taken_for():
    outcome = look(listed(TYPED[0]), values={"kecamatan:balokpapan timur": "Balikpapan Timur"})

    [note] = problems_of(outcome, "word_answered")
    assert '"BALOKPAPAN TIMUR" dibaca "Balikpapan Timur" menurut padanan kata' in note.message


def test_a_word_can_be_answered_to_mean_nothing():
    outcome = look(listed(*TYPED), values={"kecamatan:balokpapan timur": ""})

    assert (asked(outcome), tally(outcome)) == ([], (4, 0, 0, 0, 0))
    assert "dikosongkan" in problems_of(outcome, "word_answered")[0].message


def test_an_answer_that_the_list_does_not_know_leaves_its_rows_held():
    outcome = look(listed("Ballikpapan X"), values={"kecamatan:ballikpapan x": "Samarinda"})

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_a_stored_answer_is_remembered_for_the_next_file_and_traced(petugas):
    load(listed(*TYPED), user=petugas, values={"kecamatan:balokpapan timur": "Balikpapan Timur"})

    alias = ValueAlias.objects.get()
    assert (alias.register, alias.field) == ("ikm", "kecamatan")
    assert (alias.word, alias.value) == ("balokpapan timur", "Balikpapan Timur")
    assert Change.objects.get(model="intake.valuealias").by == petugas
    assert (asked(look(listed(*TYPED))), ValueAlias.objects.count()) == ([], 1)


def test_nothing_is_remembered_of_an_upload_that_was_not_stored():
    hand_in(listed(*TYPED), values={"kecamatan:balokpapan timur": "Balikpapan Timur"})

    assert not ValueAlias.objects.exists()


def test_what_was_remembered_can_be_answered_anew_and_taken_back():
    alias = ValueAlias.objects.create(
        register="ikm", field="kecamatan", word="balokpapan timur", value="Balikpapan Tengah"
    )
    load(listed(TYPED[0]), values={"kecamatan:balokpapan timur": "Balikpapan Timur"})

    alias.refresh_from_db()
    assert alias.value == "Balikpapan Timur"

    archive(alias, by=None, channel=Change.Channel.FORM)

    assert asked(look(listed("Balokpapan Timur"))) == ["words"]


def test_a_remembered_word_never_overrules_the_list():
    ValueAlias.objects.create(
        register="ikm", field="kecamatan", word="balikpapan timur", value="Balikpapan Tengah"
    )

    load(listed("Balikpapan Timur"))

    assert Business.objects.get().kecamatan.name == "Balikpapan Timur"


def test_a_readable_kelurahan_settles_an_unreadable_kecamatan():
    outcome = look(listed("BALOKPAPAN", "KALTIM", ward="Manggar"))

    assert (asked(outcome), tally(outcome)) == ([], (2, 0, 0, 0, 0))
    messages = [problem.message for problem in problems_of(outcome, "unknown_region")]
    assert {problem.severity for problem in problems_of(outcome, "unknown_region")} == {"warning"}
    assert messages[0].endswith(
        '"BALOKPAPAN" bukan kecamatan yang dikenal; kecamatannya diambil dari kelurahan.'
    )


def test_an_unreadable_kelurahan_settles_nothing():
    assert tally(look(listed("BALOKPAPAN", ward="Mangar"))) == (0, 0, 0, 1, 0)


def test_a_unit_that_is_dropped_is_said_to_be_and_does_not_hold_its_row():
    rows = [["Nama Usaha", "Tahun", "Kapasitas", "Satuan"], ["Amplang", 2024, 5, "t oples"]]
    ProductUnit.objects.create(name="toples")

    outcome = look(rows)

    [question] = outcome.questions
    assert [word.suggestion for word in question.words] == ["toples"]
    assert not question.words[0].holds
    assert "Sel ini dikosongkan." in problems_of(outcome, "unknown_unit")[0].message


def test_a_kbli_code_that_is_not_listed_is_a_word_too():
    rows = [["Nama Usaha", "KBLI"], ["Amplang", "99999"], ["Roti", "99999"]]

    [question] = look(rows).questions

    assert [(w.field, w.word, w.count) for w in question.words] == [("kbli", "99999", 2)]


@pytest.mark.parametrize(
    ("heading", "typed", "label"),
    [("Jenis Kelamin", "cowok", "Laki-laki"), ("Status", "hidup", "Aktif")],
)
def test_a_choice_is_refused_by_its_labels_and_never_by_stored_codes(heading, typed, label):
    [problem] = problems_of(look([["Nama Usaha", heading], ["Amplang", typed]]), "unknown_choice")

    assert label in problem.message
    assert "male" not in problem.message
    assert "active" not in problem.message


def test_a_long_number_in_a_column_of_words_is_no_word():
    assert asked(look(listed("6471010101800001"))) == []


def test_a_unit_with_a_period_gives_both():
    ProductUnit.objects.create(name="kg")
    rows = [["Nama Usaha", "Tahun", "Kapasitas", "Satuan"], ["Amplang", 2024, 5, "Kg/ Tahun"],
            ["Roti", 2024, 5, "kg per bulan"], ["Sate", 2024, 5, "Tak Terdefinisi"]]  # fmt: skip

    load(rows)

    stored = BusinessYear.objects.order_by("business__name")
    assert [(y.capacity_unit and y.capacity_unit.name, y.capacity_period) for y in stored] == [
        ("kg", "tahun"), ("kg", "bulan"), (None, ""),
    ]  # fmt: skip


# What messages say


def test_a_row_held_for_two_causes_says_both():
    rows = [["Nama Usaha", "Kecamatan", "Tahun Data", "Tenaga Kerja"],
            ["Amplang", "Bukan Kecamatan", None, 3], ["Roti", "Balikpapan Timur", 2024, 4],
            ["Sate", "Balikpapan Timur", "dua ribu", 4]]  # fmt: skip

    outcome = look(rows)

    causes = {(p.row, p.code) for p in outcome.problems.listed if p.severity == "error"}
    assert causes == {(2, "unknown_region"), (2, "required_empty"), (4, "not_a_year")}


@pytest.mark.parametrize(
    ("second", "named"),
    [(["Roti", "Ani", 2018, 5], None), (["Amplang", "Siti", 2018, 5], "baris 2 lembar «Satu»")],
)
def test_a_message_about_a_row_of_another_sheet_names_that_sheet(second, named):
    heading = ["Nama Usaha", "Nama Pemilik", "Tahun", "Tenaga Kerja"]
    sheets = {"Satu": [heading, ["Amplang", "Siti", 2018, 4]], "Dua": [heading, second]}

    messages = [
        problem.message for problem in problems_of(look(workbook(sheets)), "double_in_file")
    ]

    assert [named in message for message in messages if "«Dua»" in message[:20]] == (
        [True] if named else []
    )


def test_twins_are_named_with_their_sheet():
    heading = ["Nama Usaha", "Nama Pemilik"]
    sheets = {"Satu": [heading, ["Amplang", "Siti"]], "Dua": [heading, ["Amplang", "Siti"]]}

    [ignored] = look(workbook(sheets)).sheets_json()[1]["ignored"]

    assert ignored["reason"] == "baris kembar persis dengan baris 2 lembar «Satu»"
