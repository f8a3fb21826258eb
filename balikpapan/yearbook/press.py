"""The press text of a year: sentences, where every number of them stands, and the short form."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from balikpapan.reports.formats import long_date

PROVISIONAL = "sementara"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a number of the text comes from: its table, of which day it is, and how firm.

    ``is_provisional`` holds for every number of a year that is not closed, whatever its ``status``.
    """

    name: str
    value: str
    year: int
    table: str
    as_of: datetime.date
    status: str
    is_provisional: bool
    source: str = ""

    @property
    def status_words(self) -> str:
        """How firm the number is, in words."""
        words = [self.status.lower()] if self.status else []
        if self.is_provisional and PROVISIONAL not in words:
            words.append(PROVISIONAL)
        return ", ".join(words)

    @property
    def firmness(self) -> str:
        """How firm the number is and as of which day: "sementara, per 25 November 2024"."""
        day = f"per {long_date(self.as_of)}"
        return f"{self.status_words}, {day}" if self.status_words else day


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the text with the numbers it rests on; ``short`` is how a message says it."""

    text: str
    references: Sequence[Reference] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with the marks of its numbers: "[1]" or "[2–5]"."""

    text: str
    mark: str


@dataclass(frozen=True)
class PressText:
    """The text as it is shown and saved: sentences, remarks, the sources, and the short form."""

    title: str
    place_and_date: str
    edition: int | None
    sentences: Sequence[Sentence]
    remarks: Sequence[Sentence]

    @property
    def edition_words(self) -> str:
        """The edition the text speaks for, in words."""
        return "belum ada edisi" if self.edition is None else f"Edisi {self.edition}"

    @property
    def references(self) -> list[Reference]:
        """The sources of all numbers, in the order of their marks."""
        return [each for part in (*self.sentences, *self.remarks) for each in part.references]

    @property
    def marked(self) -> list[MarkedSentence]:
        """The sentences of the text with their marks."""
        return self._all_marked[: len(self.sentences)]

    @property
    def marked_remarks(self) -> list[MarkedSentence]:
        """The remarks with their marks."""
        return self._all_marked[len(self.sentences) :]

    @property
    def _all_marked(self) -> list[MarkedSentence]:
        marked, last = [], 0
        for sentence in (*self.sentences, *self.remarks):
            first, last = last + 1, last + len(sentence.references)
            mark = "" if last < first else f"[{first}]" if first == last else f"[{first}–{last}]"
            marked.append(MarkedSentence(sentence.text, mark))
        return marked

    @property
    def short(self) -> str:
        """The text in the length of a message."""
        parts = [sentence.short for sentence in self.sentences if sentence.short]
        return " ".join([f"{self.title}.", *parts, "Sumber: DKUMKMP Kota Balikpapan."])

    def as_text(self) -> str:
        """The whole as a plain text file."""
        lines = [self.title.upper(), f"{self.place_and_date}; {self.edition_words}", ""]
        lines += [f"{each.text} {each.mark}".rstrip() for each in self.marked]
        if self.remarks:
            lines += ["", "Catatan"]
            lines += [f"– {each.text} {each.mark}".rstrip() for each in self.marked_remarks]
        lines += ["", "Sumber angka"]
        lines += [
            f"[{number}] {each.name}: {each.value}. {each.table}, {self.edition_words}; {each.firmness}."
            + (f" {each.source}." if each.source else "")
            for number, each in enumerate(self.references, 1)
        ]
        lines += ["", "Bentuk singkat untuk pesan", self.short, ""]
        return "\n".join(lines)
