"""Which names a line between the rows gives to those below it, and which bands it ends."""

import pytest

from balikpapan.spreadsheets.tables.bands import (
    Band,
    BandNames,
    OpenBands,
    read_band,
    read_nested_bands,
)

NAMES = BandNames(short={("kecamatan", "timur"): "Balikpapan Timur"})
NAMES.add("kecamatan", "Balikpapan Timur")
NAMES.add("kecamatan", "Balikpapan Utara")
NAMES.add("kelurahan", "Manggar")
NAMES.add("group", "Kelompok Pangan", ["Makanan"])

EAST, NORTH = (Band("kecamatan", name, "letter") for name in ("Timur", "Utara"))
MANGGAR, FOOD = Band("kelurahan", "Manggar", "digit"), Band("group", "Pangan", "digit")


@pytest.mark.parametrize(
    ("bands", "places", "values"),
    [
        pytest.param([EAST, MANGGAR], [0, 1], {"kecamatan": "Timur", "kelurahan": "Manggar"},
                     id="one in the other"),
        pytest.param([EAST, MANGGAR, NORTH], [2], {"kecamatan": "Utara"}, id="a new outer one"),
        pytest.param([MANGGAR, NORTH], [1], {"kecamatan": "Utara"}, id="the outer one below"),
        pytest.param([EAST, Band("kecamatan", "Utara", "roman")], [1], {"kecamatan": "Utara"},
                     id="numbered otherwise"),
        pytest.param([EAST, FOOD, Band("group", "Kimia")], [0, 2],
                     {"kecamatan": "Timur", "group": "Kimia"}, id="the next group"),
        pytest.param([EAST, MANGGAR, FOOD], [0, 2], {"kecamatan": "Timur", "group": "Pangan"},
                     id="a digit for a digit"),
        pytest.param([EAST, MANGGAR, Band("group", "Kimia", "letter")], [2], {"group": "Kimia"},
                     id="a letter for a letter"),
        pytest.param([EAST, Band("", "Binaan", "letter")], [1], {}, id="a numbered caption"),
        pytest.param([EAST, MANGGAR, Band("", "Binaan", "digit")], [0, 2],
                     {"kecamatan": "Timur"}, id="a numbered caption within"),
        pytest.param([EAST, MANGGAR, Band("", "Binaan")], [2], {}, id="a caption without rank"),
    ],
)  # fmt: skip
def test_a_band_ends_those_of_its_own_level_and_below(bands, places, values):
    opened = OpenBands()
    for position, band in enumerate(bands):
        opened.open(band, position)

    assert opened.stack == [bands[place] for place in places]
    assert opened.positions == places
    assert opened.values() == values


@pytest.mark.parametrize(
    ("text", "numbered", "style"),
    [
        ("Balikpapan Utara", "", ""),
        ("Balikpapan Utara", "II", "roman"),
        ("Balikpapan Utara", "3.", "digit"),
        ("B. Balikpapan Utara", "", "letter"),
        ("B. Balikpapan Utara", "II", "roman"),
        ("IV) Balikpapan Utara", "", "roman"),
        ("(C) Balikpapan Utara", "", "letter"),
    ],
)
def test_a_band_is_numbered_in_a_cell_of_its_own_or_before_its_name(text, numbered, style):
    assert read_band(text, NAMES, numbered) == Band(
        "kecamatan", "Balikpapan Utara", style, certain=True
    )


@pytest.mark.parametrize(
    ("text", "field", "name", "is_certain"),
    [
        ("KELOMPOK PANGAN", "group", "Kelompok Pangan", True),
        ("Kelompok Makanan", "group", "Kelompok Pangan", True),
        ("Kel. Kec. Timur", "kecamatan", "Balikpapan Timur", True),
        ("Kelurahan Kec. Manggar", "kelurahan", "Manggar", True),
        ("Kecamatan Antah", "kecamatan", "Antah", False),
        ("Kecamatan Manggar", "kecamatan", "Manggar", False),
    ],
)
def test_a_word_before_the_name_says_what_it_is_the_name_of(text, field, name, is_certain):
    assert read_band(text, NAMES) == Band(field, name, certain=is_certain, prefixed=True)


def test_a_sentence_is_no_band():
    assert read_band(f"Kecamatan {'a' * 90}", NAMES)
    assert read_band(f"Kecamatan {'a' * 91}", NAMES) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Kel. Manggar, Kec. Balikpapan Timur", ["kecamatan", "kelurahan"]),
        ("Kec. Timur / Kel. Manggar", ["kecamatan", "kelurahan"]),
        ("Manggar, Kec. Balikpapan Timur", []),
        ("Kel. Antah, Kec. Balikpapan Timur", []),
        ("Kel. Manggar", []),
        (f"Kel. Manggar, Kec. Balikpapan Timur{' ' * 70}", []),
    ],
    ids=["ward first", "district first", "a bare name", "an unknown one", "one", "too long"],
)
def test_a_line_of_two_regions_names_the_outer_one_first(text, fields):
    assert [band.field for band in read_nested_bands(text, NAMES)] == fields


@pytest.mark.parametrize(
    ("field", "text", "is_near"),
    [
        ("kecamatan", "Balikpapn Timur", True),
        ("kelurahan", "Balikpapn Timur", False),
        ("kelurahan", "Mangar", True),
        ("kecamatan", "Samarinda Ulu", False),
    ],
)
def test_a_misspelt_name_is_near_to_those_of_its_own_field(field, text, is_near):
    assert NAMES.is_near(field, text) is is_near


def test_the_names_of_other_fields_are_known_in_every_spelling():
    names = NAMES.of_other_fields(["kecamatan"])

    assert names.find("kecamatan", "Timur") is None
    assert names.find("kecamatan", "Balikpapan Timur") is None
    assert names.find("group", "makanan") == "Kelompok Pangan"
    assert NAMES.find("kecamatan", "Timur") == "Balikpapan Timur"
    assert NAMES.find("kelurahan", "Timur") is None
