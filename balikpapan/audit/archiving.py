"""Taking records out of lists and bringing them back, one by one or several chosen in a list."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse

from .changelist import is_key
from .forms import INCOMPLETE, last_editor
from .models import Change
from .store import restore


def page_name(model, page: str) -> str:
    """The name of one admin page of a model, as ``reverse`` takes it."""
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def redirect_to_form(model, key) -> HttpResponseRedirect:
    """Back to the page of one record."""
    return HttpResponseRedirect(reverse(page_name(model, "change"), args=[key]))


def show_refusal(request, refusal: ValidationError) -> None:
    """Each sentence of a refusal as a message of the next page."""
    for text in refusal.messages:
        messages.error(request, text)


class RecordActionForm(ActionForm):
    """The choice of a list's act, and how far the trail had come when the list was shown."""

    newest_change = forms.IntegerField(
        label="", required=False, initial=Change.objects.newest, widget=forms.HiddenInput
    )


def check_seen(record, version: str | None) -> None:
    """Refuses to archive or restore a record changed since its page was opened.

    ``version`` is the one the page sent along, None where it sent none.
    """
    if not version:
        raise ValidationError(INCOMPLETE)
    if version != str(record.version):
        raise _changed_since(record)


def check_listed(request, record) -> None:
    """Refuses an act on a record changed since the list was shown in which it was chosen.

    A row that stood on the page sends its version. Where all pages were chosen, the others are
    judged by the trail.
    """
    version = request.POST.get(seen_name(record))
    newest = request.POST.get("newest_change", "")
    if version is None and request.POST.get("select_across") == "1" and is_key(newest):
        if Change.objects.of(record).filter(pk__gt=int(newest)).exists():
            raise _changed_since(record)
        return
    check_seen(record, version)


def _changed_since(record) -> ValidationError:
    last = Change.objects.of(record).select_related("by").first()
    return ValidationError(
        f"Catatan ini sudah diubah oleh {last_editor([last] if last else [])} sejak halaman itu "
        "dibuka, jadi dibiarkan. Periksa isinya, lalu ulangi."
    )


def seen_name(record) -> str:
    """The name under which a list sends the version of one of its rows along."""
    return f"seen-{record.pk}"


def restore_page(admin, request, object_id, *, allowed):
    """Brings one archived record back; only a POST by whoever may archive does it.

    ``allowed`` is a function of the record that answers whether the user may.
    """
    record = admin.get_object(request, object_id)
    if record is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
    if request.method != "POST" or not allowed(record):
        raise PermissionDenied
    try:
        check_seen(record, request.POST.get("opened_version"))
        restore(record, by=request.user, channel=Change.Channel.FORM)
        messages.success(request, f"{record} dikembalikan dari arsip.")
    except ValidationError as refusal:
        show_refusal(request, refusal)
    return redirect_to_form(admin.model, object_id)


def act_on_each(request, queryset, act, done: str) -> None:
    """Archives, restores or verifies what was chosen in a list and names what could not be."""
    count = 0
    records = list(queryset)
    if not records:
        messages.warning(request, f"Di antara yang dipilih tidak ada yang dapat {done}.")
    for record in records:
        try:
            check_listed(request, record)
            act(record, by=request.user, channel=Change.Channel.FORM)
            count += 1
        except ValidationError as refusal:
            messages.error(request, f"{record}: {' '.join(refusal.messages)}")
    if count:
        messages.success(request, f"{count} catatan {done}.")
