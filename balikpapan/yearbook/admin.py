from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from balikpapan.audit.acts import Act, acts_in_trail
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.trail_admin import ReadOnlyAdmin
from balikpapan.lists.pages import ListPages
from balikpapan.reports.editions import differences
from balikpapan.reports.models import Edition

from .closing import close_year, reopen_year
from .closing_review import review


class YearForm(forms.Form):
    """Which year is to be closed."""

    year = forms.TypedChoiceField(
        label="Tahun", coerce=int, widget=forms.Select(attrs={"autofocus": True})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        closed = ClosedYear.objects.frozen()
        this_year = timezone.localdate().year
        years = [year for year in range(this_year - 1, this_year - 15, -1) if year not in closed]
        self.fields["year"].choices = [(year, year) for year in years]


class ClosingForm(YearForm):
    """The year to be closed, typed once more, and a word about it."""

    year = forms.TypedChoiceField(coerce=int, widget=forms.HiddenInput)
    typed_year = forms.CharField(
        label="Ketik tahunnya untuk memastikan",
        max_length=10,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}
        ),
    )
    notes = forms.CharField(
        label="Catatan", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self):
        super().clean()
        year, typed = self.cleaned_data.get("year"), self.cleaned_data.get("typed_year", "")
        if year and typed and typed.strip() != str(year):
            self.add_error("typed_year", f"Yang diketik bukan {year}. Tahun belum ditutup.")


#: A year is closed and opened again on pages of its own.
CLOSED_YEAR_PAGES = ("audit_closedyear_changelist", "audit_closedyear_history")


@admin.register(ClosedYear)
class ClosedYearAdmin(ReadOnlyAdmin):
    """The closed years: closing one keeps its book, reopening needs a reason."""

    change_list_template = "office/closed_years.html"
    list_display = ["year", "edition", "closed_by", "created_at", "open_again", "history"]
    list_display_links = None
    list_select_related = ["closed_by"]

    @admin.display(description="dibuka kembali")
    def open_again(self, obj):
        return "Tidak" if obj.archived_at is None else "Ya"

    @admin.display(description="riwayat")
    def history(self, obj):
        address = reverse("admin:audit_closedyear_history", args=[obj.pk])
        return format_html('<a href="{}">Riwayat</a>', address)

    def changelist_view(self, request, extra_context=None):
        may_close = request.user.has_perm("audit.close_year")
        context = {
            "may_close": may_close,
            "form": YearForm() if may_close else None,
            "closed_years": ClosedYear.objects.kept().select_related("closed_by"),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("close/", wrap(self.close_view), name="audit_closedyear_close"),
            path("<int:pk>/reopen/", wrap(self.reopen_view), name="audit_closedyear_reopen"),
            *ListPages(self).urls(),
            *[url for url in super().get_urls() if url.name in CLOSED_YEAR_PAGES],
        ]

    def _back(self):
        return HttpResponseRedirect(reverse("admin:audit_closedyear_changelist"))

    def close_view(self, request):
        """What to look at before a year is closed; with the year typed, closes it."""
        if not request.user.has_perm("audit.close_year"):
            raise PermissionDenied
        if request.method != "POST":
            chosen = YearForm(request.GET)
            if not chosen.is_valid():
                messages.error(request, "Pilih tahun yang sudah berakhir dan belum ditutup.")
                return self._back()
            year = chosen.cleaned_data["year"]
            return self._closing_page(request, year, ClosingForm(initial={"year": year}))
        form = ClosingForm(request.POST)
        if not form.is_valid():
            year = form.cleaned_data.get("year")
            return self._closing_page(request, year, form) if year else self._back()
        try:
            edition = close_year(
                form.cleaned_data["year"],
                by=request.user,
                channel=Change.Channel.FORM,
                notes=form.cleaned_data["notes"],
            )
            messages.success(request, f"Tahun {edition.year} ditutup; {edition} tersimpan.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return self._back()

    def _closing_page(self, request, year, form):
        context = {
            **self.admin_site.each_context(request),
            "title": f"Menutup tahun {year}",
            "opts": self.opts,
            "year": year,
            "form": form,
            "topics": review(year),
        }
        return TemplateResponse(request, "office/close_year.html", context)

    def reopen_view(self, request, pk):
        """Opens a year again, with a reason that stays on record."""
        if not request.user.has_perm("audit.close_year"):
            raise PermissionDenied
        closed = ClosedYear.objects.kept().filter(pk=pk).first()
        if closed is not None and request.method == "POST":
            try:
                reopen_year(
                    closed,
                    by=request.user,
                    channel=Change.Channel.FORM,
                    reason=request.POST.get("reason", ""),
                )
                messages.success(request, f"Tahun {closed.year} dibuka kembali.")
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
        return self._back()


#: Of an edition there is a page of its own and no form.
EDITION_PAGES = ("reports_edition_changelist", "reports_edition_history")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The kept editions with their files and what changed between them."""

    list_display = ["__str__", "made_at", "made_by"]
    list_filter = ["year"]
    list_select_related = ["made_by"]

    def menu_pages(self, request):
        return [("Siaran pers", reverse("admin:report_press_latest"))]

    def get_urls(self):
        return [
            path(
                "<int:pk>/change/",
                self.admin_site.admin_view(self.edition_view),
                name="reports_edition_change",
            ),
            *ListPages(self).urls(),
            *[url for url in super().get_urls() if url.name in EDITION_PAGES],
        ]

    def acts_of(self, obj, user):
        """When its year was closed and opened again, and that the edition was made."""
        made = Act(obj.made_at, obj.made_by, "dibuat", f"Edisi {obj.number}", reason="")
        closings = ClosedYear.objects.filter(year=obj.year, edition=obj.number)
        acts = [act for closed in closings for act in acts_in_trail(closed, user)]
        return sorted([made, *acts], key=lambda act: act.at, reverse=True)

    def edition_view(self, request, pk):
        """One edition: when and by whom, its files, and the differences from the one before."""
        edition = self.get_object(request, pk)
        if edition is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        earlier = Edition.objects.filter(year=edition.year, number=edition.number - 1).first()
        context = {
            **self.admin_site.each_context(request),
            "title": str(edition),
            "opts": self.opts,
            "edition": edition,
            "earlier": earlier,
            "differences": differences(earlier, edition) if earlier else [],
        }
        return TemplateResponse(request, "office/edition.html", context)
