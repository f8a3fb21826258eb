"""What a cell of an .xlsx says: its style, type, formula and text turned into a value."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import damaged
from ..number_formats import Sent, iso_moment, shown
from .strings import SharedStringsXml, character_data, int_of, unescape, utf8

if TYPE_CHECKING:
    from .package import StylesXml

#: Style, type, formula and text of a cell.
CellParts = tuple[str, str, str | None, str | None]
#: A cell as it stands in the file, or taken apart.
RawCell = bytes | CellParts
TRUE = ("1", "true", "on")
#: The inside of a cell behind its place: attributes, formula and value as programs write them.
CELL = (
    rb'(?: (?:s|t|cm|vm|ph)="\w*+")*+(?:/>|>(?:<f[^<>/]*+(?:/>|>[^<]*+</f>))?+'
    rb'(?:<v>[^<]*+</v>|<v/>|<is><t(?: xml:space="preserve")?>[^<]*+</t></is>)?+</c>)'
)
_PARTS = re.compile(
    rb"([^<>/]*+)(?:/>|>(?:<f([^<>/]*+)(?:/>|>([^<]*+)</f>))?+"
    rb"(?:<v>([^<]*+)</v>|(<v/>)|<is><t[^<>]*+>([^<]*+)</t></is>)?+</c>)"
)
_STYLE = re.compile(rb' s="([0-9]+)"')
_TYPE = re.compile(rb' t="(\w+)"')
_SHARED = re.compile(rb' si="([0-9]+)"')
_VALUE_START, _VALUE_END = b"><v>", b"</v></c>"
_INLINE_START, _INLINE_END = b"><is><t>", b"</t></is></c>"
_EXACT_DIGITS = 15


class CellReader:
    """Reads raw cells: bytes that match ``CELL``, or (style, type, formula, text)."""

    def __init__(self, strings: SharedStringsXml, styles: "StylesXml", is_1904: bool) -> None:
        self.strings: list[str] = strings.strings
        self.is_sample = bool(strings.wanted)
        self.struck_strings: set[int] = strings.struck
        self.formats: list[str] = styles.kinds
        self.struck_styles: set[int] = styles.struck
        self.is_1904 = is_1904
        # Attributes -> "number", "s" or "text" where cells that have them need no closer look.
        self._usual: dict[bytes, str | None] = {}

    @property
    def has_struck(self) -> bool:
        return bool(self.struck_strings or self.struck_styles)

    def value(self, raw: RawCell) -> Sent:
        """The value of a cell in the form that travels to the parent."""
        if isinstance(raw, bytes):
            head, content = _taken_apart(raw)
            usual = self._usual.get(head)
            if usual == "text":
                if _is_plain(content):
                    return utf8(content) or None
            elif usual and len(content) <= _EXACT_DIGITS and content.isdigit():
                return int(content) if usual == "number" else self._string(int(content))
            raw = dissect(raw)
            if not usual and raw[2] is None and content:
                self._usual[head] = self._usual_kind(raw[0], raw[1])
        style, kind, formula, text = raw
        value = self._stored(style, kind, text) if text else None
        if formula is None:
            return value
        if value is None and kind == "str" and text is not None:
            value = ""
        return ["f", "=" + formula, value]

    def values(self, cells: Sequence[bytes | None]) -> list[Any] | None:
        """The values of cells that differ in their digits or text only; None where they do not."""
        head = _taken_apart(cells[0])[0] if cells[0] else b""
        usual = self._usual.get(head)
        if not usual or None in cells:
            return None
        if usual == "text":
            return _inline_texts(cells, head)
        texts = _contents(cells, head + _VALUE_START, _VALUE_END)
        if texts is None or not b"".join(texts).isdigit():
            return None
        if max(map(len, texts)) > _EXACT_DIGITS:
            return None
        numbers = list(map(int, texts))
        if usual == "number":
            return numbers
        strings = [self._string(number) for number in numbers]
        return None if None in strings else strings

    def is_struck(self, raw: RawCell) -> bool:
        """Whether the text of a cell is struck through, as a whole or in part."""
        style, kind, _, text = dissect(raw) if isinstance(raw, bytes) else raw
        if int_of(style) in self.struck_styles:
            return True
        return kind == "s" and int_of(text) in self.struck_strings

    def _usual_kind(self, style: str, kind: str) -> str | None:
        if kind == "n" and self._format(style) == "number":
            return "number"
        return {"s": "s", "str": "text", "inlineStr": "text"}.get(kind)

    def _format(self, style: str) -> str:
        index = int_of(style)
        return self.formats[index] if index < len(self.formats) else "number"

    def _string(self, index: int) -> str | None:
        if index >= len(self.strings):
            if self.is_sample:
                return None
            raise damaged()
        return self.strings[index] or None

    def _stored(self, style: str, kind: str, text: str) -> Sent:
        if kind == "s":
            if not text.isdecimal():
                raise damaged()
            return self._string(int(text[:_EXACT_DIGITS]))
        if kind in ("str", "inlineStr"):
            return unescape(text)
        text = text.strip()
        if kind == "b":
            return text in TRUE
        if kind == "e":
            return ["e", text]
        if kind == "d":
            return iso_moment(text)
        if not text or "_" in text:  # which Python would take for a digit separator
            return text or None
        try:
            return shown(float(text), self._format(style), self.is_1904)
        except ValueError:
            return text


def _taken_apart(raw: bytes) -> tuple[bytes, bytes]:
    """The attributes of a cell and its value or text, b"" where it is neither plainly."""
    if raw.endswith(_VALUE_END):
        head, _, content = raw.partition(_VALUE_START)
        return head, content[: -len(_VALUE_END)]
    if raw.endswith(_INLINE_END):
        head, _, content = raw.partition(_INLINE_START)
        return head, content[: -len(_INLINE_END)]
    return raw, b""


def _is_plain(content: bytes) -> bool:
    """Whether a text says what its bytes say: no entity, line break or escape in it."""
    return b"&" not in content and b"\r" not in content and b"_x" not in content


def _inline_texts(cells: Sequence[bytes | None], head: bytes) -> list[Any] | None:
    texts = _contents(cells, head + _INLINE_START, _INLINE_END)
    if texts is None:
        return None
    joined = b"\n".join(texts)
    # No text has a line break of its own here, so that the joined ones come apart again.
    if not _is_plain(joined) or joined.count(b"\n") != len(texts) - 1:
        return None
    return utf8(joined).split("\n")


def _contents(cells: Sequence[bytes | None], before: bytes, after: bytes) -> list[bytes] | None:
    """What stands between the two in every cell; None where one lacks them or holds nothing."""
    joined = b"".join(filter(None, cells))
    if not joined.startswith(before) or not joined.endswith(after):
        return None
    texts = joined[len(before) : -len(after)].split(after + before)
    return None if len(texts) != len(cells) or b"" in texts else texts


def dissect(raw: bytes) -> CellParts:
    """Style, type, formula and text of a cell that was found as bytes."""
    parts = _PARTS.fullmatch(raw)
    if parts is None:
        raise damaged()
    attributes, shared, formula, value, empty, inline = parts.groups()
    style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
    if formula is None and shared is not None:
        formula = b""
    if value is None:
        value = b"" if empty else inline
    return (
        style[1].decode() if style else "0",
        kind[1].decode() if kind else "n",
        None if formula is None else character_data(utf8(formula)),
        None if value is None else character_data(utf8(value)),
    )


def shared_formula(raw: bytes | None) -> str | None:
    """The number of the shared formula in a cell, None where there is none."""
    if not raw or b't="shared"' not in raw:
        return None
    parts = _PARTS.fullmatch(raw)
    number = _SHARED.search((parts and parts[2]) or b"")
    return number[1].decode() if number else None
