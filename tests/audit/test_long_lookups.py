"""Over-long and forged addresses get a list, a page or 400: never an error of ours."""

import pytest
from django.contrib import admin

from tests.pages import FORM_MODELS, label, url

pytestmark = pytest.mark.django_db

DIGITS = "9" * 4400
ANSWERS = {200, 302, 400, 404}
#: Every list there is.
LISTS = sorted(admin.site._registry, key=label)
TEXTS = {"digits": DIGITS, "number": "9" * 40, "minus": "-1", "list": "9," * 2000, "nul": "\x001"}
#: What every list is asked by: one class answers it for all, so the first few are asked it all.
OF_ANY_LIST = {"p", "o", "e", "_facets", "tanpa"}


@pytest.fixture
def reader(client, verifikator):
    """Somebody who may open every list of records."""
    verifikator.is_superuser = True
    verifikator.save()
    client.force_login(verifikator)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("model", LISTS, ids=label)
def test_p43_a_list_answers_whatever_is_asked_of_it(reader, model, text):
    names = set(admin.site._registry[model].allowed_lookups())
    if text == DIGITS or model in LISTS[:3]:
        names |= OF_ANY_LIST

    answers = {name: reader.get(url(model, "changelist"), {name: text}) for name in names}

    assert {
        name: a.status_code for name, a in answers.items() if a.status_code not in ANSWERS
    } == {}


@pytest.mark.parametrize("model", LISTS, ids=label)
def test_a_search_for_very_many_words_is_answered(reader, model):
    many = reader.get(url(model, "changelist"), {"q": "kata " * 2000})
    long = reader.get(url(model, "changelist"), {"q": DIGITS})

    assert (many.status_code, long.status_code) == (200, 200)


@pytest.mark.parametrize("page", ["change", "delete", "history", "restore"])
@pytest.mark.parametrize("model", FORM_MODELS[:3], ids=label)
def test_a_page_of_no_record_is_no_error(reader, model, page):
    class Nobody:
        pk = DIGITS

    address = url(model, page, Nobody)

    assert reader.get(address).status_code in {*ANSWERS, 403}
    assert reader.post(address, {"post": "yes"}).status_code in {*ANSWERS, 403}


@pytest.mark.parametrize("chosen", [[DIGITS], ["9" * 40], ["abc"], [str(n) for n in range(1500)]])
def test_a_forged_choice_in_a_list_does_nothing(reader, chosen):
    for model in FORM_MODELS[:4]:
        response = reader.post(
            url(model, "changelist"),
            {"action": "archive_selected", "_selected_action": chosen},
        )

        assert response.status_code in ANSWERS, model


@pytest.mark.parametrize("name", ["opened_version", "form_token", "kelurahan", "group", "status"])
def test_a_forged_form_is_refused_in_the_form(reader, name):
    from industry.models import Business
    from tests.test_forms import NEW

    response = reader.post(url(Business, "add"), {**NEW, name: DIGITS})

    assert response.status_code in ANSWERS


@pytest.mark.parametrize("term", [DIGITS, "kata " * 2000, "\x00"])
def test_a_choice_is_looked_up_by_any_text(reader, term):
    asked = {
        "app_label": "industry",
        "model_name": "business",
        "field_name": "kelurahan",
        "term": term,
    }

    assert reader.get("/autocomplete/", asked).status_code in ANSWERS
    assert reader.get("/autocomplete/", {**asked, "term": "", "page": term}).status_code in ANSWERS
