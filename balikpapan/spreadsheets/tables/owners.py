"""Whose list a sheet is, by its headings."""

from collections.abc import Mapping

from ..model import Sheet
from .heading_rows import SEARCH_ROWS, HeadingArea, heading_in
from .headings import Vocabulary


def owner_of(sheet: Sheet, vocabularies: Mapping[str, Vocabulary]) -> tuple[str | None, int]:
    """The register with the most of its columns in the sheet, and how many; (None, 0) for none."""
    area = HeadingArea(sheet, 0, SEARCH_ROWS)
    best, most = None, 0
    for name, vocabulary in vocabularies.items():
        heading = heading_in(area, vocabulary, similar=False)
        columns = heading.columns if heading else []
        fields = {column.field for column in columns if column.field}
        if len(fields) > most and not vocabulary.missing(fields):
            best, most = name, len(fields)
    return best, most
