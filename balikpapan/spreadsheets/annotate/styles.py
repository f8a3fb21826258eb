"""The styles of a workbook, and their coloured twins."""

import re

from .worksheet import ATTRIBUTES, SEVERITIES, Unusual, attribute, prefix_of, without

_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}
_TEXT = 'numFmtId="49" applyNumberFormat="1" quotePrefix="1"'
_WRAPPED = 'applyAlignment="1"'


class Styles:
    """A styles part to which styles are added; none that it has is changed."""

    def __init__(self, xml: str):
        self.prefix = p = prefix_of(xml, "styleSheet")
        self._xml = xml
        self._fills, self._fonts = self._count("fill"), self._count("font")
        section = self._section("cellXfs")
        pattern = rf"<{p}xf(?=[\s/>])({ATTRIBUTES})(?:/>|>(.*?)</{p}xf\s*>)"
        self._xfs = re.findall(pattern, section[2], re.DOTALL)
        self._numbers: dict[object, int] = {}
        self._added: list[str] = []

    def _section(self, name: str) -> re.Match[str]:
        pattern = rf"<{self.prefix}{name}(?=[\s/>])({ATTRIBUTES})>(.*?)</{self.prefix}{name}\s*>"
        section = re.search(pattern, self._xml, re.DOTALL)
        if section is None:
            raise Unusual
        return section

    def _count(self, name: str) -> int:
        return len(re.findall(rf"<{self.prefix}{name}(?=[\s/>])", self._section(f"{name}s")[2]))

    def coloured(self, base: int, severity: str) -> int:
        """The style like that one, in the colour of the severity."""
        if base >= len(self._xfs):
            base = 0
        attributes, children = self._xfs[base]
        attributes = without(attributes, "fillId", "applyFill").rstrip()
        fill = self._fills + SEVERITIES.index(severity)
        return self._style(
            (base, severity), f'{attributes} fillId="{fill}" applyFill="1"', children
        )

    def heading(self) -> int:
        """Bold."""
        return self._style("heading", f' fontId="{self._fonts}" applyFont="1"', "")

    def text(self, severity: str | None = None) -> int:
        """Wrapped text that stays text even when it is edited."""
        p = self.prefix
        fill = ""
        if severity:
            fill = f' fillId="{self._fills + SEVERITIES.index(severity)}" applyFill="1"'
        alignment = f'<{p}alignment vertical="top" wrapText="1"/>'
        return self._style(("text", severity), f" {_TEXT} {_WRAPPED}{fill}", alignment)

    def _style(self, key: object, attributes: str, children: str) -> int:
        if key not in self._numbers:
            p = self.prefix
            rest = f">{children}</{p}xf>" if children else "/>"
            self._numbers[key] = len(self._xfs) + len(self._added)
            self._added.append(f"<{p}xf{attributes}{rest}")
        return self._numbers[key]

    def xml(self) -> str:
        """The part with what was added."""
        p = self.prefix
        fills = [
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{_COLOURS[name]}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            for name in SEVERITIES
        ]
        bold = f'<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>'
        self._append("fonts", [bold])
        self._append("fills", fills)
        self._append("cellXfs", self._added)
        return self._xml

    def _append(self, name: str, elements: list[str]) -> None:
        section = self._section(name)
        opening, count = section[1], attribute(section[1], "count")
        if count is not None and count.isdigit():
            opening = f'{without(opening, "count")} count="{int(count) + len(elements)}"'
        p = self.prefix
        self._xml = (
            f"{self._xml[: section.start()]}<{p}{name}{opening}>{section[2]}{''.join(elements)}"
            f"</{p}{name}>{self._xml[section.end() :]}"
        )
