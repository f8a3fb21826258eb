"""What a page shows, in order, as lines of text: a diff of two of them is readable."""

import re
import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .volatile import HIDDEN_VALUES, steady

WIDTH = 110
#: Of a long table so many rows are shown from its beginning and from its end.
FIRST, LAST = 6, 2
#: Of a long list of choices.
FIRST_CHOICES = 8
#: So much of a hidden value is shown.
LONGEST = 80
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "template",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
#: What stands before a heading or an item.
MARKS = {"li": "-", **{f"h{level}": "#" * level for level in range(1, 7)}}
UNSEEN = frozenset(["script", "style", "head"])
#: Drawn parts of a chart: what they measure is seen.
DRAWN = {
    "rect": ("x", "y", "width", "height"),
    "polyline": ("points",),
    "path": ("d",),
    "circle": ("cx", "cy"),
    "meter": ("value", "min", "max"),
    "progress": ("value", "max"),
}
LIMITS = ("required", "disabled", "readonly", "min", "max", "maxlength", "pattern", "step")
READ = ("title", "aria-label", "alt", "placeholder", "data-hint", "aria-current", "aria-sort")


@dataclass
class Table:
    """A table under way: how many rows stand in it, and what came after the first ones."""

    rows: int = 0
    later: list[list[str]] = field(default_factory=list)


class Visible(HTMLParser):
    """The lines of a page."""

    def __init__(self, page: str, *, skipped: frozenset[str] = frozenset()):
        super().__init__()
        self.lines: list[str] = []
        self.skipped = skipped
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._links: list[str] = []
        self._bodies: list[Table] = []
        self._row_start: list[int] = []
        self._select: list[tuple[str, list[str]]] = []
        self._is_chosen = False
        self._textarea = False
        self.feed(page)
        self.close()
        self._end_line()

    # The parser's hooks

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if self._hidden or self._is_unseen(tag, values):
            if tag not in VOID:
                self._hidden.append(tag)
            return
        if tag in BLOCKS:
            self._end_line()
        self._begin(tag, values)
        if tag != "option":
            self._words += [f"‹{name}: {values[name]}›" for name in READ if values.get(name)]

    def handle_endtag(self, tag):
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            return
        self._end(tag)
        if tag in BLOCKS:
            self._end_line()

    def handle_data(self, data):
        if self._hidden or not data.strip():
            return
        text = " ".join(data.split())
        if self._select:
            self._select[-1][1].append(f"*{text}*" if self._is_chosen else text)
        else:
            self._words.append(text)

    # What stands for a tag

    def _is_unseen(self, tag, values):
        names = {values.get("id"), *(values.get("class") or "").split()}
        return tag in UNSEEN or bool(names & self.skipped)

    def _begin(self, tag, values):
        if tag in MARKS:
            self._words.append(MARKS[tag])
        elif tag == "a":
            self._links.append(values.get("href") or "")
        elif tag in ("td", "th") and self._words:
            self._words.append("|")
        elif tag == "tbody":
            self._bodies.append(Table())
        elif tag == "tr":
            self._row_start.append(len(self.lines))
        elif tag == "form" and values.get("method", "get").lower() == "post":
            self._words.append(f"(kirim ke {values.get('action') or 'sini'})")
        elif tag in ("input", "select", "textarea", "button"):
            self._box(tag, values)
        elif tag == "option":
            self._is_chosen = "selected" in values
        elif tag in DRAWN:
            drawn = " ".join(values.get(name) or "" for name in DRAWN[tag])
            self._words.append(f"⟨{tag} {drawn}⟩")

    def _box(self, tag, values):
        name, kind = values.get("name") or "", values.get("type") or ""
        limits = [
            limit if values[limit] in (None, "") else f"{limit}={values[limit]}"
            for limit in LIMITS
            if limit in values
        ]
        value = "…" if HIDDEN_VALUES.fullmatch(name) else values.get("value") or ""
        if kind == "hidden" and len(value) > LONGEST:
            value = f"{value[:LONGEST]}…"
        if tag == "select":
            self._select.append((" ".join([name, *limits]), []))
        elif tag == "button":
            self._words.append("(tombol " + " ".join(filter(None, [name, value, *limits])) + ")")
        elif kind in ("checkbox", "radio"):
            mark = "x" if "checked" in values else " "
            self._words.append("[" + " ".join([mark, f"{name}={value}", *limits]) + "]")
        else:
            kind = kind or ("teks" if tag == "input" else tag)
            self._words.append("[" + " ".join([f"{kind} {name}={value}", *limits]) + "]")

    def _end(self, tag):
        if tag == "a" and self._links:
            self._words.append(f"→ {self._links.pop()}")
        elif tag == "select" and self._select:
            name, choices = self._select.pop()
            self._words.append(f"[pilih {name}: {' / '.join(shortened(choices))}]")
        elif tag == "tr" and self._row_start:
            self._end_row()
        elif tag == "tbody" and self._bodies:
            table = self._bodies.pop()
            left_out = len(table.later) - LAST
            if left_out > 0:
                self.lines.append(f"… {left_out} baris lain")
            for row in table.later[-LAST:]:
                self.lines += row

    def _end_row(self):
        self._end_line()
        start = self._row_start.pop()
        if self._bodies and not self._row_start:
            table = self._bodies[-1]
            table.rows += 1
            if table.rows > FIRST:
                table.later.append(self.lines[start:])
                del self.lines[start:]

    def _end_line(self):
        line = " ".join(self._words).strip()
        self._words.clear()
        if line not in ("", "-"):
            self.lines += folded(line)


def shortened(choices: list[str]) -> list[str]:
    """A long list of choices by its first, the chosen ones, and how many they are."""
    if len(choices) <= FIRST_CHOICES + 4:
        return choices
    chosen = [choice for choice in choices[FIRST_CHOICES:] if choice.startswith("*")]
    return [*choices[:FIRST_CHOICES], *chosen, f"… ({len(choices)})"]


def folded(line: str) -> list[str]:
    """A line in pieces that fit on a screen, without what differs from run to run."""
    return textwrap.wrap(
        steady(line),
        WIDTH,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def page_lines(page: str, *, whole: bool = False) -> list[str]:
    """The lines of a page: what stands between menu and footer, or with ``whole`` everything."""
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    head = [f"<{' '.join(title[1].split())}>"] if title else []
    around = (
        frozenset() if whole else frozenset({"header", "nav-sidebar", "footer", "quick-search"})
    )
    return head + Visible(page, skipped=around | {"skip-to-content-link"}).lines
