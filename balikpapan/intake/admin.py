"""The upload pages of the admin, and the buttons every register sheet has."""

from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit import access
from balikpapan.audit.admin import ReadOnlyAdmin, RecordAdmin
from balikpapan.spreadsheets.cells import format_whole
from balikpapan.spreadsheets.refusal import WorkbookRefused

from . import storage
from .answers import Answers
from .exporting import figure_years, write_export
from .forms import AnswerForm, MappingForm, UploadForm
from .held import DECISIONS, answers_from, held_page
from .marked import marked_copy, marked_name
from .models import HeadingAlias, Upload
from .plan import ACTIONS
from .preview import columns_of, field_choices, group_page, groups_of, problem_page
from .resources import REGISTERS
from .rights import may, may_fetch, may_undo
from .undoing import NotUndone, undo, undo_lists
from .uploads import PlanChanged, answer, confirm, receive

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_response(content_type: str, name: str) -> HttpResponse:
    """An answer the browser saves as a file."""
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


class SheetAdmin:
    """Adds to a register's admin: upload, download and the blank template of its sheets."""

    resource_classes: list = []
    change_list_template = "intake/change_list.html"

    def changelist_view(self, request, extra_context=None):
        sheets = [
            {
                "label": resource.label,
                "register": resource.register,
                "may_import": may(request.user, "import", resource.register),
                "may_export": may(request.user, "export", resource.register),
            }
            for resource in self.resource_classes
        ]
        return super().changelist_view(request, {"sheets": sheets, **(extra_context or {})})

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        name = self._url_name("export").partition(":")[2]
        return [path("export/<str:register>/", view, name=name), *super().get_urls()]

    def export_view(self, request, register):
        """The register as Excel or csv; personal data only with the right, and on record."""
        if register not in {r.register for r in self.resource_classes}:
            raise Http404
        if not may(request.user, "export", register):
            raise PermissionDenied
        resource = REGISTERS[register]()
        years = figure_years(resource)
        unmasked = request.user.has_perm(access.EXPORT)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": f"Ekspor {resource.label}",
                "opts": self.opts,
                "years": years,
                "may_unmask": unmasked,
                "personal": sorted(
                    resource.columns()[n].column_name for n in resource.personal_columns()
                ),
            }
            return TemplateResponse(request, "intake/export.html", context)
        extension = "csv" if request.POST.get("format") == "csv" else "xlsx"
        year = next((y for y in years if str(y) == request.POST.get("year")), None)
        year = year or (years[0] if years else None)
        personal = unmasked and request.POST.get("personal") == "ya"
        queryset, parts = self._filtered(request), None
        main = resource._meta.model
        if main is not self.model:  # a list of second records, such as certificates
            parts = queryset
            queryset = main.objects.kept().filter(pk__in=parts.values(resource.part.link))
        today = timezone.localdate()
        response = file_response(
            "text/csv" if extension == "csv" else XLSX, f"{register}-{today:%Y-%m-%d}.{extension}"
        )
        write_export(
            response,
            resource,
            queryset,
            extension=extension,
            year=year,
            personal=personal,
            parts=parts,
        )
        if personal:
            columns = sorted(resource.personal_columns())
            count = queryset.count()
            access.record_exported(
                request.user,
                self.model,
                count=count,
                columns=columns,
                filters=request.META.get("QUERY_STRING", ""),
            )
        return response

    def _filtered(self, request):
        """The list as it was filtered when the button was pressed."""
        allowed = self.allowed_lookups()
        given = {k: v for k, v in request.GET.items() if k in allowed and v}
        return self.model.objects.kept().filter(**given)


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """The history of uploads; one upload's own page leads from file to stored rows."""

    list_display = ["at", "register", "file_name", "by", "status", "new", "changed", "held"]
    list_filter = ["register", "status"]
    list_select_related = ["by"]
    search_fields = ["file_name", "sha256"]
    change_list_template = "intake/uploads.html"

    def lookup_allowed(self, lookup, value, request):
        return lookup in {"register", "status", "register__exact", "status__exact"}

    @admin.display(description="baru")
    def new(self, obj):
        return obj.counts.get("new", 0)

    @admin.display(description="berubah")
    def changed(self, obj):
        return obj.counts.get("changed", 0)

    @admin.display(description="ditahan")
    def held(self, obj):
        return obj.counts.get("held", 0)

    def changelist_view(self, request, extra_context=None):
        registers = [
            {"register": name, "label": resource.label}
            for name, resource in REGISTERS.items()
            if may(request.user, "import", name)
        ]
        return super().changelist_view(request, {"registers": registers, **(extra_context or {})})

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("new/<str:register>/", wrap(self.new_view), name="intake_upload_new"),
            path("<int:pk>/change/", wrap(self.page), name="intake_upload_change"),
            path("<int:pk>/answer/", wrap(self.answer_view), name="intake_upload_answer"),
            path("<int:pk>/mapping/", wrap(self.mapping_view), name="intake_upload_mapping"),
            path("<int:pk>/confirm/", wrap(self.confirm_view), name="intake_upload_confirm"),
            path("<int:pk>/problems/", wrap(self.problems_view), name="intake_upload_problems"),
            path("<int:pk>/held/", wrap(self.held_view), name="intake_upload_held"),
            path("<int:pk>/resume/", wrap(self.resume_view), name="intake_upload_resume"),
            path("<int:pk>/undo/", wrap(self.undo_view), name="intake_upload_undo"),
            path("<int:pk>/file/", wrap(self.file_view), name="intake_upload_file"),
            path("<int:pk>/marked/", wrap(self.marked_view), name="intake_upload_marked"),
            *[url for url in super().get_urls() if url.name == "intake_upload_changelist"],
        ]

    # One upload

    def _upload(self, request, pk, *, own=False) -> Upload:
        upload = Upload.objects.select_related("by", "stored_by", "undone_by").filter(pk=pk).first()
        mine = upload is not None and upload.by_id == request.user.pk
        if upload is None or (own and not mine):
            raise Http404
        if not mine and not request.user.has_perm("intake.view_upload"):
            raise Http404
        if own and not may(request.user, "import", upload.register):
            raise PermissionDenied
        return upload

    def _render(self, request, template, upload, **context):
        register = REGISTERS[upload.register]
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "title": f"Unggahan {register.label}",
                "opts": self.opts,
                "upload": upload,
                "register": register,
                "mine": upload.by_id == request.user.pk,
                **context,
            },
        )

    def _back(self, upload):
        return HttpResponseRedirect(reverse("admin:intake_upload_change", args=[upload.pk]))

    def new_view(self, request, register):
        """Handing a file in."""
        if register not in REGISTERS:
            raise Http404
        if not may(request.user, "import", register):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            upload, _ = receive(register, file.read(), file.name, Answers(), request.user)
            return self._back(upload)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Unggah {REGISTERS[register].label}",
            "opts": self.opts,
            "register": REGISTERS[register],
            "form": form,
            "limits": {
                "mib": settings.UPLOAD_MAX_MIB,
                "rows": format_whole(settings.UPLOAD_MAX_ROWS),
            },
        }
        return TemplateResponse(request, "intake/new.html", context)

    def page(self, request, pk):
        """The upload as it stands: questions, preview, or result."""
        upload = self._upload(request, pk)
        status = Upload.Status
        if upload.status == status.NEEDS_ANSWER:
            return self._render(
                request, "intake/questions.html", upload, form=AnswerForm(upload), step=2
            )
        if upload.status == status.PLANNED:
            return self._preview(request, upload)
        return self._render(
            request,
            "intake/result.html",
            upload,
            groups=groups_of(upload),
            columns=columns_of(upload),
            may_undo=upload.status == status.STORED and may_undo(request.user, upload),
            may_fetch=may_fetch(request.user, upload),
            step=4,
        )

    def _preview(self, request, upload, answer_form=None, mapping_form=None):
        action = request.GET.get("kelompok", "")
        if action not in ACTIONS:
            action = next((g["key"] for g in groups_of(upload) if g["count"]), next(iter(ACTIONS)))
        columns = columns_of(upload)
        return self._render(
            request,
            "intake/preview.html",
            upload,
            step=3,
            groups=groups_of(upload),
            action=action,
            listing=group_page(upload, action, _page(request), request.user),
            columns=columns,
            form=answer_form or AnswerForm(upload),
            mapping_form=mapping_form or MappingForm(upload, columns),
            stores_something=upload.counts.get("new") or upload.counts.get("changed"),
        )

    def answer_view(self, request, pk):
        """The answers to an upload's questions."""
        upload = self._upload(request, pk, own=True)
        if request.method != "POST" or upload.status not in _OPEN:
            return self._back(upload)
        form = AnswerForm(upload, request.POST)
        if not form.is_valid():
            if upload.status == Upload.Status.PLANNED:
                return self._preview(request, upload, answer_form=form)
            return self._render(request, "intake/questions.html", upload, form=form, step=2)
        answer(upload, form.answers(), request.user)
        return self._back(upload)

    def mapping_view(self, request, pk):
        """The corrected meaning of the columns."""
        upload = self._upload(request, pk, own=True)
        if request.method == "POST" and upload.status in _OPEN:
            form = MappingForm(upload, columns_of(upload), request.POST)
            if form.is_valid():
                answer(upload, form.answers(), request.user)
        return self._back(upload)

    def confirm_view(self, request, pk):
        """Stores the previewed plan, once."""
        upload = self._upload(request, pk, own=True)
        if request.method != "POST":
            return self._back(upload)
        if request.POST.get("fingerprint") != upload.fingerprint and upload.status == (
            Upload.Status.PLANNED
        ):
            messages.warning(request, "Rencana sudah berubah. Periksa pratinjau yang baru.")
            return self._back(upload)
        try:
            confirm(upload, request.user)
        except PlanChanged:
            messages.warning(
                request,
                "Data berubah sejak pratinjau ini dibuat, jadi belum ada yang disimpan. "
                "Periksa pratinjau yang baru, lalu simpan.",
            )
        return self._back(upload)

    def problems_view(self, request, pk):
        """Everything the file had to say, the gravest first."""
        upload = self._upload(request, pk)
        severity = request.GET.get("tingkat", "")
        return self._render(
            request,
            "intake/problems.html",
            upload,
            listing=problem_page(upload, severity, _page(request), request.user),
            severity=severity,
        )

    def held_view(self, request, pk):
        """The rows that wait: retype a cell, decide a doubt, and have them checked again."""
        upload = self._upload(request, pk, own=True)
        if upload.status != Upload.Status.PLANNED:
            return self._back(upload)
        if request.method == "POST":
            answer(upload, answers_from(upload, request.POST), request.user)
            if upload.status != Upload.Status.PLANNED or not upload.counts.get("held"):
                return self._back(upload)
            return HttpResponseRedirect(reverse("admin:intake_upload_held", args=[pk]))
        listing = held_page(upload, _page(request), request.user)
        return self._render(
            request, "intake/held.html", upload, listing=listing, decisions=DECISIONS.items()
        )

    def resume_view(self, request, pk):
        """Takes up the held rows of a stored upload: the same file, planned on what is there."""
        earlier = self._upload(request, pk, own=True)
        content = storage.original(earlier.sha256)
        if request.method != "POST" or content is None:
            return self._back(earlier)
        answers = Answers.from_json(earlier.answers)
        upload, _ = receive(earlier.register, content, earlier.file_name, answers, request.user)
        if upload.status != Upload.Status.PLANNED:
            return self._back(upload)
        return HttpResponseRedirect(reverse("admin:intake_upload_held", args=[upload.pk]))

    def undo_view(self, request, pk):
        """The three lists of an undo, and the undo itself."""
        upload = self._upload(request, pk)
        if upload.status != Upload.Status.STORED or not may_undo(request.user, upload):
            raise PermissionDenied
        if request.method == "POST":
            try:
                undo(upload, by=request.user)
                messages.success(request, "Unggahan dibatalkan.")
            except NotUndone as refusal:
                messages.error(request, str(refusal))
            return self._back(upload)
        lists = undo_lists(upload)
        name = lists.name_of
        shown = [
            ("Kembali ke nilai lama", [(name(c), "") for c in lists.restored[:200]]),
            ("Diarsipkan", [(name(c), "") for c in lists.archived[:200]]),
            ("Tidak dapat dibatalkan", [(name(c), reason) for c, reason in lists.left]),
        ]
        return self._render(request, "intake/undo.html", upload, lists=lists, shown=shown)

    def file_view(self, request, pk):
        """The office's own file as it came; fetching it is on record."""
        upload = self._upload(request, pk)
        if not may_fetch(request.user, upload):
            raise PermissionDenied
        content = storage.original(upload.sha256)
        if content is None:
            messages.error(request, "Isi berkas sudah tidak ada.")
            return self._back(upload)
        access.record_fetched(request.user, Upload, record=upload.pk)
        response = file_response("application/octet-stream", upload.file_name)
        response.write(content)
        return response

    def marked_view(self, request, pk):
        """The office's own workbook with what was found; masked unless it may be fetched."""
        upload = self._upload(request, pk)
        try:
            content = marked_copy(upload, request.user)
        except WorkbookRefused as refusal:
            messages.error(request, refusal.message)
            return self._back(upload)
        if content is None:
            messages.error(request, "Isi berkas sudah tidak ada.")
            return self._back(upload)
        if may_fetch(request.user, upload):
            access.record_fetched(request.user, Upload, record=upload.pk)
        response = file_response(XLSX, marked_name(upload))
        response.write(content)
        return response


_OPEN = (Upload.Status.NEEDS_ANSWER, Upload.Status.PLANNED)


def _page(request) -> int:
    number = request.GET.get("hal", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1


@admin.register(HeadingAlias)
class HeadingAliasAdmin(RecordAdmin):
    list_display = ["heading", "register", "field"]
    list_filter = ["register"]
    search_fields = ["heading"]
    fields = ["register", "heading", "field"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "register":
            choices = [(name, resource.label) for name, resource in REGISTERS.items()]
            return forms.ChoiceField(label="Daftar", choices=choices)
        if db_field.name == "field":
            groups = [(r.label, field_choices(name)) for name, r in REGISTERS.items()]
            return forms.ChoiceField(label="Arti kolom", choices=groups)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
