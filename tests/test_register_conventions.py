"""What is forgotten silently when a register grows: headings, personal data, menu, rights."""

import csv
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from balikpapan.accounts.groups import GROUPS
from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.audit.models import Record
from balikpapan.intake.resources import REGISTERS
from balikpapan.intake.widgets import Phone
from balikpapan.navigation.menu import MENU
from balikpapan.spreadsheets.cells import heading_key

RECORD_ADMINS = [item for item in admin.site._registry.values() if isinstance(item, RecordAdmin)]
INLINES = [inline for item in RECORD_ADMINS for inline in item.inlines]


def editable(model) -> set[str]:
    """The fields a person may fill."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if field.editable and not field.primary_key}


@pytest.mark.django_db
@pytest.mark.parametrize("inline", INLINES, ids=lambda inline: inline.model._meta.label)
def test_every_field_of_an_inline_stands_on_it_or_on_a_form_of_its_own(inline, rf, admin_user):
    assert issubclass(inline, RecordInline)
    if inline.model in admin.site._registry:
        return
    owner = next(item for item in RECORD_ADMINS if inline in item.inlines)
    request = rf.get("/")
    request.user = admin_user
    shown = inline(owner.model, admin.site).get_fieldsets(request)
    links = {
        field.name
        for field in inline.model._meta.concrete_fields
        if field.related_model is owner.model
    }

    assert editable(inline.model) - set(flatten_fieldsets(shown)) - links == set()


# Personal data

PERSONAL_WORDS = re.compile(r"\b(nik|npwp|telepon|surel|hp|lintang|bujur)\b", re.IGNORECASE)
#: Where the like is about the office's own places and officials, not about a person served.
OF_THE_OFFICE = {"facilities.Facility", "reports.Letterhead"}


@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if issubclass(model, Record)],
    ids=lambda model: model._meta.label,
)
def test_a_field_that_says_who_or_where_a_person_is_is_personal(model):
    named = {
        field.name
        for field in model._meta.concrete_fields
        if PERSONAL_WORDS.search(str(field.verbose_name))
    }

    assert model._meta.label in OF_THE_OFFICE or named <= set(model.personal_fields)


@pytest.mark.parametrize("resource", REGISTERS.values(), ids=lambda resource: resource.register)
def test_a_heading_means_columns_its_sheet_has(resource):
    meant = resource.vocabulary().aliases.values()

    assert {name for names in meant for name in names if name} - set(resource.columns()) == set()
    assert [names for names in meant if len(set(names)) < len(names)] == []


@pytest.mark.parametrize("resource", REGISTERS.values(), ids=lambda resource: resource.register)
def test_a_column_of_phones_or_personal_numbers_is_personal(resource):
    columns = {
        name
        for name, column in resource.columns().items()
        if resource.model_field(column) is not None
        and (isinstance(column.widget, Phone) or name in ("nik", "npwp", "email"))
    }

    assert columns <= resource.personal_columns()


# Headings

#: Headings that say a field's name in the words of the offices' lists.
OTHER_WORDS = {
    "cold-storage": {},
    "sewa": {"Nama Usaha": "usaha IKM"},
    "ikm": {
        "No. HP": "telepon",
        "Jenis Kelamin": "jenis kelamin pemilik",
        "NIK": "NIK pemilik",
        "Tahun Data": "tahun",
        "TK LK": "tenaga kerja laki-laki",
        "TK PR": "tenaga kerja perempuan",
        "Tenaga Kerja (Orang)": "tenaga kerja seluruhnya",
        "Satuan Produksi": "satuan",
    },
    "sertifikat": {
        "No. HP": "telepon",
        "NIK": "NIK pemilik",
        "Jenis Sertifikat": "jenis",
        "Nomor Sertifikat": "nomor",
        "Tanggal Terbit": "terbit",
        "Status Sertifikat": "status",
    },
    "aset": {
        "Tanggal Kondisi": "diperiksa pada",
        "Catatan Kondisi": "catatan",
    },
    "pembinaan": {"Jenis Pembinaan": "jenis"},
    "pad": {"Kode Rekening": "rekening", "Tahapan": "tahapan anggaran"},
    "kbli": {"Versi": "versi KBLI"},
}
OTHER_WORDS["ikm-tahunan"] = OTHER_WORDS["ikm"]


@pytest.mark.parametrize("resource", REGISTERS.values(), ids=lambda resource: resource.register)
def test_a_heading_stands_over_its_own_figure(resource):
    words = OTHER_WORDS.get(resource.register, {})
    strange = {}
    for column in resource.columns().values():
        field = resource.model_field(column)
        if field is None or field.primary_key:
            continue
        meaning = words.get(column.column_name, column.column_name)
        if heading_key(meaning) != heading_key(str(field.verbose_name)):
            strange[column.column_name] = str(field.verbose_name)

    assert strange == {}


# Menu and rights


def test_the_menu_names_pages_that_exist():
    lists = {model._meta.label for model in admin.site._registry}
    named = {page for section in MENU for page in section.pages if not page.startswith("admin:")}

    assert named - lists == set()


def table_of_rights() -> dict[str, set[str]]:
    """The rights of each group as docs/matriks-hak.csv shows them."""
    groups: dict[str, set[str]] = {}
    with open(settings.BASE_DIR / "docs" / "matriks-hak.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            app, _, model = row["model"].partition(".")
            rights = groups.setdefault(row["group"], set())
            for action in row["actions"].split():
                rights.add(f"{app}.{action}_{model}" if model else f"{app}.{action}")
    return groups


@pytest.mark.parametrize("group", GROUPS)
def test_no_group_holds_a_right_that_its_table_does_not_show(group):
    assert table_of_rights()[group] == GROUPS[group]
