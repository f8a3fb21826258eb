"""What a person asks of a report page: which edition, for whom, which IKM, compared with when."""

from django import forms
from django.http import HttpRequest

from balikpapan.audit.years import year_in
from balikpapan.regions.models import Kecamatan
from industry.choices import BusinessStatus
from industry.models import IndustryGroup, ScaleRule
from industry.reports.selection import Selection, scale_labels


class SelectionForm(forms.Form):
    """Which IKM a table is about; an answer that does not exist narrows nothing and is told."""

    kecamatan = forms.ModelChoiceField(
        Kecamatan.objects.filter(archived_at=None), required=False, empty_label="Semua kecamatan"
    )
    kelompok = forms.ModelChoiceField(
        IndustryGroup.objects.filter(archived_at=None), required=False, empty_label="Semua kelompok"
    )
    skala = forms.ChoiceField(required=False)
    status = forms.ChoiceField(
        required=False, choices=[("", "Semua status"), *BusinessStatus.choices]
    )

    def __init__(self, data, *, year: int):
        super().__init__(data)
        scales = scale_labels(ScaleRule.Kind.SCALE, year)
        self.fields["skala"].choices = [("", "Semua skala"), *scales.items()]

    @property
    def selection(self) -> Selection:
        """The IKM asked for."""
        self.full_clean()
        given = self.cleaned_data
        return Selection(
            given.get("kecamatan"),
            given.get("kelompok"),
            given.get("skala", ""),
            given.get("status", ""),
        )


def edition_asked(request: HttpRequest) -> int | None:
    """The number of the edition in the address."""
    given = request.GET.get("edisi", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else None


def is_public(request: HttpRequest) -> bool:
    """Whether the edition for the public is asked for."""
    return request.GET.get("umum") == "1"


def base_asked(request: HttpRequest) -> int | None:
    """The year a table is compared with."""
    return year_in(request.GET.get("banding"))
