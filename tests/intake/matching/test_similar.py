"""Names one letter apart are asked about, names two letters apart are not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.intake.matching.similar import one_edit_apart

NAME = st.text("ab", max_size=6)


def edited(name):
    """All that one letter of "abc" added, dropped or changed makes of a name."""
    cuts = [(name[:place], name[place:]) for place in range(len(name) + 1)]
    dropped = {left + right[1:] for left, right in cuts if right}
    added = {left + letter + right for left, right in cuts for letter in "abc"}
    changed = {left + letter + right[1:] for left, right in cuts if right for letter in "abc"}
    return (dropped | added | changed) - {name}


@given(NAME, NAME)
def test_names_are_one_edit_apart_exactly_where_one_letter_makes_one_of_the_other(first, second):
    assert (
        one_edit_apart(first, second) == one_edit_apart(second, first) == (second in edited(first))
    )


@pytest.mark.parametrize("place", range(len("amplang siti") + 1))
def test_one_letter_may_differ_at_any_place_of_a_name(place):
    name = "amplang siti"
    left, right = name[:place], name[place:]
    odd = string.ascii_uppercase[place]

    assert one_edit_apart(name, left + odd + right)
    assert not one_edit_apart(name, left + odd + odd + right)
    if right:
        assert one_edit_apart(name, left + right[1:])
        assert one_edit_apart(name, left + odd + right[1:])
        assert not one_edit_apart(name, left + odd + right[1:] + odd)
    assert not one_edit_apart(name, name)
