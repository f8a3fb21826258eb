"""An .xlsx package as a whole: which sheets it has, its styles, its strings, what it carries along.

Relationships are followed, never file names, because only the former are binding.
"""

import posixpath
from typing import IO, TypeVar
from zipfile import ZipFile

from ...errors import damaged
from ...opening.package_parts import CONTENT_TYPES, part_key
from ..number_formats import kind_of_format
from ..safe_xml import GuardedXml
from ..wire import BookDraft
from .cells import CellReader
from .strings import MAIN, SharedStringsXml, int_of
from .worksheet import WorksheetXml

_KINDS = {
    "worksheet": "worksheet",
    "chartsheet": "chart",
    "dialogsheet": "dialog",
    "xlMacrosheet": "macro",
    "xlIntlMacrosheet": "macro",
}
_VISIBILITIES = {"hidden": "hidden", "veryHidden": "very_hidden"}


#: The texts of the first rows are mostly the first of all.
SAMPLE_STRINGS_PER_ROW = 40


class RelationsXml(GuardedXml):
    """The parts that a part points to: id -> (last word of the type, path or outside address)."""

    namespaces = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + self.folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = (kind, target)


class WorkbookXml(GuardedXml):
    """The list of sheets and the date system."""

    namespaces = MAIN

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []  # name, visibility, relation
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and self.depth == 3:
            visibility = _VISIBILITIES.get(attributes.get("state", ""), "visible")
            self.sheets.append((attributes.get("name", ""), visibility, attributes.get("r:id", "")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true", "on")


class StylesXml(GuardedXml):
    """What each cell style makes of a number, and whether it strikes the text through."""

    namespaces = MAIN

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self.struck: set[int] = set()
        self._codes: dict[int, str] = {}
        self._struck_fonts: set[int] = set()
        self._fonts = -1
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth == 2:
            self._inside = name
        if name == "numFmt" and self._inside == "numFmts":
            self._codes[int_of(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and self._inside == "fonts":
            self._fonts += 1
        elif name == "strike" and self._inside == "fonts":
            if attributes.get("val", "1") not in ("0", "false", "off"):
                self._struck_fonts.add(self._fonts)
        elif name == "xf" and self._inside == "cellXfs":
            number = int_of(attributes.get("numFmtId"))
            if int_of(attributes.get("fontId")) in self._struck_fonts:
                self.struck.add(len(self.kinds))
            self.kinds.append(kind_of_format(number, self._codes.get(number)))


class CommentsXml(GuardedXml):
    """How many cells carry a comment."""

    namespaces = MAIN

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += name == "comment"


Part = TypeVar("Part", bound=GuardedXml)


class Package:
    """The parts of the archive by name, compared as ``part_key`` compares them."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.names = {part_key(name): name for name in archive.namelist()}
        self.unread = set(archive.namelist())

    def has(self, name: str) -> bool:
        return part_key(name) in self.names

    def open(self, name: str) -> IO[bytes]:
        stored = self.names.get(part_key(name))
        if stored is None:
            raise damaged()
        self.unread.discard(stored)
        return self.archive.open(stored)

    def read(self, name: str, xml: Part) -> Part:
        with self.open(name) as stream:
            return xml.read(stream)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Where a part points to; empty when it says nothing."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return self.read(path, RelationsXml(folder)).targets if self.has(path) else {}


def read_ooxml(archive: ZipFile, book: BookDraft) -> None:
    """Read every sheet of an .xlsx into ``book``."""
    package = Package(archive)
    package.read(CONTENT_TYPES, GuardedXml())
    workbook_part = first(package.relations(""), "officeDocument") or "xl/workbook.xml"
    workbook = package.read(workbook_part, WorkbookXml())
    relations = package.relations(workbook_part)
    wanted = 0  # the texts of a second sheet stand behind those of the first
    if len(workbook.sheets) == 1:
        wanted = book.sample_rows * SAMPLE_STRINGS_PER_ROW
    styles, strings = StylesXml(), SharedStringsXml(book.max_rows, wanted)
    if part := first(relations, "styles"):
        package.read(part, styles)
    if part := first(relations, "sharedStrings"):
        package.read(part, strings)
    cells = CellReader(strings, styles, workbook.is_1904)
    carried = {kind for kind, _ in relations.values()}
    for name, visibility, relation in workbook.sheets:
        kind, part = relations.get(relation, ("", ""))
        sheet = book.sheet(name, _KINDS.get(kind, "worksheet"), visibility)
        if sheet.kind != "worksheet":
            continue
        package.read(part, WorksheetXml(sheet, cells))
        sheet.finish()
        own = package.relations(part)
        carried.update(kind for kind, _ in own.values())
        for kind, target in own.values():
            if kind == "comments":
                sheet.commented += package.read(target, CommentsXml()).count
    note_carried(book, carried)
    if not book.sample_rows:
        verify_rest(package)


def note_carried(book: BookDraft, carried: set[str]) -> None:
    """Say what came along and is neither opened nor fetched."""
    if "externalLink" in carried:
        book.note(
            "external_links",
            "Berkas memuat tautan ke buku kerja lain; tautan diabaikan, nilai tersimpan yang dibaca.",
        )
    if carried & {"oleObject", "package", "control", "activeXControlBinary"}:
        book.note("embedded_objects", "Berkas memuat objek sisipan (OLE); objek itu diabaikan.")
    if carried & {"connections", "queryTable"}:
        book.note(
            "connections",
            "Berkas memuat sambungan data ke luar; sambungan diabaikan, nilai tersimpan yang dibaca.",
        )


def verify_rest(package: Package) -> None:
    """Unpack what nobody read (pictures, themes): its checksum must be right all the same."""
    for name in package.unread:
        with package.archive.open(name) as stream:
            while stream.read(1 << 20):
                pass


def first(relations: dict[str, tuple[str, str]], kind: str) -> str:
    """The first part of that kind, or nothing."""
    return next((target for own_kind, target in relations.values() if own_kind == kind), "")
