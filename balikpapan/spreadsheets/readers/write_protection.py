"""Workbooks that Excel encrypts under a key everybody has, because they only resist editing.

"Protect workbook" and "mark as final" of some programs encrypt an .xlsx with the password
``VelvetSweatshop``; Excel opens such a file without asking. MS-OFFCRYPTO 2.3.4 is how.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, XMLParser

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from ..errors import doctype, encrypted
from ..opening import ole

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_PASSWORD_KEY = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"
_KEY_DATA = "{http://schemas.microsoft.com/office/2006/encryption}keyData"
_HASHES = ("SHA1", "SHA256", "SHA384", "SHA512")
#: Excel turns the password 100.000 times; a file that asks for far more only wants our time.
_MOST_TURNS = 200_000
_STANDARD_TURNS = 50_000
_SEGMENT = 4096
_VERIFIER_INPUT = bytes.fromhex("fea7d2763b4b9e79")
_VERIFIER_VALUE = bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")


def opened(content: bytes) -> bytes:
    """The package inside an encrypted workbook; refused where another password is needed."""
    try:
        info = ole.stream(content, "EncryptionInfo")
        package = ole.stream(content, "EncryptedPackage")
        major, minor = struct.unpack_from("<HH", info)
        (size,) = struct.unpack_from("<Q", package)
        if (major, minor) == (4, 4):
            plain = _agile(info[8:], package[8:])
        elif minor == 2 and major in (2, 3, 4):
            plain = _standard(info[4:], package[8:])
        else:
            raise encrypted()
    except (struct.error, ValueError, KeyError, TypeError, ParseError, binascii.Error) as error:
        raise encrypted() from error
    return plain[:size]


@dataclass(frozen=True, slots=True)
class _Hashing:
    """How one element of the encryption description hashes and encrypts."""

    name: str
    salt: bytes
    block_bytes: int
    key_bytes: int

    @classmethod
    def of(cls, element: Element) -> "_Hashing":
        name = element.attrib["hashAlgorithm"]
        if name not in _HASHES or element.attrib["cipherAlgorithm"] != "AES":
            raise ValueError(name)
        if element.attrib["cipherChaining"] != "ChainingModeCBC":
            raise ValueError(element.attrib["cipherChaining"])
        return cls(
            name,
            base64.b64decode(element.attrib["saltValue"]),
            int(element.attrib["blockSize"]),
            int(element.attrib["keyBits"]) // 8,
        )

    def digest(self, *parts: bytes) -> bytes:
        return hashlib.new(self.name, b"".join(parts)).digest()

    def key(self, secret: bytes, purpose: bytes) -> bytes:
        """The key for one purpose, padded or cut to its length."""
        return self.fitted(self.digest(secret, purpose), self.key_bytes)

    @staticmethod
    def fitted(value: bytes, length: int) -> bytes:
        return value[:length].ljust(length, b"\x36")


def _agile(description: bytes, package: bytes) -> bytes:
    """The package of Excel 2010 and later, whose description is XML."""
    root = _parsed(description)
    key_data = root.find(_KEY_DATA)
    key_element = next(root.iter(_PASSWORD_KEY), None)
    if key_data is None or key_element is None:
        raise encrypted()
    hashing, package_hashing = _Hashing.of(key_element), _Hashing.of(key_data)
    turns = int(key_element.attrib["spinCount"])
    secret = _turned(hashing.name, hashing.salt, turns)

    def value(name: str, purpose: bytes) -> bytes:
        data = base64.b64decode(key_element.attrib[name])
        start = hashing.fitted(hashing.salt, hashing.block_bytes)
        return _cbc(hashing.key(secret, purpose), start, data)

    checked = hashing.digest(
        value("encryptedVerifierHashInput", _VERIFIER_INPUT)[: len(hashing.salt)]
    )
    stated = value("encryptedVerifierHashValue", _VERIFIER_VALUE)[: len(checked)]
    if checked != stated:
        raise encrypted()
    key = value("encryptedKeyValue", _KEY_VALUE)[: package_hashing.key_bytes]
    segments = []
    for number, start in enumerate(range(0, len(package), _SEGMENT)):
        segment = package[start : start + _SEGMENT]
        segment = segment[: len(segment) - len(segment) % package_hashing.block_bytes]
        vector = package_hashing.digest(package_hashing.salt, struct.pack("<I", number))
        vector = package_hashing.fitted(vector, package_hashing.block_bytes)
        segments.append(_cbc(key, vector, segment))
    return b"".join(segments)


def _standard(description: bytes, package: bytes) -> bytes:
    """The package of Excel 2007: AES in electronic codebook mode, SHA-1 only."""
    (header_size,) = struct.unpack_from("<I", description, 4)
    _, _, algorithm, _, key_bits = struct.unpack_from("<5I", description, 8)
    if algorithm not in (0x660E, 0x660F, 0x6610):
        raise encrypted()
    verifier = description[8 + header_size :]
    (salt_size,) = struct.unpack_from("<I", verifier)
    salt = verifier[4 : 4 + salt_size]
    rest = verifier[4 + salt_size :]
    secret = _turned("SHA1", salt, _STANDARD_TURNS)
    block = hashlib.sha1(secret + bytes(4), usedforsecurity=False).digest()
    halves = [
        hashlib.sha1(
            bytes(byte ^ pad for byte in block) + bytes([pad]) * (64 - len(block)),
            usedforsecurity=False,
        ).digest()
        for pad in (0x36, 0x5C)
    ]
    key = b"".join(halves)[: key_bits // 8]
    checked = hashlib.sha1(_ecb(key, rest[:16]), usedforsecurity=False).digest()
    if _ecb(key, rest[20:52])[:20] != checked:
        raise encrypted()
    return _ecb(key, package[: len(package) - len(package) % 16])


def _turned(name: str, salt: bytes, turns: int) -> bytes:
    """The password hashed again and again, as both variants do."""
    if turns > _MOST_TURNS:
        raise encrypted()
    new = getattr(hashlib, name.lower())
    value = new(salt + _PASSWORD).digest()
    for turn in range(turns):
        value = new(struct.pack("<I", turn) + value).digest()
    return bytes(value)


def _cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    return bytes(decryptor.update(data) + decryptor.finalize())


def _ecb(key: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    return bytes(decryptor.update(data) + decryptor.finalize())


def _parsed(description: bytes) -> Element:
    """The description as a tree; a DOCTYPE could only do harm."""
    if b"<!" in description:
        raise doctype()
    parser = XMLParser()
    parser.feed(description.rstrip(b"\0"))
    root: Element = parser.close()
    return root
