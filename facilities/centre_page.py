"""The page of a place: what stands there, its units and who rents them, and its IKM."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from balikpapan.audit.archiving import show_refusal
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.years import last_complete_year
from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells import format_whole

from . import centres
from .arrears import arrears_of
from .choices import UnitState
from .models import Facility, Lease, ProductionUnit
from .plan_drawing import plan_of
from .plan_places import move_units, overlapping, read_moves

#: What the page shows of others' records, so that whoever may not see those does not see it.
NEEDED = ("facilities.view_facility", "facilities.view_productionunit", "facilities.view_lease")
FIGURES = "industry.view_business"
ARREARS = "facilities.view_bill"
MOVE = "facilities.change_productionunit"


class CentrePage:
    """The page that the admin of places has for what stands at one of them."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """Its addresses, closed to whoever may not see places, units and leases."""
        wrap = self.keeper.admin_site.admin_view
        page, plan = wrap(require_safe(self.show)), wrap(require_POST(self.move))
        return [
            path("<int:object_id>/centre/", page, name="facilities_facility_centre"),
            path("<int:object_id>/plan/", plan, name="facilities_facility_plan"),
        ]

    def move(self, request, object_id):
        """Stores where the units of the plan were moved to."""
        if not request.user.has_perms((*NEEDED, MOVE)):
            raise PermissionDenied
        place = Facility.objects.kept().filter(pk=object_id).first()
        if place is None:
            raise Http404
        try:
            count = move_units(place, read_moves(request.POST.get("moves", "")), by=request.user)
            if count:
                messages.success(request, f"Letak {format_whole(count)} unit disimpan.")
        except ValidationError as refusal:
            show_refusal(request, refusal)
        return HttpResponseRedirect(reverse("admin:facilities_facility_centre", args=[place.pk]))

    def show(self, request, object_id):
        """The place as it is today."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        place = Facility.objects.kept().filter(pk=object_id).select_related("kelurahan").first()
        if place is None:
            raise Http404
        today = timezone.localdate()
        for_reading([place], request.user)
        branches = centres.branches(place)
        for_reading([branch.place for branch in branches], request.user)
        uses = centres.unit_uses(place, today)
        for_reading([use.lease or use.unit for use in uses], request.user)
        occupancy, chart = centres.occupancy_chart(place, today)
        figures = None
        if request.user.has_perm(FIGURES):
            figures = centres.business_figures(place, last_complete_year())
        may_see_arrears = request.user.has_perm(ARREARS)
        arrears = arrears_of(place, today) if may_see_arrears else []
        for age in arrears:
            for_reading([bill for bill, _ in age.bills], request.user)
        may_move = request.user.has_perm(MOVE)
        context = {
            **self.keeper.admin_site.each_context(request),
            "opts": self.keeper.opts,
            "title": place.name,
            "place": place,
            "today": today,
            "branches": branches,
            "uses": uses,
            "ending": centres.about_to_end(uses, today),
            "days_ahead": centres.DAYS_AHEAD,
            "may_see_arrears": may_see_arrears,
            "arrears": arrears,
            "occupancy": occupancy,
            "chart": chart if occupancy.units else None,
            "plan": plan_of(place, uses, may_move=may_move),
            "overlaps": overlapping(use.unit for use in uses),
            "may_move": may_move,
            "states": [(state, sum(use.state == state for use in uses)) for state in UnitState],
            "figures": figures,
            "units_link": list_of(ProductionUnit, facility__id__exact=place.pk),
            "leases_link": list_of(Lease, unit__facility__id__exact=place.pk),
            "year": today.year,
        }
        return TemplateResponse(request, "facilities/centre.html", context)
