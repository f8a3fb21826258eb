"""Years as they stand in headings, over the amounts of each."""

#: Years as they head columns; those before and after stand in no list that an office keeps.
YEAR_WORDS = [
    f"{word}{year}"
    for year in range(2000, 2050)
    for word in ("", "tahun ", "thn ", "ta ", "tahun anggaran ")
]
