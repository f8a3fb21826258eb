"""Number cells: counts, money, quantities and percents, exact or refused."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ..model import Percent
from .formatting import EXACT, format_decimal, format_percent, format_rupiah, format_whole
from .grammar import LONGEST, Number, parse_number
from .measures import other_units
from .reading import (
    SHOWN_DIGITS,
    Finding,
    Read,
    cell_reader,
    has_tail,
    note,
    number_of,
    quote,
    refused,
    warning,
)

#: No amount of an office is larger, in rupiah; whole numbers up to here are exact in a fraction too.
LARGEST_AMOUNT = 10**15
#: Words that multiply an amount of money.
MONEY_WORDS = {
    "rb": 10**3,
    "ribu": 10**3,
    "k": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "m": 10**9,
    "mlr": 10**9,
    "miliar": 10**9,
    "milyar": 10**9,
    "t": 10**12,
    "triliun": 10**12,
    "trilyun": 10**12,
}
_PER_PERIOD = re.compile(
    r"(?:/|\bper\b|\bse(?=hari|minggu|bulan|tahun))\s*"
    r"(?P<period>hari|hr|minggu|mgg|bulan|bln|tahun|thn|th)\b\.?"
)
_PERIODS = {"h": "hari", "m": "minggu", "b": "bulan", "t": "tahun"}
_PERCENT_WORDS = ("%", "persen")


@cell_reader
def read_whole(
    value: object,
    *,
    low: int | None = None,
    high: int | None = None,
    unit_words: tuple[str, ...] = ("orang", "org", "unit", "buah"),
    english: bool = False,
) -> Read:
    """A count, such as workers: an int between ``low`` and ``high``, never rounded."""
    if type(value) is int and abs(value) < 10**LONGEST:
        return _within(value, value, (), low, high, format_whole)
    number = _number(value, english, "bilangan bulat")
    if number.amount is None:
        return Read(None, number.findings)
    if number.currency or (number.unit and number.unit not in unit_words):
        return _not_a_number(value, "bilangan bulat")
    amount = number.amount
    if amount != amount.to_integral_value():
        return refused(
            "not_whole",
            f"{quote(value)} bukan bilangan bulat. Isi tanpa angka di belakang koma, misalnya 12.",
        )
    findings = number.findings
    if number.unit:
        findings += (_without_unit(value, number, format_whole(int(amount))),)
    return _within(value, int(amount), findings, low, high, format_whole)


@dataclass(frozen=True, slots=True)
class MoneyNotation:
    """How a column writes its amounts of money.

    ``multiplier`` is the unit of its heading, 1000 for "(Rp.000)"; ``english`` where commas part
    thousands; ``priced`` where "Rp" is printed in front of every amount, so that it says nothing.
    ``marked_unit`` is what an amount with a unit or currency of its own is multiplied by where
    somebody has said so; it is refused otherwise. ``periods`` says how often the period of the
    column comes in each "hari", "minggu", "bulan" or "tahun" that an amount may state, 0 where such
    an amount is to be left out; an amount of any other period is refused.
    """

    multiplier: int = 1
    english: bool = False
    priced: bool = False
    marked_unit: int | None = None
    periods: Mapping[str, int] = field(default_factory=dict)


WHOLE_RUPIAH = MoneyNotation()


@cell_reader
def read_money(
    value: object,
    notation: MoneyNotation = WHOLE_RUPIAH,
    *,
    low: int | None = 0,
    high: int | None = LARGEST_AMOUNT,
) -> Read:
    """An amount in whole rupiah, as its column writes amounts."""
    if type(value) is int and abs(value) < 10**LONGEST:
        return _within(value, value * notation.multiplier, (), low, high, format_rupiah)
    number = _number(value, notation.english, "angka")
    if number.amount is None:
        return Read(None, number.findings)
    unit, period = _unit_and_period(number.unit)
    if period and not notation.periods.get(period):
        return _of_no_use(value, period, notation)
    is_marked = _is_marked(value, number, notation)
    if refusal := _why_no_money(value, number, unit, notation):
        return refusal
    scale = (is_marked and notation.marked_unit) or notation.multiplier
    exact = EXACT.multiply(number.amount, Decimal(MONEY_WORDS.get(unit, scale)))
    exact = EXACT.multiply(exact, Decimal(notation.periods.get(period, 1)))
    amount = int(exact.to_integral_value(ROUND_HALF_UP))
    findings = number.findings
    if period:
        findings += (_of_period(value, period, notation.periods[period], amount),)
    elif is_marked:
        message = f"{quote(value)} dibaca {format_rupiah(amount)} menurut jawaban."
        findings += (note("own_unit_applied", message),)
    elif len(unit) == 1:  # a lone letter may be a slip
        findings += (note("unit_applied", f"{quote(value)} dibaca {format_rupiah(amount)}."),)
    if amount != exact:
        findings += (_rounded(value, exact, amount),)
    return _within(value, amount, findings, low, high, format_rupiah)


def _unit_and_period(text: str) -> tuple[str, str]:
    """The unit behind an amount and the period behind that: "jt/bln" is ("jt", "bulan")."""
    match = _PER_PERIOD.search(text)
    period = _PERIODS[match["period"][0]] if match else ""
    return _PER_PERIOD.sub("", text).strip().removesuffix("rupiah").strip(), period


def stated_period(value: object) -> str:
    """The period an amount states behind it: "hari", "minggu", "bulan" or "tahun"; else empty."""
    return _unit_and_period(parse_number(value).unit)[1] if isinstance(value, str) else ""


def _of_no_use(value: object, period: str, notation: MoneyNotation) -> Read:
    """An amount of a period that is left out, or of which nobody has said how often it comes."""
    if period in notation.periods:
        message = f"{quote(value)} tidak dibaca karena angka per {period}, menurut jawaban."
        return Read(None, (note("period_left_out", message),))
    return refused(
        "own_period",
        f"{quote(value)} menyebut per kurun waktu sendiri. Tulis jumlahnya saja untuk kurun "
        "waktu menurut judul kolom.",
    )


def _of_period(value: object, period: str, times: int, amount: int) -> Finding:
    shown = format_rupiah(amount)
    if times == 1:
        return note("period_read", f"{quote(value)} dibaca {shown} per {period}.")
    message = f"{quote(value)} dikalikan {times} menjadi {shown}, menurut jawaban."
    return note("period_applied", message)


def _is_marked(value: object, number: Number, notation: MoneyNotation) -> bool:
    """Whether an amount carries a unit although the heading of its column states one."""
    printed = notation.priced or _is_accounting(value)
    unit = _PER_PERIOD.sub("", number.unit).strip()
    return notation.multiplier > 1 and bool(unit or (number.currency and not printed))


def _why_no_money(value: object, number: Number, unit: str, notation: MoneyNotation) -> Read | None:
    """Why a number is no amount of money, or None; ``unit`` is its own, without "rupiah"."""
    if unit and unit not in MONEY_WORDS:
        return _not_a_number(value, "jumlah uang")
    if notation.marked_unit is None and _is_marked(value, number, notation):
        return refused(
            "own_unit",
            f"{quote(value)} memakai satuan sendiri, padahal judul kolom sudah menyebut "
            f"kelipatan {format_whole(notation.multiplier)}. Tulis angkanya saja menurut judul kolom.",
        )
    return None


@dataclass(frozen=True, slots=True)
class DecimalLimits:
    """How precise and how large a quantity may be: decimals, digits in all, least and most."""

    places: int
    digits: int | None = None
    low: Decimal | int | None = None
    high: Decimal | int | None = None


@cell_reader
def read_decimal(
    value: object,
    limits: DecimalLimits,
    *,
    unit_words: tuple[str, ...] = (),
    scale: Decimal = Decimal(1),
    english: bool = False,
    decimal_comma: bool = False,
) -> Read:
    """A quantity within its limits, in the first of ``unit_words``.

    A number without a unit is multiplied by ``scale``; one in another unit, such as tonnes, is
    converted. A typed number is never rounded; an endless fraction that a formula
    left is, and noted.
    """
    number = _number(value, english, "angka", decimal_comma)
    if number.amount is None:
        return Read(None, number.findings)
    own_scale = other_units(unit_words).get(number.unit or "")
    if number.currency or (number.unit and own_scale is None and number.unit not in unit_words):
        return _not_a_number(value, "angka")
    findings = number.findings
    if own_scale is not None:
        amount = EXACT.multiply(number.amount, own_scale)
        message = f"{quote(value)} dibaca {format_decimal(amount.normalize())} {unit_words[0]}."
        return _fitting(value, amount, (*findings, note("unit_converted", message)), limits)
    if number.unit:
        findings += (_without_unit(value, number, format_decimal(number.amount)),)
        return _fitting(value, number.amount, findings, limits)
    return _fitting(value, EXACT.multiply(number.amount, scale), findings, limits)


@cell_reader
def read_percent(
    value: object,
    *,
    places: int = 2,
    low: Decimal | int | None = 0,
    high: Decimal | int | None = 100,
    english: bool = False,
    decimal_comma: bool = False,
) -> Read:
    """A percentage as the office sees it: both "12,5%" and a percent cell of 0.125 are 12.5."""
    limits = DecimalLimits(places, None, low, high)
    if isinstance(value, Percent):
        fraction = number_of(value.value)
        if fraction is None:
            return _not_a_number(value, "persen")
        amount = EXACT.multiply(fraction, Decimal(100))
        finding = note(
            "read_as_percent",
            f"{quote(value)} dari sel berformat persen dibaca {format_percent(fraction)} persen.",
        )
        return _fitting(value, amount, (finding,), limits)
    number = _number(value, english, "persen", decimal_comma)
    if number.amount is None:
        return Read(None, number.findings)
    if number.currency or (number.unit and number.unit not in _PERCENT_WORDS):
        return _not_a_number(value, "persen")
    findings = number.findings
    shown = format_decimal(number.amount)
    if number.unit:
        findings += (note("read_as_percent", f"{quote(value)} dibaca {shown} persen."),)
    elif 0 < number.amount < 1:
        findings += (
            note("read_as_percent", f"{quote(value)} dibaca {shown} persen, bukan pecahan."),
        )
    return _fitting(value, number.amount, findings, limits)


def _is_accounting(value: object) -> bool:
    """Whether a number format printed the text: the accounting one pads it on both sides in a csv."""
    return isinstance(value, str) and value[:1] == value[-1:] == " "


def _number(value: object, english: bool, kind: str, decimal_comma: bool = False) -> Number:
    if isinstance(value, str):
        return parse_number(value, english=english, decimal_comma=decimal_comma, kind=kind)
    amount = number_of(value)
    if amount is None:
        return Number(findings=_not_a_number(value, kind).findings)
    findings: tuple[Finding, ...] = ()
    if isinstance(value, float) and has_tail(value) and not _is_endless(amount):
        findings = (
            note(
                "float_tail",
                f"{quote(value)} dibaca {format_decimal(amount)}, seperti Excel menampilkannya.",
            ),
        )
    return Number(EXACT.plus(amount), findings=findings)


def _is_endless(amount: Decimal) -> bool:
    """Whether a fraction fills all digits that Excel keeps: 100/3 does, a typed number does not."""
    return len(amount.normalize(EXACT).as_tuple().digits) >= SHOWN_DIGITS - 1


def _fitting(
    value: object,
    amount: Decimal,
    findings: tuple[Finding, ...],
    limits: DecimalLimits,
) -> Read:
    places, digits = limits.places, limits.digits
    amount = amount.normalize(EXACT)
    if isinstance(value, float) and has_tail(value) and _is_endless(amount):
        amount = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT).normalize(EXACT)
        rounded = note("rounded", f"{quote(value)} dibulatkan menjadi {format_decimal(amount)}.")
        findings = (*findings, rounded)
    if -int(amount.as_tuple().exponent) > places:
        allowed = f"paling banyak {places} angka" if places else "tidak boleh ada angka"
        return refused(
            "too_precise",
            f"{quote(value)}: {allowed} di belakang koma. Bulatkan lebih dahulu.",
        )
    amount = Decimal(f"{amount:f}")
    if digits is not None and amount.copy_abs() >= 10 ** (digits - places):
        return refused(
            "out_of_range",
            f"{quote(value)} terlalu besar: paling banyak {digits - places} angka "
            "di depan koma. Periksa isinya.",
        )
    return _within(value, amount, findings, limits.low, limits.high, format_decimal)


def _within(
    value: object,
    amount: int | Decimal,
    findings: tuple[Finding, ...],
    low: Decimal | int | None,
    high: Decimal | int | None,
    shown: Callable[..., str],
) -> Read:
    if (low is None or amount >= low) and (high is None or amount <= high):
        return Read(amount, findings)
    if low is None:
        limits = f"paling besar {shown(high)}"
    elif high is None:
        limits = f"paling kecil {shown(low)}"
    else:
        limits = f"di antara {shown(low)} dan {shown(high)}"
    return refused(
        "out_of_range", f"{quote(value)} di luar batas; seharusnya {limits}. Periksa angkanya."
    )


def _without_unit(value: object, number: Number, shown: str) -> Finding:
    return note(
        "unit_dropped", f"{quote(value)} dibaca {shown}; kata {quote(number.unit)} dilepas."
    )


def _rounded(value: object, exact: Decimal, amount: int) -> Finding:
    return warning(
        "rounded",
        f"{quote(value)} berarti Rp{format_decimal(exact.normalize(EXACT))}; dibulatkan menjadi "
        f"{format_rupiah(amount)}.",
    )


def _not_a_number(value: object, kind: str) -> Read:
    if isinstance(value, (datetime.date, datetime.time)):
        kind = f"{kind}, melainkan tanggal atau jam"
    elif isinstance(value, bool):
        kind = f"{kind}, melainkan BENAR/SALAH"
    elif isinstance(value, Percent):
        kind = f"{kind}, melainkan persen"
    return refused("not_a_number", f"{quote(value)} bukan {kind}. Isi dengan angka, misalnya 12.")
