"""What every act of a list asks, or says when it is done, compared with its text in ``acts/``."""

from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import NoReverseMatch

from tests.pages import chosen, label, url
from tests.snapshot import compare

from .addresses import ORDER
from .test_pages import browser_of, lines_of
from .volatile import steady

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TEXTS = Path(__file__).with_name("acts")
#: How many records are ticked, from the top of the list.
TICKED = 2


def lists():
    """Every kind of record that has a list."""
    for model in admin.site._registry:
        try:
            url(model, "changelist")
        except NoReverseMatch:
            continue
        yield model


def acts_of(client, model) -> tuple[list[str], list]:
    """The acts a list offers to whoever looks, and the records at its top; empty where it is shut."""
    page = client.get(url(model, "changelist"))
    if page.status_code != 200 or not page.context.get("action_form"):
        return [], []
    choices = page.context["action_form"].fields["action"].choices
    return [name for name, _ in choices if name], list(page.context["cl"].result_list)[:TICKED]


LISTS = list(lists())


@pytest.mark.parametrize("model", LISTS, ids=label)
def test_an_act_of_a_list_asks_and_says_what_its_text_has(model, world):
    text, seen = [], set()
    for group in ORDER:
        session = world.sessions[group]
        names, records = acts_of(browser_of(session), model)
        for name in names:
            if name in seen:
                continue
            seen.add(name)
            sent = {"action": name, **chosen(*records)}
            with transaction.atomic():
                response = browser_of(session).post(url(model, "changelist"), sent)
                content = b"".join(response) if response.streaming else response.content
                text.append(f"=== {group}: {name}")
                text += lines_of(response, content)
                text += [steady(str(message)) for message in get_messages(response.wsgi_request)]
                transaction.set_rollback(True)
    if not text:
        text.append("Tidak ada.")
    compare(TEXTS / f"{label(model)}.txt", "\n".join(text))


def test_no_text_is_left_over():
    assert {path.stem for path in TEXTS.glob("*.txt")} == set(map(label, LISTS))
