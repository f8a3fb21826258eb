"""Quantities with their unit in the same cell: "1.000 kg", "2 ton/bulan"."""

import re

from .numbers import MONEY_WORDS, DecimalLimits, read_decimal
from .reading import Finding, Read, cell_reader, note, quote, refused, visible

_PER = r"(?:\s*/\s*|\s+per\s+|\s+se(?=hari|minggu|bulan|tahun))"
_PERIOD = r"(?:hari|hr|minggu|mgg|bulan|bln|tahun|thn|th)"
_QUANTITY = re.compile(
    r"(?P<number>[-\u2212\u2013'0-9.,\s]*[0-9])\s*"
    rf"(?P<unit>[^\W\d_](?:(?!{_PER})[^\d,()=<>/])*[23\u00b2\u00b3]?)?"
    rf"(?:{_PER}(?P<period>[^\W\d_]+)\.?)?",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?P<unit>[^/]*?){_PER}(?P<period>{_PERIOD})\.?", re.IGNORECASE)
#: Words that would multiply the number: "5 ribu kg" is not five of a unit "ribu kg".
_MULTIPLIERS = {word for word in MONEY_WORDS if len(word) > 1} | {"k"}


@cell_reader
def read_quantity(
    value: object,
    limits: DecimalLimits,
    *,
    english: bool = False,
    decimal_comma: bool = False,
) -> Read:
    """A quantity; a unit and a period behind it become its related ``unit`` and ``period``."""

    def read(text: object) -> Read:
        return read_decimal(text, limits, english=english, decimal_comma=decimal_comma)

    shape = None
    if isinstance(value, str) and len(value) <= 80:
        shape = _QUANTITY.fullmatch(" ".join(visible(value).split()))
    if shape is None or not (shape["unit"] or shape["period"]):
        return read(value)
    unit = (shape["unit"] or "").strip(" .")
    if set(unit.casefold().split()) & _MULTIPLIERS:
        return refused(
            "own_unit",
            f"{quote(value)} memakai kelipatan sendiri. Tulis angkanya lengkap, misalnya 5.000 kg.",
        )
    result = read(shape["number"])
    if result.has_error:
        return result
    related = [("unit", unit)] if unit else []
    if shape["period"]:
        related.append(("period", shape["period"]))
    return Read(
        result.value, (*result.findings, _split(value, shape["number"], related)), tuple(related)
    )


def split_unit(text: str) -> tuple[str, str | None]:
    """A unit and the period that stands behind it: "Kg/ Tahun" is ("Kg", "Tahun")."""
    shape = _UNIT.fullmatch(" ".join(visible(text).split()))
    return (shape["unit"].strip(" ."), shape["period"]) if shape else (text, None)


def _split(value: object, number: str, related: list[tuple[str, str]]) -> Finding:
    names = {"unit": "satuan", "period": "per"}
    parts = ", ".join(f"{names[kind]} {quote(text)}" for kind, text in related)
    return note("quantity_split", f"{quote(value)} dibaca {number.strip()}, {parts}.")
