"""XML read as a stream, without DOCTYPE, endless nesting or giant attributes."""

from typing import IO, Self
from xml.parsers import expat

from ..errors import damaged, doctype, too_big_inside

MAX_DEPTH = 64
MAX_ATTRIBUTE = 65_536
MAX_TEXT = 1_000_000
_MOST_NAMES = 10_000
BLOCK = 1 << 20


class _Names(dict[str, str]):
    """Full names to short ones: the prefix of their namespace, a colon, the name."""

    def __init__(self, namespaces: dict[str, str]) -> None:
        super().__init__()
        self.namespaces = namespaces

    def __missing__(self, name: str) -> str:
        if len(self) > _MOST_NAMES:
            raise damaged()
        namespace, _, local = name.rpartition(" ")
        prefix = self.namespaces.get(namespace, "?") if namespace else ""
        short = self[name] = f"{prefix}:{local}" if prefix else local
        return short


class GuardedXml:
    """Calls ``start(name, attributes)``, ``end(name)`` and, while ``collecting``, gathers text.

    ``namespaces`` maps namespaces to prefixes ("" for the plain names); others become ``?:name``.
    """

    namespaces: dict[str, str] = {}

    def __init__(self) -> None:
        self.depth = 0
        self.text: list[str] | None = None
        self.text_size = 0
        self.is_utf8 = True
        self._names = _Names(self.namespaces)
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Told of every element that opens."""

    def end(self, name: str) -> None:
        """Told of every element that closes."""

    def collect(self) -> None:
        """Gather text from here on."""
        self.text = []
        self.text_size = 0

    def collected(self) -> str:
        """The text gathered since ``collect``."""
        text, self.text = "".join(self.text or ()), None
        return text

    def feed(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, False)
        except (expat.ExpatError, LookupError, ValueError) as error:  # or an unknown encoding
            raise damaged() from error

    def close(self) -> None:
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged() from error

    def read(self, stream: IO[bytes]) -> Self:
        while block := stream.read(BLOCK):
            self.feed(block)
        self.close()
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise damaged()
        names = self._names
        plain = {}
        for key, value in attributes.items():
            if len(value) > MAX_ATTRIBUTE:
                raise too_big_inside()
            plain[names[key]] = value
        self.start(names[name], plain)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(self._names[name])

    def _characters(self, data: str) -> None:
        if self.text is not None:
            self.text_size += len(data)
            if self.text_size > MAX_TEXT:
                raise too_big_inside()
            self.text.append(data)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.is_utf8 = not encoding or encoding.upper() == "UTF-8"

    def _doctype(self, *_: object) -> None:
        raise doctype()


def passed_over(stream: IO[bytes], block: bytes, mark: bytes) -> bytes:
    """What begins with the next such mark in a block or the stream behind it, as far as it is read."""
    while (at := block.find(mark)) < 0:
        following = stream.read(BLOCK)
        if not following:
            raise damaged()
        block = block[1 - len(mark) :] + following
    return block[at:]
