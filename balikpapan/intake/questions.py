"""Answering an upload's questions by their codes, as the command line and suggestions do."""

from collections.abc import Callable, Iterable
from typing import Any

from balikpapan.audit.fields import FIRST_YEAR, LAST_YEAR

from .answers import BAD_CELLS, KBLI_VERSION, UNITS, Answers, Question, QuestionKey
from .reading.words import parse_word_answer, word_name

#: The options of questions that have a closed list of them whatever the file.
OPTIONS: dict[str, tuple[str, ...]] = {
    QuestionKey.UNIT: tuple(UNITS),
    QuestionKey.DUPLICATES: ("hold", "separate"),
    QuestionKey.NEAR: ("hold", "update", "new"),
    QuestionKey.WORKERS: ("total", "zero", "leave"),
    QuestionKey.ZEROS: ("zero", "blank"),
    QuestionKey.EQUAL_ROWS: ("separate", "once"),
    QuestionKey.ARCHIVED: ("hold", "revive"),
    QuestionKey.DATES: ("day_first", "month_first"),
}
#: Questions about what the register holds at the moment: a file that is stored already meets its own
#: rows there, so such an answer is no mistake where nothing is left to store.
STANDING = (QuestionKey.DUPLICATES, QuestionKey.NEAR, QuestionKey.ARCHIVED)


class UnknownAnswer(ValueError):
    """An answer that no question takes; its text is an Indonesian sentence."""


def give_answer(answers: Answers, name: str, option: str) -> None:
    """Answers the question called ``name``: its key, or its key and what it concerns.

    Raises UnknownAnswer where there is no such question or it has no such option.
    """
    key, _, concern = name.partition(":")
    if key not in list(QuestionKey):
        options = ", ".join(QuestionKey)
        raise UnknownAnswer(f"Pertanyaan {key} tidak dikenal. Pilih: {options}.")
    allowed = OPTIONS.get(key)
    if allowed and option not in allowed:
        options = ", ".join(allowed)
        raise UnknownAnswer(f"Pilihan {option} untuk {key} tidak dikenal. Pilih: {options}.")
    give = _GIVEN.get(key)
    if give:
        give(answers, concern, option)
    else:
        answers.chosen[name] = option


def _give_year(answers: Answers, concern: str, option: str) -> None:
    if not (option.isascii() and option.isdigit() and FIRST_YEAR <= int(option) <= LAST_YEAR):
        years = f"{FIRST_YEAR} sampai {LAST_YEAR}"
        raise UnknownAnswer(f"Tahun {option} tidak dikenal. Isi tahun {years}.")
    answers.year = int(option)


def _give_unit(answers: Answers, concern: str, option: str) -> None:
    if concern:
        answers.units[concern] = option
    else:
        answers.unit = option


def _give_columns(answers: Answers, concern: str, option: str) -> None:
    for pair in option.split(", "):
        heading, sign, field = pair.rpartition("=")
        if not (sign and heading):
            raise UnknownAnswer(f"Tulis jawaban columns sebagai KOLOM=arti, bukan {pair}.")
        answers.mapping[heading] = field


def _give_words(answers: Answers, concern: str, option: str) -> None:
    for line in option.split("\n"):
        try:
            field, word, value = parse_word_answer(line)
        except ValueError:
            message = f"Tulis arti kata sebagai KOLOM:KATA=nilai, bukan {line}."
            raise UnknownAnswer(message) from None
        answers.values[word_name(field, word)] = value


def _give_period(answers: Answers, concern: str, option: str) -> None:
    times = option.removeprefix("x")
    if option != "leave" and not (times.isascii() and times.isdigit() and 1 <= int(times) <= 366):
        message = (
            f"Pilihan {option} untuk period tidak dikenal. Pilih leave, x12, atau x banyaknya."
        )
        raise UnknownAnswer(message)
    answers.chosen[f"period:{concern}" if concern else "period"] = option


def _give_to(attribute: str) -> Callable[[Answers, str, str], None]:
    def give(answers: Answers, concern: str, option: str) -> None:
        setattr(answers, attribute, option)

    return give


_GIVEN: dict[str, Callable[[Answers, str, str], None]] = {
    QuestionKey.YEAR: _give_year,
    QuestionKey.UNIT: _give_unit,
    QuestionKey.COLUMNS: _give_columns,
    QuestionKey.WORDS: _give_words,
    QuestionKey.PERIOD: _give_period,
    QuestionKey.DUPLICATES: _give_to("duplicates"),
    QuestionKey.NEAR: _give_to("near"),
}


def accept_suggestions(questions: Iterable[Question], answers: Answers) -> bool:
    """Answers every question that has a suggestion by it; whether one was answered anew."""
    before = answers.as_json()
    for question in questions:
        if question.suggestion is None:
            continue
        if question.key == QuestionKey.UNIT:
            # Several questions about units differ in the headings they are about.
            answers.units |= dict.fromkeys(question.columns, question.suggestion)
        else:
            give_answer(answers, question.name, question.suggestion)
        if question.key == QuestionKey.COLUMNS:  # the others mean nothing
            answers.mapping |= {c: "" for c in question.columns if c not in answers.mapping}
    return answers.as_json() != before


# Answers that decided nothing


def given_answers(answers: Answers) -> list[tuple[str, str]]:
    """What is answered so far: (the name ``Answers.use`` notes, the answer as it is typed)."""
    given: list[tuple[str, str]] = []
    if answers.year is not None:
        given.append((QuestionKey.YEAR, f"year={answers.year}"))
    if answers.bad_cells == "blank":
        given.append((BAD_CELLS, f"bad-cells={answers.bad_cells}"))
    if answers.kbli_version is not None:
        given.append((KBLI_VERSION, f"kbli-version={answers.kbli_version}"))
    given += [(f"sheet:{name}", f"sheet {name}") for name in answers.sheets]
    if answers.unit is not None:
        given.append((QuestionKey.UNIT, f"unit={answers.unit}"))
    given += [(f"unit:{name}", f"unit:{name}={unit}") for name, unit in answers.units.items()]
    given += [(f"map:{name}", f"map {name}={field}") for name, field in answers.mapping.items()]
    given += [(f"value:{name}", f"value {name}={value}") for name, value in answers.values.items()]
    given += [
        (key, f"{key}={option}")
        for key, option in (
            (QuestionKey.DUPLICATES, answers.duplicates),
            (QuestionKey.NEAR, answers.near),
        )
        if option is not None
    ]
    given += [(name, f"{name}={option}") for name, option in answers.chosen.items()]
    return given


def without_effect(given: list[tuple[str, str]], answers: Answers, outcome: Any) -> list[str]:
    """A sentence for each answer that decided nothing in this file; ``given`` as ``given_answers``.

    A question still open may keep an answer from being looked at, so nothing is said before all
    blocking ones are answered.
    """
    if any(q.blocking for q in outcome.questions):
        return []
    read = {f"sheet:{item.sheet.name}" for item in outcome.layout.sheets if item.read}
    is_stored = not any(outcome.counts[kind] for kind in ("new", "changed", "held"))
    excused: tuple[str, ...] = STANDING if is_stored else ()
    sentences = []
    for name, typed in given:
        if name in answers.used or name in read or name.partition(":")[0] in excused:
            continue
        why = _REASONS.get(name.partition(":")[0], "tidak ada yang menanyakannya")
        sentences.append(f"Jawaban {typed} tidak berpengaruh: {why}. Hapus jawaban itu.")
    return sentences


#: Why an answer of this kind can decide nothing.
_REASONS = {
    "sheet": "lembar itu tidak berisi daftar ini",
    BAD_CELLS: "tidak ada sel salah yang boleh dikosongkan",
    KBLI_VERSION: "tidak ada kode KBLI yang artinya berbeda menurut versinya",
    "year": "tidak ada angka yang tahunnya belum disebut kolom, judul, atau nama lembarnya",
    "unit": "tidak ada kolom uang tanpa satuan yang dimaksud",
    "map": "tidak ada kolom dengan judul itu",
    QuestionKey.DUPLICATES: "tidak ada baris yang mirip satu dengan yang lain di berkas ini",
    QuestionKey.NEAR: "tidak ada baris yang mirip dengan catatan yang tersimpan",
    QuestionKey.ARCHIVED: "tidak ada baris yang catatannya diarsipkan",
    "value": "kata itu dikenal atau tidak ada pada kolomnya",
}
