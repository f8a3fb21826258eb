"""What a person sends from the head of a list: the columns to be shown, a question to be saved."""

from functools import partial

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from .columns import ListColumns
from .ordering import moved, named_order, order_of
from .saved import SavedFilters


class ListPages:
    """The addresses under one list that remember what somebody chose about it."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """The addresses, behind the site's own log-in."""
        pages = (("columns", self.columns_view), ("filters", self.filters_view))
        wrap = self.keeper.admin_site.admin_view
        return [path(f"{page}/", wrap(view), name=self._name(page)) for page, view in pages]

    def context(self, request) -> dict:
        """What the head of the list shows, worked out by the template that asks for it."""
        return {
            "list_columns": partial(self._menu, request),
            "saved_filters": partial(self._saved, request),
        }

    def _menu(self, request):
        columns = ListColumns(self.keeper, request)
        return columns.menu() if columns.is_choosable else []

    def _saved(self, request):
        return SavedFilters(self.keeper, request).entries()

    def _name(self, page):
        return f"{self.keeper.opts.app_label}_{self.keeper.opts.model_name}_{page}"

    def columns_view(self, request):
        """Remembers the columns ticked and their order, or the usual ones, and goes back to the list."""
        self._check(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        columns = ListColumns(self.keeper, request)
        order = named_order(request.GET.get(ORDER_VAR, ""), columns.places)
        names = None if "usual" in request.POST else request.POST.getlist("column")
        columns.choose(names, request.POST.getlist("order"))
        name, step = self._move(request.POST)
        if name in columns.shown:
            columns.choose(columns.shown, moved(columns.shown, name, step))
        back = self._back(request.GET, order_of(order, columns.places))
        if name in columns.offered:  # the menu opens again at the column that was moved
            back["Location"] += f"#kolom-{name}"
        return back

    @staticmethod
    def _move(sent: QueryDict) -> tuple[str, int]:
        """The column whose button was pressed and how far it goes; no name where none was."""
        if name := sent.get("up", ""):
            return name, -1
        return sent.get("down", ""), 1

    def filters_view(self, request):
        """Saves what the list is asked under a name, or deletes one of the questions saved."""
        self._check(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        saved = SavedFilters(self.keeper, request)
        key = request.POST.get("forget", "")
        if key.isascii() and key.isdigit() and len(key) < 18:
            if name := saved.forget(int(key)):
                messages.success(request, f"Saringan «{name}» dihapus.")
        else:
            self._save(request, saved)
        return self._back(request.GET, request.GET.get(ORDER_VAR, ""))

    def _save(self, request, saved):
        name = request.POST.get("name", "")
        try:
            is_replaced = saved.save(name, saved.question())
        except ValidationError as refusal:
            messages.error(request, refusal.message)
            return
        done = "diganti" if is_replaced else "disimpan"
        messages.success(request, f"Saringan «{' '.join(name.split())}» {done}.")

    def _check(self, request):
        if not self.keeper.has_view_or_change_permission(request):
            raise PermissionDenied

    def _back(self, asked: QueryDict, order: str) -> HttpResponseRedirect:
        query = asked.copy()
        for name in (PAGE_VAR, ORDER_VAR):
            query.pop(name, None)
        if order:
            query[ORDER_VAR] = order
        address = reverse(f"admin:{self._name('changelist')}")
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
