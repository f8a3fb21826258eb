"""Handing a file in: to a register, or to whichever register the file is a list of."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from balikpapan.spreadsheets.cells import format_whole
from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.opening.open import opened_workbook

from ..answers import Answers
from ..jobs.dispatch import receive
from ..permissions import may
from ..pipeline import SAMPLE_ROWS, limits
from ..reading.wrong_register import register_of
from ..resources import REGISTERS
from .forms import UploadForm
from .register_buttons import SheetAdmin

UNKNOWN_REGISTER = (
    "Judul kolom berkas itu tidak cukup dikenal untuk menentukan daftarnya. Pilih daftarnya, "
    "lalu unggah berkasnya di sana."
)


def new_page(site, opts, request, register):
    """The page on which a file is handed in to one register."""
    if register not in REGISTERS:
        raise Http404
    if not may(request.user, "import", register):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return _open(receive(register, file.read(), file.name, Answers(), request.user))
    context = {
        **site.each_context(request),
        "title": f"Unggah {REGISTERS[register].label}",
        "opts": opts,
        "register": REGISTERS[register],
        "form": form,
        "template_url": _template_url(site, register),
        "may_export": may(request.user, "export", register),
        "limits": {
            "mib": settings.UPLOAD_MAX_MIB,
            "rows": format_whole(settings.UPLOAD_MAX_ROWS),
        },
    }
    return TemplateResponse(request, "intake/new.html", context)


def find_page(request):
    """A file handed in without a word about whose list it is; its headings tell."""
    registers = [name for name in REGISTERS if may(request.user, "import", name)]
    if not registers:
        raise PermissionDenied
    back = HttpResponseRedirect(reverse("admin:intake_upload_changelist"))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return back
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        with opened_workbook(content, file.name, limits(SAMPLE_ROWS)) as opened:
            register = register_of(opened, registers)
    except WorkbookRefused as refusal:
        messages.error(request, refusal.message)
        return back
    if register is None:
        messages.warning(request, UNKNOWN_REGISTER)
        return back
    return _open(receive(register, content, file.name, Answers(), request.user))


def other_register(user, upload):
    """The register whose list a refused file seems to be, where the user may upload it."""
    other = upload.other_register
    return REGISTERS[other] if other in REGISTERS and may(user, "import", other) else None


def _template_url(site, register):
    """Where the register's own pages give its template."""
    for owner in site._registry.values():
        if isinstance(owner, SheetAdmin) and owner.sheet(register):
            return owner.sheet_url("template", register)
    return ""


def _open(upload):
    return HttpResponseRedirect(reverse("admin:intake_upload_change", args=[upload.pk]))
