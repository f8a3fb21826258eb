"""The certificate of an edition for the public: what is hidden, why, and that the audit holds."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .disclosure import DOMINANT, FEWEST, TOLERANCE, Choice, Publication
from .disclosure.model import is_few
from .formats import long_date
from .suppression import Printed
from .tables import ReportColumn, ReportTable

KEY = "penyamaran"


@dataclass(frozen=True, slots=True)
class FigureAudit:
    """How many of the printed sums of one figure are hidden, by reason."""

    figure: str
    printed: int
    few: int
    dominated: int
    secondary: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is hidden in an edition and which editions it was audited with.

    ``editions`` are those of its own year, ``others`` those of other years whose tables speak of
    the same years, as (year, number); ``provisional`` are the files given out of years that were
    not closed, as (year, day).
    ``is_complete`` is False for an edition stored before the amounts behind its sums were kept:
    there only the number of businesses was looked at.
    """

    hidden: frozenset[Printed]
    figures: Sequence[FigureAudit] = ()
    editions: Sequence[int] = ()
    others: Sequence[tuple[int, int]] = ()
    provisional: Sequence[tuple[int, datetime.date]] = ()
    is_complete: bool = True

    def as_json(self) -> dict[str, Any]:
        """The certificate as plain data, to be stored with its edition."""
        return {
            "hidden": sorted(map(list, self.hidden)),
            "figures": [
                [each.figure, each.printed, each.few, each.dominated, each.secondary]
                for each in self.figures
            ],
            "editions": list(self.editions),
            "others": [list(each) for each in self.others],
            "provisional": [[year, day.isoformat()] for year, day in self.provisional],
        }


def certificate_from(stored: Mapping[str, Any]) -> Certificate:
    """A certificate as it was stored."""
    return Certificate(
        frozenset((figure, name) for figure, name in stored["hidden"]),
        [FigureAudit(*each) for each in stored["figures"]],
        stored["editions"],
        # Certificates stored before editions of other years were looked at name none.
        [(year, number) for year, number in stored.get("others", [])],
        [(year, datetime.date.fromisoformat(day)) for year, day in stored.get("provisional", [])],
    )


def audit_of(publication: Publication, figures: Sequence[str], choice: Choice) -> list[FigureAudit]:
    """What a choice hides of each figure, and why."""
    audits = []
    for figure in figures:
        members = publication.members(figure)
        primary = [name for at, name in choice.primary if at == figure]
        few = sum(is_few(len(members[name])) for name in primary)
        secondary = sum(at == figure for at, _ in choice.secondary)
        audits.append(FigureAudit(figure, len(members), few, len(primary) - few, secondary))
    return audits


def provisional_words(given: Sequence[tuple[int, datetime.date]]) -> list[str]:
    """The files of open years, one phrase a year: how many different ones, and the last of them."""
    days: dict[int, list[datetime.date]] = {}
    for year, day in given:
        days.setdefault(year, []).append(day)
    return [
        f"{len(of_year)} terbitan sementara {year} (terakhir {long_date(max(of_year))})"
        for year, of_year in sorted(days.items())
    ]


def certificate_table(certificate: Certificate, names: Mapping[str, str]) -> ReportTable:
    """The certificate as the last table of the edition; ``names`` are those of the figures."""
    together = [f"Edisi {number} tahun yang sama" for number in certificate.editions]
    together += [f"Laporan {year} Edisi {number}" for year, number in certificate.others]
    together += provisional_words(certificate.provisional)
    notes = [
        f"Aturan: tidak ada angka tentang kurang dari {FEWEST} IKM, dan tidak ada angka yang "
        f"{DOMINANT}% atau lebih milik satu IKM, yang dapat dihitung dari angka lain, baik tepat "
        f"maupun lebih teliti dari ±{TOLERANCE}%. Nol yang dilaporkan tidak disamarkan tersendiri.",
        "Diperiksa bersama: seluruh tabel edisi ini, data terbuka, dan perbandingannya"
        + (f", serta {', '.join(together)}." if together else "."),
    ]
    if certificate.is_complete:
        notes.append("Hasil pemeriksaan: aturan terpenuhi.")
    else:
        notes.append(
            "Edisi ini disimpan sebelum rincian per IKM ikut disimpan: hanya jumlah IKM yang "
            "diperiksa, bagian terbesar satu IKM tidak."
        )
    return ReportTable(
        KEY,
        "Penyamaran angka pada edisi untuk umum",
        [
            ReportColumn("Angka", key="figure"),
            ReportColumn("Angka dicetak", "whole", key="printed"),
            ReportColumn(f"Kurang dari {FEWEST} IKM", "whole", key="few", group="Disamarkan"),
            ReportColumn(f"Satu IKM ≥ {DOMINANT}%", "whole", key="dominated", group="Disamarkan"),
            ReportColumn("Pelengkap", "whole", key="secondary", group="Disamarkan"),
        ],
        [
            {
                "figure": names.get(each.figure, each.figure),
                "printed": each.printed,
                "few": each.few,
                "dominated": each.dominated,
                "secondary": each.secondary,
            }
            for each in certificate.figures
        ],
        notes=notes,
        source="Pemeriksaan penyamaran oleh program",
    )
