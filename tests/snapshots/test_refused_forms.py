"""What every form says of nothing, of words and of endless digits, compared with its text in ``refused/``."""

import re
from pathlib import Path

import pytest
from django.forms import CheckboxInput
from django.forms.widgets import ChoiceWidget
from django.test import Client

from tests.cast import furnish, member
from tests.pages import DONE_ELSEWHERE, FORM_MODELS, filled, label, sent, url
from tests.snapshot import compare

from . import clock
from .test_pages import ORDER, shorter
from .visible import page_lines
from .world import begin_numbering

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).with_name("refused")
#: What is typed into every box of a form.
TYPED = {
    "kosong": "",
    "kata": "kata belaka",
    "angka": "9" * 40,
    "minus": "-7,5",
    "panjang": "Contoh" * 400,
}
MODELS = [model for model in FORM_MODELS if "add" not in DONE_ELSEWHERE.get(model, ())]


@pytest.fixture
def people(db):
    with clock.stopped():
        furnish()
        begin_numbering()
        yield [member(group) for group in ORDER]


def may_add(person, model) -> bool:
    options = model._meta
    return person.has_perm(f"{options.app_label}.add_{options.model_name}")


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_form_refuses_what_is_no_answer_in_the_words_of_its_text(model, people):
    person = next(person for person in people if may_add(person, model))
    client = Client()
    client.force_login(person)
    page = client.get(url(model, "add"))
    plain, boxes = page_lines(page.content.decode()), boxes_of(page)

    text = []
    for what, value in TYPED.items():
        before = model._base_manager.count()
        response = client.post(url(model, "add"), filled(page) | dict.fromkeys(boxes, value))
        text.append(f"=== {what}: {response.status_code}")
        if response.status_code == 200:
            written = response.content.decode()
            # What was typed is long, and would be repeated on every line.
            text += shorter(page_lines(written.replace(value, "…") if value else written), plain)
            assert model._base_manager.count() == before
        else:
            text.append(str(model._base_manager.order_by("pk").last()))

    # The lists have the numbers that earlier tests have left to them.
    shown = re.sub(r"/\d+/change/", "/NOMOR/change/", "\n".join(text))
    compare(TEXTS / f"{label(model)}.txt", shown)


def boxes_of(response) -> list[str]:
    """Every box of a form and of its parts in which something is typed."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return [
        bound.html_name
        for form in forms
        for bound in form
        if not bound.is_hidden
        and not isinstance(unwrapped(bound.field.widget), CheckboxInput | ChoiceWidget)
        and sent(response, bound.html_name)
    ]


def unwrapped(widget):
    """A widget without the links beside it to the records it offers."""
    return getattr(widget, "widget", widget)
