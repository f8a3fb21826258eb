"""The page of the cold-storage months: by the ledger, as typed, and the decision between both."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from balikpapan.audit.archiving import check_seen, show_refusal
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.audit.years import last_complete_year, year_in, years_offered

from .choices import Month, StorageBasis
from .ledger import bounds_of
from .models import StorageMonth
from .month_comparison import difference
from .storage_figures import ChamberMonth, chamber_months


class StorageMonthPages:
    """The pages the admin of storage months has besides its list."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """Their addresses."""
        wrap = self.keeper.admin_site.admin_view
        return [
            path("ledger/", wrap(self.months), name="facilities_storagemonth_ledger"),
            path("<int:pk>/decide/", wrap(self.decide), name="facilities_storagemonth_decide"),
        ]

    def months(self, request):
        """Every month of a year, chamber by chamber, with both figures where both exist."""
        if not self.keeper.has_view_permission(request):
            raise PermissionDenied
        year = year_in(request.GET.get("tahun")) or last_complete_year()
        months = chamber_months([year])
        for_reading({row.chamber for row in months}, request.user, steps=1)
        context = {
            **self.keeper.admin_site.each_context(request),
            "opts": self.keeper.opts,
            "title": f"Bulan cold storage {year}",
            "year": year,
            "years": [int(value) for value, _ in years_offered()],
            "rows": [month_line(row) for row in months],
            "may_decide": self.keeper.has_change_permission(request),
        }
        return TemplateResponse(request, "facilities/storage_months.html", context)

    def decide(self, request, pk):
        """Says which figures of a typed month count."""
        if not self.keeper.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        month = get_object_or_404(StorageMonth.objects.kept(), pk=pk)
        if request.POST.get("basis") in StorageBasis.values:
            try:
                check_seen(month, request.POST.get("opened_version"))
                month.basis = request.POST["basis"]
                store(month, by=request.user, channel=Change.Channel.FORM)
                messages.success(request, f"{month}: dipakai {month.get_basis_display()}.")
            except ValidationError as refusal:
                show_refusal(request, refusal)
        address = reverse("admin:facilities_storagemonth_ledger")
        return HttpResponseRedirect(f"{address}?tahun={month.year}")


def month_line(row: ChamberMonth) -> dict:
    """One month as the page shows it."""
    figures = row.figures
    days = bounds_of(row.year, row.month)[1].day
    return {
        "chamber": f"{row.chamber.facility}: {row.chamber}",
        "month": Month(row.month).label,
        "basis": row.basis.label,
        "is_both": row.typed is not None and row.ledger is not None,
        "figures": figures,
        "utilisation": row.chamber.utilisation(figures.kg_days, days),
        "typed": row.typed,
        "differences": [difference(*line) for line in row.differences],
        "is_undecided": row.is_undecided,
    }


def ledger_warnings(month: StorageMonth) -> list[str]:
    """What the ledger says otherwise of a month just typed, in words."""
    rows = chamber_months([month.year], [month.chamber])
    [row] = [row for row in rows if row.month == month.month]
    if not row.differences:
        return []
    lines = "; ".join(difference(*line) for line in row.differences)
    return [
        f"Berbeda dari buku penitipan ({lines}). Yang dipakai dalam laporan: {row.basis.label}."
    ]
