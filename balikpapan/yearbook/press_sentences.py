"""Writes the press text: the achievement of four years in plain sentences.

It is written from the publication for the public and nothing else, so that whatever it says stands
in a table that was published too.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from balikpapan.audit.models import ClosedYear
from balikpapan.reports.formats import long_date
from balikpapan.reports.tables import ReportTable, Row
from balikpapan.spreadsheets.cells import format_rupiah
from balikpapan.spreadsheets.cells.formatting import format_decimal
from industry.choices import FigureStatus
from industry.reports.achievements import counted_name
from industry.reports.revenue_months import words_of_months

from .press import PROVISIONAL, PressText, Reference, Sentence
from .publication import Publication

UNKNOWN = "belum tercatat"
PUBLISHED = "angka publikasi"
#: Of what the register counts, which the text speaks of.
SPOKEN_OF = ("units", "installed_tons")
#: What a record calls itself that is not provisional; an open year still is.
FIRM = (FigureStatus.FINAL.label, FigureStatus.AUDITED.label)
#: The columns the text is written from, by their table.
NEEDED = {
    "capaian": {"year", "units"},
    "pad": {"year", "realised", "growth", "status"},
    "sentra": {"built_year", "operational_on"},
    "cold-storage": {"purpose", "capacity_ton"},
    "publikasi": {"indicator", "year", "unit", "published", "counted", "as_of", "source"},
    "publikasi-pad": {"year", "published", "counted", "as_of"},
}


class EditionTooOld(ValidationError):
    """An edition stored before its columns had names the text could be written from."""

    def __init__(self, year: int):
        super().__init__(
            f"Siaran pers tahun {year} tidak dapat ditulis: edisinya disimpan oleh versi program "
            "yang lebih lama. Minta verifikator membuka lalu menutup kembali tahun itu."
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """Of which day a number is, what it is called there, and who published it, where that is told."""

    as_of: datetime.date | None = None
    status: str = ""
    source: str = ""


def press_text(document: Publication) -> PressText:
    """The press text of a publication for the public; EditionTooOld where it has no named columns."""
    if not document.public:
        raise ValueError("The press text comes from the publication for the public only.")
    tables = {table.key: table for table in document.book.tables}
    if not all(
        key in tables and names <= tables[key].places.keys() for key, names in NEEDED.items()
    ):
        raise EditionTooOld(document.book.year)
    writer = Writer(document)
    sentences = [writer.businesses(), writer.revenue(), *writer.storage()]
    edition = document.edition
    return PressText(
        f"Capaian sektor industri Kota Balikpapan {writer.first}–{writer.year}",
        document.book.place_and_date,
        edition.number if edition else None,
        sentences,
        [*writer.differences(), *writer.provisional(sentences)],
    )


class Writer:
    """Writes the sentences of one publication out of its tables."""

    def __init__(self, document: Publication) -> None:
        self.book = document.book
        self.year = document.book.year
        self.tables = {table.key: table for table in document.book.tables}
        edition = document.edition
        self.closed = closed_years(edition.made_at if edition else None)
        self.years = [record["year"] for record in self.records("capaian")]
        self.first = self.years[0]

    def records(self, key: str) -> list[Mapping[str, object]]:
        """The rows of a table by the keys of their columns, that of the row under ""."""
        return [by_column(self.tables[key], row) for row in self.tables[key].body]

    def reference(
        self,
        name: str,
        value: str,
        table: str,
        year: int,
        basis: Basis | None = None,
    ) -> Reference:
        """The source of a number; without a day of its own it is of the end of a closed year."""
        basis, is_closed = basis or Basis(), year in self.closed
        day = basis.as_of or (datetime.date(year, 12, 31) if is_closed else self.book.date)
        status = basis.status
        is_provisional = not is_closed or status == FigureStatus.PROVISIONAL.label
        if not is_closed and status in FIRM:
            status = f"{status} menurut catatan"
        table = self.tables[table].name
        return Reference(name, value, year, table, day, status, is_provisional, basis.source)

    def businesses(self) -> Sentence:
        """How many IKM there are, and were in the years before."""
        counts = {record["year"]: record["units"] for record in self.records("capaian")}
        if not counts[self.year]:
            return self.published_businesses()
        references = [
            self.reference(f"Jumlah IKM {year}", f"{whole(count)} unit usaha", "capaian", year)
            for year, count in counts.items()
            if count
        ]
        before = [
            f"{year}: {whole(count)}"
            for year, count in counts.items()
            if count and year != self.year
        ]
        day = min(datetime.date(self.year, 12, 31), self.book.date)
        text = f"Pada {long_date(day)} tercatat {whole(counts[self.year])} IKM di Kota Balikpapan"
        text += f" ({'; '.join(before)})." if before else "."
        last = references[-1]
        return Sentence(
            f"{text}{self.firmness_of(references)}",
            references,
            f"{whole(counts[self.year])} IKM ({last.firmness}).",
        )

    def published_businesses(self) -> Sentence:
        """How many IKM were published, where the register counts none."""
        figures = [
            figure
            for figure in self.records("publikasi")
            if counted_name(str(figure["indicator"])) == "units" and figure["year"] == self.year
        ]
        if not figures:
            return Sentence(f"Jumlah IKM tahun {self.year} {UNKNOWN} dalam register.")
        reference = self.published(max(figures, key=lambda figure: str(figure["as_of"])))
        return Sentence(
            f"Kota Balikpapan memiliki {reference.value.split()[0]} IKM ({reference.firmness}).",
            [reference],
            f"{reference.value.split()[0]} IKM ({reference.firmness}).",
        )

    def published(self, figure: Mapping[str, object]) -> Reference:
        """The source of a figure that was once published."""
        return self.reference(
            f"{figure['indicator']} {figure['year']}",
            f"{amount(figure['published'])} {figure['unit']}".strip(),
            "publikasi",
            int(str(figure["year"])),
            Basis(day_of(figure["as_of"]), PUBLISHED, str(figure["source"])),
        )

    def revenue(self) -> Sentence:
        """The PAD of every year with its growth."""
        parts, shorter, references, before = [], [], [], None
        for record in self.records("pad"):
            year, realised = int(str(record["year"])), record["realised"]
            if realised is None:
                parts.append(f"tahun {year} {UNKNOWN}")
            else:
                paid = format_rupiah(int(str(realised)))
                remarks = [*of_months(record), *grown(record, before)]
                remark = f" ({'; '.join(remarks)})" if remarks else ""
                parts.append(f"tahun {year} {paid}{remark}")
                shorter.append(f"{year} {paid}{remark}")
                references.append(
                    self.reference(
                        f"Realisasi PAD {year}",
                        paid,
                        "pad",
                        year,
                        Basis(day_of(record.get("as_of")), str(record["status"])),
                    )
                )
            before = record
        text = f"Pendapatan asli daerah (PAD) sektor industri {listed(parts)}."
        firmness = self.firmness_of(references)
        short = f"PAD: {'; '.join(shorter)}.{firmness}" if shorter else ""
        return Sentence(text + firmness, references, short)

    def firmness_of(self, references: Sequence[Reference]) -> str:
        """Which of the years are provisional, and as of which day."""
        days: dict[datetime.date, list[str]] = {}
        for each in references:
            if each.is_provisional:
                days.setdefault(each.as_of, []).append(str(each.year))
        return "".join(
            f" Angka tahun {listed(years)} {PROVISIONAL}, per {long_date(day)}."
            for day, years in days.items()
        )

    def storage(self) -> Iterator[Sentence]:
        """What every cold storage holds, when it was built and since when it works."""
        table = self.tables["cold-storage"]
        chambers: dict[tuple[str, str], list[Mapping[str, object]]] = {}
        facility = ("", "")
        for row in table.all_rows:
            if row.kind == "section":
                facility = (row.key, str(row.values[0]))
            elif row.kind == "row":
                chambers.setdefault(facility, []).append(by_column(table, row))
        for (key, name), rooms in chambers.items():
            yield self.capacity(name, rooms)
            yield from self.dates(name, key)

    def capacity(self, name: str, rooms: Sequence[Mapping[str, object]]) -> Sentence:
        """The tons of a cold storage, by what its rooms are for."""
        tons: dict[str, Decimal] = {}
        for room in rooms:
            purpose = str(room["purpose"]).lower()
            tons[purpose] = tons.get(purpose, Decimal(0)) + Decimal(str(room["capacity_ton"]))
        together = amount(sum(tons.values()))
        parts = [f"{amount(each)} ton {purpose}" for purpose, each in tons.items()]
        references = [
            self.reference(f"Kapasitas {name}", f"{together} ton", "cold-storage", self.year),
            *(
                self.reference(
                    f"Kapasitas {purpose} {name}", f"{amount(each)} ton", "cold-storage", self.year
                )
                for purpose, each in tons.items()
            ),
        ]
        split = f": {listed(parts)}" if len(parts) > 1 else ""
        addends = " + ".join(f"{amount(each)} {purpose}" for purpose, each in tons.items())
        return Sentence(
            f"{name} berkapasitas {together} ton{split}.",
            references,
            f"{name} {together} ton ({addends}).",
        )

    def dates(self, name: str, key: str) -> Iterator[Sentence]:
        """When a cold storage was built and since when it works, as far as it is known."""
        places = [place for place in self.records("sentra") if place[""] == key]
        for place in places:
            built, opened = place["built_year"], day_of(place["operational_on"])
            words, shorter, references = [], [], []
            if built:
                words.append(f"dibangun tahun {built}")
                shorter.append(f"dibangun {built}")
                references.append(
                    self.reference(f"Tahun bangun {name}", str(built), "sentra", self.year)
                )
            if opened:
                later = opened.year > self.year
                words.append(
                    f"{'akan beroperasi' if later else 'beroperasi'} sejak {long_date(opened)}"
                )
                shorter.append(f"beroperasi {opened.year}")
                references.append(
                    self.reference(f"Mulai operasi {name}", long_date(opened), "sentra", self.year)
                )
            if words:
                short = f"{', '.join(shorter).capitalize()}."
                yield Sentence(f"{name} {' dan '.join(words)}.", references, short)

    def differences(self) -> Iterator[Sentence]:
        """Every number of the text that was published otherwise, both with their days."""
        for figure in self.records("publikasi"):
            name, counted = counted_name(str(figure["indicator"])), figure["counted"]
            if name not in SPOKEN_OF or counted == figure["published"]:
                continue
            once, year = self.published(figure), int(str(figure["year"]))
            statement = (
                f"{once.name}: pernah dipublikasikan {once.value} per {long_date(once.as_of)}"
            )
            if not counted:
                yield Sentence(f"{statement}; register belum memuat angkanya.")
                continue
            value = f"{amount(counted)} {figure['unit']}".strip()
            now = self.reference(f"{once.name} menurut register", value, "publikasi", year)
            yield Sentence(f"{statement}; menurut register {value}, {now.firmness}.", [once, now])
        for figure in self.records("publikasi-pad"):
            published, counted = figure["published"], figure["counted"]
            if None in (published, counted) or published == counted:
                continue
            yield self.revenue_difference(figure)

    def revenue_difference(self, figure: Mapping[str, object]) -> Sentence:
        """The PAD of a year as published and as the register has it."""
        year, paid = int(str(figure["year"])), format_rupiah(int(str(figure["published"])))
        once = self.reference(
            f"Realisasi PAD {year} yang dipublikasikan",
            paid,
            "publikasi-pad",
            year,
            Basis(day_of(figure["as_of"]), PUBLISHED),
        )
        [record] = [record for record in self.records("pad") if record["year"] == year]
        now = self.reference(
            f"Realisasi PAD {year} menurut register",
            format_rupiah(int(str(figure["counted"]))),
            "publikasi-pad",
            year,
            Basis(day_of(record.get("as_of")), str(record["status"])),
        )
        text = (
            f"PAD {year}: pernah dipublikasikan {paid} per {long_date(once.as_of)}; menurut "
            f"register {now.value}, {now.firmness}."
        )
        return Sentence(text, [once, now])

    def provisional(self, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
        """That the year is not closed, where anything is said of it."""
        if self.year not in self.closed and any(sentence.references for sentence in sentences):
            yield Sentence(
                f"Tahun {self.year} belum ditutup: angka tanpa tanggal tersendiri {PROVISIONAL}, "
                f"per {long_date(self.book.date)}."
            )


def by_column(table: ReportTable, row: Row) -> Mapping[str, object]:
    """The values of a row by the keys of their columns, the key of the row under ""."""
    return {"": row.key, **{key: table.value(row, key) for key in table.places}}


def closed_years(moment: datetime.datetime | None) -> frozenset[int]:
    """The years that were closed at that moment; without one, those that are closed now."""
    closed = ClosedYear.objects.all() if moment else ClosedYear.objects.kept()
    return frozenset(
        year
        for year, begun, ended in closed.values_list("year", "created_at", "archived_at")
        if moment is None or (begun <= moment and (ended is None or ended > moment))
    )


def of_months(record: Mapping[str, object]) -> list[str]:
    """Of how many months a year's PAD is, where they are some only."""
    words = words_of_months(record.get("months"))
    return [words] if words else []


def grown(record: Mapping[str, object], before: Mapping[str, object] | None) -> list[str]:
    """How much the PAD grew over the year before, like with like; empty where that is unknown."""
    growth = record["growth"]
    if before is None or not isinstance(growth, Decimal | int):
        return []
    if growth == 0:
        word = "tetap"
    else:
        word = f"{'naik' if growth > 0 else 'turun'} {format_decimal(abs(growth), 2)}%"
    alike = " dibandingkan bulan yang sama" if of_months(record) or of_months(before) else ""
    return [f"{word}{alike}"]


def day_of(value: object) -> datetime.date | None:
    """The value where it is a day."""
    return value if isinstance(value, datetime.date) else None


def whole(number: object) -> str:
    """A count as it is written: 1.029."""
    return format_decimal(Decimal(str(number)), 0)


def amount(number: object) -> str:
    """A quantity as it is written, with the decimals it has."""
    return format_decimal(Decimal(str(number)).normalize())


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "2021, 2022, dan 2023"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"
