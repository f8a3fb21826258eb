"""The parts of a workbook around its sheets: which sheets there are, and what its styles mean."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

#: How Excel shows each kind of column, in Indonesian dress on every computer.
NUMBER_FORMATS = {
    "general": "General",
    "text": "@",
    "whole": "[$-421]#,##0",
    "rupiah": "[$-421]#,##0",
    "decimal": "[$-421]#,##0.00",
    "percent": "[$-421]#,##0.00",
    "year": "0",
    "date": "[$-421]dd/mm/yyyy",
    "datetime": "[$-421]dd/mm/yyyy hh:mm",
}
STYLES = [*NUMBER_FORMATS, "quoted", "heading"]  # the position is the style's number in the file
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def surrounding_parts(names: list[str]) -> Iterator[tuple[str, str]]:
    """The parts of a workbook that say which sheets there are and what the styles mean."""
    numbers = range(1, len(names) + 1)
    yield (
        "[Content_Types].xml",
        f'{XML_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_CONTENT}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
    )
    yield (
        "_rels/.rels",
        f'{XML_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
    )
    yield (
        "xl/workbook.xml",
        f'{XML_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name, _QUOTES)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in zip(numbers, names, strict=True)
        )
        + "</sheets></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{XML_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
    )
    yield "xl/styles.xml", _styles_xml()


_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_QUOTES = {'"': "&quot;"}


def _styles_xml() -> str:
    formats = dict(enumerate(NUMBER_FORMATS.values(), 164))
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code, _QUOTES)}"/>'
        for number, code in formats.items()
    )
    text = 164 + list(NUMBER_FORMATS).index("text")
    styles = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in formats)
    styles += f'<xf numFmtId="{text}" applyNumberFormat="1" quotePrefix="1"/>'
    styles += '<xf numFmtId="0" fontId="1" applyFont="1"/>'
    return (
        f'{XML_DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">{codes}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(STYLES)}">{styles}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
