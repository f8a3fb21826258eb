"""Coordinates: decimal degrees, with a comma or a point, or degrees, minutes and seconds."""

import re
from decimal import ROUND_HALF_UP, Decimal

from .formatting import EXACT, format_decimal
from .masking import is_masked
from .reading import Finding, Read, cell_reader, note, number_of, quote, refused, visible

_PLACES = Decimal("0.000001")  # about a decimetre
_SOUTH_OR_WEST = frozenset({"s", "ls", "w", "bb", "b", "selatan", "barat"})
_SIDE = r"(?P<{}>ls|lu|bt|bb|selatan|utara|timur|barat|[snuetwb])?\.?"
_SHAPE = re.compile(
    _SIDE.format("before") + r" ?(?P<minus>-)? ?(?P<degrees>[0-9]{1,3}(?:[.,][0-9]{1,20})?) ?"
    r"(?P<sign>[°º˚]|derajat|deg)? ?"
    r"(?:(?P<minutes>[0-9]{1,2}(?:[.,][0-9]{1,20})?) ?['’′´`] ?)?"
    r"(?:(?P<seconds>[0-9]{1,2}(?:[.,][0-9]{1,20})?) ?(?:[\"”″]|''|’’|′′) ?)?"
    + _SIDE.format("after"),
    re.IGNORECASE,
)

_SEPARATOR = re.compile(r"[,;/ ]")
_LONGEST_PAIR, _LONGEST_LINK = 100, 2000
_LINK = re.compile(r"\s*(?:https?://|www\.|maps\.|goo\.gl/)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:@|[=/]|%3D)(-?[0-9]{1,2}\.[0-9]{3,20})(?:,|%2C)\+?(-?[0-9]{2,3}\.[0-9]{3,20})"
)
_REMEDY = "Isi lintang dan bujurnya, misalnya -1,237927, 116,852852."
#: Latitude and longitude in one cell: "-1,23, 116,8" or "-1.23 116.8".
_PAIR = re.compile(r"[-−–]?[0-9]{1,3}[.,][0-9]{1,20}\s*[,;/ ]\s*[0-9]{1,3}[.,][0-9]{1,20}")


@cell_reader
def read_coordinate(value: object, *, low: Decimal | int, high: Decimal | int) -> Read:
    """A latitude or longitude in decimal degrees, to six places."""
    findings: tuple[Finding, ...] = ()
    if isinstance(value, str):
        if is_masked(value):
            finding = note("masked_value", f"{quote(value)} tersamar; nilai tersimpan tetap.")
            return Read(None, (finding,))
        degrees, spelled = _from_text(value)
        if spelled and degrees is not None:
            shown = format_decimal(_to_places(degrees))
            findings = (note("read_as_degrees", f"{quote(value)} dibaca {shown} derajat."),)
    else:
        degrees, spelled = number_of(value), False
    if degrees is None and isinstance(value, str) and _PAIR.fullmatch(visible(value).strip()):
        return refused(
            "not_a_coordinate",
            f"{quote(value)} berisi lintang dan bujur sekaligus. Tulis masing-masing pada kolomnya "
            "sendiri, misalnya -1,237927 dan 116,852852.",
        )
    if degrees is None:
        return refused(
            "not_a_coordinate",
            f"{quote(value)} bukan koordinat. Isi derajat desimal, misalnya -1,237927.",
        )
    if not low <= degrees <= high:
        return refused(
            "out_of_range",
            f"{quote(value)} di luar batas; seharusnya di antara {format_decimal(Decimal(low))} "
            f"dan {format_decimal(Decimal(high))}. Periksa letak koma dan urutan koordinatnya.",
        )
    placed = _to_places(degrees)
    if placed != degrees and not spelled:
        findings += (
            note(
                "rounded", f"{quote(value)} dibulatkan ke enam desimal: {format_decimal(placed)}."
            ),
        )
    return Read(placed, findings)


@cell_reader
def read_one_of_pair(
    value: object, *, low: Decimal | int, high: Decimal | int, is_longitude: bool
) -> Read:
    """A latitude or longitude of a cell that may hold both, the latitude first.

    The other one becomes its related ``other``. A link to a map is read where it names the place,
    else left out with a warning.
    """
    link = _LINK.match(value) if isinstance(value, str) and len(value) < _LONGEST_LINK else None
    if link and isinstance(value, str):
        place = _PLACE.search(value)
        if not place:
            message = (
                f"{quote(value)} adalah tautan tanpa koordinat; sel ini dikosongkan. {_REMEDY}"
            )
            return Read(None, (Finding("warning", "unreadable_coordinate", message),))
        pair: tuple[str, str] | None = (place[1], place[2])
    else:
        pair = _pair(value) if isinstance(value, str) and not is_masked(value) else None
    if pair is None:
        return read_coordinate(value, low=low, high=high)
    own, other = (pair[1], pair[0]) if is_longitude else pair
    result = read_coordinate(own, low=low, high=high)
    finding = note("pair_split", f"{quote(value)} dibaca lintang {pair[0]} dan bujur {pair[1]}.")
    return Read(result.value, (*result.findings, finding), (("other", other),))


def _pair(text: str) -> tuple[str, str] | None:
    """The two coordinates of a text, where there is one way only to part it."""
    plain = " ".join(visible(text).split()).removeprefix("'").strip("() ")
    if len(plain) >= _LONGEST_PAIR or _from_text(plain)[0] is not None:
        return None
    pairs = set()
    for separator in _SEPARATOR.finditer(plain):
        parts = (plain[: separator.start()].strip(" ,;/"), plain[separator.end() :].strip(" ,;/"))
        if all(_from_text(part)[0] is not None for part in parts):
            pairs.add(parts)
    return pairs.pop() if len(pairs) == 1 else None


def _from_text(text: str) -> tuple[Decimal | None, bool]:
    plain = " ".join(visible(text).replace("−", "-").replace("–", "-").split())
    shape = _SHAPE.fullmatch(plain.removeprefix("'")) if len(plain) < 80 else None
    if shape is None:
        return None, False
    side = shape["before"] or shape["after"]
    minutes, seconds = shape["minutes"], shape["seconds"]
    if (shape["before"] and shape["after"]) or (side and shape["minus"]):
        return None, False
    if (minutes or seconds) and not shape["sign"]:
        return None, False
    degrees = _decimal(shape["degrees"])
    for part, size in ((minutes, 60), (seconds, 3600)):
        fraction = _decimal(part or "0")
        if fraction >= 60:
            return None, False
        degrees = EXACT.add(degrees, EXACT.divide(fraction, Decimal(size)))
    negative = shape["minus"] or (side and side.casefold() in _SOUTH_OR_WEST)
    return (EXACT.minus(degrees) if negative else degrees), bool(side or shape["sign"])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _to_places(degrees: Decimal) -> Decimal:
    placed = degrees.quantize(_PLACES, ROUND_HALF_UP, EXACT).normalize(EXACT)
    return Decimal(f"{placed:f}")
