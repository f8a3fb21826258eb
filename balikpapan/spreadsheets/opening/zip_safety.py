"""The directory of a zip: what kind of document it is, and whether it is safe to unpack."""

import io
import zipfile

from ..errors import WorkbookRefused, damaged, encrypted, macro, too_big_inside
from .package_parts import CONTENT_TYPES, applying_types, part_key

MAX_ENTRIES = 4_000
_SMALL = 64 << 20  # what may unpack from any ratio
_RATIO = 250
_MANIFEST = 4 << 20
_ODF = "application/vnd.oasis.opendocument."
_MANIFEST_PART = "meta-inf/manifest.xml"
_LOCAL_HEADER = 30  # bytes before the name
_DIRECTORY_ENTRY = b"PK\x01\x02"


def recognise(content: bytes, max_inflated: int) -> str:
    """``xlsx`` or ``ods``; raises ``WorkbookRefused`` for every other zip."""
    if content.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise _unsafe("terlalu banyak bagian")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {part_key(entry.filename): entry.filename for entry in entries}
            _refuse_unsafe(entries, archive.start_dir)
            _refuse_by_name(set(names))
            _refuse_large(entries, max_inflated)
            if "mimetype" in names:
                return _recognise_odf(archive, names)
            return _recognise_ooxml(archive, names)
    except WorkbookRefused:
        raise
    except Exception as error:  # a hostile directory fails in many ways inside zipfile
        raise damaged() from error


def plain_archive() -> WorkbookRefused:
    """An archive of files, not a workbook."""
    return WorkbookRefused(
        "archive",
        "Berkas ini arsip (zip), bukan buku kerja. Ekstrak dahulu, lalu unggah berkas Excel di "
        "dalamnya.",
    )


def _refuse_unsafe(entries: list[zipfile.ZipInfo], directory: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _unsafe("terlalu banyak bagian")
    seen = set()
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        if name.startswith("/") or "\0" in name or ":" in name or ".." in name.split("/"):
            raise _unsafe("nama bagian menunjuk ke luar berkas")
        if name.casefold() in seen:
            raise _unsafe("nama bagian ganda")
        seen.add(name.casefold())
        if entry.flag_bits & 1:
            raise encrypted()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unsafe("cara pemampatan tidak dikenal")
    entries = sorted(entries, key=lambda entry: entry.header_offset)
    following = [entry.header_offset for entry in entries[1:]] + [directory]
    for entry, end in zip(entries, following, strict=True):
        if entry.header_offset + _LOCAL_HEADER + entry.compress_size > end:
            raise _unsafe("bagian saling tumpang tindih")


def _refuse_large(entries: list[zipfile.ZipInfo], max_inflated: int) -> None:
    if sum(entry.file_size for entry in entries) > max_inflated:
        raise too_big_inside()
    for entry in entries:
        if entry.file_size > max(_SMALL, entry.compress_size * _RATIO):
            raise too_big_inside()


def _refuse_by_name(names: set[str]) -> None:
    """Refuse the documents that are zips too but are not read, by the keys of their parts."""
    if any(name.rpartition("/")[2] == "vbaproject.bin" for name in names):
        raise macro()
    if "xl/workbook.bin" in names:
        raise _other("xlsb", "buku kerja Excel biner (.xlsb)", "Excel")
    if any(name.startswith("word/") for name in names) and "xl/workbook.xml" not in names:
        raise _other("word", "dokumen Word (.docx)", "Word, salin tabelnya ke Excel")
    if any(name.startswith("ppt/") for name in names) and "xl/workbook.xml" not in names:
        raise _other("presentation", "presentasi PowerPoint (.pptx)", "PowerPoint, salin tabelnya")
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        raise _other("numbers", "lembar kerja Apple Numbers (.numbers)", "Numbers")


def _recognise_odf(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    kind = _small(archive, names["mimetype"]).decode("ascii", "replace").strip()
    if not kind.startswith(_ODF):
        raise plain_archive()
    if _MANIFEST_PART in names:
        manifest = _small(archive, names[_MANIFEST_PART])
        if b"encryption-data" in manifest:
            raise encrypted()
    if not kind.removeprefix(_ODF).startswith("spreadsheet"):
        raise _other("word", "dokumen OpenDocument yang bukan lembar kerja", "LibreOffice")
    if "content.xml" not in names:
        raise damaged()
    return "ods"


def _recognise_ooxml(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    key = part_key(CONTENT_TYPES)
    if key not in names:
        if any(name.startswith("xl/") for name in names):
            raise WorkbookRefused(
                "no_content_types",
                "Berkas bukan buku kerja yang utuh: daftar isinya ([Content_Types].xml) tidak ada. "
                "Buka di Excel, simpan ulang, lalu unggah lagi.",
            )
        raise plain_archive()
    types = applying_types(_small(archive, names[key]), set(names))
    if b"macroenabled" in types or b"vbaproject" in types:
        raise macro()
    if b"sheet.binary" in types:
        raise _other("xlsb", "buku kerja Excel biner (.xlsb)", "Excel")
    if b"spreadsheetml" not in types and b"<!doctype" not in types:
        raise plain_archive()
    return "xlsx"


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that is short in every honest file."""
    if archive.getinfo(name).file_size > _MANIFEST:
        raise too_big_inside()
    return archive.read(name)


def _unsafe(why: str) -> WorkbookRefused:
    return WorkbookRefused(
        "unsafe_archive",
        f"Susunan berkas tidak wajar ({why}) sehingga tidak dibuka. "
        "Salin isinya ke buku kerja baru, lalu unggah lagi.",
    )


def _other(code: str, what: str, opener: str) -> WorkbookRefused:
    return WorkbookRefused(
        code,
        f"Berkas ini {what}. Buka di {opener}, simpan atau ekspor sebagai .xlsx, lalu unggah lagi.",
    )
