"""The pages on which likely doubles are looked at, merged, and merges are taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from balikpapan.audit import personal_data
from balikpapan.audit.formfields import TypedField
from balikpapan.audit.history import display_value
from balikpapan.audit.masked_columns import for_reading, is_free_text
from balikpapan.audit.reading import typed_formfield
from balikpapan.spreadsheets.cells.masking import mask_free_text

from ..merging import Side, ValuePair, business_pairs, merge, unmerge, versions_of, year_pairs
from ..models import Business, Merge

MERGE = "industry.merge_business"
GROUPS_SHOWN, MERGES_SHOWN = 200, 20


class MergePages:
    """The pages the admin of businesses has for likely doubles, merging and taking back."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """Their addresses, closed to whoever may not merge."""
        return [
            path("doubles/", self._guarded(self.doubles), name="industry_business_doubles"),
            path(
                "merge/<int:kept>/<int:dropped>/",
                self._guarded(self.compare),
                name="industry_business_merge",
            ),
            path(
                "unmerge/<int:number>/", self._guarded(self.undo), name="industry_business_unmerge"
            ),
        ]

    def _guarded(self, view):
        def guarded(request, **kwargs):
            if not request.user.has_perm(MERGE):
                raise PermissionDenied
            return view(request, **kwargs)

        return self.keeper.admin_site.admin_view(guarded)

    def _page(self, request, template, **context):
        site = self.keeper.admin_site.each_context(request)
        return TemplateResponse(request, template, {**site, "opts": self.keeper.opts, **context})

    def doubles(self, request):
        """Groups of businesses that may be one, and the merges made last."""
        groups = Business.objects.double_groups(GROUPS_SHOWN)
        merges = Merge.objects.standing().select_related("kept", "dropped", "by")[:MERGES_SHOWN]
        for_reading([*(one for group in groups for one in group), *merges], request.user)
        return self._page(
            request,
            "industry/doubles.html",
            title="Mungkin ganda",
            groups=[(group[0], group[1:]) for group in groups],
            total=Business.objects.likely_doubles().count(),
            is_cut=len(groups) >= GROUPS_SHOWN,
            merges=merges,
        )

    def compare(self, request, kept, dropped):
        """Two businesses side by side, value by value, the one to keep on the left."""
        pair = [self.keeper.get_object(request, str(key)) for key in (kept, dropped)]
        if None in pair:
            return self.keeper._get_obj_does_not_exist_redirect(
                request, self.keeper.opts, str(kept)
            )
        choices = {k: v for k, v in request.POST.items() if v in Side.values}
        if request.method == "POST":
            try:
                versions = request.POST.get("versions", "")
                act = merge(*pair, by=request.user, choices=choices, versions=versions)
                messages.success(request, f"{act} selesai.")
                return HttpResponseRedirect(reverse("admin:industry_business_change", args=[kept]))
            except ValidationError as refusal:
                for text in refusal.messages:
                    messages.error(request, text)
                pair = [self.keeper.get_object(request, str(key)) for key in (kept, dropped)]
        self._account(request, pair)
        years = year_pairs(*pair)
        lines = [
            line(value, choices, request.user)
            for value in business_pairs(*pair)
            if value.kept != value.dropped or value.kept not in (None, "")
        ]
        for_reading(pair, request.user)
        return self._page(
            request,
            "industry/merge.html",
            title="Gabungkan dua usaha",
            kept=pair[0],
            dropped=pair[1],
            lines=lines,
            years=[
                (year, [line(value, choices, request.user) for value in values_of(year)])
                for year in years
            ],
            belongings=belongings(pair, request.user),
            versions=versions_of(*pair, years),
        )

    def _account(self, request, pair):
        """Whoever compares two businesses sees the personal data of both."""
        if not personal_data.may_see(request.user):
            return
        for business in pair:
            columns = [name for name in Business.personal_fields if getattr(business, name)]
            if columns:
                personal_data.record_seen(
                    request.user, Business, record=business.pk, columns=columns
                )

    def undo(self, request, number):
        """Takes one merge back."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        act = get_object_or_404(Merge.objects.select_related("kept", "dropped"), pk=number)
        try:
            unmerge(act, by=request.user)
            messages.success(request, f"{act} dibatalkan.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("admin:industry_business_doubles"))


def values_of(year) -> list[ValuePair]:
    """The figures of a year that are shown side by side; those of one side only stand alone."""
    if year.pairs:
        return [pair for pair in year.pairs if {pair.kept, pair.dropped} - {None, ""}]
    row = year.kept or year.dropped
    side = Side.KEPT if year.kept else Side.DROPPED
    return [
        ValuePair("", field, *((value, None) if side == Side.KEPT else (None, value)), side)
        for field in row._meta.concrete_fields
        if field.editable
        and field.name not in ("id", "business", "year")
        and (value := getattr(row, field.attname)) not in (None, "")
    ]


def line(pair: ValuePair, choices, user) -> dict:
    """One line of the comparison; personal values masked for whoever may not see them."""
    hidden = () if personal_data.may_see(user) else Business.personal_fields
    name = pair.field.name
    masks = not personal_data.may_see(user) and is_free_text(pair.field)
    texts = [
        (personal_data.masked(name, value) or "–")
        if name in hidden
        else _as_typed(pair.field, mask_free_text(value) if masks and value else value)
        for value in (pair.kept, pair.dropped)
    ]
    return {
        "key": pair.key,
        "label": pair.field.verbose_name,
        "kept": texts[0],
        "dropped": texts[1],
        "differs": pair.differs,
        "side": choices.get(pair.key) or pair.usual,
    }


def _as_typed(model_field, value) -> str:
    """A value as it stands in its box: figures grouped, days in the office's order."""
    form_field = model_field.formfield(**typed_formfield(model_field, {}))
    if value is not None and isinstance(form_field, TypedField):
        return form_field.prepare_value(value)
    return display_value(model_field, value)


def belongings(pair, user) -> list[dict]:
    """What else moves over, by kind."""
    kinds = (("sertifikat", "certificates"), ("pembinaan", "participations"))

    def names(business, relation):
        records = list(getattr(business, relation).kept())
        for_reading(records, user)
        return ", ".join(map(str, records)) or "–"

    return [
        {"label": label, "kept": names(pair[0], name), "dropped": names(pair[1], name)}
        for label, name in kinds
    ]
