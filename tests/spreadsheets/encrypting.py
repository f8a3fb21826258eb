"""Workbooks encrypted as Excel does it, in both of its ways (MS-OFFCRYPTO 2.3.4)."""

import base64
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .building import ole

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
