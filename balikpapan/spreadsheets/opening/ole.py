"""The directory of an old Office file (OLE compound document): which streams it holds."""

import struct

from ..errors import damaged

_END = 0xFFFFFFFA  # and above: not a sector
_MOST_SECTORS = 1 << 20


def entry_names(content: bytes) -> set[str]:
    """The names of all streams and storages, in lower case."""
    if len(content) < 512:
        raise damaged()
    (shift,) = struct.unpack_from("<H", content, 30)
    first, *_ = struct.unpack_from("<I", content, 48)
    if shift not in (9, 12):
        raise damaged()
    size = 1 << shift
    table = _allocation(content, size)
    names = set()
    for sector in _chain(table, first):
        block = _sector(content, sector, size)
        for offset in range(0, len(block) - 127, 128):
            entry = block[offset : offset + 128]
            (length,) = struct.unpack_from("<H", entry, 64)
            if entry[66] and 2 <= length <= 64:
                names.add(entry[: length - 2].decode("utf-16-le", "replace").lower())
    if not names:
        raise damaged()
    return names


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


def _chain(table: list[int], sector: int):
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
