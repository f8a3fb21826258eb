"""The search in the header: what answers it, and what it keeps from whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.audit.store import store
from tests.factories import BusinessFactory, CertificateFactory

pytestmark = pytest.mark.django_db
MORE = "Lihat semua yang cocok"


def found_in(client, words, **more):
    """What the search answers: the names under each heading."""
    page = client.get(reverse("admin:search"), {"q": words, "bagian": "1", **more})
    groups = re.findall(r"<h2>(.*?)</h2>(.*?)</section>", page.content.decode(), re.DOTALL)
    return {name: re.findall(r"<span>(.*?)</span>", body) for name, body in groups}


def test_one_box_leads_to_records_pages_and_actions(client, petugas):
    business = BusinessFactory(name="Roti Ani", nib="1234567890123", phone="08125551003")
    client.force_login(petugas)

    by_name = found_in(client, "roti ani")
    assert by_name == {"Usaha IKM": ["Roti Ani"]}
    for words in (business.number, "1234567890123", "0812-5551-003"):
        assert found_in(client, words)["Usaha IKM"] == ["Roti Ani"], words
    assert "Tambah usaha IKM" in found_in(client, "usaha")["Halaman"]
    assert found_in(client, "tidak ada yang bernama begini") == {}


def test_names_come_before_what_is_only_made_and_a_certificate_says_whose_it_is(client, petugas):
    for number in range(6):
        BusinessFactory(name=f"Depot {number}", products="roti ani")
    CertificateFactory(business=BusinessFactory(name="Roti Ani"), number="P-IRT 7")
    client.force_login(petugas)

    answer = found_in(client, "roti ani")
    page = client.get(reverse("admin:search"), {"q": "P-IRT 7"}).content.decode()

    assert answer["Usaha IKM"] == ["Roti Ani", *[f"Depot {n}" for n in range(4)], MORE]
    assert "<small>Roti Ani</small>" in page


def test_the_search_shows_nothing_of_a_list_one_may_not_open(client, administrator):
    BusinessFactory(name="Roti Ani")
    client.force_login(administrator)

    assert "Usaha IKM" not in found_in(client, "roti")


def test_no_more_than_five_of_a_list_and_the_way_to_the_others(client, petugas):
    for number in reversed(range(7)):
        BusinessFactory(name=f"Roti {number}")
    client.force_login(petugas)

    names = found_in(client, "roti")["Usaha IKM"]
    page = client.get(reverse("admin:search"), {"q": "roti"}).content.decode()

    assert names[:-1] == [f"Roti {number}" for number in (6, 5, 4, 3, 2)]
    assert names[-1] == MORE
    assert "/industry/business/?q=roti" in page


def test_without_words_the_box_offers_what_one_changed_last_the_newest_first(client, petugas):
    client.force_login(petugas)
    business, paper = BusinessFactory(name="Roti Ani"), CertificateFactory(number="P-IRT 7")
    business.brand = "Ani"
    store(business, by=petugas, channel="form")
    paper.facilitated_year = 2023
    store(paper, by=petugas, channel="form")
    business.brand = "Roti Ani"
    store(business, by=petugas, channel="form")
    BusinessFactory(name="Roti orang lain")

    assert found_in(client, "") == {"Terakhir Anda ubah": ["Roti Ani", str(paper)]}


@pytest.mark.parametrize("words", ["x" * 5000, "\x00", "%_'\"<script>", "IKM-" + "9" * 4400])
def test_odd_words_find_nothing_and_break_nothing(client, petugas, words):
    client.force_login(petugas)

    page = client.get(reverse("admin:search"), {"q": words})

    assert page.status_code == 200
    assert b"<script>&" not in page.content


def test_the_search_asks_as_much_of_many_records_as_of_few(client, petugas):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found_in(client, "roti")
        return len(queries)

    client.force_login(petugas)
    BusinessFactory(name="Roti")
    found_in(client, "roti")
    few = asked()
    BusinessFactory.create_batch(12, name="Roti")

    assert asked() == few
