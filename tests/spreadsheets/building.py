"""Files built byte by byte, honest and hostile, that no spreadsheet program would write for us."""

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zip_of(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these parts in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(rows: str = "", *, before: str = "", after: str = "", **parts: str) -> dict:
    """The parts of a one-sheet .xlsx; ``strings``, ``styles`` and ``workbook`` replace theirs."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_SHEET_TYPE}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": parts.get(
            "workbook",
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{parts.get("strings", "")}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{parts.get("styles", "")}</styleSheet>',
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}">'
            f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
        ),
    }


def xlsx(rows: str = "", **parts: str) -> bytes:
    """A one-sheet .xlsx with these rows as raw XML."""
    return zip_of(xlsx_parts(rows, **parts))


def relations(*targets: tuple[str, str, str]) -> str:
    """A relationships part: id, last word of the type, target."""
    items = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def ods_parts(tables: str, *, styles: str = "", manifest: str = "") -> dict:
    """The parts of an .ods with these tables as raw XML."""
    names = " ".join(
        f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    calcext = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            f">{manifest}</manifest:manifest>"
        ),
        "content.xml": (
            f'<office:document-content {names} xmlns:calcext="{calcext}">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>"
        ),
    }


def ods(tables: str, **more: str) -> bytes:
    """An .ods with these tables as raw XML."""
    return zip_of(ods_parts(tables, **more))


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with these streams, each at least as large as a real one."""
    sectors: list[bytes] = []
    follows: list[int] = [0xFFFFFFFD]  # sector 0 holds the table itself
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    directory_sectors = (len(streams) + 1 + 3) // 4
    follows += [*range(2, directory_sectors + 1), 0xFFFFFFFE]
    for index, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")
        content += bytes(-len(content) % 512)
        start, count = len(follows), len(content) // 512
        follows += [*range(start + 1, start + count), 0xFFFFFFFE]
        sectors.append(content)
        right = index + 1 if index < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, len(content), right=right))
    directory = b"".join(entries).ljust(directory_sectors * 512, b"\0")
    follows += [0xFFFFFFFF] * (128 - len(follows))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<9I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header = header.ljust(512, b"\xff")
    return header + struct.pack("<128I", *follows) + directory + b"".join(sectors)


def _entry(name, kind, start, size, *, child=0xFFFFFFFF, right=0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return (
        head
        + struct.pack("<3I", 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<3I", start, size, 0)
    )


def record(number: int, content: bytes = b"") -> bytes:
    """One record of an .xls stream."""
    return struct.pack("<HH", number, len(content)) + content


def xls(*cells: bytes, is_1904: bool = False, before: bytes = b"", visibility: int = 0) -> bytes:
    """An .xls with one sheet «Data»; styles 16, 17 and 18 are plain, percent and date."""
    records = xls_records(*cells, is_1904=is_1904, before=before, visibility=visibility)
    return ole({"Workbook": records})


def xls_records(
    *cells: bytes, is_1904: bool = False, before: bytes = b"", visibility: int = 0
) -> bytes:
    """The records of such an .xls without the file around them."""
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("A"))
    styles = b"".join(
        record(0xE0, struct.pack("<HHH", 0, format, 0xFFF5 if index < 16 else 1) + bytes(14))
        for index, format in enumerate([0] * 17 + [10, 14])
    )
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x1000, 1996, 0, 6)) + before
    start += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", is_1904))
    start += font * 4 + styles
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x1000, 1996, 0, 6))
    sheet += b"".join(cells) + record(0x0A)
    place = len(start) + 4 + 6 + len(_text("Data")) + 4
    bound = record(0x85, struct.pack("<IBB", place, visibility, 0) + _text("Data"))
    return start + bound + record(0x0A) + sheet


def _text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 0) + text.encode("latin-1")


def xls_number(row: int, column: int, value: float, style: int = 16) -> bytes:
    """A number in an .xls sheet."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def xls_text(row: int, column: int, text: str) -> bytes:
    """A text in an .xls sheet."""
    content = struct.pack("<HHHHB", row, column, 16, len(text), 1) + text.encode("utf-16-le")
    return record(0x204, content)


def xls_error(row: int, column: int, code: int) -> bytes:
    """An error value in an .xls sheet."""
    return record(0x205, struct.pack("<HHHBB", row, column, 16, code, 1))
