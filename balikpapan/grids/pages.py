"""The page of a grid: shown, checked while it is typed into, stored."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.archiving import page_name
from balikpapan.audit.models import ClosedYear
from balikpapan.audit.years import year_in, years_offered
from balikpapan.spreadsheets.cells import format_whole

from .entries import GridEntries, NotStored
from .layout import Grid, GridBlock


@dataclass
class GridPages:
    """The pages of one register's grid; ``build`` makes the grid of a year."""

    keeper: object
    title: str
    build: Callable[[int], Grid]
    #: What to do where a row is missing, in a sentence; blank where every row is there.
    hint: str = ""
    template: str = "office/grid.html"

    def urls(self) -> list:
        """The addresses: the page, and what is said of a text that has not been sent yet."""
        wrap, model = self.keeper.admin_site.admin_view, self.keeper.model
        pages = (("grid/", self.page, "grid"), ("grid/check/", self.check, "grid_check"))
        return [
            path(route, wrap(view), name=page_name(model, name).partition(":")[2])
            for route, view, name in pages
        ]

    @property
    def address(self) -> str:
        """The address of the page."""
        return reverse(page_name(self.keeper.model, "grid"))

    def page(self, request):
        """The grid of one year; what was typed is stored as a whole or not at all."""
        if not self.keeper.has_view_permission(request):
            raise PermissionDenied
        year = self.asked_year(request)
        if request.method != "POST":
            return self._shown(request, year, self._entries(request, year))
        self._may_type_or_403(request)
        entries = self._entries(request, year, request.POST)
        if "_check" in request.POST:
            return self._shown(request, year, entries)
        try:
            return HttpResponseRedirect(self.stored(request, entries))
        except NotStored:
            return self._shown(request, year, entries)

    def stored(self, request, entries: GridEntries) -> str:
        """Stores what was typed; returns the address to go on at. Raises NotStored."""
        count, year = entries.store(by=request.user), entries.grid.year
        if count:
            messages.success(request, f"{format_whole(count)} angka tahun {year} disimpan.")
        else:
            messages.info(request, "Tidak ada angka yang berubah.")
        return f"{request.path}?{query_of(request, year)}"

    def check(self, request):
        """JSON: errors and warnings by the name of the box, sums by the name of their place."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._may_type_or_403(request)
        entries = self._entries(request, self.asked_year(request), request.POST)
        remarks = {
            cell.name: {"error": cell.error, "warning": cell.warning}
            for cell in entries.cells.values()
            if cell.error or cell.warning
        }
        sums = {name: text for block in blocks_of(entries) for name, text in block["sums"].items()}
        return JsonResponse({"cells": remarks, "sums": sums, "changed": len(entries.changed)})

    def _may_type_or_403(self, request):
        if not (
            self.keeper.has_change_permission(request) or self.keeper.has_add_permission(request)
        ):
            raise PermissionDenied

    def _entries(self, request, year, data=None):
        grid = self.grid_of(request, year)
        if year in ClosedYear.objects.frozen():
            grid.close()
        if not personal_data.may_see(request.user):
            grid.mask_titles()
        return GridEntries(grid, data, user=request.user)

    def _shown(self, request, year, entries):
        entries.renumber()
        years = sorted({*(int(value) for value, _ in years_offered()), year}, reverse=True)
        context = {
            **self.keeper.admin_site.each_context(request),
            "title": f"{self.title} tahun {year}",
            "opts": self.keeper.opts,
            "page": self,
            "year": year,
            "years": years,
            "entries": entries,
            "grid": entries.grid,
            "blocks": blocks_of(entries),
            "is_open": any(not cell.locked for cell in entries.cells.values()),
            "check_url": reverse(page_name(self.keeper.model, "grid_check")),
            "query": query_of(request, year),
            **self.further_context(request, year),
        }
        return TemplateResponse(request, self.template, context)

    def grid_of(self, request, year: int) -> Grid:
        """The grid that a request is about."""
        return self.build(year)

    def further_context(self, request, year: int) -> dict:
        """What a page of its own template shows besides."""
        return {}

    def asked_year(self, request) -> int:
        """The year the page is about; the current one where none is asked for."""
        return year_in(request.GET.get("tahun")) or timezone.localdate().year


def query_of(request, year: int) -> str:
    """The question of the address, with the year that it is about."""
    question = request.GET.copy()
    question["tahun"] = str(year)
    return question.urlencode()


def blocks_of(entries: GridEntries) -> list[dict]:
    """The blocks as the page shows them: rows with cells, and the texts worked out by place."""
    blocks, first = [], 0
    for number, block in enumerate(entries.grid.blocks):
        blocks.append(_block(entries, block, number, first))
        first += len(block.rows)
    return blocks


def _block(entries, block: GridBlock, number: int, first: int) -> dict:
    grid, values, sums = entries.grid, entries.values, {}
    keys = [row.key for row in block.rows]
    rows = []
    for index, row in enumerate(block.rows, first):
        cells = [entries.cells[row.key, column.key] for column in grid.columns]
        derived = []
        for place, column in enumerate(grid.derived):
            name, text = f"d-{index}-{place}", column.text_of(row.key, values)
            sums[name] = text
            derived.append((name, text))
        rows.append({"row": row, "cells": cells, "derived": derived})
    totals = []
    for column in grid.columns:
        amounts = [values[key, column.key] for key in keys if column.is_summed]
        amounts = [amount for amount in amounts if amount is not None]
        totals.append((f"t-{number}-{column.key}", column.text_of(sum(amounts)) if amounts else ""))
    for place, column in enumerate(grid.derived):
        totals.append((f"t-{number}-d{place}", column.total_of(keys, values)))
    sums.update(totals)
    return {"title": block.title, "rows": rows, "totals": totals, "sums": sums}
