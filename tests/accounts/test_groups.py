"""The table of rights: its main lines, and that nothing stands outside it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from balikpapan.accounts import groups as rights
from balikpapan.audit.models import Record

PERSONAL = {"audit.view_personal_data", "audit.export_personal_data", "intake.fetch_upload"}
RECORDS = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Record)}


def granted(group):
    """What a loaded group may do."""
    rows = Group.objects.get(name=group).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("group", rights.GROUPS)
def test_a_loaded_group_holds_exactly_its_line_of_the_table(group):
    rights.load_groups()

    assert granted(group) == rights.GROUPS[group]


@pytest.mark.django_db
def test_loading_again_sets_a_group_back_to_the_table():
    rights.load_groups()
    pimpinan = Group.objects.get(name=rights.PIMPINAN)
    pimpinan.permissions.add(Permission.objects.get(codename="view_personal_data"))
    pimpinan.permissions.remove(Permission.objects.get(codename="view_business"))

    rights.load_groups()

    assert granted(rights.PIMPINAN) == rights.GROUPS[rights.PIMPINAN]


@pytest.mark.django_db
def test_loading_again_keeps_the_groups_and_their_members(django_user_model):
    rights.load_groups()
    user = django_user_model.objects.create_user("petugas-uji")
    user.groups.add(Group.objects.get(name=rights.PETUGAS))

    rights.load_groups()

    assert Group.objects.count() == 4
    assert user.has_perm("industry.add_business")
    assert not user.has_perm("industry.delete_business")


def test_every_record_stands_in_the_table():
    listed = [*rights.REGISTERS, *rights.LISTS, *rights.STATIONERY, *rights.HEADINGS]
    listed += [*rights.WORK, *rights.REQUESTS]

    assert RECORDS - {*listed, *rights.HISTORY} == set()


@pytest.mark.parametrize(
    ("permission", "groups"),
    [
        ("industry.view_business", {"Petugas", "Verifikator", "Pimpinan"}),
        ("industry.add_business", {"Petugas"}),
        ("industry.change_business", {"Petugas", "Verifikator"}),
        ("industry.delete_business", {"Verifikator"}),
        ("industry.merge_business", {"Verifikator"}),
        ("industry.import_business", {"Petugas", "Verifikator"}),
        ("industry.export_business", {"Petugas", "Verifikator", "Pimpinan"}),
        ("industry.view_kbli", {"Petugas", "Verifikator", "Pimpinan", "Administrator"}),
        ("industry.import_kbli", {"Administrator"}),
        ("regions.change_kelurahan", {"Administrator"}),
        ("reports.change_letterhead", {"Administrator"}),
        ("audit.view_personal_data", {"Petugas", "Verifikator"}),
        ("audit.export_personal_data", {"Verifikator"}),
        ("audit.verify_records", {"Verifikator"}),
        ("audit.close_year", {"Verifikator"}),
        ("audit.view_change", {"Petugas", "Verifikator", "Pimpinan", "Administrator"}),
        ("audit.view_readaccess", {"Pimpinan", "Administrator"}),
        ("intake.undo_upload", {"Petugas", "Verifikator"}),
        ("intake.fetch_upload", {"Petugas", "Verifikator"}),
        ("auth.change_user", {"Administrator"}),
        ("auth.change_group", set()),
        ("auth.delete_user", set()),
        ("audit.change_closedyear", set()),
    ],
)
def test_a_right_belongs_to_these_groups_and_no_other(permission, groups):
    assert {name for name, line in rights.GROUPS.items() if permission in line} == groups


@pytest.mark.parametrize("group", [rights.PIMPINAN, rights.ADMINISTRATOR])
def test_who_does_not_work_on_the_records_sees_no_personal_data(group):
    assert rights.GROUPS[group] & PERSONAL == set()


def test_the_reader_changes_nothing():
    actions = {line.partition(".")[2].partition("_")[0] for line in rights.GROUPS[rights.PIMPINAN]}

    assert actions == {"view", "export"}
