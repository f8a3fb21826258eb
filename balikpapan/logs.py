"""The program's log: one entry is one line, so that nobody can write a line of his own."""

import logging
import re

# Control characters, and the two separators that some viewers also break a line at.
ESCAPES = {code: f"\\x{code:02x}" for code in [*range(32), *range(127, 160), 0x2028, 0x2029]}
ESCAPES |= {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


#: A NIK or NPWP as somebody may have typed it into an address, but for its last four digits.
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d[ .\-]?){11,12}(?=\d{4}(?!\d))")


class OneLine(logging.Formatter):
    """Formats an entry, traceback included, as a single line in which no NIK can be read.

    A NIK comes into an entry with the address somebody typed, or with the text of an error.
    """

    def format(self, record):
        entry = super().format(record).translate(ESCAPES)
        return PERSONAL_NUMBER.sub(lambda digits: "*" * len(digits[0]), entry)
