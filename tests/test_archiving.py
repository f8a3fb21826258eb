"""Deleting is archiving: who may, what it leaves, how it is taken back."""

from datetime import date as day

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from balikpapan.audit.models import Change
from industry.models import Business, Certificate, Revenue
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    ClosedYearFactory,
    OfficialFactory,
    RevenueFactory,
    RevenueSourceFactory,
    WithdrawalFactory,
)
from tests.pages import as_seen, chosen, messages_of, url
from tests.test_forms import NIB, opened, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def test_p26_archiving_hides_and_bringing_back_gives_the_same(client, verifikator):
    business = BusinessFactory(brand="Siti", nib=NIB)
    before = Business.objects.values().get()
    client.force_login(verifikator)

    client.post(url(Business, "delete", business), {"post": "yes", **as_seen(business)})
    gone = Business.objects.get().archived_at
    client.post(url(Business, "restore", business), as_seen(business))

    after = Business.objects.values().get()
    assert gone
    assert {**after, "version": 1, "updated_at": before["updated_at"]} == before
    assert list(Change.objects.order_by("id").values_list("action", flat=True)) == [
        "archived",
        "restored",
    ]


def test_p26_deleting_inside_a_business_archives(client, verifikator):
    certificate = CertificateFactory()
    client.force_login(verifikator)
    data = opened(client, certificate.business)

    saved(client, certificate.business, {**data, "certificates-0-DELETE": "on"})

    assert Certificate.objects.get().archived_at is not None


def test_a_petugas_cannot_delete_inside_a_business(typist):
    certificate = CertificateFactory()
    data = opened(typist, certificate.business)

    saved(typist, certificate.business, {**data, "certificates-0-DELETE": "on"})

    assert Certificate.objects.get().archived_at is None
    assert not any(name.endswith("-DELETE") for name in data)


def test_the_action_archives_what_is_selected_and_names_what_it_could_not(client, verifikator):
    open_year, closed_year = RevenueFactory(year=2024), RevenueFactory(year=2023)
    gone = RevenueFactory(year=2022, archived=True)
    ClosedYearFactory(year=2023)
    client.force_login(verifikator)

    response = client.post(
        url(Revenue, "changelist") + "?arsip=semua",
        {"action": "archive_selected", **chosen(closed_year, open_year, gone)},
        follow=True,
    )

    assert list(Revenue.objects.kept()) == [closed_year]
    assert "2023 sudah ditutup" in " ".join(messages_of(response))
    assert messages_of(response)[-1] == "1 catatan diarsipkan."
    assert not Change.objects.of(gone).exists()


def test_a_petugas_is_not_offered_the_action(typist):
    business = BusinessFactory()

    typist.post(
        url(Business, "changelist"),
        {"action": "archive_selected", **chosen(business)},
    )

    assert Business.objects.get().archived_at is None


def test_an_archived_record_offers_to_come_back_to_whoever_may_archive(client, verifikator):
    business = BusinessFactory(archived=True)
    client.force_login(verifikator)

    page = client.get(url(Business, "change", business)).content.decode()

    assert f'formaction="{url(Business, "restore", business)}"' in page


@pytest.mark.parametrize("who", ["petugas", "pimpinan", "administrator"])
def test_nobody_else_brings_a_record_back(client, request, who):
    business = BusinessFactory(archived=True)
    client.force_login(request.getfixturevalue(who))

    response = client.post(url(Business, "restore", business), as_seen(business))
    client.post(
        url(Business, "changelist") + "?arsip=ya",
        {"action": "restore_selected", **chosen(business)},
    )

    assert response.status_code == 403
    assert Business.objects.get().archived_at is not None


def test_the_action_brings_back_what_is_selected(client, verifikator):
    business, other = BusinessFactory(archived=True), BusinessFactory()
    client.force_login(verifikator)

    response = client.post(
        url(Business, "changelist") + "?arsip=semua",
        {"action": "restore_selected", **chosen(business, other)},
        follow=True,
    )

    assert set(Business.objects.kept()) == {business, other}
    assert Change.objects.get().action == "restored"
    assert messages_of(response)[-1] == "1 catatan dikembalikan."


@pytest.mark.parametrize(
    ("action", "is_archived", "done"),
    [
        ("archive_selected", True, "diarsipkan"),
        ("restore_selected", False, "dikembalikan"),
        ("verify_selected", True, "diverifikasi"),
    ],
)
def test_an_action_that_finds_nothing_to_do_says_so(client, verifikator, action, is_archived, done):
    business = BusinessFactory(archived=is_archived)
    client.force_login(verifikator)

    response = client.post(
        url(Business, "changelist") + "?arsip=semua",
        {"action": action, **chosen(business)},
        follow=True,
    )

    assert messages_of(response) == [f"Di antara yang dipilih tidak ada yang dapat {done}."]
    assert not Change.objects.exists()


def test_archiving_refused_by_a_closed_year_is_told_and_leaves_the_record(client, verifikator):
    revenue = RevenueFactory(year=2023)
    ClosedYearFactory(year=2023)
    client.force_login(verifikator)

    response = client.post(
        url(Revenue, "delete", revenue), {"post": "yes", **as_seen(revenue)}, follow=True
    )

    assert "2023 sudah ditutup" in " ".join(messages_of(response))
    assert Revenue.objects.get().archived_at is None


@pytest.mark.parametrize(
    ("factory", "stored", "clash", "field", "elsewhere"),
    [
        pytest.param(
            OfficialFactory,
            {},
            {"name": "Penerus"},
            "valid_from",
            [
                {"role": "knowing"},
                {"valid_from": day(2019, 1, 1), "valid_until": day(2019, 12, 31)},
            ],
            id="official",
        ),
        pytest.param(
            RevenueFactory,
            {},
            {"month": 6},
            "month",
            [
                {"year": 2023},
                {"source_name": "Sumber lain uji"},
                {"target": None, "realised": None},
            ],
            id="revenue",
        ),
        pytest.param(
            RevenueSourceFactory,
            {"name": "Kios Uji"},
            {"name": "Los Uji", "aliases": "KIOS UJI"},
            NON_FIELD_ERRORS,
            [{"aliases": "Lapak Uji"}],
            id="source",
        ),
        pytest.param(
            WithdrawalFactory,
            {"kg": 200},
            {"kg": 60, "out_on": day(2024, 6, 11)},
            NON_FIELD_ERRORS,
            [{"kg": 50}],
            id="withdrawal",
        ),
    ],
)
def test_a_rule_over_other_records_names_its_field_and_ends_with_what_is_archived(
    factory, stored, clash, field, elsewhere
):
    one = factory(**stored)
    shared = {"deposit": one.deposit} if factory is WithdrawalFactory else {}

    with pytest.raises(ValidationError) as refusal:
        factory.build(**shared, **clash).full_clean()
    assert list(refusal.value.message_dict) == [field]
    one.full_clean()  # it does not stand in its own way
    for values in elsewhere:
        factory.build(**shared, **{**clash, **values}).full_clean()
    type(one).objects.filter(pk=one.pk).update(archived_at=timezone.now())
    factory.build(**shared, **clash).full_clean()
