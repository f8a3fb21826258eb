"""A register as a ``tablib.Dataset``, as django-import-export's ``export`` gives it."""

from decimal import Decimal

import pytest
import tablib
from django.core.exceptions import PermissionDenied

from balikpapan.audit.models import ReadAccess
from balikpapan.intake.resources import REGISTERS
from industry.models import Business
from industry.resources import BusinessResource, RevenueResource
from tests.cast import member
from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NIK, PHONE = "6471010101800001", "081255512345"


def test_an_export_is_a_dataset_as_the_sheet_prints_it():
    business = BusinessFactory(name="Amplang Siti")
    BusinessYearFactory(business=business, year=2024, turnover=15_000_000)

    data = BusinessResource().export(Business.objects.all())

    assert isinstance(data, tablib.Dataset)
    [row] = data.dict
    assert (row["Nama Usaha"], row["Omzet (Rp)"]) == ("Amplang Siti", 15_000_000)
    assert row["Nomor Register"] == f"IKM-{business.pk:06}"


def test_an_export_without_a_queryset_holds_all_that_is_not_archived():
    BusinessFactory(name="Amplang Siti")
    BusinessFactory(name="Roti Ani", archived=True)

    assert BusinessResource().export()["Nama Usaha"] == ["Amplang Siti"]


def test_an_export_of_chosen_fields_has_only_those():
    BusinessFactory(name="Amplang Siti")

    data = BusinessResource().export(export_fields=["name", "kelurahan"])

    assert data.headers == ["Nama Usaha", "Kelurahan"]


def test_personal_data_are_masked_unless_asked_for_and_then_recorded():
    BusinessFactory(nik=NIK, phone=PHONE)

    masked = BusinessResource().export()
    unasked = ReadAccess.objects.count()
    unmasked = BusinessResource().export(personal=True)

    assert NIK not in masked["NIK"]
    assert unmasked["NIK"] == [NIK]
    assert unasked == 0
    assert ReadAccess.objects.get().kind == ReadAccess.Kind.EXPORTED


@pytest.mark.parametrize(
    ("group", "personal", "allowed"),
    [("Petugas", False, True), ("Administrator", False, False), ("Petugas", True, False)],
)
def test_an_export_for_a_user_asks_for_the_right(group, personal, allowed):
    BusinessFactory(nik=NIK)
    user = member(group, "seseorang")

    if allowed:
        assert len(BusinessResource().export(user=user, personal=personal)) == 1
    else:
        with pytest.raises(PermissionDenied):
            BusinessResource().export(user=user, personal=personal)


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_every_register_goes_out_and_an_empty_one_comes_back(register):
    resource = REGISTERS[register]()

    data = resource.export()

    assert data.headers == resource.get_export_headers() == resource.get_diff_headers()


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json"])
def test_what_was_exported_comes_back_unchanged_in_any_format(format_name):
    business = BusinessFactory(name="=Amplang 'Siti'", nik=NIK, phone=PHONE)
    BusinessYearFactory(
        business=business, year=2024, turnover=1_500, capacity=Decimal("1.125"), export_percent=50
    )
    RevenueFactory(year=2024, source_name="Sewa kios", target=1_000, realised=900)
    for resource in (BusinessResource(), RevenueResource()):
        content = resource.export(personal=True).export(format_name)
        data = tablib.Dataset().load(content, format=format_name)

        result = resource.import_data(data)

        assert {row.import_type for row in result} == {"skip"}


def test_a_masked_export_changes_nothing_when_it_comes_back():
    BusinessFactory(nik=NIK, phone=PHONE)

    result = BusinessResource().import_data(BusinessResource().export())

    assert [row.import_type for row in result] == ["skip"]
    assert Business.objects.get().nik == NIK
