"""What the account of who saw what keeps of a question: never a number of a person."""

import pytest

from balikpapan.audit.purpose import masked_filter


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("q=6471015705900001", "q=************0001"),
        ("q=6471+0157+0590+0001", "q=************0001"),
        ("q=0812-5551-0003&kecamatan__id__exact=3", "q=********0003&kecamatan__id__exact=3"),
        ("q=siti%40contoh.example", "q=****"),
        ("q=roti&tahun=2024", "q=roti&tahun=2024"),
        ("nik=6471015705900001", "nik=************0001"),
        ("", ""),
    ],
)
def test_a_question_is_kept_without_the_numbers_of_a_person(query, stored):
    assert masked_filter(query) == stored
