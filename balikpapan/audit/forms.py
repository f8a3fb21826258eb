"""The form of a record: it notices another editor and keeps what the second one typed."""

from django import forms
from django.core.exceptions import ValidationError

from .fields import holds_invisible
from .history import display_value
from .models import Change
from .store import BOOKKEEPING, FrozenYear, check_open


class RecordForm(forms.ModelForm):
    """A record's form with the version its editor saw when the page was opened."""

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    #: Set by the admin: who is saving.
    editor = None
    #: The record that this very form has made already, with other contents.
    made_before = None
    #: Why ``store`` refused these contents a moment ago, although this form had accepted them.
    refusal = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict = []
        if self.instance.pk:
            self.fields["opened_version"].initial = self.instance.version

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("opened_version")
        if self.instance.pk and seen is not None:
            self._compare_versions(seen)
        elif self.instance.pk and self.has_changed():
            raise ValidationError("Halaman ini tidak lengkap terkirim. Buka lagi, lalu simpan.")
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

    def _compare_versions(self, seen):
        current = type(self.instance)._base_manager.get(pk=self.instance.pk)
        if current.version == seen:
            self.instance.version = seen
            return
        since = list(
            Change.objects.of(current).filter(version__gt=seen).select_related("by").order_by("id")
        )
        self.instance.version = current.version
        if since and self.editor is not None and all(c.by_id == self.editor.pk for c in since):
            return  # one's own earlier save is no conflict
        self._show_conflict(current, since)
        last = since[-1] if since else None
        who = (last.by.get_full_name() or last.by.get_username()) if last and last.by else "sistem"
        raise ValidationError(
            f"Catatan ini sudah diubah oleh {who} sejak Anda membukanya, jadi belum disimpan. "
            "Isian Anda masih ada di bawah. Periksa perbedaannya, lalu simpan lagi."
        )

    def _show_conflict(self, current, since):
        """Keeps the typing, takes over what only the other one changed, lists the rest."""
        original = {}
        for change in since:
            for name, value in change.before.items():
                original.setdefault(name, value)
        data = self.data.copy()
        for name, bound in self.fields.items():
            if name == "opened_version" or name in BOOKKEEPING:
                continue
            model_field = next((f for f in current._meta.concrete_fields if f.name == name), None)
            if model_field is None or model_field.attname not in original:
                continue
            now = getattr(current, model_field.attname)
            mine = self.cleaned_data.get(name)
            mine = getattr(mine, "pk", mine)
            was = model_field.to_python(original[model_field.attname])
            if mine == now or (mine in (None, "") and now in (None, "")):
                continue
            if mine == was or (mine in (None, "") and was in (None, "")):
                prepared = bound.prepare_value(now)
                data[self.add_prefix(name)] = "" if prepared is None else str(prepared)
                continue
            self.conflict.append(
                {
                    "label": bound.label or name,
                    "original": display_value(model_field, was),
                    "current": display_value(model_field, now),
                    "yours": display_value(model_field, mine),
                }
            )
        data[self.add_prefix("opened_version")] = str(current.version)
        self.data = data
