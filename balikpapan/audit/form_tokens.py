"""A form for a new record saves one record, however often its button is pressed.

The form carries a token that can be used up once. It is stored beside the record it made, in the
transaction that made it; the second POST is answered with that record.
"""

import datetime
import re
import secrets

from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import UsedFormToken

#: No form stays open that long: a session ends within a working day.
REMEMBERED = datetime.timedelta(days=7)
_TOKEN = re.compile(r"[\w-]{20,40}")
#: What differs between two presses without the contents being others.
_BUTTONS = {"csrfmiddlewaretoken", "form_token", "_save", "_continue", "_addanother"}


class FormToken:
    """The token that a form for a new record of ``model`` was sent with; blank where it has none."""

    def __init__(self, request, model):
        text = request.POST.get("form_token", "")
        self.value = text if _TOKEN.fullmatch(text) else ""
        self.request, self.model = request, model

    def used(self) -> UsedFormToken | None:
        """The use this token was put to by this user, or None."""
        if not self.value:
            return None
        label = self.model._meta.label_lower
        return UsedFormToken.objects.filter(
            token=self.value, model=label, by=self.request.user
        ).first()

    def repeated_record(self):
        """The record that the form has made already with these very contents, or None."""
        return self._record(same=True)

    def other_record(self):
        """The record that the form has made already with other contents, or None."""
        return self._record(same=False)

    def _record(self, *, same):
        used = self.used()
        if used is None or (used.contents == _contents(self.request)) is not same:
            return None
        return self.model._base_manager.get(pk=used.record)

    def for_next_page(self) -> str:
        """The token of the form about to be shown: a new one once this one is used up."""
        return self.value if self.value and self.used() is None else secrets.token_urlsafe(24)

    def use_up(self, record) -> None:
        """Remembers the record that the form has made, within the transaction that made it."""
        if not self.value:
            return
        now = timezone.now()
        UsedFormToken.objects.filter(at__lt=now - REMEMBERED).delete()
        UsedFormToken.objects.create(
            token=self.value,
            model=record._meta.label_lower,
            record=record.pk,
            contents=_contents(self.request),
            by=self.request.user,
            at=now,
        )


def _contents(request):
    """A digest of what was typed; only the server can tell what it stands for."""
    fields = sorted((n, v) for n, values in request.POST.lists() for v in values)
    files = sorted((name, file.size) for name, file in request.FILES.items())
    typed = [pair for pair in fields if pair[0] not in _BUTTONS]
    return salted_hmac("audit.savedform", repr((typed, files)), algorithm="sha256").hexdigest()
