"""Checks of closed years and the editions that hold their figures."""

from django.apps import apps
from django.db.models import DateField, Max

from balikpapan.audit.models import Change, ClosedYear, Record
from balikpapan.reports.editions import sha256_of
from balikpapan.reports.models import Edition, ProvisionalRelease

from .registry import RESTORE, Run, check

REOPEN = "Minta verifikator membuka kembali tahun itu, memeriksa, lalu menutupnya lagi."


@check("closed_without_edition", "Setiap tahun tutup punya edisinya", RESTORE)
def _closed_without_edition(run: Run):
    editions = set(Edition.objects.values_list("year", "number"))
    for year, number in ClosedYear.objects.kept().order_by("year").values_list("year", "edition"):
        if (year, number) not in editions:
            yield f"Tahun {year} ditutup, tetapi Edisi {number} tidak ada."


@check("edition_figures", "Angka edisi seperti saat disimpan", RESTORE)
def _edition_figures(run: Run):
    for edition in Edition.objects.order_by("year", "number").iterator():
        if sha256_of(edition.figures) != edition.sha256:
            yield f"{edition}: angkanya bukan lagi yang disimpan."


@check("provisional_figures", "Rincian terbitan sementara seperti saat disimpan", RESTORE)
def _provisional_figures(run: Run):
    for release in ProvisionalRelease.objects.order_by("pk").iterator():
        if sha256_of(release.contributions) != release.sha256:
            yield f"{release}: rinciannya bukan lagi yang disimpan."


@check("edition_files", "Berkas setiap edisi ada", RESTORE)
def _edition_files(run: Run):
    for edition in Edition.objects.order_by("year", "number").iterator():
        for file in (edition.workbook, edition.document):
            if not file or not file.storage.exists(file.name):
                yield f"{edition}: berkas {file.name or '(tanpa nama)'} tidak ada."


@check("closed_year_changed", "Tahun tutup tidak diubah sesudah ditutup", REOPEN)
def _closed_year_changed(run: Run):
    closings = _closings()
    for model in apps.get_models():
        if not issubclass(model, Record) or not model.year_field or model is ClosedYear:
            continue
        label = model._meta.label_lower
        for year, closing in closings.items():
            keys = _records_of(model, year).values("pk")
            later = Change.objects.filter(model=label, record__in=keys, pk__gt=closing)
            for key in later.order_by("pk").values_list("record", flat=True).distinct():
                yield f"{model._meta.verbose_name} nomor {key} diubah sesudah {year} ditutup."


def _records_of(model, year):
    """The records that stand in a year, by their year or by their day."""
    is_day = isinstance(model._meta.get_field(model.year_field), DateField)
    lookup = f"{model.year_field}__year" if is_day else model.year_field
    return model._base_manager.filter(**{lookup: year})


def _closings() -> dict[int, int]:
    """Closed year -> the number of the change that closed it."""
    years = dict(ClosedYear.objects.kept().values_list("pk", "year"))
    label = ClosedYear._meta.label_lower
    rows = Change.objects.filter(model=label, record__in=years).order_by()
    return {years[key]: change for key, change in rows.values_list("record").annotate(Max("pk"))}
