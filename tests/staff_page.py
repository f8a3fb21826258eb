"""A page of a member of staff in a real browser."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import chromium_path

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
USER, PASSWORD = "sari", "kata-sandi-uji"


@contextmanager
def staff_page(address: str, monkeypatch, size: dict[str, int] = DESK) -> Iterator[Page]:
    """The first page of whoever may do everything, logged in; ``faults`` has what went wrong on it.

    ``address`` is that of the server of the tests.
    """
    # The browser's own event loop must not keep Django from its database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    get_user_model().objects.create_superuser(USER, password=PASSWORD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page(viewport=size, base_url=address)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.goto("/login/")
        page.fill("#id_username", USER)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        yield page
        browser.close()


def signed_in(browser: Browser, address: str, size: dict[str, int] = DESK) -> Page:
    """An empty page of ``USER``, whose session has begun already: for tests not about logging in."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=USER))
    page = browser.new_page(viewport=size, base_url=address)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
    )
    return page
