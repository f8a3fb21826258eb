"""A download of the columns somebody wants, which can still be uploaded again."""

import pytest
from django.contrib import admin
from django.urls import reverse

from balikpapan.audit.models import ReadAccess
from balikpapan.intake.exports.columns import fixed_columns, with_fixed
from balikpapan.intake.resources import REGISTERS
from balikpapan.lists.models import ColumnChoice
from balikpapan.spreadsheets.opening.open import open_workbook
from tests import factories
from tests.intake.importing import look, tally

ADDRESS = "admin:industry_business_export"


def headings(response) -> list[str]:
    """The headings of a downloaded sheet."""
    return [column[0] for column in open_workbook(response.content, "a.xlsx").sheets[0].columns]


@pytest.mark.django_db
def test_the_columns_ticked_are_exported_and_remembered(client, petugas):
    business = factories.BusinessFactory(name="Amplang Uji", nib="1234567890123")
    factories.BusinessYearFactory(business=business, year=2024, investment=1_000)
    client.force_login(petugas)
    address = reverse(ADDRESS, args=["ikm"])

    def ticked() -> set[str]:
        columns = client.get(address).context["columns"]
        return {column.name for column in columns if column.is_shown}

    every = ticked()
    assert len(every) == len(client.get(address).context["columns"])
    # What tells the record and the year of a figure goes along.
    some = client.post(address, {"format": "xlsx", "column": ["", "nib", "investment", "salah"]})
    assert headings(some) == [
        "Nomor Register",
        "Nama Usaha",
        "NIB",
        "Tahun Data",
        "Nilai Investasi (Rp)",
    ]
    assert ticked() == {"number", "name", "nib", "year", "investment"}
    assert tally(look(some.content)) == (0, 0, 1, 0, 0)

    # One sheet's choice is not the other's, nor another person's; all of them is none.
    assert ColumnChoice.objects.get().place == "industry.business/ikm"
    client.post(address, {"format": "xlsx", "column": ["", *every]})
    assert not ColumnChoice.objects.exists()
    assert set(headings(client.post(address, {"format": "xlsx"}))) > set(headings(some))


@pytest.mark.django_db
def test_the_purpose_is_asked_for_only_where_personal_columns_leave(client, verifikator):
    factories.BusinessFactory(nik="6471010101800001", phone="081255500011")
    client.force_login(verifikator)
    address = reverse(ADDRESS, args=["ikm"])
    sent = {"format": "xlsx", "personal": "ya"}

    asked = client.post(address, {**sent, "column": ["", "nik"]})
    assert asked.context["purpose"].errors
    ticked = {column.name for column in asked.context["columns"] if column.is_shown}
    assert ticked == {"number", "name", "nik"}
    without = client.post(address, {**sent, "column": ["", "nib"]})
    assert "NIK" not in headings(without)
    assert not ReadAccess.objects.exists()
    taken = client.post(address, {**sent, "column": ["", "nik"], "purpose": "surat undangan"})
    assert "6471010101800001" in str(open_workbook(taken.content, "a.xlsx").sheets[0].columns)
    assert ReadAccess.objects.get().columns == "nik"


@pytest.mark.django_db
def test_the_fewest_columns_of_every_sheet_lead_back_to_its_records(client, admin_user):
    for factory in factories.RecordFactory.__subclasses__():
        factory()
    client.force_login(admin_user)
    wrong = {}
    for name, register in REGISTERS.items():
        model = next(
            keeper.model
            for keeper in admin.site._registry.values()
            if register in getattr(keeper, "resource_classes", ())
        )
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_export", args=[name])
        outcome = look(client.post(address, {"format": "xlsx", "column": ""}).content, name)
        counts = tally(outcome)
        if outcome.questions or counts[0] or counts[1] or not counts[2] or counts[3]:
            wrong[name] = counts, outcome.questions, outcome.problems.listed[:3]

    assert wrong == {}


def test_a_figure_brings_the_year_it_belongs_to_along():
    sheet = REGISTERS["ikm"]()

    assert fixed_columns(sheet) == {"number", "name"}
    assert with_fixed(sheet, ["turnover"]) == ["number", "name", "year", "turnover"]
    assert with_fixed(REGISTERS["sertifikat"](), []) == ["number", "kind", "certificate_number"]
