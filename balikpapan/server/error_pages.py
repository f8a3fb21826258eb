"""The page for a request that is refused by the server, before the program itself sees it."""

from csp.utils import build_policy
from django.conf import settings
from django.template import loader
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

TOO_LARGE = 413
#: The middleware that says this of all other pages is never reached.
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", build_policy()),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", settings.X_FRAME_OPTIONS),
    ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
    ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ("Cache-Control", "no-store"),
]


class TurnedAway(ErrorTask):
    """Says in Indonesian what waitress would say in plain English."""

    def execute(self):
        error = self.request.error
        body = page_for(error.code).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(HEADERS)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def page_for(code: int) -> str:
    """The page of one kind of refusal; a request too large is told the limit."""
    name = "413.html" if code == TOO_LARGE else "500.html" if code >= 500 else "400.html"
    return loader.get_template(name).render({"mib": settings.UPLOAD_MAX_MIB})


def speak_indonesian() -> None:
    """Lets every channel that waitress opens from now on use these pages."""
    HTTPChannel.error_task_class = TurnedAway
