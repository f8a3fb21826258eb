"""The page on which the PAD of a month is compared with what the ledger says is owed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from balikpapan.audit import personal_data
from balikpapan.audit.archiving import show_refusal
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import ClosedYear
from balikpapan.audit.years import years_offered
from balikpapan.spreadsheets.cells.masking import mask_free_text
from facilities.bill_admin import asked_month
from facilities.choices import Month

from ..reconciliation import propose, reconcile

VIEW = ("industry.view_revenue", "facilities.view_bill")
#: A row that has a target alone is filled; any other is new.
PROPOSE = ("industry.add_revenue", "industry.change_revenue")


class ReconciliationPages:
    """The pages the admin of PAD has for comparing a month and proposing its row."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """Their addresses."""
        wrap = self.keeper.admin_site.admin_view
        return [
            path("reconcile/", wrap(self.month), name="industry_revenue_reconcile"),
            path("propose/", wrap(self.propose), name="industry_revenue_propose"),
        ]

    def month(self, request):
        """Owed, billed, received and recorded, service by service, with the reasons."""
        if not request.user.has_perms(VIEW):
            raise PermissionDenied
        year, month = asked_month(request)
        rows = reconcile(year, month)
        for row in rows:
            for_reading([row.facility, *row.rows, *(bill for bill, _ in row.bills)], request.user)
            # It may be made of the place's name.
            if not personal_data.may_see(request.user):
                row.source_name = mask_free_text(row.source_name)
        context = {
            **self.keeper.admin_site.each_context(request),
            "opts": self.keeper.opts,
            "title": f"Rekonsiliasi PAD {Month(month).label} {year}",
            "year": year,
            "month": month,
            "years": [int(value) for value, _ in years_offered()],
            "months": Month.choices,
            "rows": rows,
            "is_closed": year in ClosedYear.objects.frozen(),
            "may_propose": request.user.has_perms(PROPOSE),
        }
        return TemplateResponse(request, "industry/reconciliation.html", context)

    def propose(self, request):
        """Records what was paid for one service in the month as its provisional PAD."""
        if not request.user.has_perms((*VIEW, *PROPOSE)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        year, month = asked_month(request)
        address = reverse("admin:industry_revenue_reconcile")
        back = HttpResponseRedirect(f"{address}?tahun={year}&bulan={month}")
        chosen = [row for row in reconcile(year, month) if row.key == request.POST.get("baris")]
        if not chosen:
            return back
        try:
            revenue = propose(chosen[0], year, month, by=request.user)
        except ValidationError as refusal:
            show_refusal(request, refusal)
            return back
        except IntegrityError:
            messages.error(request, "PAD bulan itu baru saja dicatat orang lain.")
            return back
        messages.success(request, f"{revenue} dicatat sebagai angka sementara.")
        return HttpResponseRedirect(reverse("admin:industry_revenue_change", args=[revenue.pk]))
