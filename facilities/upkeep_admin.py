"""Maintenance, useful lives and inventory sessions in the admin."""

import io

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.masked_columns import for_reading
from balikpapan.downloads import file_response
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.reports.pdf import write_book
from balikpapan.spreadsheets.cells import format_rupiah

from .inventory import RESULT_LABELS, RESULTS, enter, finish, lines_of
from .models import Asset, InventorySession, Maintenance, UsefulLife
from .reports.inventory_list import inventory_book

#: What may write the checks that finishing a session leads to.
FINISH = "facilities.add_conditioncheck"
ENTER = "facilities.add_inventoryentry"
LONGEST_NOTE = 500


class DueFilter(admin.SimpleListFilter):
    """What is planned: overdue, coming up within thirty days, or done."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("terlambat", "Terlambat"),
            ("segera", "Dalam 30 hari"),
            ("rencana", "Belum dikerjakan"),
            ("selesai", "Sudah dikerjakan"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        asked = {
            "terlambat": lambda: queryset.overdue_on(today),
            "segera": lambda: queryset.due_soon(today),
            "rencana": queryset.open,
            "selesai": lambda: queryset.exclude(done_on=None),
        }
        return asked[self.value()]() if self.value() in asked else queryset


@admin.register(Maintenance)
class MaintenanceAdmin(RecordAdmin):
    list_display = ["asset", "kind", "due_on", "done_on", "paid", "vendor"]
    totals = ListTotals((ColumnTotal("paid", "cost", format_rupiah),))
    list_filter = [DueFilter, "kind"]
    linked_lookups = ("done_on__isnull", "due_on__lt", "due_on__gte", "due_on__lte")
    list_select_related = ["asset"]
    search_fields = ["asset__name", "asset__item_code", "vendor"]
    autocomplete_fields = ["asset"]
    kept_values = ("kind", "vendor")
    fieldsets = [
        (None, {"fields": ["asset", "kind", ("due_on", "done_on")]}),
        ("Biaya", {"fields": [("cost", "vendor"), "notes"]}),
    ]

    @admin.display(description="biaya", ordering="cost")
    def paid(self, obj):
        return "–" if obj.cost is None else format_rupiah(obj.cost)


@admin.register(UsefulLife)
class UsefulLifeAdmin(RecordAdmin):
    list_display = ["code_prefix", "name", "years", "legal_basis", "valid_from", "valid_until"]
    search_fields = ["code_prefix", "name"]


@admin.register(InventorySession)
class InventorySessionAdmin(RecordAdmin):
    """Counting the goods of a place, with a page for the telephone and one for what differs."""

    change_form_template = "facilities/inventory_session.html"
    list_display = ["facility", "held_on", "team", "finished_on"]
    list_filter = ["facility"]
    list_select_related = ["facility"]
    autocomplete_fields = ["facility"]
    fieldsets = [(None, {"fields": ["facility", "held_on", "team", "notes"]})]

    def get_urls(self):
        pages = [("entry", self.entry_view), ("list", self.list_view)]
        pages.append(("differences", self.differences_view))
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"facilities_inventorysession_{name}",
                )
                for name, view in pages
            ),
            *super().get_urls(),
        ]

    def _session(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        session = InventorySession.objects.kept().filter(pk=pk).select_related("facility").first()
        if session is None:
            raise Http404
        return session

    @staticmethod
    def _lines(request, session):
        """The lines of the session; they and the session itself as this person reads them."""
        lines = lines_of(session)
        for_reading([session], request.user, referred=True)
        for_reading([line.asset for line in lines], request.user)
        for_reading([line.entry for line in lines if line.entry], request.user)
        return lines

    def _page(self, request, template, session, **context):
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "session": session,
                **context,
            },
        )

    def entry_view(self, request, pk):
        """The goods one below the other, each answered with one tap."""
        session = self._session(request, pk)
        if request.method == "POST":
            return self._enter(request, session)
        lines = self._lines(request, session)
        return self._page(
            request,
            "facilities/inventory_entry.html",
            session,
            lines=lines,
            title=f"Inventarisasi {session}",
            results=[(value, RESULT_LABELS[value]) for value in RESULTS],
            may_enter=request.user.has_perm(ENTER) and not session.finished_on,
        )

    def _enter(self, request, session):
        if not request.user.has_perm(ENTER):
            raise PermissionDenied
        here = reverse("admin:facilities_inventorysession_entry", args=[session.pk])
        number, result = request.POST.get("asset", ""), request.POST.get("result", "")
        asset = Asset.objects.kept().filter(pk=number if number.isdecimal() else None).first()
        if asset is None or result not in RESULTS:
            messages.error(request, "Pilih hasilnya dengan tombol di bawah nama barang.")
            return HttpResponseRedirect(here)
        notes = request.POST.get("notes", "").strip()[:LONGEST_NOTE]
        try:
            enter(session, asset, result, notes, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(f"{here}#aset-{asset.pk}")

    def list_view(self, request, pk):
        """The list to take along, as PDF."""
        session = self._session(request, pk)
        stream, lines = io.BytesIO(), self._lines(request, session)
        write_book(inventory_book(session, lines, timezone.localdate()), stream)
        return file_response(f"inventarisasi-{session.held_on:%Y-%m-%d}.pdf", stream.getvalue())

    def differences_view(self, request, pk):
        """What differs from the register; finishing makes the register say so."""
        session = self._session(request, pk)
        if request.method == "POST":
            if not request.user.has_perm(FINISH):
                raise PermissionDenied
            try:
                count = finish(session, by=request.user)
                messages.success(
                    request, f"Inventarisasi selesai; {count} pemeriksaan kondisi dicatat."
                )
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(request.path)
        lines = self._lines(request, session)
        return self._page(
            request,
            "facilities/inventory_differences.html",
            session,
            title=f"Selisih inventarisasi {session}",
            lines=[line for line in lines if line.difference],
            total=len(lines),
            entered=sum(line.entry is not None for line in lines),
            may_finish=request.user.has_perm(FINISH) and not session.finished_on,
        )
