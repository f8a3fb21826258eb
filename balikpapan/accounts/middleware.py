"""What every request passes: nothing is kept by browsers, log-ins end, duties come first."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from .passwords import has_duty
from .second_factor import is_missing

MINUTE = 60


class NeverStored:
    """No page stays behind on a shared computer, error pages included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class CompressedPages(GZipMiddleware):
    """Pages travel compressed, a fifth of their size; files that are made are compressed already.

    The length of a compressed page could betray what stands in it to whoever can have it asked
    for many times with guesses in it. Django pads each answer by a random length, a form's token
    differs each time, and the cookie is not sent with what other sites ask for.
    """

    MEDIA_TYPES = ("text/html", "text/javascript", "application/json")

    def process_response(self, request, response):
        media_type = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or media_type not in self.MEDIA_TYPES:
            return response
        return super().process_response(request, response)


class SessionLimits:
    """A log-in ends after a working day, and after an hour in which nothing was done."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began = request.session.setdefault("began", now)
            seen = request.session.setdefault("seen", now)
            if (
                now - began >= settings.SESSION_LONGEST.total_seconds()
                or now - seen >= settings.SESSION_LONGEST_IDLE.total_seconds()
            ):
                logout(request)
            elif now - seen >= MINUTE:
                # Once a minute is exact enough and spares a write for every click.
                request.session["seen"] = now
        return self.get_response(request)


class NewPasswordFirst:
    """Who was given a password chooses an own one before anything else, then sets up a code."""

    ALLOWED = {"admin:password_change", "admin:logout", "admin:jsi18n", "admin:login"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if match.view_name in self.ALLOWED:
            return None
        if has_duty(request.user):
            return redirect("admin:password_change")
        if match.view_name != "admin:second_factor" and is_missing(request.user):
            messages.info(request, "Akun ini wajib memakai kode masuk. Pasang sekarang.")
            return redirect("admin:second_factor")
        return None
