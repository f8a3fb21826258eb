"""The one grammar of numbers in text: Indonesian first, the same under every locale setting."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..model import Formula
from .formatting import EXACT, format_decimal, spell_out
from .reading import Finding, Read, is_blank, note, quote, refused, visible

LONGEST = 60  # digits; more than any figure of an office, few enough to stay quick
_MINUS = str.maketrans(dict.fromkeys("−–—﹣－‐‑", "-"))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％（）", "0123456789.,%()")
_SHAPE = re.compile(
    r"(?P<minus>-)? ?(?P<currency>(?:rp|idr)\.?)? ?(?P<minus2>-)? ?"
    r"(?P<body>[.,]?[0-9](?:[0-9., ]*[0-9.,])?)"
    r" ?(?P<dash>[.,](?:-+|=+))?(?P<minus3>(?<![.,])(?<![.,] )-)? ?(?P<unit>[a-z/][^\d,()=<>]*(?<=m)[23]|[a-z/][^\d,()=<>]*|%)?",
    re.IGNORECASE,
)
#: How accounting formats print a zero: "Rp -", "Rp. -,00".
_ACCOUNTING_ZERO = re.compile(r"-? ?(?:rp|idr)\.? ?-+(?:[.,]?(?:-|0+))?", re.IGNORECASE)
_CURRENCY_BEFORE_BRACKET = re.compile(r"^((?:rp|idr)\.? ?)\(", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:rupiah|orang|org|unit|buah)\b")
_PLAIN = re.compile(r"[0-9]+")
_POINTS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")
_SPACES = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3})+)([.,][0-9]+)?")
_INDONESIAN = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]+")
_DECIMAL_COMMA = re.compile(r"(0|[1-9][0-9]*)?,[0-9]+")
_DECIMAL_POINT = re.compile(r"(0|[1-9][0-9]*)?\.[0-9]+")
_ENGLISH_PROOF = re.compile(r"(?<![0-9.,])[0-9]{1,3}(,[0-9]{3}){2,}(?![0-9,])|,[0-9]{3}\.[0-9]")
_WITH_COMMA = re.compile(r"\s*'?-?(?P<body>[0-9]+,[0-9]+)\s*(?:[^0-9.,\s].*)?$")
_CURRENCY = re.compile(r"\s*-?\s*(rp|idr)[\s.\d]", re.IGNORECASE)
_INDONESIAN_PROOF = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(\.[0-9]{3}){2,}(?![0-9.])|\.[0-9]{3},([0-9]|-)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text: its exact amount, what stood around it, what to say about it."""

    amount: Decimal | None = None
    currency: bool = False
    unit: str = ""  # the word behind it: "jt", "orang", "%"
    findings: tuple[Finding, ...] = ()


def parse_number(
    text: str, *, english: bool = False, decimal_comma: bool = False, kind: str = "angka"
) -> Number:
    """Reads a number exactly.

    ``english`` where its column has proved commas to be thousands, ``decimal_comma`` where it has
    proved them to begin the decimals.

    ``kind`` is what the message says the text is not.
    """
    if sum(map(str.isdigit, text)) > LONGEST or len(text) > 4 * LONGEST:
        return _error(_too_long(text))
    digits, bracket, words = text.strip().partition("(")
    if bracket and words[:1].isalpha() and words[-1] == ")" and any(map(str.isdigit, digits)):
        return _spelled_out(text, words[:-1], parse_number(digits.strip(), english=english))
    plain = " ".join(visible(text).translate(_MINUS).translate(_FULL_WIDTH).split())
    plain = plain.removeprefix("'").strip()
    if _ACCOUNTING_ZERO.fullmatch(plain):
        zero = note("accounting_zero", f"{quote(text)} dibaca 0, seperti dicetak format akuntansi.")
        return Number(Decimal(0), True, findings=(zero,))
    shape, is_negative = _shape(plain)
    if shape is None:
        return _error(_not_a_number(text, kind))
    body, findings = _body(text, shape, english)
    amount, manner = _reading(body, english)
    if manner == "ambiguous" and decimal_comma:
        amount, manner = _indonesian(body), "decimal comma"
    if amount is None:
        return _error(_why_unread(text, body, manner, kind))
    amount = EXACT.minus(amount) if is_negative else EXACT.plus(amount)
    if manner in _MANNER_NOTES:
        findings.append(_MANNER_NOTES[manner](text, amount))
    if not text.isascii() and _hides_something(text):
        findings.append(
            note(
                "invisible_removed",
                f"{quote(text)} dibaca setelah karakter khususnya disederhanakan.",
            )
        )
    unit = (shape["unit"] or "").strip().rstrip(".").casefold()
    return Number(amount, shape["currency"] is not None, unit, tuple(findings))


def _spelled_out(text: str, words: str, number: Number) -> Number:
    """A number repeated in words, "2 (dua)"; refused where the words say another one."""
    words = " ".join(_COUNTED.sub(" ", words.casefold()).split())
    if number.amount is None or number.amount != number.amount.to_integral_value():
        return number
    if words != spell_out(int(number.amount)):
        return _error(_not_a_number(text, "angka"))
    finding = note("spelled_out", f"{quote(text)} dibaca {format_decimal(number.amount)}.")
    return Number(number.amount, number.currency, number.unit, (*number.findings, finding))


def _shape(plain: str) -> tuple[re.Match[str] | None, bool]:
    """The parts of a number and whether it is negative; None where it has not one sign at most."""
    # "Rp(500)" is an accounting format's way to write (Rp500).
    plain = _CURRENCY_BEFORE_BRACKET.sub(r"(\1", plain)
    bracketed = plain.startswith("(") and plain.endswith(")")
    if bracketed:
        plain = plain[1:-1].strip()
    shape = _SHAPE.fullmatch(plain)
    if shape is None:
        return None, False
    signs = [bracketed, shape["minus"], shape["minus2"], shape["minus3"]]
    count = sum(map(bool, signs))
    return (shape if count <= 1 else None), count == 1


def _body(text: str, shape: re.Match[str], english: bool) -> tuple[str, list[Finding]]:
    """The digits and marks of a number, without one left behind at its end."""
    body = shape["body"]
    # "1.500,-" ends in a decimal comma without decimals, which settles what the points are.
    if (shape["dash"] or "").startswith(",") and (
        not english or _INDONESIAN.fullmatch(f"{body},0")
    ):
        body += ",0"
    if body[-1] not in ".,":
        return body, []
    stray = note("stray_mark", f"{quote(text)} dibaca tanpa tanda {quote(body[-1])} di ujungnya.")
    return body[:-1], [stray]


def _why_unread(text: str, body: str, manner: str, kind: str) -> Read:
    if manner == "ambiguous":
        return _ambiguous(text, body)
    return _unlike_its_column(text) if manner else _not_a_number(text, kind)


def proves_english(values: Iterable[object]) -> bool:
    """Whether a column writes thousands with commas: two commas, or a comma before a point."""
    proved = False
    for value in values:
        if isinstance(value, Formula):
            value = value.value
        if not isinstance(value, str) or len(value) > 4 * LONGEST:
            continue
        if _INDONESIAN_PROOF.search(value):
            return False
        proved = proved or _ENGLISH_PROOF.search(value) is not None
    return proved


def proves_decimal_comma(values: Iterable[object]) -> bool:
    """Whether a column begins its decimals with a comma: 0,435 or 2,87 cannot be thousands.

    They must be at least as many as the distinct cells that could be either, such as 1,286.
    """
    proving: set[str] = set()
    ambiguous: set[str] = set()
    for value in values:
        if isinstance(value, Formula):
            value = value.value
        if not isinstance(value, str) or len(value) > 4 * LONGEST:
            continue
        if _ENGLISH_PROOF.search(value):
            return False
        if shape := _WITH_COMMA.match(value):
            is_thousand = _COMMAS.fullmatch(shape["body"]) is not None
            (ambiguous if is_thousand else proving).add(value)
    return bool(proving) and len(proving) >= len(ambiguous)


def prints_currency(values: Iterable[object]) -> bool:
    """Whether "Rp" is how a column is printed: it stands in most of its filled cells."""
    filled = [value for value in values if not is_blank(value)]
    priced = sum(1 for value in filled if isinstance(value, str) and _CURRENCY.match(value))
    return 2 * priced > len(filled)


def _indonesian(body: str) -> Decimal:
    return Decimal(body.replace(".", "").replace(",", "."))


def _english(body: str) -> Decimal:
    return Decimal(body.replace(",", ""))


#: An amount, None where it cannot be told, and in what manner it had to be read.
_Amount = tuple[Decimal | None, str]


def _spaced(shape: re.Match[str], english: bool) -> _Amount:
    # After thousands parted by spaces, a comma and a point both begin the decimals.
    body = shape[0]
    certain = shape[2] is not None or body.count(" ") > 1
    return Decimal(body.replace(" ", "").replace(",", ".")), "" if certain else "thousands"


def _with_points(shape: re.Match[str], english: bool) -> _Amount:
    body = shape[0]
    if body.count(".") > 1:
        return _indonesian(body), ""
    return (Decimal(body), "decimal") if english else (_indonesian(body), "thousands")


def _with_commas(shape: re.Match[str], english: bool) -> _Amount:
    body = shape[0]
    if body.count(",") > 1:
        return _english(body), ""
    return (_english(body), "thousands") if english else (None, "ambiguous")


def _with_decimal_comma(shape: re.Match[str], english: bool) -> _Amount:
    return (None, "unlike its column") if english else (_indonesian(shape[0]), "")


#: How digits and marks may stand together, and how each form is read; the first that fits.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], bool], _Amount]], ...] = (
    (_PLAIN, lambda shape, english: (Decimal(shape[0]), "")),
    (_INDONESIAN, lambda shape, english: (_indonesian(shape[0]), "")),
    (_ENGLISH, lambda shape, english: (_english(shape[0]), "")),
    (_SPACES, _spaced),
    (_POINTS, _with_points),
    (_COMMAS, _with_commas),
    (_DECIMAL_COMMA, _with_decimal_comma),
    (_DECIMAL_POINT, lambda shape, english: (Decimal(shape[0]), "decimal")),
)


def _reading(body: str, english: bool) -> _Amount:
    """The amount of digits and marks, and in what manner it had to be read ("" without doubt)."""
    for pattern, read in _FORMS:
        if shape := pattern.fullmatch(body):
            return read(shape, english)
    return None, ""


def _hides_something(text: str) -> bool:
    return visible(text) != text or text.translate(_FULL_WIDTH) != text


def _as_thousands(text: str, amount: Decimal) -> Finding:
    return note("read_as_thousands", f"{quote(text)} dibaca {amount} ({spell_out(int(amount))}).")


def _as_decimal(text: str, amount: Decimal) -> Finding:
    return note(
        "read_as_decimal",
        f"{quote(text)} dibaca {format_decimal(amount)}; titiknya dibaca sebagai koma desimal.",
    )


def _as_decimal_comma(text: str, amount: Decimal) -> Finding:
    return note(
        "read_as_decimal",
        f"{quote(text)} dibaca {format_decimal(amount)}; komanya koma desimal seperti pada sel "
        "lain di kolom ini.",
    )


#: What is noted about a number by the manner in which it had to be read.
_MANNER_NOTES: dict[str, Callable[[str, Decimal], Finding]] = {
    "thousands": _as_thousands,
    "decimal": _as_decimal,
    "decimal comma": _as_decimal_comma,
}


def _too_long(text: str) -> Read:
    return refused(
        "out_of_range", f"{quote(text, 20)} terlalu panjang untuk sebuah angka. Periksa isinya."
    )


def _ambiguous(text: str, body: str) -> Read:
    thousands, fraction = _english(body), _indonesian(body)
    return refused(
        "ambiguous_number",
        f"{quote(text)} dapat berarti {thousands} ({spell_out(int(thousands))}) atau "
        f"{format_decimal(fraction.normalize(EXACT))} (koma desimal). "
        f"Tulis {format_decimal(thousands)} atau ketik sebagai angka.",
    )


def _unlike_its_column(text: str) -> Read:
    return refused(
        "ambiguous_number",
        f"{quote(text)} tidak cocok dengan kolom ini, yang memakai koma sebagai pemisah ribuan. "
        "Ketik sebagai angka.",
    )


def _not_a_number(text: str, kind: str) -> Read:
    advice = "Isi dengan angka, misalnya 12."
    if any(map(str.isdigit, text)):
        advice = "Isi satu angka yang pasti, tanpa tanda atau kata lain, misalnya 12."
    return refused("not_a_number", f"{quote(text)} bukan {kind}. {advice}")


def _error(refusal: Read) -> Number:
    return Number(findings=refusal.findings)
