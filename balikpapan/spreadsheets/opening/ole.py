"""An old Office file (OLE compound document): which streams it holds, and their bytes."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # and above: not a sector
_MOST_SECTORS = 1 << 20


#: Streams shorter than this lie in the mini stream, whose sectors have 64 bytes.
_SHORT = 4096
_MINI_SECTOR = 64
_ROOT = 5  # the kind of the entry whose stream is the mini stream


@dataclass(frozen=True, slots=True)
class _Entry:
    """One stream or storage of the directory."""

    name: str  # in lower case
    kind: int
    first_sector: int
    size: int  # bytes


def entry_names(content: bytes) -> set[str]:
    """The names of all streams and storages, in lower case."""
    names = {entry.name for entry in _Compound(content).entries}
    if not names:
        raise damaged()
    return names


def stream(content: bytes, name: str) -> bytes:
    """The bytes of a stream; raises ``KeyError`` where there is none of that name."""
    compound = _Compound(content)
    for entry in compound.entries:
        if entry.name == name.lower():
            return compound.bytes_of(entry)
    raise KeyError(name)


class _Compound:
    """The sectors of a compound document and what its directory lists."""

    def __init__(self, content: bytes):
        if len(content) < 512:
            raise damaged()
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise damaged()
        self._content, self._size = content, 1 << shift
        self._table = _allocation(content, self._size)
        (directory,) = struct.unpack_from("<I", content, 48)
        self.entries = list(self._directory(directory))

    def _directory(self, first: int) -> Iterator[_Entry]:
        for sector in _chain(self._table, first):
            block = _sector(self._content, sector, self._size)
            for offset in range(0, len(block) - 127, 128):
                entry = block[offset : offset + 128]
                (length,) = struct.unpack_from("<H", entry, 64)
                if entry[66] and 2 <= length <= 64:
                    name = entry[: length - 2].decode("utf-16-le", "replace").lower()
                    first_sector, size = struct.unpack_from("<IQ", entry, 116)
                    # The upper half of the size is undefined where sectors are small.
                    yield _Entry(name, entry[66], first_sector, size & 0xFFFFFFFF)

    def bytes_of(self, entry: _Entry) -> bytes:
        """The content of a stream."""
        if entry.size >= _SHORT:
            return self._joined(entry.first_sector)[: entry.size]
        root = next((each for each in self.entries if each.kind == _ROOT), None)
        if root is None:
            raise damaged()
        mini = self._joined(root.first_sector)
        (first,) = struct.unpack_from("<I", self._content, 60)
        following = self._joined(first)
        table = list(struct.unpack(f"<{len(following) // 4}I", following))
        pieces = [
            mini[number * _MINI_SECTOR : (number + 1) * _MINI_SECTOR]
            for number in _chain(table, entry.first_sector)
        ]
        return b"".join(pieces)[: entry.size]

    def _joined(self, first: int) -> bytes:
        return b"".join(
            _sector(self._content, sector, self._size) for sector in _chain(self._table, first)
        )


def _allocation(content: bytes, size: int) -> list[int]:
    """The sector allocation table: which sector follows which."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following, _ = struct.unpack_from("<2I", content, 68)
    per_sector = size // 4
    extra = 0
    while following < _END:
        extra += 1
        if extra > 1000:
            raise damaged()
        more = struct.unpack(f"<{per_sector}I", _sector(content, following, size))
        sectors += more[:-1]
        following = more[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack(f"<{per_sector}I", _sector(content, sector, size))
            if len(table) > _MOST_SECTORS:
                raise damaged()
    return table


def _chain(table: list[int], sector: int) -> Iterator[int]:
    """The sectors of one stream in order; a ring is damage."""
    for _ in range(len(table) + 1):
        if sector >= _END:
            return
        yield sector
        if sector >= len(table):
            raise damaged()
        sector = table[sector]
    raise damaged()


def _sector(content: bytes, number: int, size: int) -> bytes:
    start = (number + 1) * size
    block = content[start : start + size]
    if len(block) < size:
        raise damaged()
    return block
