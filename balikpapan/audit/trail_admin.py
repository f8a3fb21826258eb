"""The trail in the admin: who changed, who saw, and of what kind of record, in the office's words."""

from django.apps import apps
from django.contrib import admin
from django.utils.text import capfirst

from .acts import acts_in_trail, acts_view
from .changelist import ListAdmin
from .masked_columns import mask_form
from .models import Change, ReadAccess


def kind_name(label: str) -> str:
    """What people call a kind of record: "industry.business" is "Usaha IKM".

    The name of a kind the program no longer has is shown as it was noted.
    """
    try:
        return capfirst(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def field_names(label: str, names) -> str:
    """What people call fields of a kind of record, in alphabetical order."""
    try:
        model = apps.get_model(label)
        fields = {f.name: f.verbose_name for f in model._meta.get_fields() if f.concrete}
    except (LookupError, ValueError):
        fields = {}
    return ", ".join(sorted(str(fields.get(name, name)) for name in names))


class KindFilter(admin.AllValuesFieldListFilter):
    """The kinds of records of a list, by the names people know."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": kind_name(str(choice["display"]))}


class ReadOnlyAdmin(ListAdmin):
    """What can be read by whoever has the right, and changed by nobody: a trail, the groups."""

    history_view = acts_view
    acts_of = staticmethod(acts_in_trail)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *arguments, obj=None, **options):
        mask_form(context, request.user, obj, False)
        return super().render_change_form(request, context, *arguments, obj=obj, **options)


@admin.register(ReadAccess)
class ReadAccessAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "kind", "about", "record", "count", "purpose"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    fields = ["at", "by", "kind", "about", "record", "count", "seen_fields", "filter", "purpose"]
    readonly_fields = ["about", "seen_fields"]

    @admin.display(description="jenis catatan", ordering="model")
    def about(self, obj):
        return kind_name(obj.model)

    @admin.display(description="kolom")
    def seen_fields(self, obj):
        return field_names(obj.model, filter(None, obj.columns.split(", ")))


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "action", "about", "record", "channel", "upload", "sheet", "row"]
    list_filter = ["action", "channel", ("model", KindFilter)]
    list_select_related = ["by"]
    exclude = ["model", "before", "after"]
    readonly_fields = ["about", "contents"]

    @admin.display(description="jenis catatan", ordering="model")
    def about(self, obj):
        return kind_name(obj.model)

    @admin.display(description="isi perubahan")
    def contents(self, obj):
        return field_names(obj.model, {**obj.before, **obj.after})
