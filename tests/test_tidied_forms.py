"""Characters nobody sees are taken out of what is typed, and the person is told where."""

import pytest

from industry.models import Business, Revenue
from tests.factories import BusinessFactory, CertificateFactory
from tests.pages import filled, messages_of, url
from tests.test_forms import NEW, REVENUE

pytestmark = pytest.mark.django_db

OPENING = "Karakter tak tampak dibuang dari"


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def add(client, model, data):
    return client.post(url(model, "add"), data, follow=True)


def about_characters(response):
    return [text for text in messages_of(response) if text.startswith(OPENING)]


@pytest.mark.parametrize("hidden", ["\u200b", "\u200e", "\u202e", "\u00ad", "\ufeff"], ids=ascii)
def test_a_cleaned_text_is_told_by_its_field(typist, hidden):
    data = {**NEW, "name": f"Amplang{hidden} Siti", "npwp": f"{hidden}012345678721000"}

    response = add(typist, Business, data)

    stored = Business.objects.get()
    assert (stored.name, stored.npwp) == ("Amplang Siti", "012345678721000")
    assert about_characters(response) == [f"{OPENING} «Nama usaha», «NPWP»."]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Amplang Siti", id="plain"),
        pytest.param("Kafé “Siti” – 1½", id="letters and marks"),
        pytest.param("Dapur \U0001f469\u200d\U0001f373", id="an emoji of several"),
        pytest.param("  Amplang\u00a0 Siti ", id="spaces"),
    ],
)
def test_a_clean_text_is_stored_without_a_word(typist, name):
    response = add(typist, Business, {**NEW, "name": name})

    assert Business.objects.get().name == " ".join(name.split())
    assert about_characters(response) == []


def test_an_amount_pasted_from_a_message_is_told_too(typist):
    response = add(typist, Revenue, {**REVENUE, "target": "\u200e5.000.000"})

    assert Revenue.objects.get().target == 5_000_000
    assert about_characters(response) == [f"{OPENING} «Target (Rp)»."]


def test_the_rows_below_a_form_are_told_with_their_kind(typist):
    business = CertificateFactory(number="1", business__name="Amplang").business
    page = url(Business, "change", business)
    data = {**filled(typist.get(page)), "certificates-0-number": "PIRT\u200b-1"}

    response = typist.post(page, data, follow=True)

    assert business.certificates.get().number == "PIRT-1"
    assert about_characters(response) == [f"{OPENING} «Nomor» (sertifikat)."]


def test_a_row_that_is_taken_away_is_not_spoken_of(client, verifikator):
    client.force_login(verifikator)
    business = CertificateFactory(number="1", business__name="Amplang").business
    page = url(Business, "change", business)
    data = filled(client.get(page))
    data |= {"certificates-0-number": "PIRT\u200b-1", "certificates-0-DELETE": "on"}

    response = client.post(page, data, follow=True)

    assert not business.certificates.kept().exists()
    assert about_characters(response) == []


def test_a_form_that_is_refused_has_cleaned_nothing(typist):
    business = BusinessFactory(name="Amplang")
    page = url(Business, "change", business)
    data = {**filled(typist.get(page)), "name": "Roti\u200b", "nib": "12"}

    response = typist.post(page, data)

    assert response.status_code == 200
    assert about_characters(response) == []
    business.refresh_from_db()
    assert business.name == "Amplang"


def test_a_form_saved_twice_at_once_tells_it_once(typist):
    token = typist.get(url(Business, "add")).context["form_token"]
    data = {**NEW, "name": "Roti\u200b Ani", "form_token": token}

    responses = [add(typist, Business, data) for _ in range(2)]

    assert Business.objects.count() == 1
    assert [len(about_characters(response)) for response in responses] == [1, 0]
