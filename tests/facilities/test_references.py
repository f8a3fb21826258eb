"""What places and rooms are called in sheets: one word, one record."""

from facilities.resources.references import Called


def called(*pairs) -> Called:
    words = Called()
    for word, record in pairs:
        words.add(word, record)
    return words


def test_a_word_calls_the_one_record_it_was_given_to():
    words = called(("SIKS", 7), ("Sentra Industri Uji", 7), ("", 8), ("Gudang Uji", 8))

    assert [words.find(text) for text in ("siks", "SENTRA  industri uji", "Gudang Uji", "")] == [
        7, 7, 8, None,
    ]  # fmt: skip
    assert words.names == ["SIKS", "Sentra Industri Uji", "Gudang Uji"]
    assert words.suggest("Gudang Ujii") == "Gudang Uji"


def test_a_word_of_two_records_calls_neither_and_each_is_offered_by_its_first_own_word():
    words = called(
        ("Ruang Uji", 1),
        ("Ruang Uji (Gudang A)", 1),
        ("Chiller", 1),
        ("Ruang Uji", 2),
        ("Ruang Uji (Gudang B)", 2),
        ("Freezer", 2),
    )

    assert words.find("Ruang Uji") is words.suggest("Ruang Uji") is None
    assert words.names == ["Ruang Uji (Gudang A)", "Chiller", "Ruang Uji (Gudang B)", "Freezer"]
    assert words.first_names == ["Ruang Uji (Gudang A)", "Ruang Uji (Gudang B)"]
