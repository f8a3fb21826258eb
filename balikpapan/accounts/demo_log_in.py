"""Coming into a demonstration by one click: only there, and only at the computer it runs on.

The demonstration has a database of its own, so these accounts never exist beside real ones.
"""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from balikpapan.audit.models import Change

from .groups import GROUPS
from .trail import Actor, trace_created, trace_entry

LOOPBACK_ADDRESSES = {"127.0.0.1", "::1"}
LOOPBACK_NAMES = {"127.0.0.1", "[::1]", "localhost"}
#: What a proxy adds. Behind one every visitor seems to come from this computer. Waitress takes
#: these away where no proxy is expected; with HTTPS one is, and nobody comes in by a click.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def demo_urls(site):
    """The address that logs in; it answers nobody unless this is a demonstration."""
    return [path("peragaan/masuk/", demo_log_in, name="demo_log_in")]


def is_offered(request) -> bool:
    """Whether this is a demonstration and the visitor sits at the computer it runs on."""
    name = request.get_host().rpartition(":")[0] or request.get_host()
    return (
        settings.DEMO
        and not settings.HTTPS
        and request.META.get("REMOTE_ADDR") in LOOPBACK_ADDRESSES
        and not any(header in request.META for header in FORWARDED)
        and (name in LOOPBACK_NAMES or request.get_host() in LOOPBACK_NAMES)
    )


def demo_log_in(request):
    """Logs in as the invented member of one group."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST" or not is_offered(request):
        raise PermissionDenied
    group = request.POST.get("group")
    if group not in GROUPS:
        raise PermissionDenied
    user = account_of(group)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    trace_entry(user, Change.Action.ENTERED, request.META["REMOTE_ADDR"])
    place = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return HttpResponseRedirect(place if is_own else reverse("admin:index"))


@transaction.atomic
def account_of(group: str):
    """The invented account of a group, made when it is first asked for; it has no password."""
    user, is_new = get_user_model().objects.get_or_create(
        username=f"contoh-{group.lower()}",
        defaults={"is_staff": True, "first_name": group, "last_name": "Contoh"},
    )
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=group))
        trace_created(user, Actor(None, Change.Channel.SYSTEM))
    return user
