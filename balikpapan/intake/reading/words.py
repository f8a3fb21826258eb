"""Words that a closed list does not know: listed once per file, answered once, remembered.

A column of a closed list (a choice, a region, a unit, a KBLI code) has words nobody foresaw. What
one of them means is the user's answer for this file, else what the staff once recorded as an
alias; a word without either is counted with its rows and becomes part of one question.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from balikpapan.spreadsheets.cells import ERASE, Finding, Read, comparison_key, format_whole, quote
from balikpapan.spreadsheets.cells.masking import mask_long_ids
from balikpapan.spreadsheets.cells.reading import shown

from ..answers import Answers, Question, QuestionKey, UnknownWord
from ..declarations import SheetColumn
from ..sheet_rules import Options
from ..widgets import CellWidget, Reader
from .sheet_rows import SheetRows

#: So many places of a word are shown with it.
SAMPLES = 3
#: A column read as something it is not has a word in every row; so many are listed.
MOST_WORDS = 500
#: Longer texts are no words of a list.
LONGEST_WORD = 100


def word_name(field_name: str, word: str) -> str:
    """The name a word is answered under: its field and the word without case and punctuation."""
    return f"{field_name}:{comparison_key(word)}"


def parse_word_answer(text: str) -> tuple[str, str, str]:
    """Field, word and value of "FIELD:WORD=value"; raises ValueError for any other text."""
    place, sign, value = text.rpartition("=")
    name, colon, word = place.partition(":")
    if not (sign and colon and name.strip() and comparison_key(word)):
        raise ValueError(text)
    return name.strip(), word.strip(), value.strip()


@dataclass(slots=True)
class _Tally:
    label: str
    spellings: Counter[str] = field(default_factory=Counter)
    rows: list[str] = field(default_factory=list)
    suggestion: str | None = None
    holds: bool = False


class UnknownWords:
    """The words of one file that its closed lists do not know, and what they were said to mean.

    ``load_aliases`` gives the staff's own, (field, word as ``comparison_key`` gives it) -> value; it
    is called when the first unknown word is met, because most files have none.
    """

    def __init__(
        self, answers: Answers, load_aliases: Callable[[], dict[tuple[str, str], str]]
    ) -> None:
        self._answers, self._load_aliases = answers, load_aliases
        self._tallies: dict[tuple[str, str], _Tally] = {}

    def meaning(self, field_name: str, word: str) -> str | None:
        """What a word stands for, "" for nothing at all; None where nobody has said."""
        key = comparison_key(word)
        name = f"{field_name}:{key}"
        if name in self._answers.values:
            self._answers.use(f"value:{name}")
            return self._answers.values[name]
        return self._aliases.get((field_name, key))

    @cached_property
    def _aliases(self) -> dict[tuple[str, str], str]:
        return self._load_aliases()

    def reader(self, field_name: str, widget: CellWidget, read: Reader) -> Reader:
        """``read`` of one column, with the words it does not know read as what they mean."""

        def read_word(value: object) -> Read:
            result = read(value)
            unknown = [each for each in result.findings if each.code in widget.word_codes]
            if not unknown:
                return result
            meaning = self.meaning(field_name, shown(value))
            if meaning is None:
                return result
            if not meaning:
                return Read(None, (as_word_note(value, ""),))
            answer = read(meaning)
            if answer.has_error or answer.value is None or answer.value is ERASE:
                return answer
            return Read(answer.value, (*answer.findings, as_word_note(value, meaning)))

        return read_word

    def add(
        self,
        name: str,
        column: SheetColumn,
        word: object,
        place: tuple[str, int],
        options: Options,
        *,
        holds: bool,
    ) -> None:
        """Counts one row, at (sheet, Excel row), whose word the list of ``column`` does not know."""
        text = " ".join(shown(word).split())
        key = (name, comparison_key(text))
        if not key[1] or len(text) > LONGEST_WORD or mask_long_ids(text) != text:
            return  # no word of a list, and perhaps a number of a person
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = _Tally(column.column_name)
            if len(self._tallies) <= MOST_WORDS:
                tally.suggestion = column.widget.suggest(text, options)
        tally.spellings[text] += 1
        tally.holds = tally.holds or holds
        if len(tally.rows) < SAMPLES:
            tally.rows.append(f"{place[0]}!{place[1]}")

    def question(self) -> Question | None:
        """One question about all of them, those that hold rows first; None where there is none."""
        words = [
            UnknownWord(
                name,
                tally.label,
                tally.spellings.most_common(1)[0][0],
                tally.spellings.total(),
                tuple(tally.rows),
                tally.suggestion,
                tally.holds,
            )
            for (name, _), tally in self._tallies.items()
        ]
        if not words:
            return None
        words.sort(key=lambda word: (not word.holds, word.label, -word.count, word.word))
        rows = sum(word.count for word in words)
        columns = ", ".join(f"«{label}»" for label in dict.fromkeys(word.label for word in words))
        held = sum(word.count for word in words if word.holds)
        waiting = f" {format_whole(held)} baris ditahan sampai katanya dijawab." if held else ""
        about = (
            f"{format_whole(len(words))} kata pada kolom {columns} belum dikenal "
            f"({format_whole(rows)} baris). Jawab sekali untuk semua barisnya.{waiting}"
        )
        words = words[:MOST_WORDS]
        suggested = [f"{w.field}:{w.word}={w.suggestion}" for w in words if w.suggestion]
        return Question(
            QuestionKey.WORDS,
            about,
            [f"{word.field}:{word.word}" for word in words],
            "\n".join(suggested) or None,
            blocking=False,
            words=tuple(words),
        )


def as_word_note(value: object, meaning: str) -> Finding:
    """Tells what a word was taken for."""
    taken = f"dibaca {quote(meaning)}" if meaning else "dikosongkan"
    return Finding("note", "word_answered", f"{quote(value)} {taken} menurut padanan kata.")


def unknown_word(
    rows: SheetRows,
    index: int,
    named_column: tuple[str, SheetColumn],
    value: object,
    finding: Finding,
    options: Options,
) -> Finding:
    """What to say of a row whose word is not known; where nothing settles it, it is counted.

    ``named_column`` is the column with its field's name. The column a ``SheetColumn`` names in
    ``decided_by`` settles the word of its own: a readable kelurahan has one kecamatan.
    """
    name, column = named_column
    settled = rows.column(column.decided_by)[index] if column.decided_by else None
    if settled is not None and settled is not ERASE:
        message = (
            f"{quote(value)} bukan {column.widget.what} yang dikenal; "
            f"{column.widget.what}nya diambil dari {column.decided_by}."
        )
        return Finding("warning", finding.code, message)
    holds = finding.severity == "error"
    options["words"].add(name, column, value, rows.place(index), options, holds=holds)
    return finding
