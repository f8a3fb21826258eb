"""The pages of a long list the worker makes: how far it is, and the file when it is there."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from balikpapan.audit import personal_data
from balikpapan.downloads import file_response
from balikpapan.reports import list_files
from balikpapan.spreadsheets.cells import format_whole

from .contents import BESIDES, NOMINATIVE
from .extracts import list_name, may_open, record_list_taken
from .requested_lists import RequestedList, requested_list


def waiting_page(request, site, task):
    """What became of a list asked for; its script asks again and again while it is made."""
    asked = _own(request, task)
    if not request.accepts("text/html"):
        return JsonResponse({"working": not (asked.is_made or asked.has_failed), **progress(asked)})
    context = {
        **site.each_context(request),
        "title": f"{BESIDES[NOMINATIVE]} {asked.year}",
        "asked": asked,
        "count": format_whole(asked.count),
        "progress": progress(asked),
        "again": f"{reverse('admin:report_table_file', args=[asked.year, NOMINATIVE, 'xlsx'])}{_query(asked)}",
        "table": f"{reverse('admin:report_table', args=[asked.year, NOMINATIVE])}{_query(asked)}",
    }
    return TemplateResponse(request, "office/report_list.html", context)


def list_file(request, site, task):
    """The file of a list, on record where personal data are legible in it."""
    asked = _own(request, task)
    if asked.is_personal and not request.user.has_perm(personal_data.EXPORT):
        raise PermissionDenied
    if not asked.is_there:
        messages.error(request, "Berkas daftar ini tidak ada lagi. Minta sekali lagi.")
        return HttpResponseRedirect(reverse("admin:report_list", args=[task]))
    if asked.is_personal:
        record_list_taken(request.user, asked.count)
    content = list_files.path_of(task).read_bytes()
    return file_response(list_name(asked.year), content)


def progress(asked: RequestedList) -> dict[str, object]:
    """How far the list is, in the words and numbers the progress script shows."""
    waiting = ""
    if asked.needs_worker:
        waiting = (
            "Pekerja latar tidak berjalan, jadi daftar belum dibuat. Minta administrator "
            "menjalankan program dengan perintah start; daftar ini lalu dibuat sendiri."
        )
    elif asked.is_waiting:
        waiting = "Menunggu giliran; pekerjaan lain sedang berjalan."
    phase = "Daftar sedang ditulis." if asked.is_working else "Belum dimulai."
    return {"phase": phase, "done": int(asked.is_working), "total": 2, "waiting": waiting}


def _own(request, task) -> RequestedList:
    if not may_open(request.user, NOMINATIVE):
        raise PermissionDenied
    asked = requested_list(request.user, task)
    if asked is None:
        raise Http404
    return asked


def _query(asked):
    return f"?{urlencode(asked.choice)}" if asked.choice else ""
