"""The yearly report in the admin: on screen, table by table, and as files."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from balikpapan.reports import html
from balikpapan.reports.models import Edition
from industry.models import BusinessYear, Revenue

from .publishing import MEDIA_TYPES, Publication, publication

VIEW = "reports.view_edition"


def report_urls(site):
    """The addresses of the report pages, each behind the site's own log-in."""
    pages = [
        ("laporan/", choose, "report_choose"),
        ("laporan/<int:year>/", book, "report_book"),
        ("laporan/<int:year>/<slug:key>/", table, "report_table"),
        ("laporan/<int:year>/unduh/<str:extension>/", download, "report_download"),
        ("laporan/edisi/<int:pk>/<str:extension>/", edition_file, "report_edition"),
    ]
    return [
        path(route, site.admin_view(_guarded(view, site)), name=name) for route, view, name in pages
    ]


def _guarded(view, site):
    def guarded(request, **kwargs):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return view(request, site, **kwargs)

    return guarded


def years_on_record() -> list[int]:
    """The years the registers speak of, newest first, the last complete year among them."""
    years = set(BusinessYear.objects.kept().order_by().values_list("year", flat=True).distinct())
    years |= set(Revenue.objects.kept().order_by().values_list("year", flat=True).distinct())
    years.add(timezone.localdate().year - 1)
    return sorted(years, reverse=True)


def choose(request, site):
    """Which year, in which form."""
    years = years_on_record()
    last = timezone.localdate().year - 1
    context = {
        **site.each_context(request),
        "title": "Laporan tahunan",
        "years": years,
        "chosen": last if last in years else years[0],
        "editions": Edition.objects.all()[:20],
    }
    return TemplateResponse(request, "office/report_choose.html", context)


def _number(request):
    given = request.GET.get("edisi", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else None


def _check_year(year):
    if not 1900 <= year <= 2100:
        raise Http404


def book(request, site, year):
    """The whole book on screen; figures of an open year lead to the records behind them."""
    _check_year(year)
    found = publication(year, _number(request))
    context = {
        **site.each_context(request),
        **html.book_context(found.book, links=found.edition is None),
        "logo": "",
        "title": found.book.name,
        "year": year,
        "edition": found.edition,
        "years": years_on_record(),
    }
    return TemplateResponse(request, "office/report_book.html", context)


def table(request, site, year, key):
    """One table by itself."""
    _check_year(year)
    found = publication(year, _number(request))
    chosen = next((t for t in found.book.tables if t.key == key), None)
    if chosen is None:
        raise Http404
    context = {
        **site.each_context(request),
        "title": f"{chosen.name}. {chosen.title}",
        "table": html.table_context(chosen, links=found.edition is None),
        "year": year,
        "edition": found.edition,
        "tables": found.book.tables,
    }
    return TemplateResponse(request, "office/report_table.html", context)


def download(request, site, year, extension):
    """The book as Excel, PDF or a page to keep."""
    _check_year(year)
    if extension not in MEDIA_TYPES:
        raise Http404
    return _file(publication(year, _number(request)), extension)


def edition_file(request, site, pk, extension):
    """The file of a kept edition."""
    edition = Edition.objects.filter(pk=pk).first()
    if edition is None or extension not in ("xlsx", "pdf"):
        raise Http404
    return _file(publication(edition.year, edition.number), extension)


def _file(found: Publication, extension):
    suffix = f"-edisi-{found.edition.number}" if found.edition else ""
    response = HttpResponse(found.file(extension), content_type=MEDIA_TYPES[extension])
    name = f"laporan-tahunan-industri-{found.book.year}{suffix}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
