"""Verifying is an act of the verifikator on what somebody else has entered, at every door."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from industry.models import Business
from tests.cast import member
from tests.factories import BusinessFactory, BusinessYearFactory
from tests.intake.importing import load, look
from tests.pages import chosen, filled, messages_of, url

pytestmark = pytest.mark.django_db

ROWS = [["Nama Usaha", "Nama Pemilik", "Status"], ["Amplang Uji", "Siti Contoh", "Aktif"]]


def entered_by(user, **values) -> Business:
    business = BusinessFactory.build(status="unverified", **values)
    store(business, by=user, channel=Change.Channel.FORM)
    return business


def save(client, business, **typed):
    page = url(Business, "change", business)
    return client.post(page, {**filled(client.get(page)), **typed}, follow=True)


def test_a_petugas_types_no_status_and_no_day_of_verification(client, petugas):
    business = entered_by(petugas)
    client.force_login(petugas)

    save(client, business, brand="Merek Baru", status="active", verified_on="17-08-2024")

    business.refresh_from_db()
    assert (business.brand, business.status, business.verified_on) == (
        "Merek Baru",
        "unverified",
        None,
    )


def test_a_verifikator_verifies_what_another_entered(client, petugas, verifikator):
    business = entered_by(petugas)
    client.force_login(verifikator)

    save(client, business, status="active", verified_on="17-08-2024")

    business.refresh_from_db()
    assert (business.status, str(business.verified_on)) == ("active", "2024-08-17")


def test_p38_who_changed_figures_last_does_not_verify_them(client, petugas, verifikator):
    business = entered_by(petugas)
    client.force_login(verifikator)
    save(client, business, brand="Merek Verifikator")

    page = save(client, business, status="active")

    business.refresh_from_db()
    assert business.status == "unverified"
    assert "Anda sendiri yang mengisi" in page.text


def test_p38_the_write_path_itself_lets_nobody_verify_what_is_ones_own(petugas, verifikator):
    own, theirs = entered_by(verifikator), entered_by(petugas)
    for business in (own, theirs):
        business.status = "active"

    with pytest.raises(ValidationError, match="Anda sendiri yang mengisi"):
        store(own, by=verifikator, channel=Change.Channel.BULK)
    store(theirs, by=verifikator, channel=Change.Channel.BULK)
    theirs.brand, theirs.status = "Merek", "inactive"
    with pytest.raises(ValidationError, match="Anda sendiri yang mengisi"):
        store(theirs, by=verifikator, channel=Change.Channel.COMMAND)

    assert set(Business.objects.values_list("pk", "status", "brand")) == {
        (own.pk, "unverified", ""),
        (theirs.pk, "active", ""),
    }


def test_figures_of_a_year_are_figures_too(client, petugas, verifikator):
    business = entered_by(petugas)
    figures = BusinessYearFactory.build(business=business, year=2023)
    store(figures, by=verifikator, channel=Change.Channel.FORM)
    client.force_login(verifikator)

    save(client, business, status="active")

    business.refresh_from_db()
    assert business.status == "unverified"


def test_changing_and_verifying_in_one_go_is_refused(client, petugas, verifikator):
    business = entered_by(petugas)
    client.force_login(verifikator)

    save(client, business, brand="Merek Verifikator", status="active")

    business.refresh_from_db()
    assert (business.brand, business.status) == ("", "unverified")


def test_p38_one_account_in_two_groups_does_not_verify_its_own(client, petugas):
    petugas.groups.add(Group.objects.get_or_create(name="Verifikator")[0])
    member("Verifikator")
    business = entered_by(petugas)
    client.force_login(petugas)

    save(client, business, status="active")

    business.refresh_from_db()
    assert business.status == "unverified"


def verify_listed(client, *businesses):
    return client.post(
        url(Business, "changelist"),
        {"action": "verify_selected", **chosen(*businesses)},
        follow=True,
    )


def test_p38_a_list_is_verified_but_for_ones_own(client, petugas, verifikator):
    theirs, own = entered_by(petugas), entered_by(verifikator)
    client.force_login(verifikator)

    page = verify_listed(client, theirs, own)

    theirs.refresh_from_db()
    own.refresh_from_db()
    assert (theirs.status, theirs.verified_on is not None) == ("active", True)
    assert (own.status, own.verified_on) == ("unverified", None)
    assert any("Anda sendiri yang mengisi" in text for text in messages_of(page))


def test_a_closed_business_stays_closed_when_verified(client, petugas, verifikator):
    closed = BusinessFactory.build(status="closed", closed_year=2022)
    store(closed, by=petugas, channel=Change.Channel.FORM)
    client.force_login(verifikator)

    verify_listed(client, closed)

    closed.refresh_from_db()
    assert (closed.status, closed.verified_on is not None) == ("closed", True)


def test_a_petugas_has_no_such_action(client, petugas):
    business = entered_by(petugas)
    client.force_login(petugas)

    verify_listed(client, business)

    business.refresh_from_db()
    assert business.status == "unverified"


def test_the_status_of_a_sheet_is_read_of_who_may_verify(petugas, verifikator):
    outcome = look(ROWS, user=petugas)
    load(ROWS, user=petugas)

    [problem] = [p for p in outcome.problems.listed if p.code == "verifier_only"]
    assert (problem.column, problem.heading, problem.row) == ("C", "Status", None)
    assert Business.objects.get().status == "unverified"

    load(ROWS, user=verifikator)
    assert Business.objects.get().status == "active"


def test_p38_the_account_that_holds_everything_verifies_nothing_by_sheet(admin_user, petugas):
    other = entered_by(petugas, name="Roti Uji")
    rows = [[*ROWS[0], "Nomor Register"], [*ROWS[1], None], ["Roti Uji", "", "Tutup", other.number]]

    outcome = look(rows, user=admin_user)
    load(rows, user=admin_user)

    [problem] = [p for p in outcome.problems.listed if p.code == "verifier_only"]
    assert "2 baris menyatakan status lain" in problem.message
    assert set(Business.objects.values_list("name", "status")) == {
        ("Amplang Uji", "unverified"),
        ("Roti Uji", "unverified"),
    }


def test_a_status_that_is_stored_already_is_not_stated_in_vain(petugas, admin_user):
    business = BusinessFactory(status="active")
    rows = [["Nomor Register", "Nama Usaha", "Status"], [business.number, business.name, "Aktif"]]

    for user in (petugas, admin_user):
        outcome = look([*rows, [None, "Kue Uji", "Belum diverifikasi"]], user=user)
        assert "verifier_only" not in {p.code for p in outcome.problems.listed}


def test_a_command_reads_the_status():
    load(ROWS)

    assert Business.objects.get().status == "active"


def statuses(*rows):
    heading = ["Nomor Register", "Nama Usaha", "Merek", "Status"]
    return [heading, *([f"IKM-{b.pk:06}", b.name, brand, status] for b, brand, status in rows)]


def test_a_sheet_verifies_what_others_entered_and_nothing_of_ones_own(petugas, verifikator):
    theirs, own, both, years = (
        entered_by(user, name=f"Amplang {number}")
        for number, user in enumerate((petugas, verifikator, petugas, petugas))
    )
    store(BusinessYearFactory.build(business=years, year=2023), by=verifikator, channel="form")
    rows = statuses(
        (theirs, "", "Aktif"), (own, "", "Aktif"), (both, "Merek", "Aktif"), (years, "", "Aktif")
    )

    outcome = look(rows, user=verifikator)
    load(rows, user=verifikator)

    faults = [p for p in outcome.problems.listed if "Anda sendiri yang mengisi" in p.message]
    assert [(p.row, p.heading, p.severity) for p in faults] == [
        (row, "Status", "error") for row in (3, 4, 5)
    ]
    stored = dict(Business.objects.values_list("pk", "status"))
    assert [stored[b.pk] for b in (theirs, own, both, years)] == ["active", *["unverified"] * 3]
    assert not Business.objects.exclude(brand="").exists()


@pytest.mark.parametrize("column", ["Tenaga Kerja", "Nomor Halal"])
def test_p38_who_writes_figures_or_certificates_by_sheet_does_not_verify_with_it(
    petugas, verifikator, column
):
    business = entered_by(petugas)
    store(BusinessYearFactory.build(business=business, year=2024), by=petugas, channel="form")
    heading, row = statuses((business, "", "Aktif"))
    value = {"Tenaga Kerja": 4, "Nomor Halal": "ID64110000123450124"}[column]

    outcome = look([[*heading, column, "Tahun Data"], [*row, value, 2024]], user=verifikator)

    refused = [p.message for p in outcome.problems.listed if p.heading == "Status"]
    assert len(refused) == 1
    assert "Anda sendiri yang mengisi" in refused[0]


def test_figures_of_others_may_be_corrected_by_a_sheet_that_verifies_nothing(petugas, verifikator):
    business = entered_by(petugas)

    load(statuses((business, "Merek", "Belum diverifikasi")), user=verifikator)

    assert Business.objects.get().brand == "Merek"


def test_who_enters_by_sheet_does_not_verify_by_sheet(petugas):
    petugas.groups.add(Group.objects.get_or_create(name="Verifikator")[0])
    member("Verifikator")

    outcome = look(ROWS, user=petugas)
    load(ROWS, user=petugas)

    assert [p.code for p in outcome.problems.listed if p.heading == "Status"] == ["verifier_only"]
    assert Business.objects.get().status == "unverified"


def test_p38_the_account_that_holds_everything_verifies_nothing_it_types(client, admin_user):
    client.force_login(admin_user)
    page = url(Business, "add")
    form = {**filled(client.get(page)), "name": "Amplang Uji"}

    client.post(page, {**form, "status": "active", "verified_on": "17-08-2024"})

    assert list(Business.objects.values_list("status", "verified_on")) == [("unverified", None)]
