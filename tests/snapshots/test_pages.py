"""What every page and download shows, compared with the text kept of it in ``texts/``."""

import difflib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.snapshot import compare
from tests.trust.test_p34_rights import pages

from .addresses import ORDER, REASONS, looked_at, others, paths
from .downloads import file_lines
from .visible import page_lines
from .volatile import steady

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).with_name("texts")
ADDRESSES = looked_at()
REFUSED = ("403", "404")


def browser_of(session) -> Client:
    """A browser in which somebody is signed in already, without the messages of other looks."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def answer_to(session, path):
    """The answer to one look at an address by somebody signed in."""
    response = browser_of(session).get(path)
    return response, b"".join(response) if response.streaming else response.content


def lines_of(response, content) -> list[str]:
    """What an answer shows, whatever it is."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code != 200:
        return [steady(f"{response.status_code} {response.headers.get('Location', '')}".strip())]
    if kind.startswith("text/html"):
        return page_lines(content.decode())
    if "json" in kind:
        return file_lines(content, "a.json")
    name = response.headers.get("Content-Disposition", "").rstrip('"; ')
    return [kind, name, *file_lines(content, name)]


def looks(address, world) -> list[str]:
    """The whole text of an address.

    The plain path as the first group that may see it does; the others', and what it says to other
    questions and of other records, as what differs from that.
    """
    text, first, plain = [], None, None
    for path in paths(address, world):
        plain = plain or path
        for group in ORDER:
            if path == plain and first and group not in others(address):
                continue
            lines = lines_of(*answer_to(world.sessions[group], path))
            is_refused = lines[0] in REFUSED
            if not is_refused and first is None:
                first = lines
                text += [f"=== {group}: {steady(path)}", *lines]
            elif first and lines != first and (path == plain or not is_refused):
                text += [f"=== {group}: {steady(path)}", *shorter(lines, first)]
            if path != plain and not is_refused:
                break
    return text


def shorter(lines: list[str], first: list[str]) -> list[str]:
    """A page as what differs from the first one, unless that is longer than the page."""
    difference = list(difflib.unified_diff(first, lines, lineterm="", n=0))[2:]
    return difference if len(difference) < len(lines) else lines


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_an_address_shows_what_the_text_kept_of_it_shows(address, world):
    shown = "\n".join(looks(address, world))
    # So that not every row of the register is looked through at the end of each test.
    transaction.set_rollback(True)
    assert shown.strip(), "nobody sees anything here: name the reason in addresses.REASONS"
    compare(TEXTS / f"{address}.txt", shown)


@pytest.mark.one_database
def test_every_address_to_look_at_has_a_text_or_a_reason_and_no_text_is_left_over():
    assert {path.stem for path in TEXTS.glob("*.txt")} == set(map(str, ADDRESSES))
    assert set(REASONS) <= set(pages())
