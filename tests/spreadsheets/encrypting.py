"""Workbooks encrypted as Excel does it: in two ways each as .xlsx and .xls (MS-OFFCRYPTO 2.3)."""

import base64
import hashlib
import struct

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .building import ole, record

WRITE_PROTECTION = "VelvetSweatshop"
_SALT = bytes(range(16))
_PACKAGE_SALT = bytes(range(16, 32))
_KEY = bytes(range(32))
_NAMESPACE = "http://schemas.microsoft.com/office/2006"


def agile(package: bytes, password: str = WRITE_PROTECTION, *, turns: int = 1000) -> bytes:
    """The package as Excel 2010 and later encrypts it."""
    secret = _turned("sha512", password, turns)

    def value(purpose: str, data: bytes) -> str:
        key = hashlib.sha512(secret + bytes.fromhex(purpose)).digest()[:32]
        return base64.b64encode(_cbc(key, _SALT, data)).decode()

    verifier = b"0123456789abcdef"
    manner = (
        'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    description = (
        f'<encryption xmlns="{_NAMESPACE}/encryption" '
        f'xmlns:p="{_NAMESPACE}/keyEncryptor/password"><keyData {manner} '
        f'saltValue="{base64.b64encode(_PACKAGE_SALT).decode()}"/><keyEncryptors><keyEncryptor>'
        f'<p:encryptedKey spinCount="{turns}" {manner} '
        f'saltValue="{base64.b64encode(_SALT).decode()}" '
        f'encryptedVerifierHashInput="{value("fea7d2763b4b9e79", verifier)}" '
        f'encryptedVerifierHashValue="'
        f'{value("d7aa0f6d3061344e", hashlib.sha512(verifier).digest())}" '
        f'encryptedKeyValue="{value("146e0be7abacd0d6", _KEY)}"/></keyEncryptor></keyEncryptors>'
        "</encryption>"
    )
    segments = [
        _cbc(
            _KEY,
            hashlib.sha512(_PACKAGE_SALT + struct.pack("<I", number)).digest()[:16],
            _padded(package[start : start + 4096]),
        )
        for number, start in enumerate(range(0, len(package), 4096))
    ]
    return _container(struct.pack("<HHI", 4, 4, 0x40) + description.encode(), package, segments)


def standard(package: bytes, password: str = WRITE_PROTECTION) -> bytes:
    """The package as Excel 2007 encrypts it."""
    secret = _turned("sha1", password, 50_000)
    block = hashlib.sha1(secret + bytes(4)).digest().ljust(64, b"\0")
    key = hashlib.sha1(bytes(byte ^ 0x36 for byte in block)).digest()[:16]
    verifier = b"0123456789abcdef"
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    checked = hashlib.sha1(verifier).digest().ljust(32, b"\0")
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + _SALT + _ecb(key, verifier)
    info += struct.pack("<I", 20) + _ecb(key, checked)
    return _container(info, package, [_ecb(key, _padded(package))])


def _container(info: bytes, package: bytes, segments: list[bytes]) -> bytes:
    encrypted = struct.pack("<Q", len(package)) + b"".join(segments)
    return ole({"EncryptionInfo": info, "EncryptedPackage": encrypted})


def _turned(name: str, password: str, turns: int) -> bytes:
    value = hashlib.new(name, _SALT + password.encode("utf-16-le")).digest()
    for turn in range(turns):
        value = hashlib.new(name, struct.pack("<I", turn) + value).digest()
    return value


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 16)


def _cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.CBC(start)).encryptor().update(data)


def _ecb(key: bytes, data: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(data)


def xls_97(records: bytes, password: str = WRITE_PROTECTION) -> bytes:
    """The records of a workbook as Excel 97 encrypts them."""
    hashed = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    secret = hashlib.md5((hashed + _SALT) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(secret + struct.pack("<I", block)).digest()

    verifier = b"0123456789abcdef"
    checked = _rc4(key(0), verifier + hashlib.md5(verifier).digest())
    return _xls_under(key, struct.pack("<HHH", 1, 1, 1) + _SALT + checked, records)


def xls_crypto_api(
    records: bytes, password: str = WRITE_PROTECTION, *, key_bits: int = 128
) -> bytes:
    """The records of a workbook as Excel 2002 to 2007 encrypt them."""
    secret = hashlib.sha1(_SALT + password.encode("utf-16-le")).digest()

    def key(block: int) -> bytes:
        hashed = hashlib.sha1(secret + struct.pack("<I", block)).digest()[: key_bits // 8]
        return hashed if key_bits > 40 else hashed.ljust(16, b"\0")

    verifier = b"0123456789abcdef"
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, key_bits, 1, 0, 0) + b"C\0S\0P\0\0\0"
    description = struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header
    description += struct.pack("<I", 16) + _SALT
    checked = _rc4(key(0), verifier + hashlib.sha1(verifier).digest())
    description += checked[:16] + struct.pack("<I", 20) + checked[16:]
    return _xls_under(key, description, records)


def _xls_under(key, description: bytes, records: bytes) -> bytes:
    """Everything but the heads of records, the beginnings and the places of sheets encrypted."""
    first = 4 + struct.unpack_from("<H", records, 2)[0]
    inserted = record(0x2F, description)
    plain = bytearray(records[:first] + inserted + records[first:])
    blocks = range(-(-len(plain) // 1024))
    hidden = b"".join(_rc4(key(n), bytes(plain[n * 1024 : (n + 1) * 1024])) for n in blocks)
    place = 0
    while place < len(plain):
        kind, size = struct.unpack_from("<HH", plain, place)
        if kind == 0x85:
            (sheet,) = struct.unpack_from("<I", plain, place + 4)
            struct.pack_into("<I", plain, place + 4, sheet + len(inserted))
        if kind not in (0x809, 0x2F):
            start, end = place + 4 + 4 * (kind == 0x85), place + 4 + size
            plain[start:end] = hidden[start:end]
        place += 4 + size
    return ole({"Workbook": bytes(plain)})


def _rc4(key: bytes, data: bytes) -> bytes:
    return Cipher(ARC4(key), None).encryptor().update(data)
