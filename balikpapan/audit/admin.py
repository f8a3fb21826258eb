"""How every register record is shown and edited: rights, versions, archive, history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from . import personal_data
from .changelist import ArchiveFilter, OfferedLookups
from .form_tokens import SavesOnce
from .forms import RecordForm, shown
from .models import Change, ReadAccess
from .store import BOOKKEEPING, StaleRecord, archive, restore, store

admin.site.disable_action("delete_selected")


class MaskedFields:
    """Personal fields are read-only and masked for whoever may not see them."""

    def hidden_fields(self, request, obj=None):
        """The personal fields this user may not see; on a new record they may be filled."""
        if personal_data.may_see(request.user):
            return ()
        return self.model.personal_fields

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fields.extend(f"masked_{name}" for name in self.hidden_fields(request, obj))
        return fields

    def __getattr__(self, name):
        if name.startswith("masked_"):
            field = name.removeprefix("masked_")
            if field in self.model.personal_fields:
                return _masked_column(self.model._meta.get_field(field))
        raise AttributeError(name)

    def _with_masks(self, names, request, obj):
        hidden = set(self.hidden_fields(request, obj))
        replaced = []
        for name in names:
            if isinstance(name, list | tuple):
                replaced.append(tuple(self._with_masks(name, request, obj)))
            else:
                replaced.append(f"masked_{name}" if name in hidden else name)
        return replaced


def _masked_column(model_field):
    @admin.display(description=model_field.verbose_name, empty_value="–")
    def column(obj):
        return personal_data.masked(model_field.name, getattr(obj, model_field.name)) or None

    return column


class NoDeletingAcross:
    """A form never offers to delete the record a field refers to."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class RecordInline(MaskedFields, NoDeletingAcross, admin.TabularInline):
    """Records of another kind edited within the form of the one they belong to."""

    form = RecordForm
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).filter(archived_at=None)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (None, {"fields": ["opened_version"]})]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.editor = request.user
        return formset


class RecordAdmin(MaskedFields, OfferedLookups, NoDeletingAcross, SavesOnce, admin.ModelAdmin):
    """A register in the admin: every write goes through ``store`` and leaves a trace."""

    form = RecordForm
    #: Fields a following new record starts with, after "Simpan dan tambah lagi".
    kept_values = ()
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "audit/change_form.html"
    delete_confirmation_template = "audit/archive_confirmation.html"
    object_history_template = "audit/history.html"
    #: Every record list has these two; a register's own ``actions`` come beside them.
    record_actions = ("archive_selected", "restore_selected")

    # Lists

    def _get_base_actions(self):
        own = [self.get_action(name) for name in self.record_actions]
        return [*own, *super()._get_base_actions()]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), ArchiveFilter]

    def get_list_display(self, request):
        return self._with_masks(super().get_list_display(request), request, object())

    def get_search_fields(self, request):
        hidden = set(self.hidden_fields(request))
        return [name for name in super().get_search_fields(request) if name not in hidden]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        self._account_for_list(request, response)
        return response

    def _account_for_list(self, request, response):
        shown_columns = set(self.list_display) & set(self.model.personal_fields)
        context = getattr(response, "context_data", None) or {}
        changelist = context.get("cl")
        if shown_columns and changelist is not None and personal_data.may_see(request.user):
            count = len(changelist.result_list)
            if count:
                personal_data.record_seen(
                    request.user, self.model, count=count, columns=sorted(shown_columns)
                )

    # Forms

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            fieldsets = [
                (title, {**options, "fields": self._with_masks(options["fields"], request, obj)})
                for title, options in fieldsets
            ]
        if self.has_change_permission(request, obj) or self.has_add_permission(request):
            fieldsets = [*fieldsets, (None, {"fields": ["opened_version"], "classes": ["hidden"]})]
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        if obj is None:
            form.made_before = self.made_before(request)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic():
                response = super().changeform_view(request, object_id, form_url, extra_context)
        except StaleRecord:
            # Somebody was first between check and save: now the form itself shows the conflict.
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            request.method = "GET"
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "GET" and object_id and personal_data.may_see(request.user):
            self._account_for_form(request, response)
        return response

    def _account_for_form(self, request, response):
        obj = (getattr(response, "context_data", None) or {}).get("original")
        filled = [n for n in self.model.personal_fields if obj and getattr(obj, n)]
        if filled:
            personal_data.record_seen(request.user, self.model, record=obj.pk, columns=filled)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        adminform = context.get("adminform")
        if adminform is not None:
            context["conflict"] = getattr(adminform.form, "conflict", [])
        if obj is not None:
            context["archived"] = obj.archived_at is not None
            context["restore_url"] = reverse(self._url_name("restore"), args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        store(obj, by=request.user, channel=Change.Channel.FORM)

    def save_formset(self, request, form, formset, change):
        for record in formset.save(commit=False):
            store(record, by=request.user, channel=Change.Channel.FORM)
        for record in formset.deleted_objects:
            archive(record, by=request.user, channel=Change.Channel.FORM)
        formset.save_m2m()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        tidied = [f"«{label}»" for label in form.tidied_labels()]
        for formset in formsets:
            kind = formset.model._meta.verbose_name
            kept = [one for one in formset.forms if one not in formset.deleted_forms]
            tidied += [f"«{label}» ({kind})" for one in kept for label in one.tidied_labels()]
        if tidied:
            names = ", ".join(dict.fromkeys(tidied))
            messages.warning(request, f"Karakter tak tampak dibuang dari {names}.")

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            response["Location"] = self.next_form(request, obj)
        return response

    def next_form(self, request, obj):
        """Where a following new record is typed, begun with what it shares with this one."""
        kept = {n: getattr(obj, n) for n in self.kept_values if getattr(obj, n)}
        pairs = urlencode({name: getattr(v, "pk", v) for name, v in kept.items()})
        return f"{request.path}?{pairs}" if pairs else request.path

    # Deleting is archiving

    def has_delete_permission(self, request, obj=None):
        if obj is not None and getattr(obj, "archived_at", None):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        return [str(obj) for obj in objs], {}, set(), []

    def delete_model(self, request, obj):
        archive(obj, by=request.user, channel=Change.Channel.FORM)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            return self._redirect_to_form(object_id)

    @admin.action(description="Arsipkan yang dipilih", permissions=["delete"])
    def archive_selected(self, request, queryset):
        self._each(request, queryset.filter(archived_at=None), archive, "diarsipkan")

    @admin.action(description="Kembalikan dari arsip", permissions=["delete"])
    def restore_selected(self, request, queryset):
        self._each(request, queryset.exclude(archived_at=None), restore, "dikembalikan")

    def _each(self, request, queryset, act, done):
        count = 0
        for record in queryset:
            try:
                act(record, by=request.user, channel=Change.Channel.FORM)
                count += 1
            except ValidationError as refusal:
                messages.error(request, f"{record}: {' '.join(refusal.messages)}")
        if count:
            messages.success(request, f"{count} catatan {done}.")

    def get_urls(self):
        own = [
            path(
                "<path:object_id>/restore/",
                self.admin_site.admin_view(self.restore_view),
                name=self._url_name("restore").partition(":")[2],
            )
        ]
        return [*own, *super().get_urls()]

    def _url_name(self, what):
        meta = self.model._meta
        return f"admin:{meta.app_label}_{meta.model_name}_{what}"

    def _redirect_to_form(self, object_id):
        return HttpResponseRedirect(reverse(self._url_name("change"), args=[object_id]))

    def restore_view(self, request, object_id):
        """Brings one archived record back."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST" or not super().has_delete_permission(request, obj):
            raise PermissionDenied
        try:
            restore(obj, by=request.user, channel=Change.Channel.FORM)
            messages.success(request, f"{obj} dikembalikan dari arsip.")
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
        return self._redirect_to_form(object_id)

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
        changes = Change.objects.of(obj).select_related("by")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Riwayat: {obj}",
            "entries": [history_entry(change, self.model, request.user) for change in changes],
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def history_entry(change, model, user):
    """One line of a record's history, personal values masked for whoever may not see them."""
    fields = {f.attname: f for f in model._meta.concrete_fields if f.name not in BOOKKEEPING}
    hidden = () if personal_data.may_see(user) else model.personal_fields
    lines = []
    for name in {**change.before, **change.after}:
        field = fields.get(name)
        if field is None:
            continue
        pair = [_read_back(field, values.get(name)) for values in (change.before, change.after)]
        if field.name in hidden:
            pair = [personal_data.masked(field.name, value) or "–" for value in pair]
        else:
            pair = [shown(field, value) for value in pair]
        lines.append({"label": field.verbose_name, "old": pair[0], "new": pair[1]})
    return {"change": change, "lines": lines}


def _read_back(field, value):
    if value is None:
        return None
    return (field.target_field if field.remote_field else field).to_python(value)


class ReadOnlyAdmin(OfferedLookups, admin.ModelAdmin):
    """A trail: it can be read by whoever has the right, and changed by nobody."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReadAccess)
class ReadAccessAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "kind", "model", "record", "count"]
    list_filter = ["kind"]
    list_select_related = ["by"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "action", "model", "record", "channel", "upload", "sheet", "row"]
    list_filter = ["action", "channel", "model"]
    list_select_related = ["by"]
    exclude = ["before", "after"]
    readonly_fields = ["contents"]

    @admin.display(description="isi perubahan")
    def contents(self, obj):
        return ", ".join(sorted({**obj.before, **obj.after}))
