"""The bills in the admin: issuing them, the letter, payment, cancellation, and what is owed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit.archiving import show_refusal
from balikpapan.audit.list_workbook import WorkbookAdmin
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.years import year_in, years_offered
from balikpapan.downloads import file_response
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.reports.html import table_context
from balikpapan.spreadsheets.cells import format_rupiah

from .billing import issue, tenants_due
from .choices import Month
from .filters import PaidFilter
from .letters import arrears_table, arrears_workbook, bill_pdf, bill_table
from .models import Bill

CANCELLING = ("cancelled_on", "cancel_reason")


@admin.register(Bill)
class BillAdmin(WorkbookAdmin):
    workbook_columns = (
        "number",
        "tenant",
        "year",
        "month",
        "issued_on",
        "due_on",
        "total",
        "state",
        "paid_on",
        "receipt",
        "cancelled_on",
        "cancel_reason",
    )
    list_display = ["number", "tenant", "year", "month", "amount", "due_on", "paid_on", "state"]
    totals = ListTotals(
        (ColumnTotal("amount", "total", format_rupiah),),
        rows=lambda bills: bills.filter(cancelled_on=None),
        note=", tanpa yang dibatalkan",
    )
    more_columns = ["issued_on", "receipt"]
    list_filter = [PaidFilter, "year"]
    linked_lookups = ("id__exact", "business__id__exact")
    list_select_related = ["business"]
    search_fields = ["business__name", "tenant_name", "receipt"]
    # What was sent stands; a payment or a cancellation is entered in the form.
    returns_versions = False
    fieldsets = [
        (
            "Ketetapan",
            {
                "fields": [
                    ("sequence", "year", "month"),
                    ("business", "tenant_name"),
                    ("issued_on", "due_on", "total"),
                ]
            },
        ),
        ("Pembayaran", {"fields": [("paid_on", "receipt"), "notes"]}),
        ("Pembatalan", {"fields": [CANCELLING]}),
    ]
    change_form_template = "facilities/bill_form.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("issue/", wrap(self.issue_view), name="facilities_bill_issue"),
            path("arrears/", wrap(self.arrears_view), name="facilities_bill_arrears"),
            path("arrears/xlsx/", wrap(self.arrears_file), name="facilities_bill_arrears_file"),
            path("<int:pk>/letter/", wrap(self.letter), name="facilities_bill_letter"),
            *super().get_urls(),
        ]

    def menu_pages(self, request):
        """Issuing, for whoever may add bills, and the list of arrears."""
        pages = [("Tunggakan", reverse("admin:facilities_bill_arrears"))]
        if request.user.has_perm("facilities.add_bill"):
            pages.insert(0, ("Terbitkan SKRD", reverse("admin:facilities_bill_issue")))
        return pages

    # A bill is issued from the ledger and cancelled, never typed or archived.

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def restore_view(self, request, object_id):
        """Refused to everybody: what is never archived is not brought back either."""
        raise PermissionDenied

    def get_readonly_fields(self, request, obj=None):
        fixed = ["sequence", "year", "month", "business", "tenant_name", "issued_on", "due_on"]
        fields = [*super().get_readonly_fields(request, obj), *fixed, "total", "amount"]
        return fields if request.user.has_perm("facilities.delete_bill") else [*fields, *CANCELLING]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        title, options = fieldsets[0]
        dates = (*options["fields"][-1][:-1], "amount")
        return [(title, {**options, "fields": [*options["fields"][:-1], dates]}), *fieldsets[1:]]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            lines = list(obj.lines.filter(archived_at=None).select_related("deposit", "lease"))
            for_reading(lines, request.user)
            context["letter"] = table_context(bill_table(obj, lines, is_linked=True))
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="nomor", ordering="sequence")
    def number(self, obj):
        return obj.number

    @admin.display(description="penyewa", ordering="business__name")
    def tenant(self, obj):
        return obj.tenant

    @admin.display(description="jumlah (Rp)", ordering="total")
    def amount(self, obj):
        return format_rupiah(obj.total)

    @admin.display(description="keadaan")
    def state(self, obj):
        if obj.cancelled_on:
            return "dibatalkan"
        return "dibayar" if obj.paid_on else "belum dibayar"

    # Pages

    def issue_view(self, request):
        """What each tenant owes for a month, and the button that makes bills of it."""
        if not request.user.has_perm("facilities.add_bill"):
            raise PermissionDenied
        year, month = asked_month(request)
        dues = tenants_due(year, month)
        if request.method == "POST":
            self._issue(request, dues, (year, month))
            return HttpResponseRedirect(f"{request.path}?tahun={year}&bulan={month}")
        open_dues = [due for due in dues if due.bill is None and due.total]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Terbitkan SKRD {Month(month).label} {year}",
            "year": year,
            "month": month,
            "years": [int(value) for value, _ in years_offered()],
            "months": Month.choices,
            "dues": [(place, due) for place, due in enumerate(dues)],
            "may_issue": bool(open_dues),
            "unbilled": {
                "count": len(open_dues),
                "total": sum(due.total for due in open_dues),
            },
        }
        return TemplateResponse(request, "facilities/bill_issue.html", context)

    def _issue(self, request, dues, period):
        chosen = set(request.POST.getlist("penyewa"))
        count = 0
        for due in dues:
            if tenant_value(due) not in chosen or due.bill is not None:
                continue
            try:
                issue(due, *period, issued_on=timezone.localdate(), by=request.user)
                count += 1
            except ValidationError as refusal:
                show_refusal(request, refusal)
        if count:
            messages.success(request, f"{count} SKRD terbit.")
        elif not chosen:
            messages.warning(request, "Pilih penyewanya dahulu.")

    def letter(self, request, pk):
        """The letter as PDF."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        bill = get_object_or_404(Bill.objects.kept().select_related("business"), pk=pk)
        name = f"skrd-{bill.year}-{bill.month:02}-{bill.sequence:04}.pdf"
        lines = list(bill.lines.filter(archived_at=None))
        for_reading([bill, *lines], request.user)
        return file_response(name, bill_pdf(bill, lines))

    def arrears_view(self, request):
        """The unpaid bills by age."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Tunggakan",
            "table": table_context(arrears_table(timezone.localdate(), self._unpaid(request))),
        }
        return TemplateResponse(request, "facilities/arrears.html", context)

    def arrears_file(self, request):
        """The unpaid bills by age as a workbook."""
        if not self.has_view_permission(request) or not request.user.has_perm(
            "facilities.export_bill"
        ):
            raise PermissionDenied
        today = timezone.localdate()
        return file_response(
            f"tunggakan-{today:%Y-%m-%d}.xlsx", arrears_workbook(today, self._unpaid(request))
        )

    @staticmethod
    def _unpaid(request):
        """The unpaid bills as this person reads them."""
        bills = list(Bill.objects.unpaid().select_related("business"))
        for_reading(bills, request.user)
        return bills


def asked_month(request) -> tuple[int, int]:
    """The year and month asked for; the month before this one where none is."""
    today = timezone.localdate()
    last = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    values = request.POST if request.method == "POST" else request.GET
    year, month = year_in(values.get("tahun")), values.get("bulan", "")
    if year is None or month not in map(str, Month.values):
        return last
    return year, int(month)


def tenant_value(due) -> str:
    """What stands for a tenant in the form."""
    business, name = due.tenant_key
    return f"{business or ''}:{name}"
