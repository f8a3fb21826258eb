"""A form for a new record saves one record, however often its button is pressed."""

import datetime
import re
import secrets

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import UsedFormToken

#: No form lies open that long: a session ends within a working day.
REMEMBERED = datetime.timedelta(days=7)
_TOKEN = re.compile(r"[\w-]{20,40}")
#: What differs between two presses without the contents being others.
_BUTTONS = {"csrfmiddlewaretoken", "form_token", "_save", "_continue", "_addanother"}


class SavesOnce:
    """The admin of a register whose add form carries a token that can be used up once.

    The token is kept beside the record it made, in the transaction that made it; the second POST
    is answered with that record.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if object_id is not None or request.method != "POST" or not _token(request):
            return view(request, object_id, form_url, extra_context)
        if again := self._answer_again(request):
            return again
        try:
            with transaction.atomic():
                response = view(request, object_id, form_url, extra_context)
        except (IntegrityError, ValidationError):
            # The same form was saved at the same moment, or this is another matter.
            if again := self._answer_again(request):
                return again
            raise
        if response.status_code == 200 and (again := self._answer_again(request)):
            return again  # refused only because its twin has just been saved
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            kept = _token(request) if self._saved_form(request) is None else ""
            context["form_token"] = kept or secrets.token_urlsafe(24)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if token := _token(request):
            _remember(token, obj, request)
        return super().response_add(request, obj, post_url_continue)

    def made_before(self, request):
        """The record this form has made, if what is typed in it now is something else."""
        saved = self._saved_form(request)
        return self._record_of(saved) if saved and saved.contents != _contents(request) else None

    def _saved_form(self, request):
        token = _token(request)
        label = self.model._meta.label_lower
        saved = UsedFormToken.objects.filter(token=token, model=label, by=request.user)
        return saved.first() if token else None

    def _record_of(self, saved):
        return self.model._base_manager.get(pk=saved.record)

    def _answer_again(self, request):
        """The answer to a second press: the record that the first one made."""
        saved = self._saved_form(request)
        if saved is None or saved.contents != _contents(request):
            return None
        record = self._record_of(saved)
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, record)
        messages.info(request, f"«{record}» sudah disimpan, jadi tidak dicatat dua kali.")
        if "_addanother" in request.POST:
            return HttpResponseRedirect(self.next_form(request, record))
        if not self.has_view_or_change_permission(request, record):
            return HttpResponseRedirect(reverse("admin:index"))
        meta = self.model._meta
        page = f"admin:{meta.app_label}_{meta.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[record.pk]))


def _token(request):
    token = request.POST.get("form_token", "")
    return token if _TOKEN.fullmatch(token) else ""


def _contents(request):
    """A digest of what was typed; only the server can tell what it stands for."""
    fields = sorted((n, v) for n, values in request.POST.lists() for v in values)
    files = sorted((name, file.size) for name, file in request.FILES.items())
    typed = [pair for pair in fields if pair[0] not in _BUTTONS]
    return salted_hmac("audit.savedform", repr((typed, files)), algorithm="sha256").hexdigest()


def _remember(token, record, request):
    now = timezone.now()
    UsedFormToken.objects.filter(at__lt=now - REMEMBERED).delete()
    UsedFormToken.objects.create(
        token=token,
        model=record._meta.label_lower,
        record=record.pk,
        contents=_contents(request),
        by=request.user,
        at=now,
    )
