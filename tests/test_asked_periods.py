"""A page asked for a period has it chosen in its boxes, and sends it along with its buttons."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.factories import BusinessFactory, LeaseFactory

ASKED = {"tahun": "2023", "bulan": "4"}
#: Page -> the boxes of a period that it has.
PAGES = {
    "index": {"tahun"},
    "facilities_bill_issue": {"tahun", "bulan"},
    "facilities_storagemonth_grid": {"tahun"},
    "industry_business_gaps": {"tahun"},
    "industry_businessyear_grid": {"tahun"},
    "industry_revenue_grid": {"tahun"},
    "industry_revenue_reconcile": {"tahun", "bulan"},
}


class Boxes(HTMLParser):
    """Reads of a page what a browser would send of each box: the option selected, or its value."""

    def __init__(self, page: str):
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._select, self._is_chosen, self._text = "", False, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.values.append((given.get("name"), given.get("value", "")))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option":
            self._is_chosen, self._text = "selected" in given, given.get("value", "")

    def handle_data(self, data):
        if self._is_chosen:
            self.values.append((self._select, self._text or data.strip()))
            self._is_chosen = False


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_page_asked_for_a_period_shows_it_chosen_and_sends_it_along(client, admin_user):
    LeaseFactory(business=BusinessFactory())
    client.force_login(admin_user)

    for name, boxes in PAGES.items():
        response = client.get(reverse(f"admin:{name}"), ASKED)
        sent = [(box, value) for box, value in Boxes(response.text).values if box in ASKED]

        assert {box for box, _ in sent} == boxes, name
        assert all(ASKED[box] == value for box, value in sent), (name, sent)
