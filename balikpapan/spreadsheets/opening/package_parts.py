"""Names and content types of the parts of an Office package, as its writers vary them.

Names are compared without case, and some programs on Windows part folders by backslashes.
"""

import re

CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = re.compile(rb"<(?:[\w.-]+:)?(override|default)\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def part_key(name: str) -> str:
    """What the names of one part have in common: ``xl\\Workbook.xml`` is ``xl/workbook.xml``."""
    return name.replace("\\", "/").casefold()


def applying_types(xml: bytes, parts: set[str]) -> bytes:
    """The content types part in lower case, without declarations that apply to no part there is.

    SheetJS declares a type for every ending that any workbook may ever hold, macros included.
    ``parts`` are the keys of the package's parts.
    """
    plain = xml.replace(b"\0", b"").lower()  # UTF-16 as well
    overridden = {
        part_key(_value(declaration[2], b"partname")).lstrip("/")
        for declaration in _DECLARATION.finditer(plain)
        if declaration[1] == b"override"
    }
    endings = {part.rpartition(".")[2] for part in parts - overridden}

    def declared_where_applying(declaration: re.Match[bytes]) -> bytes:
        if declaration[1] == b"override":
            applies = part_key(_value(declaration[2], b"partname")).lstrip("/") in parts
        else:
            applies = _value(declaration[2], b"extension") in endings
        return declaration[0] if applies else b""

    return _DECLARATION.sub(declared_where_applying, plain)


def _value(attributes: bytes, name: bytes) -> str:
    for own_name, double, single in _ATTRIBUTE.findall(attributes):
        if own_name == name:
            value: bytes = double or single
            return value.decode("utf-8", "replace")
    return ""
