"""What every verifikator is told on the next page: passwords and codes reset, new rights over people.

It is read from the trail, so nothing is announced that was not traced, and nothing traced can be
kept from being announced.
"""

from itertools import islice

from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import BigIntegerField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from balikpapan.audit import personal_data
from balikpapan.audit.changelist import is_key
from balikpapan.audit.models import Change

from .groups import GROUPS
from .models import AnnouncementsRead
from .trail import LABEL

#: Whoever checks what others do.
VERIFY = "audit.verify_records"
#: The acts that may be announced; the condition of an index of the trail names the like.
ACTIONS = ("created", "changed", "reset", "code_reset")
#: So many are shown at a time, the oldest first.
SHOWN = 10
#: The groups whose members see personal data or take them out.
PERSONAL_GROUPS = frozenset(
    name for name, rights in GROUPS.items() if rights & {personal_data.SEE, personal_data.EXPORT}
)


def announcements_for(user) -> list[dict]:
    """What this person has not read yet, as (change, text).

    One's own acts are no news, nor is one's own account.
    """
    read = AnnouncementsRead.objects.filter(user=user).values("change")
    accounts = get_user_model().objects.filter(pk=OuterRef("record")).values("username")
    # As a bare key SQLite would walk the whole trail by it rather than take the few of accounts.
    changes = (
        Change.objects.alias(number=F("pk") + 0)
        .filter(
            model=LABEL,
            action__in=ACTIONS,
            number__gt=Coalesce(Subquery(read), Value(0), output_field=BigIntegerField()),
            at__gte=user.date_joined,
        )
        .exclude(by=user)
        .exclude(action=Change.Action.CREATED, record=user.pk)
        .annotate(username=Subquery(accounts))
        .select_related("by")
        .order_by("number")
    )
    texts = ((change, _text(change)) for change in changes.iterator())
    entries = ({"change": change, "text": text} for change, text in texts if text)
    return list(islice(entries, SHOWN))


def _text(change) -> str:
    """The sentence of one act; blank where it is none to be announced."""
    name = change.username or f"nomor {change.record}"
    if change.action == Change.Action.RESET:
        return f"Akun {name} diberi kata sandi baru."
    if change.action == Change.Action.CODE_RESET:
        return f"Kode masuk akun {name} dilepas."
    if change.after.get("is_superuser"):
        return f"Akun {name} menjadi administrator utama, dengan semua hak."
    given = set(change.after.get("groups", ())) - set(change.before.get("groups", ()))
    groups = ", ".join(sorted(given & PERSONAL_GROUPS))
    if groups:
        return f"Akun {name} mendapat hak atas data pribadi ({groups})."
    if change.before.get("is_active") is False and change.after.get("is_active"):
        return f"Akun {name} boleh masuk lagi."
    return ""


def read_view(request):
    """Remembers how far somebody has read, and goes back to the page."""
    if request.method != "POST" or not request.user.has_perm(VERIFY):
        raise PermissionDenied
    up_to = request.POST.get("up_to", "")
    if not is_key(up_to):
        raise BadRequest("This is no change.")
    read = min(int(up_to), Change.objects.newest())
    AnnouncementsRead.objects.update_or_create(user=request.user, defaults={"change": read})
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("admin:index")
    return HttpResponseRedirect(target)


def announcement_urls(site) -> list:
    """The address of the button under the announcements."""
    view = site.admin_view(read_view)
    return [path("pemberitahuan/dibaca/", view, name="announcements_read")]
