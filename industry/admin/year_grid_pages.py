"""The page on which the figures of many businesses are typed, then looked at as an upload."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from balikpapan.audit.changelist import is_key
from balikpapan.audit.years import last_complete_year, year_in
from balikpapan.grids.entries import GridEntries, NotStored, opened_texts
from balikpapan.grids.pages import GridPages
from balikpapan.intake.answers import Answers
from balikpapan.intake.jobs.dispatch import receive
from balikpapan.intake.pages.paging import page_number, paged
from balikpapan.intake.permissions import may
from balikpapan.regions.models import Kecamatan

from ..models import Business, IndustryGroup
from ..resources import BusinessYearResource
from ..year_grid import add_up_workers, sheet_of, year_grid

ROWS = 50


class YearGridPages(GridPages):
    """The grid of a year; what was typed becomes an upload with its preview and its undo."""

    def asked_year(self, request):
        return year_in(request.GET.get("tahun")) or last_complete_year()

    def grid_of(self, request, year):
        counting = Business.objects.counting_in(year)
        if request.method == "POST":
            # The rows of the page that was sent, wherever they stand in the list by now.
            keys = [int(key) for key in opened_texts(request.POST) if is_key(key)]
            return year_grid(year, counting.filter(pk__in=keys[:ROWS]).order_by("name", "pk"))
        rows, request.listing = paged(self._asked(request, counting), page_number(request), ROWS)
        return year_grid(year, rows)

    def _asked(self, request, businesses):
        """The businesses asked for, in the order of their names; counted and read in parts."""
        for name, lookup in (("kecamatan", "kecamatan"), ("kelompok", "group")):
            if is_key(value := request.GET.get(name, "")):
                businesses = businesses.filter(**{lookup: int(value)})
        if text := request.GET.get("q", "").strip():
            businesses = businesses.filter(name__icontains=text)
        return Counted(businesses.order_by("name", "pk"))

    def _entries(self, request, year, data=None):
        entries = super()._entries(request, year, data)
        add_up_workers(entries)
        return entries

    def stored(self, request, entries: GridEntries):
        if entries.has_errors:
            raise NotStored
        if not may(request.user, "import", BusinessYearResource.register):
            raise PermissionDenied
        if not entries.changed:
            messages.info(request, "Tidak ada angka yang berubah.")
            return f"{request.path}?{request.GET.urlencode()}"
        upload = receive(
            BusinessYearResource.register,
            sheet_of(entries),
            f"isian-tahunan-{entries.grid.year}.xlsx",
            Answers(),
            request.user,
        )
        return reverse("admin:intake_upload_change", args=[upload.pk])

    def further_context(self, request, year):
        asked = {name: request.GET.get(name, "") for name in ("kecamatan", "kelompok", "q")}
        return {
            "text": asked["q"],
            "districts": choices(Kecamatan.objects.kept().order_by("name"), asked["kecamatan"]),
            "groups": choices(
                IndustryGroup.objects.kept().order_by("position", "name"), asked["kelompok"]
            ),
            "listing": getattr(request, "listing", None),
            "paging": urlencode({"tahun": year, **asked}),
        }


def choices(query, asked: str) -> list[tuple[int, str, bool]]:
    """Key, name and whether it is the one asked for."""
    return [(key, name, str(key) == asked) for key, name in query.values_list("pk", "name")]


class Counted:
    """A query that is counted and read page by page as if it were a list."""

    def __init__(self, query):
        self.query = query

    def __len__(self):
        return self.query.count()

    def __getitem__(self, part):
        return self.query[part]
