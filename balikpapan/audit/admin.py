"""How every register record is shown and edited: rights, versions, archive, history."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from . import (
    personal_data,
    trail_admin,  # noqa: F401  it registers the pages of the trail
)
from .archiving import (
    RecordActionForm,
    act_on_each,
    check_seen,
    page_name,
    redirect_to_form,
    restore_page,
    seen_name,
    show_refusal,
)
from .chain import trail_transaction
from .changelist import ArchiveFilter, ListAdmin, is_key
from .chosen import chosen_formfield, without_deleting
from .fields import holds_invisible
from .form_marks import mark_box
from .form_tokens import FormToken
from .forms import RecordForm
from .history_pages import history_page, version_page
from .masked_columns import (
    hidden_fields,
    mask_form,
    masked_columns,
    text_columns,
    with_masks,
)
from .models import Change
from .reading import read_page, typed_formfield
from .shown_values import grouped_numbers
from .store import StaleRecord, archive, restore, store
from .stored_files import refused_removed

admin.site.disable_action("delete_selected")


def conflicts_of(context) -> list[dict]:
    """What was typed into a form, or into a row below it, and meanwhile stored by another."""
    adminform = context.get("adminform")
    lines = list(getattr(adminform.form, "conflict", [])) if adminform is not None else []
    for inline in context.get("inline_admin_formsets", []):
        for row in inline.formset.initial_forms:
            lines += [
                {**line, "label": f"{row.instance}: {line['label']}"} for line in row.conflict
            ]
    return lines


class RecordAdmin(ListAdmin):
    """A register in the admin: every write goes through ``store`` and leaves a trace.

    What an act needs stands in modules of its own (``archiving``, ``form_tokens``, ``history``,
    ``masked_columns``); here are the places where Django's admin asks for it.
    """

    form = RecordForm
    action_form = RecordActionForm

    class Media:
        js = ["office/reading.js"]

    #: Fields a following new record starts with, after "Simpan dan tambah lagi".
    kept_values = ()
    #: Whether an earlier version of a record may be brought back at all.
    returns_versions = True
    #: Fields that fill themselves from others; Enter goes past them.
    derived_fields = ()
    #: Fields that the page named ``hints_page`` is asked about once somebody has left them.
    hinted_fields = ()
    hints_page = ""
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "audit/change_form.html"
    delete_confirmation_template = "audit/archive_confirmation.html"
    object_history_template = "audit/history.html"
    #: Every record list has these two; a register's own ``actions`` come beside them.
    record_actions = ("archive_selected", "restore_selected")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            ("<path:object_id>/restore/", self.restore_view, "restore"),
            ("<path:object_id>/history/<int:version>/", self.version_view, "version"),
            ("read/", self.read_view, "read"),
        ]
        names = [page_name(self.model, page).partition(":")[2] for _, _, page in own]
        return [
            *(
                path(route, wrap(view), name=name)
                for (route, view, _), name in zip(own, names, strict=True)
            ),
            *super().get_urls(),
        ]

    # Lists

    def action_checkbox(self, obj):
        """The box that chooses a row, and the version of it that the list shows."""
        box = super().action_checkbox(obj)
        name, version = seen_name(obj), obj.version
        return format_html('{}<input type="hidden" name="{}" value="{}">', box, name, version)

    def response_action(self, request, queryset):
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("A chosen row is no record.")
        return super().response_action(request, queryset)

    def _get_base_actions(self):
        own = [self.get_action(name) for name in self.record_actions]
        return [*own, *super()._get_base_actions()]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), ArchiveFilter]

    def get_list_display(self, request):
        names = with_masks(
            self.model, super().get_list_display(request), request.user, reading=True
        )
        return grouped_numbers(self.model, names)

    def get_search_fields(self, request):
        hidden = hidden_fields(self.model, request.user)
        return [name for name in super().get_search_fields(request) if name not in hidden]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        self._account_for_list(request, response)
        return response

    def _account_for_list(self, request, response):
        context = getattr(response, "context_data", None) or {}
        changelist = context.get("cl")
        if changelist is None or not personal_data.may_see(request.user):
            return
        shown_columns = set(self.model.personal_fields).intersection(changelist.list_display)
        if shown_columns:
            count = len(changelist.result_list)
            if count:
                personal_data.record_seen(
                    request.user, self.model, count=count, columns=sorted(shown_columns)
                )

    # Forms

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fields += masked_columns(self.model, request.user).values()
            if not self.has_change_permission(request, obj):
                fields += text_columns(self.model, request.user).values()
        return fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            reading = not self.has_change_permission(request, obj)
            fieldsets = [
                (
                    title,
                    {
                        **o,
                        "fields": with_masks(
                            self.model, o["fields"], request.user, reading=reading
                        ),
                    },
                )
                for title, o in fieldsets
            ]
        if self.has_change_permission(request, obj) or self.has_add_permission(request):
            fieldsets = [*fieldsets, (None, {"fields": ["opened_version"], "classes": ["hidden"]})]
        return fieldsets

    def get_object(self, request, object_id, from_field=None):
        """The record together with those its boxes have chosen, in one statement."""
        field = self.opts.get_field(from_field) if from_field else self.opts.pk
        references = [f.name for f in self.opts.fields if f.many_to_one and f.editable]
        records = self.get_queryset(request)
        if references:
            records = records.select_related(*references)
        try:
            return records.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError):
            return None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        if obj is None:
            form.made_before = FormToken(request, self.model).other_record()
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        kwargs = chosen_formfield(db_field, self, typed_formfield(db_field, kwargs))
        box = super().formfield_for_dbfield(db_field, request, **kwargs)
        return mark_box(without_deleting(box), db_field, self)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """What Django gives the rows below a form, without a copy of all that was typed for each."""
        arguments = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if request.method == "POST":
            arguments |= {"data": request.POST, "files": request.FILES}
        return arguments

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = (request, object_id, form_url, extra_context)
        if request.method == "POST":
            with refused_removed():
                return (self._save if object_id else self._add_once)(*arguments)
        response = super().changeform_view(*arguments)
        if object_id and personal_data.may_see(request.user):
            self._account_for_form(request, response)
        return response

    def _save(self, request, *arguments):
        try:
            with trail_transaction():
                return super().changeform_view(request, *arguments)
        except ValidationError as refusal:
            # Something changed between check and save: now the form itself shows what it was.
            request.refusal = refusal
            return super().changeform_view(request, *arguments)

    def _add_once(self, request, *arguments):
        token = FormToken(request, self.model)
        if record := token.repeated_record():
            return self._answer_again(request, record)
        try:
            with trail_transaction():
                response = self._save(request, *arguments)
        except IntegrityError:
            # The form was saved at the same moment by its other POST, or this is another matter.
            if record := token.repeated_record():
                return self._answer_again(request, record)
            raise
        if response.status_code == 200 and (record := token.repeated_record()):
            return self._answer_again(request, record)  # refused only because its twin was saved
        return response

    def _answer_again(self, request, record):
        """The answer to a second press: the record that the first one made."""
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, record)
        messages.info(request, f"«{record}» sudah disimpan, jadi tidak dicatat dua kali.")
        if "_addanother" in request.POST:
            return HttpResponseRedirect(self.next_form(request, record))
        if not self.has_view_or_change_permission(request, record):
            return HttpResponseRedirect(reverse("admin:index"))
        return redirect_to_form(self.model, record.pk)

    def _account_for_form(self, request, response):
        obj = (getattr(response, "context_data", None) or {}).get("original")
        filled = [n for n in self.model.personal_fields if obj and getattr(obj, n)]
        if filled:
            personal_data.record_seen(request.user, self.model, record=obj.pk, columns=filled)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        mask_form(context, request.user, obj, self.has_change_permission(request, obj))
        context["conflict"] = conflicts_of(context)
        context["read_url"] = reverse(page_name(self.model, "read"))
        if self.hints_page:
            context["hints_url"] = reverse(f"admin:{self.hints_page}")
        if add:
            context["form_token"] = FormToken(request, self.model).for_next_page()
        if obj is not None:
            context["archived"] = obj.archived_at is not None
            context["may_restore"] = super().has_delete_permission(request, obj)
            context["restore_url"] = reverse(page_name(self.model, "restore"), args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        store(obj, by=request.user, channel=Change.Channel.FORM)
        self.after_store(request, obj)

    def after_store(self, request, obj):
        """What follows once the record was written by its form or brought back to a version."""

    def save_formset(self, request, form, formset, change):
        for record in formset.save(commit=False):
            store(record, by=request.user, channel=Change.Channel.FORM)
        for record in formset.deleted_objects:
            # As it is stored: what was typed into a row that is taken away is not its contents.
            version = record.version
            record.refresh_from_db()
            if record.version != version:
                raise StaleRecord(record)
            archive(record, by=request.user, channel=Change.Channel.FORM)
        formset.save_m2m()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not any(holds_invisible(text) for _, texts in request.POST.lists() for text in texts):
            return
        tidied = [f"«{label}»" for label in form.tidied_labels()]
        for formset in formsets:
            kind = formset.model._meta.verbose_name
            staying = [one for one in formset.forms if one not in formset.deleted_forms]
            tidied += [f"«{label}» ({kind})" for one in staying for label in one.tidied_labels()]
        if tidied:
            names = ", ".join(dict.fromkeys(tidied))
            messages.warning(request, f"Karakter tak tampak dibuang dari {names}.")

    def response_add(self, request, obj, post_url_continue=None):
        FormToken(request, self.model).use_up(obj)
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            response["Location"] = self.next_form(request, obj)
        return response

    def next_form(self, request, obj):
        """Where a following new record is typed, begun with what it shares with this one."""
        values = {n: getattr(obj, n) for n in self.kept_values if getattr(obj, n)}
        pairs = urlencode({name: getattr(v, "pk", v) for name, v in values.items()})
        return f"{request.path}?{pairs}" if pairs else request.path

    def read_view(self, request):
        """What a text typed into one of the form's boxes is read as, as JSON."""
        return read_page(self, request)

    # Deleting is archiving

    def has_delete_permission(self, request, obj=None):
        if obj is not None and getattr(obj, "archived_at", None):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        return [str(obj) for obj in objs], {}, set(), []

    def delete_model(self, request, obj):
        check_seen(obj, request.POST.get("opened_version"))
        archive(obj, by=request.user, channel=Change.Channel.FORM)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            with trail_transaction():
                return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            show_refusal(request, refusal)
            return redirect_to_form(self.model, object_id)

    def restore_view(self, request, object_id):
        """Brings one archived record back."""
        may_archive = super().has_delete_permission
        return restore_page(
            self, request, object_id, allowed=lambda record: may_archive(request, record)
        )

    @admin.action(description="Arsipkan yang dipilih", permissions=["delete"])
    def archive_selected(self, request, queryset):
        act_on_each(request, queryset.filter(archived_at=None), archive, "diarsipkan")

    @admin.action(description="Kembalikan dari arsip", permissions=["delete"])
    def restore_selected(self, request, queryset):
        act_on_each(request, queryset.exclude(archived_at=None), restore, "dikembalikan")

    # History: our own trail replaces Django's log

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return history_page(self, request, obj, extra_context)

    def version_view(self, request, object_id, version):
        """One version of a record, and the way back to it."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return version_page(self, request, obj, version)
