"""How many rows a file has is guessed before anything has looked at the file."""

from balikpapan.spreadsheets.opening.row_estimate import XLS_ROW, estimated_rows
from tests.sheets import xlsx

ROWS = [["Nama Usaha", "Tahun"], ["Amplang Uji", 2024], ["Batik Uji", 2024]]
#: Behind this mark, 16 bytes further, a package says where its table of contents begins.
END_OF_CONTENTS, OFFSET = b"PK\x05\x06", 16


def test_the_rows_of_the_largest_sheet_are_guessed():
    assert estimated_rows(xlsx(ROWS)) == len(ROWS)


def test_the_rows_of_an_old_workbook_and_of_a_text_follow_from_their_length_and_lines():
    old = b"\xd0\xcf\x11\xe0" + b"\n" * (30 * XLS_ROW - 4)

    assert estimated_rows(old) == 30
    assert estimated_rows(b"Nama Usaha;Tahun\nAmplang;2024\n") == 2


def test_a_package_whose_contents_begin_elsewhere_has_no_known_rows():
    content = xlsx(ROWS)
    at = content.rindex(END_OF_CONTENTS) + OFFSET
    begin = int.from_bytes(content[at : at + 4], "little")
    for moved in (begin + 100_000, 0xFFFF_FFFE, 0):
        damaged = content[:at] + moved.to_bytes(4, "little") + content[at + 4 :]
        assert estimated_rows(damaged) in (0, len(ROWS))
    for length in range(0, len(content), 97):
        assert estimated_rows(content[:length]) in range(len(ROWS) + 1)
