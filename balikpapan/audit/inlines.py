"""Records of another kind edited within the form of the one they belong to."""

from django.contrib import admin
from django.utils.text import capfirst

from .chosen import without_deleting
from .form_marks import mark_box
from .forms import RecordForm, RecordFormSet
from .reading import typed_formfield


class RecordInline(admin.TabularInline):
    """Records of another kind edited within the form of the one they belong to."""

    form = RecordForm
    formset = RecordFormSet
    template = "audit/inline_rows.html"
    extra = 0
    #: Fields that fill themselves from others; Enter goes past them.
    derived_fields = ()
    hinted_fields = ()

    def get_queryset(self, request):
        return super().get_queryset(request).filter(archived_at=None)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (None, {"fields": ["opened_version"]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        kwargs = typed_formfield(db_field, kwargs)
        box = super().formfield_for_dbfield(db_field, request, **kwargs)
        if box is not None:
            # The heading of a column is no label to those who hear the form.
            box.widget.attrs["aria-label"] = capfirst(box.label)
        return mark_box(without_deleting(box), db_field, self)
