"""Addresses of cells as a spreadsheet shows them: column letters and references such as ``AB7``.

Inside the program columns and rows count from zero; only what people read counts rows from one.
"""


def column_letter(index: int) -> str:
    """The letters over a zero-based column: 0 is ``A``, 27 is ``AB``."""
    if index < 0:
        raise ValueError(f"no column has the index {index}")
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The zero-based column under these letters, in either case: ``AB`` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_address(row: int, column: int) -> str:
    """The reference of a cell, both places zero-based: row 6 of column 27 is ``AB7``."""
    return f"{column_letter(column)}{row + 1}"
