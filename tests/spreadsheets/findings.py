"""What a reader noted about a cell, in a test's one word."""

from balikpapan.spreadsheets.cells import Read


def codes(read: Read) -> list[str]:
    """The codes of all that was noted, in order."""
    return [finding.code for finding in read.findings]
