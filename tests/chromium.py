"""Which browser the machine offers to the tests, and what to say when there is none."""

import os
import shutil

#: The one without windows comes first: it shows the same pages for half the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
HOW = "Chromium tidak ditemukan. Pasang dengan “apt install chromium” atau isi CHROMIUM."


def chromium_path() -> str | None:
    """The program of a Chromium: named in ``CHROMIUM``, on the PATH, or Debian's."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    paths = (shutil.which(name) for name in (*NAMES, "/usr/bin/chromium"))
    return next(filter(None, paths), None)
