"""Inventory sessions in the admin: entry by telephone, the printed list, differences, and the undo."""

import io

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from balikpapan.audit.archiving import check_seen, show_refusal
from balikpapan.audit.list_workbook import WorkbookAdmin
from balikpapan.audit.masked_columns import for_reading
from balikpapan.downloads import file_response
from balikpapan.reports.pdf import write_book
from balikpapan.reports.xlsx import write_book as write_workbook
from balikpapan.spreadsheets.cells.masking import mask_free_text

from .inventory import RESULT_LABELS, RESULTS, enter, finish, lines_of
from .inventory_undo import UndoScope, plan_undo, session_changes, undo_session
from .models import Asset, ConditionCheck, InventorySession
from .reports.inventory_list import inventory_book

#: What may write the checks that finishing a session leads to.
FINISH = "facilities.add_conditioncheck"
ENTER = "facilities.add_inventoryentry"
LONGEST_NOTE = 500
#: So many records that are left are named.
MOST_NAMED = 50


@admin.register(InventorySession)
class InventorySessionAdmin(WorkbookAdmin):
    """Counting the goods of a place, with a page for the telephone and one for what differs."""

    workbook_columns = ("facility", "held_on", "finished_on", "team", "notes")

    change_form_template = "facilities/inventory_session.html"
    list_display = ["facility", "held_on", "team", "finished_on"]
    list_filter = ["facility"]
    search_fields = ["facility__name", "team"]
    list_select_related = ["facility"]
    autocomplete_fields = ["facility"]
    fieldsets = [(None, {"fields": ["facility", "held_on", "team", "notes"]})]

    def get_urls(self):
        pages = [("entry", self.entry_view), ("list", self.list_view)]
        pages += [
            ("lines", self.lines_view),
            ("differences", self.differences_view),
            ("undo", self.undo_view),
        ]
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

    def render_change_form(self, request, context, *args, **kwargs):
        context["may_export"] = self.has_export_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

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
        for_reading([session], request.user, steps=1)
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
            entered=sum(line.entry is not None for line in lines),
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

    def lines_view(self, request, pk):
        """What was seen of each asset, as a workbook."""
        session = self._session(request, pk)
        if not self.has_export_permission(request):
            raise PermissionDenied
        stream, lines = io.BytesIO(), self._lines(request, session)
        write_workbook(inventory_book(session, lines, timezone.localdate()), stream)
        return file_response(f"inventarisasi-{session.held_on:%Y-%m-%d}.xlsx", stream.getvalue())

    def differences_view(self, request, pk):
        """What differs from the register; finishing makes the register say so."""
        session = self._session(request, pk)
        if request.method == "POST":
            if not request.user.has_perm(FINISH):
                raise PermissionDenied
            try:
                count = finish(session, by=request.user)
                done = f"Inventarisasi selesai; {count} pemeriksaan kondisi dicatat."
                undo = reverse("admin:facilities_inventorysession_undo", args=[session.pk])
                messages.success(request, format_html('{} <a href="{}">Batalkan</a>', done, undo))
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
            differing=[line for line in lines if line.difference and line.entry],
            unchecked=[line for line in lines if line.entry is None],
            total=len(lines),
            entered=sum(line.entry is not None for line in lines),
            may_finish=request.user.has_perm(FINISH) and not session.finished_on,
            may_undo=bool(self._scopes(request, session)),
        )

    def _scopes(self, request, session):
        """What this person may take back of the session."""
        if not self.has_change_permission(request):
            return []
        return session_changes(session, request.user).scopes

    def undo_view(self, request, pk):
        """Shows what taking the results back would do, and does it once confirmed."""
        session = self._session(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        scopes = self._scopes(request, session)
        if not scopes:
            messages.warning(request, "Tidak ada hasil yang dapat Anda batalkan.")
            return self._to_differences(session)
        if request.method == "POST":
            if request.POST.get("scope") in scopes:
                self._undo(request, session, UndoScope(request.POST["scope"]))
            return self._to_differences(session)
        plans = [(scope, plan_undo(session, scope, request.user)) for scope in scopes]
        for_reading([session], request.user, steps=1)
        return self._page(
            request,
            "facilities/inventory_undo.html",
            session,
            title=f"Batalkan hasil inventarisasi {session}",
            choices=[undo_choice(scope, reversal) for scope, reversal in plans],
        )

    def _undo(self, request, session, scope):
        try:
            check_seen(session, request.POST.get("opened_version"))
            undo_session(session, scope, by=request.user)
            messages.success(request, "Hasil inventarisasi dibatalkan.")
        except ValidationError as refusal:
            show_refusal(request, refusal)

    @staticmethod
    def _to_differences(session):
        return HttpResponseRedirect(
            reverse("admin:facilities_inventorysession_differences", args=[session.pk])
        )


def undo_choice(scope, reversal) -> dict:
    """What taking back this much would do, as the page shows it."""
    checks = ConditionCheck._meta.label_lower
    return {
        "scope": scope.value,
        "is_everything": scope is UndoScope.EVERYTHING,
        "archived": len(reversal.archived),
        "restored": len(reversal.restored),
        "checks": sum(affected.model == checks for affected in reversal.archived),
        "left": [
            (mask_free_text(reversal.name_of(affected)), reason)
            for affected, reason in reversal.left[:MOST_NAMED]
        ],
    }
