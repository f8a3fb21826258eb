"""Amounts in words, as letters about money state them: terbilang."""

UNITS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
#: Powers of a thousand with their words; "seribu" is the one that has a word of its own.
GROUPS = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))


def in_words(number: int) -> str:
    """A whole number from 0 to 10^18 - 1 in Indonesian: 1250 is "seribu dua ratus lima puluh"."""
    if not 0 <= number < 10**18:
        raise ValueError(f"{number} has no words here")
    return " ".join(_words(number)) or UNITS[0]


def rupiah_in_words(amount: int) -> str:
    """The amount as the last line of a bill states it: "Seribu rupiah"."""
    text = f"{in_words(amount)} rupiah"
    return text[0].upper() + text[1:]


def _words(number: int) -> list[str]:
    for size, word in GROUPS:
        if number >= size:
            return [*_words(number // size), word, *_words(number % size)]
    if number >= 2000:
        return [*_words(number // 1000), "ribu", *_words(number % 1000)]
    if number >= 1000:
        return ["seribu", *_words(number - 1000)]
    if number >= 200:
        return [UNITS[number // 100], "ratus", *_words(number % 100)]
    if number >= 100:
        return ["seratus", *_words(number - 100)]
    if number >= 20:
        return [UNITS[number // 10], "puluh", *_words(number % 10)]
    if number >= 12:
        return [UNITS[number - 10], "belas"]
    return [UNITS[number]] if number else []
