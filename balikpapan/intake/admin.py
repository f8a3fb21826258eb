"""The upload pages of the admin."""

from functools import partial, wraps

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult

from balikpapan.audit import personal_data
from balikpapan.audit.acts import acts_page
from balikpapan.audit.purpose import PurposeForm
from balikpapan.audit.trail_admin import ReadOnlyAdmin
from balikpapan.downloads import file_response
from balikpapan.lists.pages import ListPages
from balikpapan.spreadsheets.cells import format_whole
from balikpapan.spreadsheets.errors import WorkbookRefused

from . import storage, work, working_file
from .alias_admin import HeadingAliasAdmin, ValueAliasAdmin
from .answers import Answers
from .confirmation import PlanChanged
from .exports.annotated_copy import marked_copy, marked_name
from .jobs.dispatch import answer, confirm, receive, reverse_upload
from .labels import sheet_label
from .models import StateChanged, Upload
from .pages.forms import AnswerForm, MappingForm
from .pages.groups import group_page
from .pages.handing_in import find_page, new_page, other_register
from .pages.held import answers_from, decisions_about, held_page
from .pages.list_filters import HeldFilter, RegisterFilter
from .pages.paging import page_number
from .pages.preview import columns_of, groups_of
from .pages.problems import problem_page
from .pages.progress import ProgressPages, may_retry
from .pages.register_buttons import SheetAdmin
from .pages.result import acts_of_upload, records_of, undone_by, written_by
from .pages.samples import samples_of
from .pages.words import WordsForm, words_of, words_question
from .permissions import (
    may,
    may_confirm,
    may_fetch,
    may_undo,
    may_view,
    may_view_model,
    may_view_register,
    viewable_registers,
)
from .planning.plan import ACTIONS
from .resources import REGISTERS
from .undo import NotUndone, is_undoable

__all__ = ["HeadingAliasAdmin", "SheetAdmin", "UploadAdmin", "ValueAliasAdmin"]


# The worker's own table speaks English and is nothing to work with; an upload's page says it all.
admin.site.unregister(DBTaskResult)


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """The history of uploads; one upload's own page leads from file to stored rows."""

    list_display = ["at", "sheet", "file_name", "by", "status", "new", "changed", "held"]
    list_filter = [RegisterFilter, "status", HeldFilter]
    linked_lookups = ("by__id__exact",)
    list_select_related = ["by"]
    search_fields = ["file_name", "sha256"]
    change_list_template = "intake/uploads.html"

    @admin.display(description="daftar", ordering="register")
    def sheet(self, obj):
        return sheet_label(obj.register)

    @admin.display(description="baru")
    def new(self, obj):
        return number(obj.counts.get("new", 0))

    @admin.display(description="berubah")
    def changed(self, obj):
        return number(obj.counts.get("changed", 0))

    @admin.display(description="ditahan")
    def held(self, obj):
        return number(obj.counts.get("held", 0))

    def get_queryset(self, request):
        viewable = viewable_registers(partial(may_view_model, request.user))
        return super().get_queryset(request).filter(register__in=viewable)

    def changelist_view(self, request, extra_context=None):
        registers = [
            {"register": name, "label": resource.label}
            for name, resource in REGISTERS.items()
            if may(request.user, "import", name)
        ]
        return super().changelist_view(request, {"registers": registers, **(extra_context or {})})

    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(_as_it_stands(view))

        return [
            path("new/", self.admin_site.admin_view(find_page), name="intake_upload_find"),
            path(
                "new/<str:register>/",
                self.admin_site.admin_view(partial(new_page, self.admin_site, self.opts)),
                name="intake_upload_new",
            ),
            path("<int:pk>/change/", wrap(self.page), name="intake_upload_change"),
            path("<int:pk>/answer/", wrap(self.answer_view), name="intake_upload_answer"),
            path("<int:pk>/words/", wrap(self.words_view), name="intake_upload_words"),
            path("<int:pk>/mapping/", wrap(self.mapping_view), name="intake_upload_mapping"),
            path("<int:pk>/confirm/", wrap(self.confirm_view), name="intake_upload_confirm"),
            path("<int:pk>/problems/", wrap(self.problems_view), name="intake_upload_problems"),
            path("<int:pk>/history/", wrap(self.acts_view), name="intake_upload_history"),
            path("<int:pk>/held/", wrap(self.held_view), name="intake_upload_held"),
            path("<int:pk>/resume/", wrap(self.resume_view), name="intake_upload_resume"),
            path("<int:pk>/undo/", wrap(self.undo_view), name="intake_upload_undo"),
            path("<int:pk>/file/", wrap(self.file_view), name="intake_upload_file"),
            *ProgressPages(self).urls(wrap),
            path("<int:pk>/marked/", wrap(self.marked_view), name="intake_upload_marked"),
            *ListPages(self).urls(),
            *[url for url in super().get_urls() if url.name == "intake_upload_changelist"],
        ]

    # One upload

    def upload_of(self, request, pk, *, own=False) -> Upload:
        """The upload of an address; only the user's own one with ``own``, which is worked on.

        Raises Http404 where there is none for this user, PermissionDenied where its register may
        not be seen.
        """
        upload = Upload.objects.select_related("by", "stored_by", "undone_by").filter(pk=pk).first()
        mine = upload is not None and upload.by_id == request.user.pk
        if upload is None or (own and not mine):
            raise Http404
        if not may_view(request.user, upload):
            raise Http404
        if not may_view_register(request.user, upload.register):
            raise PermissionDenied
        if own and not may(request.user, "import", upload.register):
            raise PermissionDenied
        if upload.status == Upload.Status.PLANNED and not working_file.has_cells(upload):
            answer(upload, Answers.from_json(upload.answers), upload.by)
        return upload

    def render(self, request, template, upload, **context):
        """A page of an upload."""
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

    def back_to(self, upload):
        """Leads to the page of an upload as it stands."""
        return HttpResponseRedirect(reverse("admin:intake_upload_change", args=[upload.pk]))

    def page(self, request, pk):
        """The upload as it stands: questions, preview, or result."""
        work.reap()
        upload = self.upload_of(request, pk)
        status = Upload.Status
        if upload.status == status.WORKING:
            return ProgressPages(self).working_page(request, upload)
        if upload.status == status.NEEDS_ANSWER:
            return self._questions(request, upload)
        if upload.status == status.PLANNED:
            return self._preview(request, upload)
        return self.render(
            request,
            "intake/result.html",
            upload,
            groups=groups_of(upload),
            columns=columns_of(upload),
            written=written_by(upload),
            records=records_of(upload, request.user),
            other=other_register(request.user, upload),
            may_undo=is_undoable(upload) and may_undo(request.user, upload),
            may_fetch=may_fetch(request.user, upload),
            may_retry=may_retry(upload),
            step=4,
        )

    def _questions(self, request, upload, data=None):
        asked = any(question["key"] == "columns" for question in upload.questions)
        samples = samples_of(upload, request.user) if asked else {}
        form = AnswerForm(upload, data, samples)
        return self.render(request, "intake/questions.html", upload, form=form, step=2)

    def _preview(self, request, upload, answer_form=None, mapping_form=None):
        action = request.GET.get("kelompok", "")
        if action not in ACTIONS:
            action = next((g["key"] for g in groups_of(upload) if g["count"]), next(iter(ACTIONS)))
        columns = columns_of(upload)
        return self.render(
            request,
            "intake/preview.html",
            upload,
            step=3,
            groups=groups_of(upload),
            action=action,
            listing=group_page(upload, action, page_number(request), request.user),
            columns=columns,
            form=answer_form or AnswerForm(upload),
            mapping_form=mapping_form or MappingForm(upload, columns),
            words=words_question(upload),
            may_confirm=may_confirm(request.user, upload),
            four_eyes=settings.FOUR_EYES,
            stores_something=upload.counts.get("new") or upload.counts.get("changed"),
        )

    def answer_view(self, request, pk):
        """The answers to an upload's questions."""
        upload = self.upload_of(request, pk, own=True)
        if request.method != "POST" or upload.status not in Upload.WAITING:
            return self.back_to(upload)
        form = AnswerForm(upload, request.POST)
        if not form.is_valid():
            if upload.status == Upload.Status.PLANNED:
                return self._preview(request, upload, answer_form=form)
            return self._questions(request, upload, request.POST)
        answer(upload, form.answers(), request.user)
        return self.back_to(upload)

    def words_view(self, request, pk):
        """Every word that no list knows, column by column, and what it means."""
        upload = self.upload_of(request, pk, own=True)
        if upload.status != Upload.Status.PLANNED or not words_of(upload):
            return self.back_to(upload)
        form = WordsForm(upload, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            answer(upload, form.answers(), request.user)
            return self.back_to(upload)
        return self.render(request, "intake/words.html", upload, form=form, step=2)

    def mapping_view(self, request, pk):
        """The corrected meaning of the columns."""
        upload = self.upload_of(request, pk, own=True)
        if request.method == "POST" and upload.status in Upload.WAITING:
            form = MappingForm(upload, columns_of(upload), request.POST)
            if form.is_valid():
                answer(upload, form.answers(), request.user)
        return self.back_to(upload)

    def confirm_view(self, request, pk):
        """Stores the previewed plan, once."""
        upload = self.upload_of(request, pk, own=not settings.FOUR_EYES)
        if not may_confirm(request.user, upload):
            raise PermissionDenied
        if request.method != "POST":
            return self.back_to(upload)
        if request.POST.get("fingerprint") != upload.fingerprint and upload.status == (
            Upload.Status.PLANNED
        ):
            messages.warning(request, "Rencana sudah berubah. Periksa pratinjau yang baru.")
            return self.back_to(upload)
        try:
            confirm(upload, request.user)
        except PlanChanged:
            # An upload that was refused says on its page why.
            if upload.status != Upload.Status.REFUSED:
                messages.warning(request, Upload.Reason.PLAN_CHANGED.label)
        return self.back_to(upload)

    def acts_view(self, request, pk):
        """What became of an upload, step by step."""
        upload = self.upload_of(request, pk)
        return acts_page(self, request, upload, acts_of_upload(upload))

    def problems_view(self, request, pk):
        """Everything the file had to say, the gravest first."""
        upload = self.upload_of(request, pk)
        if not working_file.has_cells(upload):
            messages.error(request, "Kesalahan dan catatan unggahan ini sudah tidak ada.")
            return self.back_to(upload)
        severity = request.GET.get("tingkat", "")
        return self.render(
            request,
            "intake/problems.html",
            upload,
            listing=problem_page(upload, severity, page_number(request), request.user),
            severity=severity,
        )

    def held_view(self, request, pk):
        """The rows that wait: retype a cell, decide a doubt, and have them checked again."""
        upload = self.upload_of(request, pk, own=True)
        if upload.status != Upload.Status.PLANNED:
            return self.back_to(upload)
        if request.method == "POST":
            answer(upload, answers_from(upload, request.POST), request.user)
            if upload.status != Upload.Status.PLANNED or not upload.counts.get("held"):
                return self.back_to(upload)
            return HttpResponseRedirect(reverse("admin:intake_upload_held", args=[pk]))
        listing = held_page(upload, page_number(request), request.user)
        return self.render(
            request,
            "intake/held.html",
            upload,
            listing=listing,
            decisions=decisions_about(REGISTERS[upload.register]),
        )

    def resume_view(self, request, pk):
        """Takes up the held rows of a stored upload: the same file, planned on what is there."""
        earlier = self.upload_of(request, pk, own=True)
        content = storage.original(earlier.sha256)
        if request.method != "POST" or content is None:
            return self.back_to(earlier)
        answers = Answers.from_json(earlier.answers)
        upload = receive(earlier.register, content, earlier.file_name, answers, request.user)
        if upload.status != Upload.Status.PLANNED:
            return self.back_to(upload)
        return HttpResponseRedirect(reverse("admin:intake_upload_held", args=[upload.pk]))

    def undo_view(self, request, pk):
        """The three lists of an undo, and the undo itself."""
        upload = self.upload_of(request, pk)
        if not is_undoable(upload) or not may_undo(request.user, upload):
            raise PermissionDenied
        if request.method == "POST":
            try:
                reverse_upload(upload, request.user)
            except NotUndone as refusal:
                messages.error(request, str(refusal))
            return self.back_to(upload)
        return self.render(request, "intake/undo.html", upload, **undone_by(upload))

    def file_view(self, request, pk):
        """The office's own file as it came; fetching it is on record."""
        upload = self.upload_of(request, pk)
        if not may_fetch(request.user, upload):
            raise PermissionDenied
        content = storage.original(upload.sha256)
        if content is None:
            messages.error(request, "Isi berkas sudah tidak ada.")
            return self.back_to(upload)
        form = PurposeForm(request.POST or None)
        if not form.is_valid():
            return self.render(request, "intake/purpose.html", upload, form=form)
        purpose = form.cleaned_data["purpose"]
        personal_data.record_fetched(request.user, Upload, record=upload.pk, purpose=purpose)
        return file_response(upload.file_name, content, foreign=True)

    def marked_view(self, request, pk):
        """The office's own workbook with what was found; masked unless it may be fetched."""
        upload = self.upload_of(request, pk)
        try:
            content = marked_copy(upload, request.user)
        except WorkbookRefused as refusal:
            messages.error(request, refusal.message)
            return self.back_to(upload)
        if content is None:
            messages.error(request, "Isi berkas sudah tidak ada.")
            return self.back_to(upload)
        if may_fetch(request.user, upload):
            personal_data.record_fetched(
                request.user, Upload, record=upload.pk, purpose="perbaikan berkas unggahan"
            )
        return file_response(marked_name(upload), content)


def _as_it_stands(view):
    """Shows the upload as it is now where somebody else changed it while it was looked at."""

    @wraps(view)
    def shown(request, pk):
        try:
            return view(request, pk)
        except (StateChanged, working_file.WorkingFileBroken):
            messages.warning(request, CHANGED_ELSEWHERE)
            return HttpResponseRedirect(reverse("admin:intake_upload_change", args=[pk]))

    return shown


CHANGED_ELSEWHERE = (
    "Unggahan ini baru saja diubah dari jendela lain, jadi isian Anda tidak dipakai. "
    "Inilah keadaannya sekarang."
)


def number(count: int) -> str:
    """A count in a list, below the others of its column."""
    return format_html('<span class="num">{}</span>', format_whole(count))
