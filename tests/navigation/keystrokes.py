"""Keys as a person presses them: those that write are told from those that lead and decide."""

import re

from django.conf import settings

#: Seconds a key takes a practised typist (Card, Moran and Newell 1980: 55 words a minute).
SECONDS_A_KEY = 0.2
_ROW = re.compile(r"\| (?P<work>[^|]+?) +\| +(?P<keys>\d+) +\| +(?P<letters>\d+) +\|")


class Keystrokes:
    """The keyboard of a page, counted."""

    def __init__(self, page):
        self.page, self.keys, self.letters = page, 0, 0

    def type(self, text):
        """Writes a text."""
        self.page.keyboard.type(text)
        self.letters += len(text)
        return self

    def press(self, *names):
        """Presses keys that write nothing: Enter, Tab, arrows and whatever is held with Ctrl."""
        for name in names:
            self.page.keyboard.press(name)
        self.keys += len(names)
        return self

    def wait(self, selector):
        """Waits until the page has it, as a person would look."""
        self.page.wait_for_selector(selector)
        return self

    @property
    def seconds(self) -> float:
        """How long a practised typist presses these keys."""
        return (self.keys + self.letters) * SECONDS_A_KEY


def documented() -> dict[str, tuple[int, int]]:
    """Each work of the table in docs/papan-ketik.md -> its keys and letters."""
    page = (settings.BASE_DIR / "docs" / "papan-ketik.md").read_text(encoding="utf-8")
    return {row["work"]: (int(row["keys"]), int(row["letters"])) for row in _ROW.finditer(page)}
