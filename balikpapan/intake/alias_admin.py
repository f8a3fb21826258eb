"""What the importer has learnt from the staff: headings and words, editable and archivable."""

from django import forms
from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin

from .labels import field_choices, sheet_label
from .models import HeadingAlias, ValueAlias
from .pages.list_filters import RegisterFilter
from .resources import REGISTERS


class AliasAdmin(RecordAdmin):
    """What something in an office's own sheet means in one register."""

    list_filter = [RegisterFilter]
    field_label = "Arti kolom"

    @admin.display(description="daftar", ordering="register")
    def sheet(self, obj):
        return sheet_label(obj.register)

    @admin.display(description="kolom", ordering="field")
    def column(self, obj):
        labels = dict(field_choices(obj.register)) if obj.register in REGISTERS else {}
        return labels.get(obj.field, obj.field)

    def fields_of(self, register) -> list[tuple[str, str]]:
        """The columns of a register that such an alias can be about."""
        return field_choices(register)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "register":
            choices = [(name, resource.label) for name, resource in REGISTERS.items()]
            return forms.ChoiceField(label="Daftar", choices=choices)
        if db_field.name == "field":
            groups = [(r.label, self.fields_of(name)) for name, r in REGISTERS.items()]
            return forms.ChoiceField(label=self.field_label, choices=groups)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(HeadingAlias)
class HeadingAliasAdmin(AliasAdmin):
    list_display = ["heading", "sheet", "meaning"]
    search_fields = ["heading"]
    fields = ["register", "heading", "field"]

    @admin.display(description="arti kolom", ordering="field")
    def meaning(self, obj):
        return self.column(obj)


@admin.register(ValueAlias)
class ValueAliasAdmin(AliasAdmin):
    list_display = ["word", "meaning", "column", "sheet"]
    search_fields = ["word", "value"]
    fields = ["register", "field", "word", "value"]
    field_label = "Kolom"

    @admin.display(description="dibaca sebagai", ordering="value")
    def meaning(self, obj):
        return obj.value or "(kosong)"

    def fields_of(self, register):
        columns = REGISTERS[register].columns()
        return [pair for pair in field_choices(register) if columns[pair[0]].widget.word_codes]
