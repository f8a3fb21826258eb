"""A long list is shown page by page; the nearest page stands for one there is not."""

import pytest

from balikpapan.intake.pages.paging import page_number, paged


@pytest.mark.parametrize(
    ("count", "page", "items", "pages"),
    [
        (0, 1, [], 1),
        (0, 3, [], 1),
        (4, 1, [0, 1, 2, 3], 1),
        (5, 1, [0, 1, 2, 3], 2),
        (5, 2, [4], 2),
        (5, 9, [4], 2),
        (5, 0, [0, 1, 2, 3], 2),
        (8, 2, [4, 5, 6, 7], 2),
    ],
)
def test_the_items_of_a_page_and_where_it_stands(count, page, items, pages):
    chosen, place = paged(range(count), page, 4)

    assert list(chosen) == items
    assert place == {"page": min(max(page, 1), pages), "pages": pages, "total": count}


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ({}, 1),
        ({"hal": "3"}, 3),
        ({"hal": "9999999"}, 9_999_999),
        ({"hal": "99999999"}, 1),
        ({"hal": "-3"}, 1),
        ({"hal": "٣"}, 1),
        ({"hal": ""}, 1),
    ],
    ids=str,
)
def test_an_address_that_says_nothing_sensible_asks_for_the_first_page(asked, page, rf):
    assert page_number(rf.get("/", asked)) == page
