from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.forms import RecordForm
from balikpapan.audit.trail_admin import ReadOnlyAdmin

from .models import Destruction, SubjectRequest
from .requests import ANSWER_FIELDS, RequestKind


@admin.register(Destruction)
class DestructionAdmin(ReadOnlyAdmin):
    """The minutes of what was destroyed; asking and agreeing is the command's matter."""

    list_display = ["__str__", "reason", "asked_by", "asked_at", "done_by", "done_at"]
    list_select_related = ["asked_by", "done_by"]
    fields = ["hint", "reason", "asked_by", "asked_at", "done_by", "done_at", "result", "left"]
    readonly_fields = ["result", "left"]

    @admin.display(description="hasil")
    def result(self, obj):
        if not obj.counts:
            return "Belum dilakukan."
        return (
            f"{obj.counts['records']} catatan, {obj.counts['changes']} perubahan dalam riwayat, "
            f"{obj.counts['files']} unggahan, {obj.counts.get('lists', 0)} daftar yang menunggu diambil, "
            f"{obj.counts.get('mentions', 0)} penyebutan disamarkan"
        )

    @admin.display(description="masih tersisa")
    def left(self, obj):
        if not obj.remaining:
            return self.get_empty_value_display()
        return format_html_join("", "{}: {}<br>", obj.remaining)


class SubjectRequestForm(RecordForm):
    """A person's request; whoever types the answer is the one who answered it."""

    #: The account that fills the form in.
    editor = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Both may be blank once a person's data were destroyed, but no request begins without.
        for name in ("requester", "request"):
            if name in self.fields and not (self.instance.pk and self.instance.destruction_id):
                self.fields[name].required = True
        if not self.instance.pk:
            now = timezone.localtime()
            self.initial = {"received_on": now.date(), "received_hour": now.hour, **self.initial}

    def clean(self):
        cleaned = super().clean()
        if set(ANSWER_FIELDS) <= set(self.fields):
            self._complete_answer(cleaned)
        return cleaned

    def _complete_answer(self, cleaned):
        is_begun = any(cleaned.get(name) not in (None, "") for name in ANSWER_FIELDS)
        if is_begun and not self.errors and cleaned.get("answered_on") is None:
            now = timezone.localtime()
            cleaned |= {"answered_on": now.date(), "answered_hour": now.hour}
        if not is_begun:
            self.instance.answered_by = None
        elif self.instance.answered_by is None:
            self.instance.answered_by = self.editor


class WaitingFilter(admin.SimpleListFilter):
    """Requests that wait for an answer, those whose time is over, and those that were answered."""

    title = "jawaban"
    parameter_name = "jawaban"

    def lookups(self, request, model_admin):
        return [("belum", "Belum dijawab"), ("lewat", "Lewat 3×24 jam"), ("sudah", "Sudah dijawab")]

    def queryset(self, request, queryset):
        if self.value() == "belum":
            return queryset.filter(pk__in=SubjectRequest.objects.waiting())
        if self.value() == "lewat":
            return queryset.filter(pk__in=SubjectRequest.objects.overdue(timezone.now()))
        return queryset.exclude(answered_on=None) if self.value() == "sudah" else queryset


@admin.register(SubjectRequest)
class SubjectRequestAdmin(RecordAdmin):
    """The requests of persons about their own data, with the hours that are left."""

    form = SubjectRequestForm

    list_display = ["__str__", "received_on", "hour_count", "requester", "nik", "answered_by"]
    list_select_related = ["answered_by"]
    list_filter = [WaitingFilter, "kind"]
    search_fields = ["requester", "nik", "letter"]
    fieldsets = [
        (None, {"fields": ["kind", ("received_on", "received_hour"), "letter", "hour_count"]}),
        ("Pemohon", {"fields": ["requester", "nik", "contact", "request"]}),
        (
            "Jawaban",
            {"fields": ["outcome", "answer", ("answered_on", "answered_hour"), "answered_by"]},
        ),
        ("Data orang ini", {"fields": ["compiled_on", "minutes", "commands"]}),
    ]
    readonly_fields = ["hour_count", "answered_by", "compiled_on", "minutes", "commands"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    @admin.display(description="3×24 jam")
    def hour_count(self, obj):
        if obj.received_on is None or obj.received_hour is None:
            return self.get_empty_value_display()
        hours = obj.hours(timezone.now())
        if hours.is_answered:
            return str(hours)
        limit = date_format(timezone.localtime(obj.deadline), "DATETIME_FORMAT")
        if hours.is_late:
            return format_html('<strong class="overdue">{} ({})</strong>', hours, limit)
        return f"{hours} ({limit})"

    @admin.display(description="berita acara pemusnahan")
    def minutes(self, obj):
        if obj.destruction is None:
            return self.get_empty_value_display()
        address = reverse("admin:privacy_destruction_change", args=[obj.destruction_id])
        return format_html('<a href="{}">{}</a>', address, obj.destruction)

    @admin.display(description="perintah di server")
    def commands(self, obj):
        if obj.pk is None or not obj.nik or obj.answered_on is not None:
            return self.get_empty_value_display()
        lines = [f"data_subject --request {obj.pk} --out jawaban.xlsx --user AKUN"]
        if obj.kind == RequestKind.ERASURE and obj.destruction_id is None:
            lines.append(f"destroy --request {obj.pk} --user AKUN")
        return format_html_join(
            "", "<code>python3 manage.py {}</code><br>", ((line,) for line in lines)
        )
