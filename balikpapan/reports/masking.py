"""Tables without the numbers of persons that somebody typed into a name, a note or a source."""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote_plus

from balikpapan.spreadsheets.cells.masking import mask_free_text

from .tables import ReportTable, Row


def without_ids(table: ReportTable) -> ReportTable:
    """The table as whoever may not see personal data reads it: no NIK, NPWP, telephone or e-mail.

    Columns of codes stay, for a number of goods or of an account can be as long as a NIK.
    """
    texts = [column.kind == "text" and not column.is_code for column in table.columns]

    def masked(row: Row) -> Row:
        of_columns = texts if row.kind != "section" else [True]
        values = tuple(
            mask_free_text(value) if is_text and isinstance(value, str) else value
            for value, is_text in zip(row.values, of_columns, strict=True)
        )
        if values == row.values:
            return row
        # What was masked may stand in an address too, as the key of a source does.
        links = {key: link for key, link in row.links.items() if _is_clean(link)}
        return replace(row, values=values, links=links, key=key_without_ids(row.key))

    return replace(
        table,
        rows=[masked(row) for row in table.all_rows],
        subtitle=[mask_free_text(line) for line in table.subtitle],
        notes=[mask_free_text(line) for line in table.notes],
    )


def key_without_ids(key: str) -> str:
    """What names a row: its key, or a digest of it where a number of a person stands in that."""
    return key if mask_free_text(key) == key else sha256(key.encode()).hexdigest()


def _is_clean(link: str) -> bool:
    address = unquote_plus(link)
    return mask_free_text(address) == address
