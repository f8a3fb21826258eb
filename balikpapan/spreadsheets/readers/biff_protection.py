"""Old .xls workbooks that Excel encrypts under a key everybody has.

A write-protected .xls is encrypted with the password ``VelvetSweatshop``, as its successor is;
MS-XLS 2.2.10 and MS-OFFCRYPTO 2.3.5 and 2.3.6 are how. Only the contents of records are encrypted:
their heads and a few whole records stay readable.
"""

import hashlib
import struct
from collections.abc import Callable, Iterator

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

from ..errors import encrypted

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_BEGIN = {0x0009, 0x0209, 0x0409, 0x0809}
_FILEPASS = 0x002F
_SHEET = 0x0085
#: Records that are never encrypted: the beginnings, FILEPASS, and those about sharing the file.
_PLAIN = _BEGIN | {_FILEPASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138}
#: A record that no reader knows and so passes over.
_UNKNOWN = 0xFFFF
#: Each so many bytes of the stream have a key of their own.
_BLOCK = 1024
_RC4 = 1

#: The key of a block by its number.
BlockKeys = Callable[[int], bytes]


def opened(stream: bytes) -> bytes:
    """The workbook's records as they are without the encryption.

    Refused where another password or another way of encrypting was used.
    """
    record = _filepass(stream)
    if record is None:
        raise encrypted()
    start, length = record
    keys = _block_keys(stream[start + 4 : start + 4 + length])
    plain = bytearray()
    for block in range(-(-len(stream) // _BLOCK)):
        plain += _deciphered(keys(block), stream[block * _BLOCK : (block + 1) * _BLOCK])
    for kind, place, size in _records(stream):
        readable = 4
        if kind in _PLAIN:
            readable += size
        elif kind == _SHEET:
            readable += 4  # where the sheet begins in the stream
        plain[place : place + readable] = stream[place : place + readable]
    struct.pack_into("<H", plain, start, _UNKNOWN)
    return bytes(plain)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record of the stream: its kind, its place, and the bytes of its contents."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place, size
        place += 4 + size


def _filepass(stream: bytes) -> tuple[int, int] | None:
    """Where the record about the encryption stands, which follows the beginning of the workbook."""
    for position, (kind, place, size) in enumerate(_records(stream)):
        if kind == _FILEPASS:
            return place, size
        # WRITEPROT alone may stand between the two.
        if position > 2 or (position == 0 and kind not in _BEGIN):
            return None
    return None


def _block_keys(description: bytes) -> BlockKeys:
    """The keys of the blocks, once the password is known to be the common one."""
    try:
        way, major, minor = struct.unpack_from("<HHH", description)
        if way != _RC4:
            raise encrypted()
        if (major, minor) == (1, 1):
            return _of_office_97(description[6:])
        if major in (2, 3, 4) and minor == 2:
            return _of_crypto_api(description[6:])
    except (struct.error, ValueError) as error:
        raise encrypted() from error
    raise encrypted()


def _of_office_97(description: bytes) -> BlockKeys:
    salt, verifier, verifier_hash = (description[at : at + 16] for at in (0, 16, 32))
    password = hashlib.md5(_PASSWORD, usedforsecurity=False).digest()[:5]
    secret = hashlib.md5((password + salt) * 16, usedforsecurity=False).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(secret + struct.pack("<I", block), usedforsecurity=False).digest()

    plain = _deciphered(key(0), verifier + verifier_hash)
    if hashlib.md5(plain[:16], usedforsecurity=False).digest() != plain[16:]:
        raise encrypted()
    return key


def _of_crypto_api(description: bytes) -> BlockKeys:
    (header_size,) = struct.unpack_from("<I", description, 4)
    (key_bits,) = struct.unpack_from("<I", description, 8 + 16)
    rest = description[8 + header_size :]
    (salt_size,) = struct.unpack_from("<I", rest)
    salt, verifier = rest[4 : 4 + salt_size], rest[4 + salt_size : 20 + salt_size]
    hash_size, verifier_hash = struct.unpack_from("<I20s", rest, 20 + salt_size)
    secret = hashlib.sha1(salt + _PASSWORD, usedforsecurity=False).digest()
    length = (key_bits or 40) // 8
    if hash_size != 20 or not 5 <= length <= 16:
        raise encrypted()

    def key(block: int) -> bytes:
        block_hash = hashlib.sha1(secret + struct.pack("<I", block), usedforsecurity=False).digest()
        # A key of 40 bits is used as one of 128 whose rest is zeros.
        return block_hash[:length] if length > 5 else block_hash[:5].ljust(16, b"\0")

    plain = _deciphered(key(0), verifier + verifier_hash)
    if hashlib.sha1(plain[:16], usedforsecurity=False).digest() != plain[16:]:
        raise encrypted()
    return key


def _deciphered(key: bytes, data: bytes) -> bytes:
    decryptor = Cipher(ARC4(key), mode=None).decryptor()
    return bytes(decryptor.update(data) + decryptor.finalize())
