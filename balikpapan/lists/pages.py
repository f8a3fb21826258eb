"""What a person sends from the head of a list: the columns to be shown."""

from functools import partial

from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from .columns import ListColumns
from .ordering import named_order, order_of


class ListPages:
    """The addresses under one list that remember what somebody chose about it."""

    def __init__(self, keeper):
        self.keeper = keeper

    def urls(self):
        """The addresses, behind the site's own log-in."""
        wrap = self.keeper.admin_site.admin_view
        return [path("columns/", wrap(self.columns_view), name=self._name("columns"))]

    def context(self, request) -> dict:
        """What the head of the list shows, worked out by the template that asks for it."""
        return {"list_columns": partial(self._menu, request)}

    def _menu(self, request):
        columns = ListColumns(self.keeper, request)
        return columns.menu() if columns.is_choosable else []

    def _name(self, page):
        return f"{self.keeper.opts.app_label}_{self.keeper.opts.model_name}_{page}"

    def columns_view(self, request):
        """Remembers the columns ticked, or the usual ones, and goes back to the list."""
        self._check(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        columns = ListColumns(self.keeper, request)
        query = request.GET.copy()
        query.pop(PAGE_VAR, None)
        order = named_order(query.get(ORDER_VAR, ""), self._places(request, columns))
        columns.choose(None if "usual" in request.POST else request.POST.getlist("column"))
        return self._back(query, order_of(order, self._places(request, columns)))

    def _check(self, request):
        if not self.keeper.has_view_or_change_permission(request):
            raise PermissionDenied

    def _places(self, request, columns) -> list[str]:
        """The columns by the places that the order in an address counts."""
        boxes = ["action_checkbox"] if self.keeper.get_actions(request) else []
        return [*boxes, *columns.shown]

    def _back(self, query: QueryDict, order: str) -> HttpResponseRedirect:
        query.pop(ORDER_VAR, None)
        if order:
            query[ORDER_VAR] = order
        address = reverse(f"admin:{self._name('changelist')}")
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
