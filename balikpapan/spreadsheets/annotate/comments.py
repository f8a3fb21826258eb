"""The comments of a sheet: their texts, and the boxes Excel draws them in."""

import re
from xml.sax.saxutils import escape

from ..addresses import column_index
from .worksheet import ATTRIBUTES, Spot, Unusual, attribute, prefix_of

AUTHOR = "Register Industri"
MOST_LETTERS = 1_000  # of one comment
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_COMMENTS = (
    f'{_XML}<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
)
_NO_BOXES = f"<xml {' '.join(_NAMES)}></xml>"
_BOX_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def commented(xml: str | None, spots: dict[str, Spot]) -> tuple[str, list[str]]:
    """A comments part with these texts added, and the cells that had no comment before."""
    xml = xml or _NO_COMMENTS
    p = prefix_of(xml, "comments")
    xml = re.sub(rf"<{p}(authors|commentList)\s*/>", rf"<{p}\1></{p}\1>", xml)
    authors = re.findall(
        rf"<{p}author(?=[\s/>]){ATTRIBUTES}(?:/>|>(.*?)</{p}author>)", xml, re.DOTALL
    )
    ours = str(authors.index(AUTHOR) if AUTHOR in authors else len(authors))
    if AUTHOR not in authors:
        xml = _before(xml, f"</{p}authors>", f"<{p}author>{AUTHOR}</{p}author>")
    present = set()

    def joined(comment: re.Match[str]) -> str:
        reference = attribute(comment[1], "ref")
        if reference not in spots:
            return comment[0]
        present.add(reference)
        if attribute(comment[1], "authorId") == ours:  # of an earlier check of the same cell
            return _comment(p, reference, ours, spots[reference])
        run = _run(p, f"\n{AUTHOR}: {_text(spots[reference])}")
        return _before(comment[0], f"</{p}text>", run)

    xml = re.sub(
        rf"<{p}comment(?=[\s/>])({ATTRIBUTES})>.*?</{p}comment>", joined, xml, flags=re.DOTALL
    )
    fresh = [reference for reference in spots if reference not in present]
    added = "".join(_comment(p, reference, ours, spots[reference]) for reference in fresh)
    return _before(xml, f"</{p}commentList>", added), fresh


def _text(spot: Spot) -> str:
    text = "\n".join(dict.fromkeys(spot.messages))
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def _run(p: str, text: str) -> str:
    # What looks like an escape of Excel's own is spelled out, or it would turn into a character.
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return f'<{p}r><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}r>'


def _comment(p: str, reference: str, author: str, spot: Spot) -> str:
    text = f"<{p}text>{_run(p, _text(spot))}</{p}text>"
    return f'<{p}comment ref="{reference}" authorId="{author}">{text}</{p}comment>'


def boxed(xml: str | None, references: list[str]) -> str:
    """A drawing part with one hidden box for each of these cells."""
    xml = xml or _NO_BOXES
    # Other programs give the three namespaces names of their own; then ours come along.
    names = "" if all(name in xml for name in _NAMES) else f" {' '.join(_NAMES)}"
    kind = "" if 'id="_x0000_t202"' in xml else _BOX_TYPE.replace(">", f"{names}>", 1)
    last = max((int(number) for number in re.findall(r"_x0000_s(\d{1,9})\b", xml)), default=1024)
    boxes = [_box(last + number, place, names) for number, place in enumerate(references, 1)]
    return _before(xml, "</xml>", kind + "".join(boxes))


def _box(number: int, reference: str, names: str) -> str:
    letters = reference.rstrip("0123456789")
    column, row = column_index(letters), int(reference[len(letters) :]) - 1
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        'width:260px;height:90px;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
        '<v:textbox><div></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{column + 1}, 15, {row}, 2, {column + 5}, 15, {row + 5}, 4"
        f"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _before(xml: str, closing: str, added: str) -> str:
    head, end, tail = xml.rpartition(closing)
    if not end:
        raise Unusual
    return f"{head}{added}{end}{tail}"
