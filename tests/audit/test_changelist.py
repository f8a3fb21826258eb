"""What a list takes as a question, to the last sign, and how it shows which choice is made."""

import pytest
from django.urls import reverse

from balikpapan.audit import changelist
from balikpapan.audit.changelist import is_answerable, is_key, typed_digits
from tests.factories import BusinessFactory, RevenueFactory


def in_one_order(value) -> str:
    """A name for a case that each process gives alike: sets have no order of their own."""
    return str(sorted(value) if isinstance(value, set | frozenset) else value)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        ("a" * 2000, True),
        ("a" * 2001, False),
        ("9" * 18, True),
        ("9" * 19, False),
        ("1 " * 900, True),
        (f"nomor {'9' * 19} itu", False),
        ("a\x00", False),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, str) else str(value),
)
def test_a_text_no_value_can_equal_is_not_looked_up(text, answer):
    assert is_answerable(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("7", True), ("9" * 18, True), ("9" * 19, False), ("", False), ("-7", False), ("٧", False)],
)
def test_a_key_is_so_many_digits(text, answer):
    assert is_key(text) == answer


@pytest.mark.parametrize(
    ("term", "digits"),
    [
        ("0812 5550 0011", "081255500011"),
        ("+62 812-5550-0011", "081255500011"),
        ("+1 812 5550", "18125550"),
        ("64.71.05.1001", "6471051001"),
        ("081255500011", ""),
        ("12 34", ""),
        ("12 345", "12345"),
        ("Jl. 12 345", ""),
        ("", ""),
    ],
)
def test_a_number_is_searched_without_the_marks_people_part_it_by(term, digits):
    assert typed_digits(term) == digits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "names", "selected"),
    [
        ({}, {"Ada"}, "Tidak diarsipkan"),
        ({"arsip": "ya"}, {"Arsip"}, "Diarsipkan"),
        ({"arsip": "semua"}, {"Ada", "Arsip"}, "Semua"),
        ({"arsip": "lain"}, {"Ada"}, None),
    ],
    ids=in_one_order,
)
def test_the_archive_is_shown_where_it_is_asked_for_and_the_choice_is_marked(
    asked, names, selected, client, pimpinan
):
    BusinessFactory(name="Ada")
    BusinessFactory(name="Arsip", archived=True)
    client.force_login(pimpinan)

    shown = client.get(reverse("admin:industry_business_changelist"), asked).context["cl"]

    assert {business.name for business in shown.result_list} == names
    [archive] = [spec for spec in shown.filter_specs if spec.title == "arsip"]
    choices = {choice["display"]: choice for choice in archive.choices(shown)}
    assert list(choices) == ["Tidak diarsipkan", "Diarsipkan", "Semua"]
    assert [name for name, choice in choices.items() if choice["selected"]] == [
        name for name in (selected,) if name
    ]
    assert choices["Diarsipkan"]["query_string"] == "?arsip=ya"
    assert choices["Tidak diarsipkan"]["query_string"] == "?"


@pytest.mark.django_db
def test_a_search_takes_the_first_words_and_the_first_letters_of_each(
    client, pimpinan, monkeypatch
):
    monkeypatch.setattr(changelist, "MOST_WORDS", 2)
    monkeypatch.setattr(changelist, "LONGEST_WORD", 4)
    for name in ("Roti Tawar", "Roti Manis", "Kue Tawar"):
        BusinessFactory(name=name)
    client.force_login(pimpinan)

    def names_for(term):
        page = client.get(reverse("admin:industry_business_changelist"), {"q": term})
        return {business.name for business in page.context["cl"].result_list}

    assert names_for("roti tawa") == {"Roti Tawar"}
    assert names_for("roti tawaxxx") == {"Roti Tawar"}
    assert names_for("roti tawar tiada") == {"Roti Tawar"}
    assert names_for("roti tiada") == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "targets"),
    [
        pytest.param("", [None, 5, 7], id="as the list is sorted: by month, the whole year first"),
        pytest.param("?o=-4", [7, 5, None], id="the highest target first"),
        pytest.param("?o=4", [None, 5, 7], id="the lowest target first"),
    ],
)
def test_what_is_empty_is_less_than_anything_on_every_database(client, verifikator, order, targets):
    RevenueFactory(year=2024, month=1, target=5)
    RevenueFactory(year=2024, month=2, target=7)
    RevenueFactory(year=2024, month=None, target=None)
    client.force_login(verifikator)

    changelist = client.get(f"/industry/revenue/{order}").context["cl"]

    assert [revenue.target for revenue in changelist.result_list] == targets
