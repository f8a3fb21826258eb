"""The texts of an .xlsx: shared strings, escapes, and the same formula written further down."""

import re
from typing import IO, Self

from ...addresses import column_index, column_letter
from ...errors import damaged, too_big_inside
from ..safe_xml import BLOCK, MAX_TEXT, GuardedXml

#: The namespaces of sheets, styles and strings, in both variants of the format.
MAIN = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w{2,4}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_STRING = rb'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*+)</t>)</si>'
_PLAIN_STRING = re.compile(_STRING.decode())
_PLAIN_STRINGS = re.compile(b"(?:" + _STRING + b")*+")
_REFERENCE = re.compile(
    r"('[^']*'!|\"[^\"]*\")|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.!])"
)
MAX_STRINGS_PER_ROW = 8


def unescape(text: str) -> str:
    """``_x000D_`` and its kin as the character they stand for."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def utf8(raw: bytes) -> str:
    """The characters of these bytes."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise damaged() from error


def character_data(text: str) -> str:
    """The text between two tags, as an XML parser would give it."""
    if "&" in text:
        if text.count("&") != len(_ENTITY.findall(text)):
            raise damaged()
        text = _ENTITY.sub(_entity, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        if name not in _NAMED:
            raise damaged()
        return _NAMED[name]
    point = int(decimal) if decimal else int(hexadecimal, 16)
    if point > 0x10FFFF or point < 9 or 0xD800 <= point <= 0xDFFF:
        raise damaged()
    return chr(point)


class SharedStringsXml(GuardedXml):
    """The texts that cells point to by number; plain ones are read without the parser."""

    namespaces = MAIN

    def __init__(self, max_rows: int, wanted: int = 0):
        """``wanted`` is how many of the texts are wanted, 0 for all."""
        super().__init__()
        self.wanted = wanted
        self.strings: list[str] = []
        self.struck: set[int] = set()
        self.most = max(1_000_000, max_rows * MAX_STRINGS_PER_ROW)
        self._parts: list[str] = []
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic += 1
        elif name == "t" and not self._phonetic:
            self.collect()
        elif name == "strike" and attributes.get("val", "1") not in ("0", "false", "off"):
            self.struck.add(len(self.strings))

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._parts.append(self.collected())
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            self._add(unescape("".join(self._parts)))

    def _add(self, text: str) -> None:
        self.strings.append(text)
        if len(self.strings) > self.most:
            raise too_big_inside()

    def read(self, stream: IO[bytes]) -> Self:
        fast = True
        rest = b""
        while block := stream.read(BLOCK):
            block = rest + block
            cut = block.rfind(b"</si>") + 5
            if cut < 5:
                cut = 0 if len(block) < 4 * BLOCK else len(block)
            block, rest = block[:cut], block[cut:]
            # A comment or CDATA section is for the parser alone.
            fast = fast and b"<!" not in block
            self._block(block, fast)
            if 0 < self.wanted <= len(self.strings):
                return self
        self.feed(rest)
        self.close()
        return self

    def _block(self, block: bytes, fast: bool) -> None:
        position = 0
        if not self.strings:
            position = max(block.find(b"<si>"), 0)
            self.feed(block[:position])
            fast = fast and self.depth == 1
        fast = fast and self.is_utf8
        while fast and position < len(block) and self.depth == 1:
            plain = _PLAIN_STRINGS.match(block, position)
            end = plain.end() if plain else position
            text = utf8(block[position:end])
            texts = _PLAIN_STRING.findall(text)
            if "&" in text or "\r" in text or "_x" in text:
                texts = [unescape(character_data(raw)) for raw in texts]
            if len(text) > MAX_TEXT and max(map(len, texts)) > MAX_TEXT:
                raise too_big_inside()
            self.strings.extend(texts)
            if len(self.strings) > self.most:
                raise too_big_inside()
            odd = block.find(b"</si>", end) + 5 if end < len(block) else end
            if odd < 5:
                odd = len(block)
            self.feed(block[end:odd])
            position = odd
        self.feed(block[position:])


class SharedFormulas(dict[str, tuple[str, int, int]]):
    """Formulas that a sheet states once and uses in many cells."""

    def text(self, shared: str, text: str, row: int, column: int) -> str:
        """The formula as it reads in that cell; one with ``text`` is the statement itself."""
        if text:
            self[shared] = (text, row, column)
        if shared not in self:
            return ""
        stated, stated_row, stated_column = self[shared]
        return shift_formula(stated, row - stated_row, column - stated_column)


def shift_formula(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it reads in a cell that many rows and columns further on."""

    def moved(match: re.Match[str]) -> str:
        literal, fixed_column, letters, fixed_row, row = match.groups()
        if literal:
            return literal
        if not fixed_row:
            row = str(int(row) + rows)
        if not fixed_column:
            index = column_index(letters) + columns
            letters = column_letter(index) if index >= 0 else "#REF!"
        return f"{fixed_column}{letters}{fixed_row}{row}"

    return _REFERENCE.sub(moved, formula)


def int_of(text: str | None) -> int:
    """A number in an attribute; 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
