"""One value for many IKM chosen in their list: asked for, shown what it does, then confirmed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from balikpapan.audit.archiving import seen_name, show_refusal
from balikpapan.audit.changelist import is_key
from balikpapan.audit.fields import FIRST_YEAR, LAST_YEAR
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change
from balikpapan.audit.reversal import plan_reversal
from balikpapan.spreadsheets.cells.masking import mask_free_text
from facilities.choices import FacilityKind
from facilities.models import Facility

from ..bulk_edit import (
    MOST_EDITED,
    apply_bulk_edit,
    changes_of,
    plan_bulk_edit,
    undo_bulk_edit,
)
from ..choices import ENDED, BusinessStatus
from ..models import Business, IndustryGroup
from ..verifying import VERIFY

PAGE = "industry_business_bulk"
UNDO_PAGE = "industry_business_bulk_undo"
#: What stands for "as it is" and for "nothing any more" among the choices.
UNTOUCHED, EMPTIED = "", "-"
#: So many names are listed of each kind.
MOST_NAMED = 100


class BulkForm(forms.Form):
    """What the IKM chosen are to hold from now on; what is not chosen stays."""

    status = forms.ChoiceField(label="Status", required=False)
    closed_year = forms.IntegerField(
        label="Tahun tutup",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Untuk status Tutup atau Pindah. Tahun tutup yang sudah tercatat tidak diganti.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    group_id = forms.ChoiceField(label="Kelompok industri", required=False)
    centre_id = forms.ChoiceField(label="Sentra", required=False)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    rows = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        untouched, emptied = (UNTOUCHED, "tidak diubah"), (EMPTIED, "kosongkan")
        groups = IndustryGroup.objects.kept().values_list("pk", "name")
        centres = Facility.objects.kept().filter(kind=FacilityKind.CENTRE).values_list("pk", "name")
        self.fields["group_id"].choices = [untouched, *groups, emptied]
        self.fields["centre_id"].choices = [untouched, *centres, emptied]
        self.fields["status"].choices = [untouched, *BusinessStatus.choices]
        if not user.has_perm(VERIFY):
            del self.fields["status"], self.fields["closed_year"]
        if not self.is_bound:
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def clean_rows(self):
        """Key -> version, as the list showed it."""
        parts = [text.partition(".") for text in self.cleaned_data["rows"].split()]
        if not all(is_key(key) and is_key(version) for key, _, version in parts):
            raise ValidationError("Pilihan ini tidak terbaca. Buka lagi daftarnya.")
        return {int(key): int(version) for key, _, version in parts[:MOST_EDITED]}

    def clean(self):
        cleaned = super().clean()
        chosen = {name: cleaned.get(name) for name in ("status", "group_id", "centre_id")}
        chosen = {name: text for name, text in chosen.items() if text}
        if not chosen and not self.errors:
            raise ValidationError("Pilih apa yang diubah.")
        if "status" in chosen and len(chosen) > 1:
            raise ValidationError(
                "Ubah status tersendiri: yang mengubah data tidak sekaligus memverifikasinya."
            )
        cleaned["values"] = {
            name: text if name == "status" else None if text == EMPTIED else int(text)
            for name, text in chosen.items()
        }
        if closed_year := cleaned.get("closed_year"):
            if chosen.get("status") not in ENDED:
                raise ValidationError("Tahun tutup hanya diisi bersama status Tutup atau Pindah.")
            cleaned["values"]["closed_year"] = closed_year
        return cleaned

    def summary(self) -> str:
        """What is changed to what, in words."""
        parts = []
        for name, value in self.cleaned_data["values"].items():
            box = self.fields[name]
            words = {str(choice): label for choice, label in getattr(box, "choices", ())}
            parts.append(f"{box.label} menjadi «{words.get(self.cleaned_data[name], value)}»")
        return ", ".join(parts).replace("«kosongkan»", "kosong")


class BulkPages:
    """The act of the list of IKM that gives many one value, and its page."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """The page of the preview and the confirmation, and the one that takes an edit back."""
        wrap = self.keeper.admin_site.admin_view
        return [
            path("bulk/", wrap(self.page), name=PAGE),
            path("bulk/<int:number>/undo/", wrap(self.undo), name=UNDO_PAGE),
        ]

    def choose(self, request, queryset):
        """The page that asks for the value; None leads back to the list."""
        count = queryset.count()
        if count > MOST_EDITED:
            messages.warning(request, f"Pilih paling banyak {MOST_EDITED} usaha untuk sekali ubah.")
            return None
        rows = " ".join(f"{key}.{version}" for key, version in _versions(request, queryset))
        initial = {"rows": rows, "query": request.META.get("QUERY_STRING", "")[:2000]}
        form = BulkForm(None, user=request.user, initial=initial)
        return self._page(request, form, count=count)

    def page(self, request):
        """Shows what the value would do, and does it once confirmed."""
        if not self.keeper.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = BulkForm(request.POST, user=request.user)
        if not request.POST.get("rows"):
            messages.warning(request, "Pilih dahulu usahanya di daftar.")
            return self._back("")
        if not form.is_valid():
            return self._page(request, form, count=len(request.POST["rows"].split()))
        versions = form.cleaned_data["rows"]
        plan = plan_bulk_edit(versions, form.cleaned_data["values"], request.user)
        # Values chosen anew are confirmed by nobody who saw the preview of others.
        values = (f"{name}={value}" for name, value in form.cleaned_data["values"].items())
        expected = " ".join([*values, *(str(record.pk) for record in plan.changing)])
        if "confirm" in request.POST:
            if request.POST["confirm"] == expected and plan.changing:
                return self._apply(request, form, plan)
            messages.warning(request, "Pilihan atau datanya berubah sejak pratinjau. Periksa lagi.")
        named = [*plan.changing, *plan.same, *(record for record, _ in plan.refused)]
        for_reading(named, request.user)
        return self._page(
            request,
            form,
            count=len(versions),
            plan=plan,
            summary=form.summary(),
            expected=expected,
            most=MOST_NAMED,
        )

    def _apply(self, request, form, plan):
        try:
            changes = apply_bulk_edit(plan.changing, by=request.user)
        except ValidationError as refusal:
            show_refusal(request, refusal)
            messages.warning(request, "Tidak satu pun diubah.")
        else:
            left = f" {len(plan.refused)} dibiarkan." if plan.refused else ""
            done = f"{len(changes)} usaha diubah: {form.summary()}.{left}"
            undo = reverse(f"admin:{UNDO_PAGE}", args=[changes[0].link])
            messages.success(request, format_html('{} <a href="{}">Batalkan</a>', done, undo))
        return self._back(form.cleaned_data["query"])

    def undo(self, request, number):
        """Shows what taking a bulk edit back would do, and does it once confirmed."""
        if not self.keeper.has_change_permission(request):
            raise PermissionDenied
        changes = changes_of(number, request.user)
        reversal = plan_reversal(changes)
        if not reversal.restored:
            messages.warning(request, "Tidak ada yang dapat dibatalkan dari perubahan itu.")
            return self._back("")
        if request.method == "POST":
            return self._revert(request, changes)
        context = {
            **self.keeper.admin_site.each_context(request),
            "opts": self.keeper.opts,
            "title": "Batalkan perubahan sekaligus",
            "restored": len(reversal.restored),
            "left": [
                (mask_free_text(reversal.name_of(affected)), reason)
                for affected, reason in reversal.left[:MOST_NAMED]
            ],
        }
        return TemplateResponse(request, "industry/bulk_undo.html", context)

    def _revert(self, request, changes):
        try:
            reversal = undo_bulk_edit(changes, by=request.user)
        except ValidationError as refusal:
            show_refusal(request, refusal)
        else:
            messages.success(request, f"{len(reversal.restored)} usaha kembali seperti semula.")
        return self._back("")

    def _back(self, query):
        listed = reverse("admin:industry_business_changelist")
        return HttpResponseRedirect(f"{listed}?{query}" if query else listed)

    def _page(self, request, form, **context):
        site = self.keeper.admin_site.each_context(request)
        shared = {"opts": self.keeper.opts, "title": "Ubah usaha yang dipilih", "form": form}
        return TemplateResponse(request, "industry/bulk.html", {**site, **shared, **context})


def _versions(request, queryset):
    """Each record chosen with the version its list showed; 0 for one changed since.

    A row of the page sends its version; of the other pages the trail tells.
    """
    stored = dict(queryset.values_list("pk", "version"))
    newest = request.POST.get("newest_change", "")
    since = set()
    if is_key(newest):
        label = Business._meta.label_lower
        later = Change.objects.filter(model=label, record__in=list(stored), pk__gt=int(newest))
        since = set(later.values_list("record", flat=True))
    across = request.POST.get("select_across") == "1" and is_key(newest)
    for key, version in stored.items():
        seen = request.POST.get(seen_name(queryset.model(pk=key)), "")
        if is_key(seen):
            yield key, int(seen)
        else:
            yield key, version if across and key not in since else 0
