"""What the bytes of an upload are, found out cheaply; everything else is refused by name."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..cells.formatting import format_whole
from ..errors import WorkbookRefused, encrypted, macro
from ..model import WorkbookNote
from . import ole, zip_safety
from .limits import Limits

_NAMES = {
    "xlsx": "Excel (.xlsx)",
    "xls": "Excel 97-2003 (.xls)",
    "ods": "OpenDocument (.ods)",
    "csv": "teks CSV",
}
_ENDINGS = {
    ".xlsx": "xlsx",
    ".xltx": "xlsx",
    ".xls": "xls",
    ".xlt": "xls",
    ".ods": "ods",
    ".ots": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}
_RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh91AY", b"\xfd7zXZ")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script|div|title|tr)\b", re.I
)
#: The first lines of a web page that a browser saved as one file (MHTML), in any order.
_MAIL_HEADER = re.compile(
    rb"(?:mime-version|content-type:\s*multipart/related|snapshot-content-location|"
    rb"from: <saved by)",
    re.I | re.M,
)
_MAIL_FIELD = re.compile(rb"[a-z][a-z-]*:[ \t]", re.I)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = bytes({*range(32)} - {9, 10, 13, 26, 27}) + b"\x7f"


def recognise(content: bytes, limits: Limits) -> str:
    """``xlsx``, ``xls``, ``ods`` or ``csv``; raises ``WorkbookRefused`` for anything else."""
    if not content:
        raise WorkbookRefused("empty", "Berkas kosong. Pilih berkas yang berisi data.")
    if len(content) > limits.max_bytes:
        raise WorkbookRefused(
            "too_large",
            f"Berkas melebihi {format_whole(limits.max_bytes >> 20)} MiB, batas satu unggahan. "
            "Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
        )
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return zip_safety.recognise(content, limits.max_inflated)
    if content.startswith(ole.SIGNATURE):
        return _recognise_ole(content)
    if content.startswith(_RAW_BIFF) and b"\0" in content[:64]:
        return "xls"
    _refuse_by_name(content)
    return "csv"


def name_notes(file_name: str, format: str) -> list[WorkbookNote]:
    """What to say when the ending of the name promises something else."""
    ending = PurePosixPath(file_name.replace("\\", "/")).suffix.casefold()
    if not ending or _ENDINGS.get(ending) == format:
        return []
    shown = "".join(letter for letter in ending if letter.isalnum() or letter == ".")[:12]
    return [
        WorkbookNote(
            "name_differs",
            f"Nama berkas berakhiran {shown}, tetapi isinya {_NAMES[format]}; "
            "dibaca menurut isinya.",
        )
    ]


def _recognise_ole(content: bytes) -> str:
    names = ole.entry_names(content)
    if {"encryptedpackage", "encryptioninfo"} <= names:
        return "xlsx"  # perhaps under the key that everybody has; its reader will see
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise encrypted()
    if names & {"_vba_project_cur", "_vba_project", "vba"} and names & {"workbook", "book"}:
        raise macro()
    if names & {"workbook", "book"}:
        return "xls"
    if "worddocument" in names:
        raise _not_a_sheet("word", "dokumen Word (.doc)")
    if "powerpoint document" in names:
        raise _not_a_sheet("presentation", "presentasi PowerPoint (.ppt)")
    raise _not_a_sheet("unknown_format", "dokumen Office lama yang bukan buku kerja")


def _refuse_by_name(content: bytes) -> None:
    """Refuse what is not plain text, by its own name."""
    beginning = _Beginning.of(content)
    for applies, code, what in _FOREIGN:
        if applies(beginning):
            if code == "archive":
                raise zip_safety.plain_archive()
            raise _not_a_sheet(code, what)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a file starts with: its bytes, and its text without marks and blanks before it."""

    content: bytes  # 64 KiB of it
    start: bytes  # as UTF-8 where the file is UTF-16

    @classmethod
    def of(cls, content: bytes) -> "_Beginning":
        start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\0")
        if content.startswith(_UTF16):
            start = content[:4096].decode("utf-16", "ignore").encode("utf-8").lstrip()
        return cls(content[:65536], start)

    @property
    def is_xml(self) -> bool:
        return self.start[:5].lower() == b"<?xml" or self.start.startswith(b"<Workbook")

    def is_xml_with(self, mark: bytes) -> bool:
        """Whether it is XML that holds these bytes."""
        return self.is_xml and mark in self.content

    @property
    def is_page(self) -> bool:
        """Whether it is HTML, perhaps behind a comment."""
        if _MARKUP.match(self.start):
            return True
        return self.start.startswith(b"<!--") and _MARKUP.search(self.start) is not None

    @property
    def is_saved_page(self) -> bool:
        """Whether it is a web page with its mail-like headers (MHTML)."""
        return bool(_MAIL_FIELD.match(self.start) and _MAIL_HEADER.search(self.start))

    @property
    def is_binary(self) -> bool:
        # Text in UTF-16 without its mark has a zero in every other byte and little else.
        controls = len(self.content) - len(self.content.translate(None, _CONTROL))
        many = controls - self.content.count(0) > len(self.content) // 20
        return many and not self.content.startswith(_UTF16)


#: What is refused by its name, the first that applies: (whether it is that, code, what it is).
_FOREIGN: tuple[tuple[Callable[[_Beginning], object], str, str], ...] = (
    (lambda file: b"%PDF-" in file.content[:1024], "pdf", "PDF"),
    # "BMD" may head a csv, so a picture needs a zero byte as well.
    (
        lambda file: file.content.startswith(_PICTURES) and b"\0" in file.content[:64],
        "image",
        "gambar",
    ),
    (lambda file: file.content.startswith(_ARCHIVES), "archive", "arsip"),
    (lambda file: file.start.startswith(b"{\\rtf"), "word", "dokumen teks (.rtf)"),
    (
        lambda file: file.is_xml_with(b"urn:schemas-microsoft-com:office:spreadsheet"),
        "xml",
        "XML Spreadsheet 2003",
    ),
    (
        lambda file: file.is_xml_with(b"<office:document"),
        "flat_odf",
        "OpenDocument satu berkas (.fods)",
    ),
    (lambda file: file.is_xml and _MARKUP.search(file.start), "html", "halaman HTML"),
    (lambda file: file.is_xml, "xml", "XML"),
    (lambda file: file.is_page, "html", "halaman HTML, bukan buku kerja Excel"),
    (
        lambda file: file.is_saved_page,
        "html",
        "halaman web yang disimpan dari peramban (.mht), bukan Excel",
    ),
    (lambda file: file.is_binary, "unknown_format", "berkas biner yang tidak dikenal"),
)
#: How a file is saved anew where it is not by Excel as .xlsx.
_REMEDIES = {"flat_odf": "buka di LibreOffice, simpan sebagai .ods"}


def _not_a_sheet(code: str, what: str) -> WorkbookRefused:
    remedy = _REMEDIES.get(code, "buka di Excel, simpan sebagai .xlsx")
    return WorkbookRefused(
        code,
        f"Berkas ini {what}. Yang dapat dibaca hanya .xlsx, .xls, .ods, dan .csv; {remedy}, "
        "lalu unggah lagi.",
    )
