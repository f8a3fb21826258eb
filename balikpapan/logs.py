"""The program's log: one entry is one line, so that nobody can write a line of his own."""

import logging

# Control characters, and the two separators that some viewers also break a line at.
ESCAPES = {code: f"\\x{code:02x}" for code in [*range(32), *range(127, 160), 0x2028, 0x2029]}
ESCAPES |= {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


class OneLine(logging.Formatter):
    """Formats an entry, traceback included, as a single line."""

    def format(self, record):
        return super().format(record).translate(ESCAPES)
