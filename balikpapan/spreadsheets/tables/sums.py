"""Lines that add up others: how they are labelled, and whether their numbers say so."""

import enum
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..cells import parse_number
from ..cells.months import MONTH_NAMES
from ..model import Cell, Formula

_NUMBERING = re.compile(r"^\W*(?:\(?(?:[A-Z]|[IVX]{1,4}|\d{1,3})[.)]\s+)?")
_SPACED = re.compile(r"(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")
_LABEL = re.compile(
    r"(?P<rank>sub|grand|gr)?\W*(?:jumlah|jml|jlh|jmlh|total|ttl)(?![^\W\d_])"
    r"|(?P<carried>(?:di)?pindah(?:an|kan)\b)"
    r"|(?P<whole>keseluruhan|seluruhnya|akumulasi|rekap(?:itulasi)?)(?![^\W\d_])"
    r"|(?P<average>rata\W*rata|rerata|average)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"\W*(?:di)?pindah(?:an|kan)?\b", re.IGNORECASE)
#: After these a name may follow: "Jumlah Kec. Balikpapan Timur".
_OF_A_BAND = re.compile(
    r"(?:se\W*)?(?:kecamatan|kec|kelurahan|kel|desa|bidang|cabang|kelompok|sektor|komoditi|sentra)\b",
    re.IGNORECASE,
)
_GRAND = re.compile(r"\b(?:besar|keseluruhan|seluruh(?:nya)?|semua|umum|akhir)\b", re.IGNORECASE)
_TAIL_WORDS = frozenset(
    [
        "total",
        "besar",
        "keseluruhan",
        "seluruh",
        "seluruhnya",
        "semua",
        "akhir",
        "umum",
        "sementara",
        "kumulatif",
        "halaman",
        "hal",
        "ini",
        "lalu",
        "bulan",
        "triwulan",
        "semester",
        "tahun",
        "th",
        "thn",
        "kota",
        "balikpapan",
        "ikm",
        "umkm",
        "usaha",
        "unit",
        "industri",
        "kecil",
        "menengah",
        "perusahaan",
        "pad",
        "retribusi",
        "pendapatan",
        "penerimaan",
        "realisasi",
        "target",
        "nilai",
        "aset",
        "barang",
        "harga",
        "rp",
        "rupiah",
        "tenaga",
        "kerja",
        "investasi",
        "produksi",
        "omzet",
        "sd",
        "sampai",
        "dengan",
        "dan",
        "per",
        "di",
        "dari",
        "data",
        "peserta",
        "kegiatan",
        "anggaran",
        "biaya",
        "ke",
        "jumlah",
        "ruang",
        "stok",
        *map(str.lower, MONTH_NAMES),
    ]
)
_WORD = re.compile(r"[^\W\d_]{3,}")
#: How "Rp" and "IDR" may begin.
_CURRENCY_LETTERS = "rRiI"
_COMMA_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+")
#: Words that may stand beside the label without being content of the row's own.
_ACCOMPANYING_WORDS = frozenset(
    ["orang", "unit", "buah", "rupiah", "ikm", "usaha", "kali", "baris", "jumlah", "total"]
)


class SumKind(enum.StrEnum):
    """What a sum line adds up, as far as its label says."""

    PLAIN = "plain"
    SUBTOTAL = "subtotal"
    GRAND = "grand"
    CARRIED = "carried"  # a page's sum, repeated on the next page
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class SumLabel:
    """A label that begins like that of a sum.

    A ``weak`` one goes on with words no office adds, as in the business name "Total Snack".
    """

    kind: SumKind
    weak: bool = False


def sum_label(text: str) -> SumLabel | None:
    """What sum a text announces, numbering, leaders and spaced letters undone; None for others."""
    text = _NUMBERING.sub("", " ".join(text.split()), count=1)
    if spaced := _SPACED.match(text):
        text = spaced[0].replace(" ", "") + text[spaced.end() :]
        text = re.sub(r"^(sub|grand)(?=jumlah|total)", r"\1 ", text, flags=re.IGNORECASE)
    match = _LABEL.match(text)
    if not match:
        return None
    tail = text[match.end() :]
    if match["average"]:
        return SumLabel(SumKind.AVERAGE, weak=not _is_usual(tail))
    if match["carried"] or _CARRIED.match(tail):
        return SumLabel(SumKind.CARRIED)
    of_a_band = bool(_OF_A_BAND.match(tail.strip(" .:-–")))
    rank = (match["rank"] or match["whole"] or "").lower()
    if rank.startswith("sub") or of_a_band:
        kind = SumKind.SUBTOTAL
    else:
        kind = SumKind.GRAND if rank or _GRAND.search(tail) else SumKind.PLAIN
    return SumLabel(kind, weak=not (of_a_band or rank.startswith("sub") or _is_usual(tail)))


def _is_usual(tail: str) -> bool:
    tail = re.sub(r"\([^()]*\)", " ", tail)
    return all(word.lower() in _TAIL_WORDS for word in _WORD.findall(tail))


def stands_beside(text: str) -> bool:
    """Whether a text beside a label says nothing of its own: a unit, a count, "Rp"."""
    return all(word.lower() in _ACCOMPANYING_WORDS for word in _WORD.findall(text))


def number_in(cell: Cell) -> float | None:
    """The number a cell holds, read or typed; None for anything else."""
    if isinstance(cell, Formula):
        cell = cell.value
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, str) and len(cell) < 40:
        return _typed_number(cell.strip())
    return None


def _typed_number(text: str) -> float | None:
    # Every cell of a list passes here: most are plain digits, or words that no number begins with.
    if text.isascii() and text.isdigit():
        return float(text)
    if text[:1].isascii() and text[:1].isalpha() and text[0] not in _CURRENCY_LETTERS:
        return None
    if any(map(str.isdigit, text)):
        # "2,995" alone may be either; as the sum of its column it can only be one of the two.
        english = _COMMA_THOUSANDS.fullmatch(text) is not None
        amount = parse_number(text, english=english).amount
        return None if amount is None else float(amount)
    return None


@dataclass(slots=True)
class RunningSums:
    """The sums of the rows so far, column by column, worked out only when a line asks for them."""

    columns: dict[int, Sequence[Cell]]
    rows: Sequence[int]
    _position: int = 0
    _totals: dict[int, float] = field(default_factory=dict)
    _marks: dict[int, dict[int, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._totals = dict.fromkeys(self.columns, 0)
        self._marks[0] = dict(self._totals)

    def mark(self) -> None:
        """Remembers this place: a sum below may begin here."""
        self._advance()
        self._marks[self._position] = dict(self._totals)

    def equal(self, numbers: dict[int, float], places: Iterable[int]) -> bool:
        """Whether these numbers are, each in its column, the sums since one of the marked places.

        A place is the number of rows that stood above it.
        """
        self._advance()
        starts = [self._marks[place] for place in set(places) if place < self._position]
        return bool(starts) and any(number for number in numbers.values()) and all(
            any(
                math.isclose(number, self._totals[column] - start[column], rel_tol=1e-9, abs_tol=0.01)
                for start in starts
            )
            for column, number in numbers.items()
        )  # fmt: skip

    def _advance(self) -> None:
        for row in self.rows[self._position :]:
            for column, cells in self.columns.items():
                cell = cells[row]
                if cell is not None:
                    self._totals[column] += number_in(cell) or 0
        self._position = len(self.rows)
