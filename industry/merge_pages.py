"""The pages on which likely doubles are looked at, merged, and merges are taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from balikpapan.audit import personal_data
from balikpapan.audit.history import display_value
from balikpapan.audit.models import Change

from .merging import likely_doubles, merge, unmerge
from .models import Business

MERGE = "industry.merge_business"
COMPARED = [
    "name",
    "owner_name",
    "nib",
    "nik",
    "npwp",
    "address",
    "kelurahan",
    "phone",
    "email",
    "group",
    "kbli",
    "products",
    "brand",
    "founded_year",
    "listed_year",
    "status",
]


class MergePages:
    """Adds to the business admin: the list of likely doubles, merging, taking back."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("doubles/", wrap(self.doubles_view), name="industry_business_doubles"),
            path(
                "merge/<int:kept>/<int:dropped>/",
                wrap(self.merge_view),
                name="industry_business_merge",
            ),
            path("unmerge/", wrap(self.unmerge_view), name="industry_business_unmerge"),
            *super().get_urls(),
        ]

    def _guard(self, request):
        if not request.user.has_perm(MERGE):
            raise PermissionDenied

    def doubles_view(self, request):
        """Groups of businesses that may be one, and the merges made last."""
        self._guard(request)
        merges = Change.objects.filter(
            model=Business._meta.label_lower,
            action=Change.Action.ARCHIVED,
            reason__startswith="Penggabungan",
        ).select_related("by")[:20]
        context = {
            **self.admin_site.each_context(request),
            "title": "Usaha yang mungkin tercatat ganda",
            "opts": self.opts,
            "groups": [(group[0], group[1:]) for group in likely_doubles()],
            "merges": merges,
        }
        return TemplateResponse(request, "industry/doubles.html", context)

    def merge_view(self, request, kept, dropped):
        """Two businesses side by side, the one to keep on the left."""
        self._guard(request)
        pair = [self.get_object(request, str(key)) for key in (kept, dropped)]
        if None in pair:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(kept))
        if request.method == "POST":
            try:
                reason = merge(*pair, by=request.user)
                messages.success(request, f"{reason} selesai.")
                return HttpResponseRedirect(reverse("admin:industry_business_change", args=[kept]))
            except ValidationError as refusal:
                for text in refusal.messages:
                    messages.error(request, text)
        context = {
            **self.admin_site.each_context(request),
            "title": "Gabungkan dua usaha",
            "opts": self.opts,
            "kept": pair[0],
            "dropped": pair[1],
            "lines": compared(pair, request.user),
        }
        return TemplateResponse(request, "industry/merge.html", context)

    def unmerge_view(self, request):
        """Takes one merge back."""
        self._guard(request)
        reason = request.POST.get("reason", "")
        if request.method == "POST" and reason.startswith("Penggabungan "):
            try:
                unmerge(reason, by=request.user)
                messages.success(request, f"{reason} dibatalkan.")
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("admin:industry_business_doubles"))


def compared(pair, user) -> list[dict]:
    """The fields of two businesses side by side, personal ones masked where they must be."""
    hidden = () if personal_data.may_see(user) else Business.personal_fields
    lines = []
    for name in COMPARED:
        field = Business._meta.get_field(name)
        values = [getattr(business, field.attname) for business in pair]
        if name in hidden:
            texts = [personal_data.masked(name, value) or "–" for value in values]
        else:
            texts = [display_value(field, value) for value in values]
        lines.append(
            {
                "label": field.verbose_name,
                "kept": texts[0],
                "dropped": texts[1],
                "differs": values[0] != values[1],
            }
        )
    for label, related in (("tahun data", "years"), ("sertifikat", "certificates")):
        texts = [", ".join(map(str, getattr(b, related).kept())) or "–" for b in pair]
        lines.append(
            {"label": label, "kept": texts[0], "dropped": texts[1], "differs": texts[0] != texts[1]}
        )
    return lines
