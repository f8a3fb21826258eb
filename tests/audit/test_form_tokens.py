"""One add form makes one record, however often its button is pressed."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from balikpapan.audit.models import Change, UsedFormToken
from industry.models import Business, BusinessYear, Revenue
from tests.cast import member
from tests.factories import BusinessFactory
from tests.pages import DONE_ELSEWHERE, FACTORIES, FORM_MODELS, filled, label, url
from tests.trust.outages import press_together

pytestmark = pytest.mark.django_db

NIB = "0123456789012"
ADD = url(Business, "add")


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def opened(client, page=ADD, **typed):
    """The add form as a browser sends it, with what was typed."""
    return {**filled(client.get(page)), **typed}


def messages_in(response):
    """The messages of the page a response leads to."""
    return [str(message) for message in response.context["messages"]]


def test_p09_the_second_press_makes_nothing_and_shows_the_record_of_the_first(typist):
    data = opened(typist, name="Amplang Siti", nib=NIB, _save="")
    typist.post(ADD, data)
    typist.get("/")

    answer = typist.post(ADD, data, follow=True)

    business = Business.objects.get()
    assert answer.redirect_chain == [(url(Business, "change", business), 302)]
    assert messages_in(answer)[-1] == "«Amplang Siti» sudah disimpan, jadi tidak dicatat dua kali."
    assert Change.objects.filter(model="industry.business").count() == 1


def test_two_forms_make_two_records(typist):
    for data in (opened(typist, name="Amplang Siti"), opened(typist, name="Amplang Siti")):
        typist.post(ADD, data)

    assert Business.objects.count() == 2


def test_after_a_mistake_the_form_is_still_the_same_one(typist):
    data = opened(typist, name="", _save="")
    refused = typist.post(ADD, data)

    again = filled(refused)
    for _ in range(2):
        typist.post(ADD, {**again, "name": "Amplang Siti"})

    assert again["form_token"] == data["form_token"]
    assert Business.objects.count() == 1


def test_a_second_press_of_save_and_add_another_gives_one_record_and_an_empty_form(typist):
    page = url(Revenue, "add")
    data = opened(
        typist, page, year=2024, source_name="Sewa unit", target="5.000.000", _addanother=""
    )
    first = typist.post(page, data)

    second = typist.post(page, data)

    assert Revenue.objects.count() == 1
    assert second["Location"] == first["Location"]
    assert second["Location"].startswith(f"{page}?year=2024")
    assert filled(typist.get(second["Location"]))["form_token"] != data["form_token"]


def test_what_is_edited_within_the_form_is_made_once_too(typist):
    data = opened(typist, name="Amplang Siti")
    data |= {"years-TOTAL_FORMS": 1, "years-0-year": 2024, "years-0-workers_total": 3}

    for _ in range(2):
        typist.post(ADD, data)

    assert (Business.objects.count(), BusinessYear.objects.count()) == (1, 1)


def test_the_used_form_with_other_contents_is_neither_lost_nor_saved_unasked(typist):
    data = opened(typist, name="Amplang Siti")
    typist.post(ADD, data)

    response = typist.post(ADD, {**data, "name": "Batik Rumi"})
    held_back = Business.objects.count()
    typist.post(ADD, filled(response))

    assert "Formulir ini sudah menyimpan «Amplang Siti»" in response.content.decode()
    assert held_back == 1
    assert list(Business.objects.order_by("id").values_list("name", flat=True)) == [
        "Amplang Siti",
        "Batik Rumi",
    ]


def test_a_second_press_in_a_small_window_answers_like_the_first(typist):
    data = opened(typist, f"{ADD}?_popup=1", name="Amplang Siti", _popup="1")
    first = typist.post(ADD, data)

    second = typist.post(ADD, data)

    assert Business.objects.count() == 1
    assert second.content == first.content


def test_the_token_of_another_person_is_worth_nothing(typist):
    data = opened(typist, name="Amplang Siti")
    typist.post(ADD, data)
    other = Client()
    other.force_login(member("Petugas", "petugas-dua"))

    mine = opened(other, name="Amplang Siti") | {"form_token": data["form_token"]}
    other.post(ADD, mine)

    assert Business.objects.count() == 2


def test_a_form_without_a_token_is_saved_as_ever(typist):
    data = opened(typist, name="Amplang Siti")
    del data["form_token"]

    typist.post(ADD, data)

    assert Business.objects.count() == 1
    assert not UsedFormToken.objects.exists()


def test_forms_of_last_week_are_forgotten_and_nothing_typed_is_kept(typist):
    typist.post(ADD, opened(typist, name="Amplang Siti", nik="6471014101800001"))
    old = UsedFormToken.objects.get()
    UsedFormToken.objects.update(at=timezone.now() - datetime.timedelta(days=8))

    typist.post(ADD, opened(typist, name="Batik Rumi"))

    token = UsedFormToken.objects.get()
    assert token.pk != old.pk
    assert "6471014101800001" not in f"{old.token} {old.contents}"


ADDED = [model for model in FORM_MODELS if "add" not in DONE_ELSEWHERE.get(model, ())]


@pytest.mark.parametrize("model", ADDED, ids=label)
def test_p09_every_register_saves_a_form_once(model, client):
    client.force_login(get_user_model().objects.create_superuser("pemilik"))
    record = FACTORIES[model]()
    shown = filled(client.get(url(model, "change", record)))
    data = {name: value for name, value in shown.items() if name != "logo"}  # no file is chosen
    page = url(model, "add")
    empty = opened(client, page)
    model._base_manager.filter(pk=record.pk).delete()
    data |= {name: empty[name] for name in empty if "-" in name}

    answers = [client.post(page, {**data, "form_token": empty["form_token"]}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert model._base_manager.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nib", ["", NIB], ids=["nothing unique", "a unique number"])
def test_p09_four_presses_at_once_make_one_record(nib, petugas):
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.force_login(petugas)
    data = opened(browsers[0], name="Amplang Siti", nib=nib, _save="")

    answers = press_together([lambda b=browser: b.post(ADD, data) for browser in browsers])

    business = Business.objects.get()
    assert [getattr(answer, "status_code", answer) for answer in answers] == [302] * 4
    places = {answer["Location"] for answer in answers}
    assert places <= {url(Business, "changelist"), url(Business, "change", business)}
    assert len(places) == 2
    assert UsedFormToken.objects.count() == 1


def test_another_record_with_the_same_number_is_still_refused(typist):
    BusinessFactory(nib=NIB)

    response = typist.post(ADD, opened(typist, name="Amplang Siti", nib=NIB))

    assert response.status_code == 200
    assert "NIB" in str(response.context["errors"])
