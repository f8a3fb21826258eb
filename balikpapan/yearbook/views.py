"""The yearly report in the admin: on screen, table by table, and as files."""

import io
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.models import ClosedYear
from balikpapan.audit.years import FIRST_YEAR, LAST_YEAR
from balikpapan.downloads import file_response
from balikpapan.reports import html
from balikpapan.reports.models import Edition
from industry.models import BusinessYear, Revenue
from industry.reports.selection import EVERYTHING

from .contents import BESIDES, dressed
from .extracts import (
    MOST_ON_PAPER,
    ON_SCREEN,
    VIEW,
    Single,
    TableRequest,
    length_of,
    list_name,
    may_be_narrowed,
    may_open,
    record_list_taken,
    single,
    write_nominative,
)
from .forms import SelectionForm, base_asked, edition_asked, is_public
from .list_pages import list_file, waiting_page
from .open_data import TABLES, archive_of
from .press_sentences import EditionTooOld, press_text
from .publication import (
    EXTENSIONS,
    PUBLIC_NAME,
    EditionFileMissing,
    EditionMissing,
    Publication,
    publication,
    render,
)
from .release import OPEN_YEAR, Handover, NotReleased, ReleaseRefused
from .requested_lists import ask_for

#: Their rows are years already.
NOT_COMPARED = {
    "pad",
    "capaian",
    "publikasi",
    "publikasi-pad",
    "ikm-baru-tutup-tahunan",
    "metadata",
}


def report_urls(site):
    """The addresses of the report pages, each behind the site's own log-in."""
    pages = [
        ("laporan/", choose, "report_choose"),
        ("laporan/<int:year>/", book, "report_book"),
        ("laporan/siaran-pers/", latest_press, "report_press_latest"),
        ("laporan/<int:year>/siaran-pers/", press, "report_press"),
        ("laporan/<int:year>/siaran-pers/unduh/txt/", press_file, "report_press_file"),
        ("laporan/<int:year>/<slug:key>/", table, "report_table"),
        ("laporan/<int:year>/unduh/<str:extension>/", download, "report_download"),
        ("laporan/<int:year>/<slug:key>/unduh/<str:extension>/", table_file, "report_table_file"),
        ("laporan/<int:year>/data-terbuka/unduh/", open_data_file, "report_open_data"),
        ("laporan/daftar/<uuid:task>/", waiting_page, "report_list"),
        ("laporan/daftar/<uuid:task>/unduh/", list_file, "report_list_file"),
        ("laporan/edisi/<int:pk>/<str:extension>/", edition_file, "report_edition"),
    ]
    return [
        path(route, site.admin_view(_guarded(view, site)), name=name) for route, view, name in pages
    ]


def _guarded(view, site):
    def guarded(request, **kwargs):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        if not FIRST_YEAR <= kwargs.get("year", FIRST_YEAR) <= LAST_YEAR:
            raise Http404
        try:
            return view(request, site, **kwargs)
        except (EditionFileMissing, EditionMissing, EditionTooOld, ReleaseRefused) as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(reverse("admin:report_choose"))

    return guarded


def years_on_record() -> list[int]:
    """The years the registers speak of, newest first, the last complete year among them."""
    return sorted({*years_with_figures(), timezone.localdate().year - 1}, reverse=True)


def years_with_figures() -> set[int]:
    """The years of which the registers hold figures."""
    registers = (BusinessYear, Revenue)
    return {
        year
        for register in registers
        for year in register.objects.kept().order_by().values_list("year", flat=True).distinct()
    }


def choose(request, site):
    """Which year, in which form."""
    years = years_on_record()
    closed = dict(ClosedYear.objects.kept().values_list("year", "edition"))
    last = timezone.localdate().year - 1
    context = {
        **site.each_context(request),
        "title": "Laporan tahunan",
        "years": [(year, closed.get(year)) for year in years],
        "chosen": last if last in years else years[0],
        "editions": Edition.objects.all()[:20],
        "missing": dressed([], last, today=timezone.localdate()).missing,
    }
    return TemplateResponse(request, "office/report_choose.html", context)


def book(request, site, year):
    """The whole book on screen; figures of an open year lead to the records behind them."""
    public, handover = is_public(request), screen_of(request)
    try:
        document = publication(year, edition_asked(request), public=public, handover=handover)
    except NotReleased as unreleased:
        return release_page(request, site, year, unreleased)
    if request.method == "POST":
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **site.each_context(request),
        **html.book_context(document.book, links=document.edition is None),
        "logo": "",
        "title": document.book.name,
        "year": year,
        "missing": document.book.missing,
        "edition": document.edition,
        "public": document.public,
        "open_year": OPEN_YEAR if document.is_provisional else "",
        "query": query_of(request),
        # What the public gets are the tables of the book and nothing besides.
        "besides": [
            (key, name)
            for key, name in BESIDES.items()
            if not document.public and may_open(request.user, key)
        ],
    }
    return TemplateResponse(request, "office/report_book.html", context)


def screen_of(request, tables: frozenset[str] | None = None) -> Handover:
    """A page that shows these tables to the public; it was asked to be published where it is sent."""
    return Handover(request.user, tables, only_repeated=request.method != "POST")


def release_page(request, site, year, unreleased: NotReleased):
    """In place of figures that were not published as they are now: what publishing them means."""
    context = {
        **site.each_context(request),
        "title": f"Halaman untuk umum tahun {unreleased.year}",
        "year": year,
        "unreleased": unreleased,
        "public": True,
        "open_year": OPEN_YEAR,
        "query": query_of(request),
        "form": None,
    }
    return TemplateResponse(request, "office/report_release.html", context)


def table(request, site, year, key):
    """One table by itself, of all IKM or of some, alone or beside another year."""
    asked, form = _asked(request, year, key)
    try:
        document = _single(request, asked, limit=ON_SCREEN)
    except NotReleased as unreleased:
        return release_page(request, site, year, unreleased)
    if request.method == "POST":
        return HttpResponseRedirect(request.get_full_path())
    length = len(document.table.rows)
    if length >= ON_SCREEN:
        length = max(length, length_of(asked))
    links = document.edition is None and not is_public(request)
    context = {
        **site.each_context(request),
        "title": title_of(document),
        "tables": [html.table_context(table, links=links) for table in document.book.tables],
        "year": year,
        "key": key,
        "missing": document.book.missing,
        "edition": document.edition,
        "public": is_public(request),
        "query": query_of(request),
        "form": form,
        "may_compare": key not in BESIDES and key not in NOT_COMPARED,
        "base": base_asked(request),
        "years": [other for other in years_on_record() if other != year],
        "on_paper": length <= MOST_ON_PAPER,
    }
    return TemplateResponse(request, "office/report_table.html", context)


def title_of(document: Single) -> str:
    """The title of the page: with the number where the table has one in the book."""
    number = document.table.number
    return f"{document.table.name}. {document.book.title}" if number else document.book.title


def table_file(request, site, year, key, extension):
    """One table as Excel, PDF or a page to keep."""
    if extension not in EXTENSIONS:
        raise Http404
    asked, _ = _asked(request, year, key, is_file=True)
    length = length_of(asked)
    if length > MOST_ON_PAPER and extension == "xlsx":
        return _long_list(request, asked, length)
    document = _single(request, asked) if length <= MOST_ON_PAPER else None
    if extension != "xlsx" and (not document or len(document.table.rows) > MOST_ON_PAPER):
        messages.error(
            request,
            f"Daftar ini lebih dari {MOST_ON_PAPER} baris, terlalu panjang untuk dicetak. Unduh "
            "Excel, atau persempit dengan saringan.",
        )
        return HttpResponseRedirect(reverse("admin:report_table", args=[year, key]))
    suffix = f"-edisi-{document.edition.number}" if document.edition else ""
    suffix += "-bukan-edisi" if document.is_live else ""
    suffix += PUBLIC_NAME if is_public(request) else ""
    return file_response(f"{key}-{year}{suffix}.{extension}", render(document.book, extension))


def _long_list(request, asked: TableRequest, length):
    """A list too long for paper: a workbook written row by row, by the worker where it is much."""
    if length > settings.UPLOAD_BACKGROUND_ROWS:
        task = ask_for(request.user, asked.year, _choice(request))
        return HttpResponseRedirect(reverse("admin:report_list", args=[task]))
    personal = request.user.has_perm(personal_data.EXPORT)
    stream = io.BytesIO()
    count = write_nominative(asked, stream, personal=personal)
    if personal:
        record_list_taken(request.user, count)
    return file_response(list_name(asked.year), stream.getvalue())


def _asked(request, year, key, *, is_file=False) -> tuple[TableRequest, SelectionForm | None]:
    """What the address asks for, and the form that shows the choice; refused who may not see it."""
    if not may_open(request.user, key):
        raise PermissionDenied
    # A page for the public takes no filters: what is hidden could be added up from its parts.
    narrowable = may_be_narrowed(key) and not is_public(request)
    form = SelectionForm(request.GET, year=year) if narrowable else None
    tables = frozenset([key])
    asked = TableRequest(
        key,
        year,
        form.selection if form else EVERYTHING,
        number=edition_asked(request),
        public=is_public(request),
        base=base_asked(request),
        handover=Handover(request.user, tables) if is_file else screen_of(request, tables),
    )
    return asked, form


def _single(request, asked: TableRequest, limit=0) -> Single:
    document = single(asked, user=request.user, limit=limit)
    if document is None:
        raise Http404
    return document


def _choice(request) -> dict[str, str]:
    """Which IKM are asked for, as the address says it."""
    return {name: request.GET[name] for name in SelectionForm.base_fields if request.GET.get(name)}


def query_of(request) -> str:
    """The question of this page, to be asked of its files too."""
    names = ["edisi", "umum", "banding"]
    if not is_public(request):
        names += SelectionForm.base_fields
    given = {name: request.GET[name] for name in names if request.GET.get(name)}
    return f"?{urlencode(given)}" if given else ""


def download(request, site, year, extension):
    """The book as Excel, PDF or a page to keep."""
    if extension not in EXTENSIONS:
        raise Http404
    public, handover = is_public(request), Handover(request.user)
    document = publication(year, edition_asked(request), public=public, handover=handover)
    return _file(document, extension)


def edition_file(request, site, pk, extension):
    """The file of a kept edition."""
    edition = Edition.objects.filter(pk=pk).first()
    if edition is None or extension not in ("xlsx", "pdf"):
        raise Http404
    return _file(publication(edition.year, edition.number), extension)


def open_data_file(request, site, year):
    """The aggregates of the year as open data: every file and its metadata card in one archive."""
    handover = Handover(request.user, TABLES)
    document = publication(year, edition_asked(request), public=True, handover=handover)
    return file_response(
        f"data-terbuka-industri-{year}{suffix_of(document)}.zip", archive_of(document)
    )


def latest_press(request, site):
    """The press text of the last complete year that has figures."""
    last = timezone.localdate().year - 1
    year = max((year for year in years_with_figures() if year <= last), default=last)
    return HttpResponseRedirect(reverse("admin:report_press", args=[year]))


def press(request, site, year):
    """What was achieved in four years, in sentences for the press, with the source of each number."""
    document = publication(year, edition_asked(request), public=True)
    context = {
        **site.each_context(request),
        "title": f"Siaran pers {year}",
        "year": year,
        "years": [other for other in years_on_record() if other != year],
        "edition": document.edition,
        "query": f"?edisi={document.edition.number}" if document.edition else "",
        "press": press_text(document),
    }
    return TemplateResponse(request, "office/press.html", context)


def press_file(request, site, year):
    """The press text as a plain text file."""
    document = publication(year, edition_asked(request), public=True)
    name = f"siaran-pers-industri-{year}{suffix_of(document)}.txt"
    return file_response(name, press_text(document).as_text().encode())


def suffix_of(document: Publication) -> str:
    """What the name of a file says of its publication: which edition, and whether for the public."""
    edition = f"-edisi-{document.edition.number}" if document.edition else ""
    return edition + (PUBLIC_NAME if document.public else "")


def _file(document: Publication, extension):
    name = f"laporan-tahunan-industri-{document.book.year}{suffix_of(document)}"
    return file_response(f"{name}.{extension}", document.file(extension))
