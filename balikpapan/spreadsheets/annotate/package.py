"""The child process that edits an .xlsx package: colours, comments, and a sheet that lists all.

Parts are found as the reader finds them, by their relations, and edited as text. Whatever is built
in an unforeseen way ends the process with an error; its parent then gives the values instead.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from ..addresses import column_index
from ..opening.package_parts import CONTENT_TYPES, part_key
from ..readers.xlsx.package import Package, WorkbookXml, first
from ..writing import as_cell, fitting
from .comments import boxed, commented
from .copy import Annotation
from .styles import Styles
from .worksheet import (
    ATTRIBUTES,
    RELATIONS,
    SEVERITIES,
    SheetText,
    Spot,
    Spots,
    Unusual,
    attribute,
    prefix_of,
)

LISTING = "Hasil pemeriksaan"
LABELS = {"error": "Kesalahan", "warning": "Peringatan", "note": "Catatan"}
MEANINGS = {
    "error": "baris ini tidak disimpan sampai diperbaiki",
    "warning": "baris ini disimpan, tetapi perlu dilihat",
    "note": "keterangan tentang cara membacanya",
}
#: Excel opens a sheet with more of them only slowly; the gravest are kept.
MOST_COMMENTS = 5_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(order: dict[str, Any], content: bytes, send: Callable[[bytes], None]) -> None:
    """Send the content marked with the order's ``marks`` and ``remarks``."""
    marks = [Annotation(*one) for one in order["marks"]]
    send(marked_package(content, marks, order["remarks"]))


def marked_package(content: bytes, marks: list[Annotation], remarks: list[str]) -> bytes:
    """The package with its marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        edited = EditedPackage(archive)
        spots = edited.paint(marks)
        dropped = edited.comment(spots)
        edited.append_listing(marks, [*remarks, *edited.remarks(dropped)])
        return edited.bytes()


class EditedPackage:
    """The parts of an archive, some of them replaced or new."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive, self.package = archive, Package(archive)
        self.changed: dict[str, str] = {}
        self.book = first(self.package.relations(""), "officeDocument") or "xl/workbook.xml"
        self.relations = self.package.relations(self.book)
        if "purl.oclc.org/ooxml" in self.text(self.book):
            raise Unusual  # the strict variant has other names for everything
        self.sheets = self.package.read(self.book, WorkbookXml()).sheets
        self.parts = {
            name: self.relations[relation][1]
            for name, _, relation in self.sheets
            if self.relations.get(relation, ("",))[0] == "worksheet"
        }
        self.styles_part = first(self.relations, "styles")
        if not self.styles_part:
            raise Unusual
        self.styles = Styles(self.text(self.styles_part))

    # Parts

    def text(self, part: str) -> str:
        """A part's text, as it is by now."""
        if part not in self.changed:
            with self.package.open(part) as stream:
                content = stream.read()
            self.changed[part] = content.decode("utf-8-sig")
            if re.match(r'<\?xml[^>]*encoding=["\'](?!utf-8["\'])', self.changed[part], re.I):
                raise Unusual
        return self.changed[part]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lets a part point to another; returns the name of the relation."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.package.has(path) or path in self.changed:
            xml = self.text(path)
        else:
            xml = f'{_XML}<Relationships xmlns="{_PACKAGE}"></Relationships>'
        p = prefix_of(xml, "Relationships")
        xml = re.sub(
            rf"<{p}Relationships({ATTRIBUTES})/>", rf"<{p}Relationships\1></{p}Relationships>", xml
        )
        number = 1
        while f'"rIdHasil{number}"' in xml:
            number += 1
        href = posixpath.relpath(target, folder or ".")
        self.changed[path] = xml.replace(
            f"</{p}Relationships>",
            f'<{p}Relationship Id="rIdHasil{number}" Type="{RELATIONS}/{kind}" Target="{href}"/>'
            f"</{p}Relationships>",
        )
        return f"rIdHasil{number}"

    def new_part(self, pattern: str, content_type: str) -> str:
        """The name of a part that did not exist, declared by its type."""
        number = 1
        while self.package.has(pattern.format(number)) or pattern.format(number) in self.changed:
            number += 1
        part = pattern.format(number)
        types = self.text(CONTENT_TYPES)
        p = prefix_of(types, "Types")
        self.changed[CONTENT_TYPES] = types.replace(
            f"</{p}Types>",
            f'<{p}Override PartName="/{part}" ContentType="{content_type}"/></{p}Types>',
        )
        return part

    def bytes(self) -> bytes:
        """The archive with everything that was not touched as it was."""
        self.changed[self.styles_part] = self.styles.xml()
        replaced = {part_key(name): text for name, text in self.changed.items()}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as out:
            for entry in self.archive.infolist():
                text = replaced.pop(part_key(entry.filename), None)
                content = self.archive.read(entry) if text is None else text.encode()
                out.writestr(entry.filename.replace("\\", "/"), content)
            for name, text in self.changed.items():
                if part_key(name) in replaced:
                    out.writestr(name, text.encode())
        return stream.getvalue()

    # Marks

    def paint(self, marks: list[Annotation]) -> dict[str, dict[str, Spot]]:
        """Colours the cells; sheet -> reference -> what to tell there."""
        spots: dict[str, Spots] = defaultdict(lambda: defaultdict(lambda: defaultdict(Spot)))
        for one in marks:
            if one.row is not None and one.sheet in self.parts:
                column = column_index(one.column) if one.column else None
                spots[one.sheet][one.row][column].add(one.severity, one.message)
        painted = {}
        for name, rows in spots.items():
            part = self.parts[name]
            sheet = SheetText(self.text(part))
            painted[name] = sheet.paint(rows, self.styles.coloured)
            self.changed[part] = sheet.xml
        return painted

    def comment(self, spots: dict[str, dict[str, Spot]]) -> int:
        """Adds the comments, the gravest first as far as they go; returns how many did not."""
        every = [
            (s.severity, name, ref) for name, cells in spots.items() for ref, s in cells.items()
        ]
        every.sort(key=lambda entry: SEVERITIES.index(entry[0]))
        commented_cells: dict[str, dict[str, Spot]] = defaultdict(dict)
        for _, name, reference in every[:MOST_COMMENTS]:
            commented_cells[name][reference] = spots[name][reference]
        for name, cells in commented_cells.items():
            self._comment_sheet(self.parts[name], cells)
        return max(0, len(every) - MOST_COMMENTS)

    def _comment_sheet(self, part: str, cells: dict[str, Spot]) -> None:
        own = self.package.relations(part)
        texts = first(own, "comments")
        sheet = SheetText(self.text(part))
        drawing = own.get(sheet.comments_reference() or "", ("", ""))[1]
        xml, fresh = commented(self.text(texts) if texts else None, cells)
        if not texts:
            texts = self.new_part("xl/commentsHasil{}.xml", f"{_TYPE}.comments+xml")
            self.relate(part, "comments", texts)
        self.changed[texts] = xml
        if not fresh:
            return
        xml = boxed(self.text(drawing) if drawing else None, fresh)
        if not drawing:
            drawing = self.new_part("xl/drawings/hasil{}.vml", _VML)
            sheet.refer_to_comments(self.relate(part, "vmlDrawing", drawing))
            self.changed[part] = sheet.xml
        self.changed[drawing] = xml

    def remarks(self, dropped: int) -> list[str]:
        """What has to be said about this copy."""
        remarks = []
        if dropped:
            remarks.append(
                f"Hanya {MOST_COMMENTS} sel pertama, mulai dari kesalahan, yang diberi catatan; "
                f"{dropped} sel lain hanya diwarnai dan tercantum di bawah."
            )
        if any(name.startswith("_xmlsignatures/") for name in self.archive.namelist()):
            remarks.append("Tanda tangan digital berkas asli tidak berlaku untuk salinan ini.")
        return remarks

    # The list of everything

    def append_listing(self, marks: list[Annotation], remarks: list[str]) -> None:
        """The last sheet: every finding with its place."""
        names, number = {name.casefold() for name, _, _ in self.sheets}, 2
        name = LISTING
        while name.casefold() in names:
            name = f"{LISTING} {number}"
            number += 1
        part = self.new_part("xl/worksheets/hasil{}.xml", f"{_TYPE}.worksheet+xml")
        relation = self.relate(self.book, "worksheet", part)
        self.changed[part] = listing_xml(marks, remarks, self.styles)
        book = self.text(self.book)
        p = prefix_of(book, "workbook")
        tags = re.findall(rf"<{p}sheet(?=[\s/>])({ATTRIBUTES})/?>", book)
        last = max((int(attribute(tag, "sheetId") or 0) for tag in tags), default=0)
        entry = (
            f'<{p}sheet name="{name}" sheetId="{last + 1}" xmlns:r="{RELATIONS}" '
            f'r:id="{relation}"/></{p}sheets>'
        )
        self.changed[self.book] = book.replace(f"</{p}sheets>", entry, 1)


def listing_xml(marks: list[Annotation], remarks: list[str], styles: Styles) -> str:
    """The sheet that lists all findings, the gravest first, without links."""
    counts = Counter(one.severity for one in marks)
    summary = ", ".join(f"{counts[key]} {label.lower()}" for key, label in LABELS.items())
    plain, heading = styles.text(), styles.heading()
    lines: list[list[tuple[int, str | int | None]]] = [
        [(heading, "Hasil pemeriksaan Register Industri")],
        [(0, f"{summary}.")],
    ]
    for severity, meaning in MEANINGS.items():
        lines.append([(styles.text(severity), LABELS[severity]), (0, meaning)])
    for remark in remarks:
        lines.append([(0, remark)])
    titles = ("Lembar", "Baris", "Kolom", "Tingkat", "Keterangan")
    lines += [[], [(heading, title) for title in titles]]
    top = len(lines)
    order = SEVERITIES.index
    for one in sorted(marks, key=lambda m: (order(m.severity), m.sheet, m.row or 0)):
        lines.append(
            [
                (plain, one.sheet),
                (0, one.row),
                (plain, one.column),
                (styles.text(one.severity), LABELS[one.severity]),
                (plain, one.message),
            ]
        )
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(*cell) for cell in cells)}</row>'
        for number, cells in enumerate(lines, 1)
    )
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate((28, 8, 8, 14, 100), 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="FFFFC000"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" '
        f'topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>{rows}</sheetData>"
        f'<autoFilter ref="A{top}:E{max(len(lines), top)}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _cell(style: int, value: str | int | None) -> str:
    cell = as_cell(value)
    if cell is None:
        return "<c/>"
    if isinstance(cell, int):
        return f'<c s="{style}"><v>{cell}</v></c>'
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", escape(fitting(str(cell))))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
