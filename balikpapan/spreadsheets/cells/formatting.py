"""Numbers as Indonesian offices write them: 1.029, 25,22 and Rp1.500.000."""

from decimal import ROUND_HALF_UP, Context, Decimal

#: Wide enough for every number a reader lets through, so that nothing is rounded on the way.
EXACT = Context(prec=200)
_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
_ONES += ["sepuluh", "sebelas"]
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


def format_whole(number: int) -> str:
    """A whole number with points between the thousands: ``1.029``."""
    return f"{number:,}".replace(",", ".")


def format_decimal(number: Decimal | int, places: int | None = None) -> str:
    """A number with a decimal comma: ``25,22``; without ``places`` as many as it has."""
    number = Decimal(number)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
    swapped = str.maketrans(",.", ".,")
    return f"{number:,f}".translate(swapped)


def format_percent(fraction: Decimal) -> str:
    """A fraction as a percentage without its sign: 0.125 is ``12,5``."""
    return format_decimal(EXACT.multiply(fraction, Decimal(100)).normalize(EXACT))


def format_rupiah(amount: int) -> str:
    """An amount of money in whole rupiah: ``Rp1.500.000``."""
    return f"-Rp{format_whole(-amount)}" if amount < 0 else f"Rp{format_whole(amount)}"


def spell_out(number: int) -> str:
    """A whole number in words (terbilang): 1029 is "seribu dua puluh sembilan"."""
    if number < 0:
        return f"minus {spell_out(-number)}"
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ONES[number // 10]} puluh", number % 10)
    if number < 1000:
        hundreds = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
        return _joined(hundreds, number % 100)
    if number < 2000:
        return _joined("seribu", number - 1000)
    size, word = next(scale for scale in _SCALES if number >= scale[0])
    return _joined(f"{spell_out(number // size)} {word}", number % size)


def _joined(words: str, rest: int) -> str:
    return f"{words} {spell_out(rest)}" if rest else words
