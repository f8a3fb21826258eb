"""Telling English from Indonesian: words that stand in nearly every English sentence and in no other."""

import json
import re
from html.parser import HTMLParser

#: Words of English that Indonesian, its abbreviations and the names in the register do not have.
WORDS = frozenset(
    [
        "the",
        "and",
        "of",
        "please",
        "select",
        "must",
        "are",
        "was",
        "were",
        "been",
        "being",
        "this",
        "that",
        "these",
        "those",
        "with",
        "from",
        "your",
        "you",
        "not",
        "have",
        "has",
        "had",
        "will",
        "would",
        "cannot",
        "could",
        "should",
        "there",
        "their",
        "its",
        "then",
        "than",
        "when",
        "where",
        "what",
        "who",
        "how",
        "if",
        "it",
        "is",
        "by",
        "or",
        "add",
        "added",
        "change",
        "changed",
        "changes",
        "delete",
        "deleted",
        "save",
        "saved",
        "view",
        "all",
        "none",
        "yes",
        "true",
        "false",
        "null",
        "error",
        "errors",
        "required",
        "invalid",
        "enter",
        "field",
        "fields",
        "user",
        "users",
        "name",
        "group",
        "password",
        "login",
        "logout",
        "here",
        "next",
        "previous",
        "search",
        "show",
        "hide",
        "today",
        "yesterday",
        "now",
        "close",
        "open",
        "new",
        "old",
        "between",
        "after",
        "before",
        "more",
        "less",
        "any",
        "one",
        "other",
        "each",
        "only",
        "successfully",
        "unknown",
        "usage",
        "options",
        "arguments",
        "message",
        "exit",
        "command",
        "commands",
        "help",
        "optional",
        "default",
        "specify",
        "allowed",
        "found",
        "page",
    ]
)
#: What Indonesian pages say all the same: keys of the keyboard.
ALLOWED = re.compile(r"\b(?:Ctrl\+)?Enter\b|\bPage (?:Up|Down)\b")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
#: Attributes people read or hear.
READ = ("title", "placeholder", "aria-label", "alt", "label")


def english_words(text: str) -> set[str]:
    """The English words of a text people read."""
    return WORDS.intersection(_WORD.findall(ALLOWED.sub(" ", text).lower()))


class ReadTexts(HTMLParser):
    """Every text of a page that people read, and the addresses it links to."""

    #: What is shown as it is written: code, addresses, what staff typed.
    SKIPPED = ("script", "style", "code", "kbd", "textarea")

    def __init__(self, page: str):
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._skipped = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in self.SKIPPED:
            self._skipped += 1
        if tag == "a":
            self.links.append(values.get("href") or "")
        self.texts += [values[name] for name in READ if values.get(name)]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.texts.append(values.get("value") or "")
        if inline := values.get("data-inline-formset"):
            options = json.loads(inline)["options"]
            self.texts += [options["addText"], options["deleteText"]]

    def handle_endtag(self, tag):
        if tag in self.SKIPPED:
            self._skipped -= 1

    def handle_data(self, data):
        if not self._skipped and data.strip():
            self.texts.append(" ".join(data.split()))


def english_texts(page: str) -> set[str]:
    """The texts of a page in which there is English."""
    return {text for text in ReadTexts(page).texts if english_words(text)}
