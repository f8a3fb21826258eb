"""What differs from run to run in a text of a page, and the one word that stands for it."""

import re

RULES = (
    (re.compile(r"\?v=[0-9a-f]+|\.[0-9a-f]{12}(?=\.(?:css|js|svg|png))"), ""),
    (re.compile(r"\b\d+-[0-9a-f]{16}\b"), "KEPALA-RANTAI"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "SHA-256"),
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\bPython \d[\d.]*"), "Python VERSI"),
    (re.compile(r"\b(?:SQLite|PostgreSQL)(?: \d[\d.]*)?"), "BASISDATA"),
)
#: Boxes whose values are secrets, numbers of a database or of one run.
HIDDEN_VALUES = re.compile(
    r"csrfmiddlewaretoken|form_token|newest_change|fingerprint|.*token.*|.*fingerprint.*"
)


def steady(text: str) -> str:
    """A text without what differs from run to run."""
    for pattern, word in RULES:
        text = pattern.sub(word, text)
    return text
