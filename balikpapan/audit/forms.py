"""The form of a record: it notices another editor and keeps what the second one typed."""

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import BadRequest, ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.forms.utils import ErrorDict
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.text import capfirst

from .changelist import is_key
from .chosen import ChosenField
from .fields import holds_invisible
from .history import display_value
from .models import Change
from .store import BOOKKEEPING, FrozenYear, check_open, read_traced

INCOMPLETE = "Halaman ini tidak lengkap terkirim. Buka lagi, lalu simpan."


class RecordForm(forms.ModelForm):
    """A record's form with the version its editor saw when the page was opened."""

    opened_version = forms.IntegerField(
        required=False,
        # A draft is compared with the record as it stood when the draft was begun.
        widget=forms.HiddenInput(attrs={"data-draft": "1"}),
    )
    #: The record that this very form has made already, with other contents.
    made_before = None
    #: Why ``store`` refused these contents a moment ago, although this form had accepted them.
    refusal = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: Lines (label, original, current, yours) of what was typed here and stored by another.
        self.conflict = []
        #: The changes made since the form was opened; None while there are none.
        self.changes_since = None
        if self.is_bound:
            self._refuse_forged_keys()
        if self.instance.pk:
            self.fields["opened_version"].initial = self.instance.version
            self._remember_chosen()

    def _remember_chosen(self):
        """Tells the boxes that look records up which ones were read together with this one."""
        read_along = self.instance._state.fields_cache
        for name, field in self.fields.items():
            if isinstance(field, ChosenField):
                field.remember(read_along.get(name))

    def _refuse_forged_keys(self):
        """No list of choices of ours offers such a key, and the database may fail over it."""
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                key = self.data.get(self.add_prefix(name))
                if key and not is_key(str(key)):
                    raise BadRequest(f"{name} is no record.")

    def has_changed(self):
        # A new row whose prefilled values were cleared is as blank as one nobody touched.
        return super().has_changed() and not (self.empty_permitted and self._is_cleared())

    def _is_cleared(self):
        return all(not str(self[name].data or "").strip() for name in self.changed_data)

    def full_clean(self):
        if self.prefix and self.instance.pk and self.is_bound and not self.has_changed():
            # A row below the form that nobody touched is neither checked nor saved.
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("opened_version")
        if self.instance.pk and seen is not None:
            self._compare_versions(cleaned, seen)
        elif self.instance.pk and self.has_changed():
            raise ValidationError(INCOMPLETE)
        if self.made_before is not None:
            raise ValidationError(
                f"Formulir ini sudah menyimpan «{self.made_before}», dan isinya kini berbeda. Bila "
                "ini catatan lain, tekan Simpan sekali lagi; bila perbaikan, buka catatan itu."
            )
        self._refuse_closed_year(cleaned)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        # As a rule the form now sees for itself what had changed; else it repeats the refusal.
        if self.refusal is not None and not self.errors:
            self.add_error(None, ValidationError(self.refusal.messages))

    def uncheck(self, name: str) -> None:
        """Shows a box unticked although it was ticked."""
        data = self.data.copy()
        data.pop(self.add_prefix(name), None)
        self.data = data

    def tidied_labels(self) -> list[str]:
        """What the fields are called that were typed with characters nobody sees."""
        return [
            bound.label
            for bound in self.visible_fields()
            if isinstance(bound.data, str) and holds_invisible(bound.data)
        ]

    def _refuse_closed_year(self, cleaned):
        """Told here so that the typing stays; ``store`` would refuse all the same."""
        name = self._meta.model.year_field
        if name is None or not self.has_changed():
            return
        try:
            check_open(self._meta.model, [getattr(self.instance, name), cleaned.get(name)])
        except FrozenYear as refusal:
            self.add_error(name if name in self.fields else None, refusal)

    def _compare_versions(self, cleaned, seen):
        """Stale is stale whoever typed: another editor, or oneself in a second tab."""
        if self.instance.version == seen:
            return  # ``store`` asks once more, in the statement that writes
        current = type(self.instance)._base_manager.get(pk=self.instance.pk)
        since = list(
            Change.objects.of(current).filter(version__gt=seen).select_related("by").order_by("id")
        )
        self.instance.version, self.changes_since = current.version, since
        if self._take_over(cleaned, current, since):
            raise ValidationError(
                f"Catatan ini sudah diubah oleh {last_editor(since)} sejak Anda membukanya, jadi "
                "belum disimpan. Isian Anda masih ada di bawah. Periksa perbedaannya, lalu simpan "
                "lagi."
            )

    def _take_over(self, cleaned, current, since) -> bool:
        """Takes over what was changed since and not typed here; lists what was both.

        True where something was typed that is not stored yet, so that somebody must look.
        """
        originals = _originals(since)
        data = self.data.copy()
        typed = bool(self.errors)
        for name, bound in self.fields.items():
            model_field = _concrete_field(current, name)
            if model_field is None:
                continue
            now = getattr(current, model_field.attname)
            mine = cleaned.get(name)
            mine = getattr(mine, "pk", mine)
            if _blank(mine) == _blank(now):
                continue
            if model_field.attname in originals:
                was = read_traced(model_field, originals[model_field.attname])
                if name in self.errors:
                    continue
                if _blank(mine) == _blank(was):
                    prepared = bound.prepare_value(now)
                    data[self.add_prefix(name)] = "" if prepared is None else str(prepared)
                    cleaned[name] = getattr(current, name)
                    continue
                self.conflict.append(
                    {
                        "label": bound.label or name,
                        "original": display_value(model_field, was),
                        "current": display_value(model_field, now),
                        "yours": display_value(model_field, mine),
                    }
                )
            typed = True
        data[self.add_prefix("opened_version")] = str(current.version)
        self.data = data
        return typed


class SharedChoices(BaseChoiceIterator):
    """The choices of one field for all the forms of a page, asked of the database at most once.

    Not before they are drawn: a form that is sent back never needs them.
    """

    def __init__(self, choices):
        self._choices = choices

    @cached_property
    def _listed(self) -> list:
        return list(self._choices)

    def __iter__(self):
        return iter(self._listed)


class RecordFormSet(BaseInlineFormSet):
    """The rows below a form; a row that was changed since is not taken away unseen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._shared_choices = {}

    @cached_property
    def empty_form(self):
        """The row that "Tambah" copies; made once, though a page asks for it several times."""
        return super().empty_form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk:
            self._remember_row(form)
        if DELETION_FIELD_NAME in form.fields and index is not None:
            # The column has a heading, the box in it no label of its own.
            box = form.fields[DELETION_FIELD_NAME].widget
            box.attrs["aria-label"] = f"Arsipkan baris {index + 1}"
        for name, field in form.fields.items():
            # A box that asks for its choices while somebody types shows one of them only.
            if type(field) is forms.ModelChoiceField and not _is_autocomplete(field.widget):
                field.widget.choices = self._shared_choices.setdefault(
                    name, SharedChoices(field.choices)
                )

    def _remember_row(self, form):
        """The key of a row is that of the record the form has read, not to be asked for again."""
        key = form.fields[self._pk_field.name]
        remembered = ChosenField(
            key.queryset, initial=key.initial, required=False, widget=key.widget
        )
        remembered.remember(form.instance)
        form.fields[self._pk_field.name] = remembered

    def clean(self):
        super().clean()
        refusals = []
        for form in self.initial_forms:
            if not self._should_delete_form(form):
                continue
            if form.changes_since is not None:
                form.uncheck(DELETION_FIELD_NAME)
                refusals.append(
                    f"{capfirst(self.model._meta.verbose_name)} «{form.instance}» sudah diubah "
                    f"oleh {last_editor(form.changes_since)} sejak Anda membukanya, jadi belum "
                    "diarsipkan. Periksa isinya, lalu tandai lagi."
                )
            elif form.cleaned_data.get("opened_version") is None:
                refusals.append(INCOMPLETE)
        if refusals:
            raise ValidationError(refusals)


def _is_autocomplete(widget) -> bool:
    return isinstance(getattr(widget, "widget", widget), AutocompleteMixin)


def _originals(changes) -> dict:
    """What each field held before the first of the changes, as the trail writes it."""
    originals = {}
    for change in changes:
        for name, value in change.before.items():
            originals.setdefault(name, value)
    return originals


def _concrete_field(record, name):
    """The model field of that name that the trail speaks of, or None."""
    if name == "opened_version" or name in BOOKKEEPING:
        return None
    return next((f for f in record._meta.concrete_fields if f.name == name), None)


def _blank(value):
    """None for everything that stands for nothing, so that blanks are alike."""
    return None if value in (None, "") else value


def last_editor(changes) -> str:
    """Who made the last of the changes."""
    by = changes[-1].by if changes else None
    return (by.get_full_name() or by.get_username()) if by else "sistem"
