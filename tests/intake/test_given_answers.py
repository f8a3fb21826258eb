"""Answers that a command gives by the name of a question: taken exactly, or refused with the form."""

import pytest

from balikpapan.intake.answers import Answers
from balikpapan.intake.questions import UnknownAnswer, give_answer, given_answers


def given(*pairs):
    answers = Answers()
    for name, option in pairs:
        give_answer(answers, name, option)
    return answers


@pytest.mark.parametrize(
    ("name", "option", "attribute", "value"),
    [
        ("year", "2024", "year", 2024),
        ("unit", "juta", "unit", "juta"),
        ("unit:Nilai Investasi", "ribu", "units", {"Nilai Investasi": "ribu"}),
        ("columns", "Modal=investment", "mapping", {"Modal": "investment"}),
        (
            "columns",
            "A=B=investment, Omset=turnover",
            "mapping",
            {"A=B": "investment", "Omset": "turnover"},
        ),
        ("words", " status : tutup = closed ", "values", {"status:tutup": "closed"}),
        (
            "words",
            "status: Tutup.=closed\ngroup:Makanan=Pangan",
            "values",
            {"status:tutup": "closed", "group:makanan": "Pangan"},
        ),
        ("period", "leave", "chosen", {"period": "leave"}),
        ("period", "x366", "chosen", {"period": "x366"}),
        ("period:bulan", "x1", "chosen", {"period:bulan": "x1"}),
        ("duplicates", "separate", "duplicates", "separate"),
        ("near", "new", "near", "new"),
        ("zeros", "blank", "chosen", {"zeros": "blank"}),
    ],
)
def test_an_answer_goes_where_its_question_looks(name, option, attribute, value):
    assert getattr(given((name, option)), attribute) == value


@pytest.mark.parametrize(
    ("name", "option", "sentence"),
    [
        ("warna", "merah", "Pertanyaan warna tidak dikenal"),
        ("year", "1899", "Tahun 1899 tidak dikenal"),
        ("year", "2101", "Tahun 2101 tidak dikenal"),
        ("year", "dua ribu", "Tahun dua ribu tidak dikenal"),
        ("year", "²⁰²⁴", "tidak dikenal"),
        ("unit", "lusin", "Pilihan lusin untuk unit tidak dikenal"),
        ("columns", "Modal", "KOLOM=arti, bukan Modal"),
        ("columns", "=investment", "KOLOM=arti, bukan =investment"),
        ("words", "tutup=closed", "KOLOM:KATA=nilai, bukan tutup=closed"),
        ("words", "status:tutup", "KOLOM:KATA=nilai, bukan status:tutup"),
        ("words", "status:.=closed", "KOLOM:KATA=nilai"),
        ("words", " :tutup=closed", "KOLOM:KATA=nilai"),
        ("period", "x0", "Pilihan x0 untuk period tidak dikenal"),
        ("period", "x367", "Pilihan x367 untuk period tidak dikenal"),
        ("period", "xii", "tidak dikenal"),
    ],
)
def test_an_answer_of_no_question_or_form_is_refused_with_the_form(name, option, sentence):
    with pytest.raises(UnknownAnswer, match=sentence):
        given((name, option))


def test_several_units_stand_beside_each_other():
    answers = given(("unit", "juta"), ("unit:Omzet", "rupiah"), ("unit:Investasi", "ribu"))

    assert (answers.unit, answers.units) == ("juta", {"Omzet": "rupiah", "Investasi": "ribu"})


def test_every_answer_given_is_named_with_the_others():
    answers = Answers(year=2024, bad_cells="blank", kbli_version=2020, sheets=["Data", "Lain"])
    answers.unit, answers.units = "juta", {"Omset": "ribu"}
    answers.mapping, answers.values = {"Modal": "investment"}, {"status:tutup": "closed"}
    answers.duplicates, answers.near = "separate", "new"

    assert [text for _, text in given_answers(answers)] == [
        "year=2024",
        "bad-cells=blank",
        "kbli-version=2020",
        "sheet Data",
        "sheet Lain",
        "unit=juta",
        "unit:Omset=ribu",
        "map Modal=investment",
        "value status:tutup=closed",
        "duplicates=separate",
        "near=new",
    ]
