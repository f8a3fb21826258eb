"""The box in which a record is looked up: what is stored already is not asked for again.

Django asks the database for the record chosen when it draws such a box and when it reads it. The
form of a business has four of them, and mostly they stay as they are.
"""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models


class ChosenSelect(AutocompleteSelect):
    """A list of one choice, the record chosen, and a search for others."""

    #: The record that is stored, where the form has read it together with its own.
    stored = None

    def optgroups(self, name, value, attr=None):
        if self.stored is None or [str(key) for key in value] != [str(self.stored.pk)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.stored)
        options.append(self.create_option(name, self.stored.pk, label, True, len(options)))
        return [(None, options, 0)]


class ChosenField(forms.ModelChoiceField):
    """One record chosen among many, looked up while somebody types."""

    stored = None

    def remember(self, record) -> None:
        """The record that is stored; another one is asked for as ever."""
        if record is None or self.get_limit_choices_to():
            return
        self.stored = record
        box = getattr(self.widget, "widget", self.widget)
        if isinstance(box, ChosenSelect):
            box.stored = record

    def to_python(self, value):
        if self.stored is not None and str(value) == str(self.stored.pk):
            return self.stored
        return super().to_python(value)


def chosen_formfield(db_field, admin, kwargs) -> dict:
    """The arguments of ``formfield`` for a field of ``admin``: a reference remembers its record."""
    if not isinstance(db_field, models.ForeignKey):
        return kwargs
    if db_field.name in admin.autocomplete_fields:
        box = ChosenSelect(db_field, admin.admin_site, using=kwargs.get("using"))
        kwargs = {"widget": box, **kwargs}
    return {"form_class": ChosenField, **kwargs}


def without_deleting(form_field):
    """A form field that never offers to delete the record it refers to."""
    if form_field is not None and hasattr(form_field.widget, "can_delete_related"):
        form_field.widget.can_delete_related = False
    return form_field
