"""The work on IKM data in the admin: the list of tasks, and handing them out from the list of IKM."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.archiving import show_refusal
from balikpapan.audit.formfields import TypedDateField
from balikpapan.audit.forms import RecordForm
from balikpapan.audit.years import last_complete_year, year_in, years_offered
from balikpapan.reports.links import list_of

from ..choices import YEARLY_REASONS, BusinessStatus, WorkReason
from ..gaps import gaps_of
from ..models import Business, WorkItem
from ..work_items import (
    MOST_ASSIGNED,
    Assignment,
    assign,
    open_items,
    with_need,
    without_worker,
    workers,
)
from .letter_pages import REMIND, LetterPages

ADD, CHANGE = "industry.add_workitem", "industry.change_workitem"


class AssigneeFilter(admin.SimpleListFilter):
    """One's own tasks, and those that nobody in office works on."""

    title = "milik"
    parameter_name = "milik"

    def lookups(self, request, model_admin):
        return [("saya", "Tugas saya"), ("tanpa", "Petugasnya tidak dapat mengerjakannya lagi")]

    def queryset(self, request, queryset):
        if self.value() == "saya":
            return queryset.filter(assignee=request.user.pk)
        return without_worker(queryset) if self.value() == "tanpa" else queryset


class StateFilter(admin.SimpleListFilter):
    """Whether somebody still has to work on it, and whether it is late."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("terbuka", "Terbuka"), ("lewat", "Lewat tenggat"), ("selesai", "Selesai")]

    def queryset(self, request, queryset):
        states = {
            "terbuka": {"is_needed": True},
            "lewat": {"is_needed": True, "due_on__lt": timezone.localdate()},
            "selesai": {"is_needed": False},
        }
        if self.value() is None:
            return queryset
        return (
            queryset.filter(**states[self.value()]) if self.value() in states else queryset.none()
        )


class WorkItemForm(RecordForm):
    """A task; it is given to whoever may do it, and stays with whoever has it already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if box := self.fields.get("assignee"):
            present = get_user_model().objects.filter(pk=self.instance.assignee_id)
            box.queryset = workers() | present


@admin.register(WorkItem)
class WorkItemAdmin(RecordAdmin):
    form = WorkItemForm

    list_display = ["business", "work", "assignee", "due_on", "state"]
    list_filter = [AssigneeFilter, StateFilter, "reason", "assignee"]
    linked_lookups = ("business__id__exact", "year__exact")
    list_select_related = ["business", "assignee"]
    search_fields = ["business__name", "business__owner_name"]
    autocomplete_fields = ["business"]
    kept_values = ("reason", "year", "assignee", "due_on")
    actions = ["remind_selected"]
    fieldsets = [
        (None, {"fields": ["business", ("reason", "year")]}),
        ("Penugasan", {"fields": [("assignee", "due_on"), "done_on", "notes"]}),
    ]

    def get_queryset(self, request):
        return with_need(super().get_queryset(request), timezone.localdate())

    @admin.action(description="Buat surat atau pesan pengingat", permissions=["remind"])
    def remind_selected(self, request, queryset):
        businesses = Business.objects.filter(pk__in=queryset.values("business"))
        return LetterPages(self).remind(request, businesses)

    def has_remind_permission(self, request):
        return request.user.has_perm(REMIND)

    def menu_pages(self, request):
        """One's own open tasks, for whoever can be given any."""
        if not request.user.has_perm(CHANGE):
            return []
        return [("Tugas saya", list_of(WorkItem, milik="saya", keadaan="terbuka"))]

    @admin.display(description="pekerjaan", ordering="reason")
    def work(self, obj):
        year = f" {obj.year}" if obj.year else ""
        return f"{obj.get_reason_display()}{year}"

    @admin.display(description="keadaan")
    def state(self, obj):
        if not obj.is_needed:
            return "selesai"
        return "lewat tenggat" if obj.due_on < timezone.localdate() else "terbuka"


class AssignForm(forms.Form):
    """What is to be done about the IKM chosen, by whom, until when."""

    reason = forms.ChoiceField(label="Pekerjaan", choices=WorkReason)
    year = forms.TypedChoiceField(
        label="Tahun data",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Hanya untuk tenaga kerja, nilai investasi, dan nilai produksi.",
    )
    assignee = forms.ModelChoiceField(queryset=None, label="Petugas", empty_label="Pilih petugas")
    due_on = TypedDateField(
        label="Tenggat", model_field=WorkItem._meta.get_field("due_on"), empty_value=None
    )
    notes = forms.CharField(label="Catatan", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = workers()
        self.fields["year"].choices = [("", "–"), *years_offered()]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") not in YEARLY_REASONS:
            cleaned["year"] = None
        elif cleaned.get("year") is None:
            self.add_error("year", "Pilih tahun datanya.")
        if cleaned.get("due_on") and cleaned["due_on"] < timezone.localdate():
            self.add_error("due_on", "Tenggat ini sudah lewat. Pilih hari ini atau sesudahnya.")
        return cleaned


class WorkPages:
    """The pages about data quality, and the act of the list of IKM that hands work out."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """The page of gaps, open to whoever may view the IKM."""
        view = self.keeper.admin_site.admin_view(self.gaps)
        return [path("gaps/", view, name="industry_business_gaps")]

    def _page(self, request, template, **context):
        site = self.keeper.admin_site.each_context(request)
        return TemplateResponse(request, template, {**site, "opts": self.keeper.opts, **context})

    def gaps(self, request):
        """What the IKM lack, what filling it brings, and how much of it is handed out."""
        if not self.keeper.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        year = year_in(request.GET.get("tahun")) or last_complete_year()
        rows = [(gap, None, "") for gap in gaps_of(year, today)]
        if may_view_work := request.user.has_perm("industry.view_workitem"):
            pairs = open_items(WorkItem.objects.all(), today).values_list("reason", "year")
            assigned = Counter(pairs)
            rows = [
                (gap, assigned[gap.reason.value, gap.year], items_link(gap)) for gap, _, _ in rows
            ]
        return self._page(
            request,
            "industry/gaps.html",
            title="Kualitas data IKM",
            rows=rows,
            year=year,
            years=[int(value) for value, _ in years_offered()],
            may_view_work=may_view_work,
            may_assign=request.user.has_perm(ADD),
        )

    def assign(self, request, queryset):
        """Asks what is to be done by whom, then hands it out; None leads back to the list."""
        form = AssignForm(
            request.POST if "assign" in request.POST else None, initial=asked_reason(request)
        )
        if form.is_valid():
            try:
                count = assign(
                    queryset,
                    Assignment(**form.cleaned_data),
                    by=request.user,
                    today=timezone.localdate(),
                )
            except ValidationError as refusal:
                show_refusal(request, refusal)
                return None
            self._tell(request, count, form.cleaned_data["assignee"])
            return HttpResponseRedirect(request.get_full_path())
        return self._page(
            request,
            "industry/assign.html",
            title="Tugaskan usaha yang dipilih",
            form=form,
            count=queryset.count(),
            most=MOST_ASSIGNED,
            chosen=request.POST.getlist("_selected_action"),
            select_across=request.POST.get("select_across", "0"),
        )

    def _tell(self, request, count, assignee):
        name = assignee.get_full_name() or assignee.get_username()
        if count:
            messages.success(request, f"{count} tugas diberikan kepada {name}.")
        else:
            messages.warning(request, "Tidak satu pun dari yang dipilih kurang data itu.")


def items_link(gap) -> str:
    """The open tasks about a gap."""
    year = {"year__exact": gap.year} if gap.year else {}
    return list_of(WorkItem, reason__exact=gap.reason.value, keadaan="terbuka", **year)


def asked_reason(request) -> dict:
    """The work that the list is narrowed to, so that nobody chooses it again."""
    reason, _, year = request.GET.get("kurang", "").partition(".")
    if reason in WorkReason:
        return {"reason": reason, "year": year_in(year)}
    if request.GET.get("ganda"):
        return {"reason": WorkReason.DOUBLE}
    if request.GET.get("status__exact") == BusinessStatus.UNVERIFIED:
        return {"reason": WorkReason.UNVERIFIED}
    return {}
