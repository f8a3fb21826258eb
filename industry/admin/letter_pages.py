"""Reminders made from a list: a PDF of letters, or a page of messages to copy."""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.formfields import TypedDateField
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.purpose import PurposeForm
from balikpapan.audit.trail_admin import ReadOnlyAdmin
from balikpapan.audit.years import last_complete_year
from balikpapan.downloads import file_response

from ..choices import ReminderMedium, ReminderReason
from ..letters import (
    MOST_WRITTEN,
    Handover,
    Order,
    Part,
    account_for,
    frame_on,
    letters_pdf,
    messages_for,
    parts_of,
    text_of,
)
from ..models import Reminder, WorkItem

REMIND = "industry.add_reminder"


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """What was written to whom; made from the lists of IKM and of work, never typed."""

    list_display = ["at", "business", "reason", "medium", "by", "purpose"]
    list_filter = ["reason", "medium"]
    linked_lookups = ("business__id__exact",)
    list_select_related = ["business", "by"]
    search_fields = ["business__name"]


class ReminderForm(PurposeForm):
    """What the IKM are reminded of, in which form, and what for their data leave the program."""

    field_order = ["reason", "medium", "answer_by", "purpose"]

    reason = forms.ChoiceField(label="Perihal", choices=ReminderReason)
    medium = forms.ChoiceField(label="Bentuk", choices=ReminderMedium)
    answer_by = TypedDateField(
        label="Mohon dijawab paling lambat",
        model_field=WorkItem._meta.get_field("due_on"),
        empty_value=None,
        required=False,
    )

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")
        return day


class LetterPages:
    """The act of a list that writes to the IKM chosen in it; ``keeper`` is the list's own admin."""

    def __init__(self, keeper):
        self.keeper = keeper

    def remind(self, request, businesses):
        """Asks what is to be written, then hands it over; None leads back to the list."""
        form = ReminderForm(
            request.POST if "remind" in request.POST else None, initial=asked_reason(request)
        )
        if not form.is_valid():
            return self._asking(request, form, businesses)
        asked = form.cleaned_data
        order = Order(
            ReminderReason(asked["reason"]),
            timezone.localdate(),
            last_complete_year(),
            asked["answer_by"],
        )
        parts = parts_of(businesses, order)
        part = Part.of_key(request.POST.get("part", ""))
        if len(parts) > 1 and part is None:
            return self._asking(request, form, businesses, parts)
        written = messages_for(businesses, order, part)
        if not written:
            messages.warning(request, "Tidak satu pun dari yang dipilih perlu diingatkan soal itu.")
            return None
        for_reading([message.business for message in written], request.user)
        medium = ReminderMedium(asked["medium"])
        in_full = medium == ReminderMedium.WHATSAPP and request.user.has_perm(personal_data.EXPORT)
        handover = Handover(medium, asked["purpose"], with_phone=in_full)
        account_for(written, order, handover, by=request.user)
        if medium == ReminderMedium.LETTER:
            of_part = f"-bagian-{part.number}" if part else ""
            return file_response(
                f"pengingat-{order.today:%Y-%m-%d}{of_part}.pdf", letters_pdf(written, order)
            )
        choice = self._choice(request, form, parts)
        return self._texts(request, written, order, in_full, {**choice, "part": part})

    def _page(self, request, template, **context):
        site = self.keeper.admin_site.each_context(request)
        return TemplateResponse(request, template, {**site, "opts": self.keeper.opts, **context})

    def _choice(self, request, form, parts):
        """What a page with parts to choose from sends along."""
        return {
            "form": form,
            "parts": parts if len(parts) > 1 else [],
            "needing": sum(part.count for part in parts),
            "most": MOST_WRITTEN,
            "action": request.POST.get("action", ""),
            "chosen": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
        }

    def _asking(self, request, form, businesses, parts=()):
        return self._page(
            request,
            "industry/remind.html",
            title="Buat pengingat",
            count=businesses.count(),
            missing=frame_on(timezone.localdate()).missing,
            **self._choice(request, form, parts),
        )

    def _texts(self, request, written, order, in_full, choice):
        """The messages; a telephone number stands there in full for whoever may take it out."""
        frame = frame_on(order.today)
        rows = []
        for message in written:
            phone = message.business.phone
            shown = phone if in_full else personal_data.masked("phone", phone)
            rows.append((message.business, shown, text_of(message, order, frame)))
        return self._page(
            request, "industry/messages.html", title="Teks WhatsApp", rows=rows, **choice
        )


def asked_reason(request) -> dict:
    """What the list is narrowed to."""
    reasons = {request.GET.get("kurang", ""), request.GET.get("reason__exact", "")}
    expiring = ReminderReason.EXPIRING.value in reasons
    return {"reason": ReminderReason.EXPIRING if expiring else ReminderReason.DATA}
