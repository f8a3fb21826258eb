"""A list waiting to be stored, the browser of whoever handed it in, and the button."""

from django.test import Client

from tests.pages import upload_url
from tests.sheets import spelled

HEADINGS = ["Nama Usaha", "Nama Pemilik", "NIB", "Tahun Data", "Tenaga Kerja"]


def people(count: int, workers: int = 3, start: int = 1) -> list[list]:
    return [HEADINGS] + [
        [f"Usaha {spelled(n)}", f"Pemilik {spelled(n)}", f"91{n:011}", 2024, workers]
        for n in range(start, start + count)
    ]


def logged_in(user) -> Client:
    """A browser of its own that shows errors as a visitor sees them."""
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def press(browser, upload):
    """Presses "Simpan" on the preview as it stands."""
    return browser.post(upload_url("confirm", upload), {"fingerprint": upload.fingerprint})
