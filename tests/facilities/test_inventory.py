"""Goods counted with a telephone, what differs, what finishing writes; upkeep; labels."""

import datetime
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change, Link
from balikpapan.audit.store import store
from facilities.inventory import RESULT_LABELS, Line, finish
from facilities.inventory_undo import session_changes
from facilities.labels import fitted, write_labels
from facilities.models import Asset, ConditionCheck, InventoryEntry, Maintenance
from tests.cast import member
from tests.factories import (
    AssetFactory,
    ConditionCheckFactory,
    FacilityFactory,
    InventoryEntryFactory,
    InventorySessionFactory,
    LetterheadFactory,
    MaintenanceFactory,
)
from tests.pages import messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """A centre with a hall, three goods in them, and one elsewhere."""
    centre = FacilityFactory(name="Sentra A")
    hall = FacilityFactory(name="Gudang A", kind="warehouse", parent=centre)
    one = AssetFactory(name="Mesin satu", facility=centre)
    AssetFactory(name="Mesin dua", facility=hall)
    AssetFactory(name="Mesin tiga", facility=hall, usage_status="lost")
    AssetFactory(name="Mesin lain", facility=FacilityFactory())
    ConditionCheckFactory(asset=one)
    return InventorySessionFactory(facility=centre, team="Tim Uji")


def page(name, session):
    return reverse(f"admin:facilities_inventorysession_{name}", args=[session.pk])


def tap(client, session, asset, result, notes=""):
    """One tap on the telephone."""
    data = {"asset": Asset.objects.get(name=asset).pk, "result": result, "notes": notes}
    return client.post(page("entry", session), data)


def test_goods_are_tapped_compared_and_finished(client, petugas, session):
    client.force_login(petugas)
    shown = client.get(page("entry", session)).content.decode()
    assert all(f"Mesin {name}" in shown for name in ("satu", "dua", "tiga"))
    assert "Mesin lain" not in shown
    offered = re.findall(r'name="result" value="([^"]*)"[^>]*>([^<]*)', shown)
    assert offered == [*RESULT_LABELS.items()] * 3

    tap(client, session, "Mesin satu", "good")
    tap(client, session, "Mesin satu", "light_damage", " baut lepas ")
    tap(client, session, "Mesin dua", "missing")
    differences = client.get(page("differences", session)).context["lines"]

    assert [(line.asset.name, line.difference) for line in differences] == [
        ("Mesin dua", "Tidak ada"),
        ("Mesin tiga", "Belum diperiksa"),
        ("Mesin satu", "Kondisi berubah"),
    ]
    assert InventoryEntry.objects.count() == 2

    tap(client, session, "Mesin tiga", "present")
    client.post(page("differences", session))

    checks = ConditionCheck.objects.filter(checked_on=session.held_on)
    assert [(c.asset.name, c.condition, c.checked_by, c.notes) for c in checks] == [
        ("Mesin satu", "light_damage", "Tim Uji", "baut lepas")
    ]
    assert dict(Asset.objects.values_list("name", "usage_status")) == {
        "Mesin satu": "",
        "Mesin dua": "lost",
        "Mesin tiga": "",
        "Mesin lain": "",
    }
    last = Link.objects.first().pk
    assert {c.model for c in Change.objects.filter(link=last)} == {
        "facilities.asset",
        "facilities.conditioncheck",
        "facilities.inventorysession",
    }
    late = tap(client, session, "Mesin satu", "good")
    assert "sudah selesai" in messages_of(client.get(late.url))[-1]


def test_every_page_is_of_the_session_it_was_opened_for(client, petugas, session):
    AssetFactory(name="Oven", facility=(elsewhere := FacilityFactory(name="Sentra B")))
    other = InventorySessionFactory(facility=elsewhere)
    client.force_login(petugas)

    for one, other_one, name, other_name in (
        (session, other, "Mesin satu", "Oven"),
        (other, session, "Oven", "Mesin satu"),
    ):
        for kind in ("entry", "differences"):
            shown = client.get(page(kind, one)).content.decode()
            assert name in shown
            assert other_name not in shown
        tap(client, one, name, "good")
        assert [entry.session for entry in InventoryEntry.objects.filter(asset__name=name)] == [one]
        assert not InventoryEntry.objects.filter(session=other_one, asset__name=name).exists()
    assert (
        client.get(reverse("admin:facilities_inventorysession_entry", args=[10**6])).status_code
        == 404
    )


@pytest.fixture
def finished(client, petugas, session):
    """A session that one person tapped and finished: one damaged, one missing, one back again."""
    client.force_login(petugas)
    tap(client, session, "Mesin satu", "light_damage", "baut lepas")
    tap(client, session, "Mesin dua", "missing")
    tap(client, session, "Mesin tiga", "present")
    client.post(page("differences", session))
    session.refresh_from_db()
    return session


def state(session):
    """What the register and the session say."""
    session.refresh_from_db()
    assets = Asset.objects.kept().exclude(name="Mesin lain").order_by("pk")
    return (
        list(assets.values_list("usage_status", flat=True)),
        ConditionCheck.objects.kept().filter(checked_on=session.held_on).count(),
        session.finished_on is not None,
        session.entries.filter(archived_at=None).count(),
    )


@pytest.mark.parametrize(
    ("scope", "entries"), [("finishing", 3), ("everything", 0)], ids=["finishing", "everything"]
)
def test_the_results_of_a_session_are_taken_back_as_one_act(client, finished, scope, entries):
    assert state(finished) == (["", "lost", ""], 1, True, 3)
    asked = client.get(page("undo", finished))
    assert [choice["scope"] for choice in asked.context["choices"]] == ["finishing", "everything"]
    assert "1 pemeriksaan kondisi" in asked.content.decode()

    stale = client.post(page("undo", finished), {"scope": scope, "opened_version": 1})
    assert state(finished) == (["", "lost", ""], 1, True, 3), messages_of(stale)
    answer = {"scope": scope, "opened_version": finished.version}
    client.post(page("undo", finished), answer)

    assert state(finished) == (["", "", "lost"], 0, False, entries)
    last = Link.objects.first().pk
    taken_back = Change.objects.filter(link=last)
    assert {change.reason for change in taken_back} == {"Pembatalan hasil inventarisasi"}
    # The session can be finished again, and nothing is left to take back twice.
    tap(client, finished, "Mesin dua", "missing")
    client.post(page("differences", finished))
    assert state(finished)[0] == ["", "lost", ""] if entries else ["", "lost", "lost"]


def test_what_was_edited_since_is_left_when_results_are_taken_back(client, finished):
    lost = Asset.objects.get(name="Mesin dua")
    lost.usage_status = "idle"
    store(lost, by=None, channel=Change.Channel.FORM)

    text = client.get(page("undo", finished)).content.decode()
    assert "Mesin dua" in text
    assert "sudah diubah sejak itu" in text
    client.post(page("undo", finished), {"scope": "finishing", "opened_version": finished.version})

    assert state(finished) == (["", "idle", "lost"], 0, False, 3)


def test_results_are_taken_back_by_who_made_them_or_checks_others(
    client, finished, verifikator, pimpinan
):
    other = member("Petugas", "petugas lain")
    client.force_login(pimpinan)
    assert client.get(page("undo", finished)).status_code == 403
    client.force_login(other)
    refused = client.post(
        page("undo", finished), {"scope": "finishing", "opened_version": finished.version}
    )
    assert messages_of(client.get(refused.url))[-1] == "Tidak ada hasil yang dapat Anda batalkan."
    client.force_login(verifikator)
    client.post(page("undo", finished), {"scope": "finishing", "opened_version": finished.version})

    assert state(finished) == (["", "", "lost"], 0, False, 3)


def test_what_else_was_changed_in_the_link_of_a_session_is_not_taken_back(session, petugas):
    InventoryEntryFactory(session=session, asset=Asset.objects.get(name="Mesin satu"))
    other = Asset.objects.get(name="Mesin lain")
    other.usage_status = "idle"
    with trail_transaction():
        store(other, by=petugas, channel="form", reason=f"Inventarisasi {session}")
        finish(session, by=petugas)

    finishing = session_changes(session, petugas).finishing

    assert sorted(finishing.values_list("model", flat=True)) == [
        "facilities.conditioncheck",
        "facilities.inventorysession",
    ]


def test_a_session_recorded_as_finished_takes_nothing_of_its_link_back(session, petugas):
    with trail_transaction():
        asset = AssetFactory.build(facility=session.facility)
        store(asset, by=petugas, channel=Change.Channel.COMMAND)
        done = InventorySessionFactory.build(
            facility=session.facility, held_on=datetime.date(2024, 1, 9), finished_on="2024-01-10"
        )
        store(done, by=petugas, channel=Change.Channel.COMMAND)

    assert session_changes(done, petugas).scopes == []


def test_only_goods_of_the_place_and_known_answers_are_taken(client, petugas, session):
    client.force_login(petugas)

    elsewhere = tap(client, session, "Mesin lain", "good")
    unknown = tap(client, session, "Mesin satu", "excellent")

    assert not InventoryEntry.objects.exists()
    assert elsewhere.status_code == unknown.status_code == 302


def test_whoever_adds_nothing_counts_nothing(client, verifikator, session):
    client.force_login(verifikator)

    assert client.get(page("entry", session)).status_code == 200
    assert tap(client, session, "Mesin satu", "good").status_code == 403
    assert client.post(page("differences", session)).status_code == 403


def test_the_list_to_take_along_is_a_pdf(client, petugas, session):
    LetterheadFactory()
    client.force_login(petugas)

    response = client.get(page("list", session))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_labels_lead_to_the_page_of_the_asset(client, petugas):
    assets = [AssetFactory(name="Mesin pengemas vakum dengan nama yang sangat panjang sekali")]
    assets += AssetFactory.create_batch(24)
    client.force_login(petugas)

    response = client.post(
        url(Asset, "changelist"),
        {
            "action": "print_labels",
            "_selected_action": [a.pk for a in assets],
            **{f"seen-{a.pk}": a.version for a in assets},
        },
    )

    assert response["Content-Type"] == "application/pdf"
    assert response.content.count(b"/Type /Page\n") == 2
    addresses = []
    write_labels(
        assets,
        io.BytesIO(),
        office="Dinas Uji",
        address=lambda a: addresses.append(a.pk) or f"/{a.pk}/",
    )
    assert addresses == [a.pk for a in assets]


def test_a_long_name_is_cut_to_its_lines():
    lines = fitted("satu dua tiga empat lima enam tujuh", "Helvetica", 5, 2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_maintenance_has_a_day_and_tells_what_is_due():
    asset = AssetFactory()
    with pytest.raises(ValidationError, match="tanggal rencana"):
        Maintenance(asset=asset, kind="routine").full_clean()
    late = MaintenanceFactory(asset=asset, done_on=None, due_on="2024-05-01")
    soon = MaintenanceFactory(asset=asset, done_on=None, due_on="2024-05-20")
    MaintenanceFactory(asset=asset, due_on="2024-05-02")
    MaintenanceFactory(asset=asset, done_on=None, due_on="2024-09-01")

    today = datetime.date(2024, 5, 10)
    assert list(Maintenance.objects.overdue_on(today)) == [late]
    assert list(Maintenance.objects.due_soon(today)) == [soon]


def test_the_list_of_goods_shows_the_condition_last_found(client, petugas):
    asset = AssetFactory()
    ConditionCheckFactory(asset=asset, condition="heavy_damage")
    ConditionCheckFactory(asset=asset, checked_on="2024-07-01", condition="light_damage")
    ConditionCheckFactory(asset=asset, checked_on="2024-08-01", condition="good", archived=True)
    client.force_login(petugas)

    page = client.get(url(Asset, "changelist")).content.decode()

    assert '<td class="field-condition">Rusak Ringan</td>' in page


def test_finishing_says_how_many_conditions_it_wrote(session):
    entries = [("Mesin satu", "good"), ("Mesin dua", "heavy_damage"), ("Mesin tiga", "")]
    for name, condition in entries:
        asset = Asset.objects.get(name=name)
        InventoryEntryFactory(session=session, asset=asset, presence="present", condition=condition)

    assert finish(session, by=None) == 2


@pytest.mark.parametrize(
    ("usage", "before", "entered", "difference"),
    [
        ("", "good", None, "Belum diperiksa"),
        ("", "good", ("missing", ""), "Tidak ada"),
        ("lost", "good", ("missing", ""), ""),
        ("lost", "good", ("present", "good"), "Ada kembali"),
        ("", "good", ("present", "heavy_damage"), "Kondisi berubah"),
        ("", "", ("present", "good"), "Kondisi baru diketahui"),
        ("", "good", ("present", "good"), ""),
        ("", "good", ("present", ""), ""),
    ],
)
def test_a_line_differs_where_the_register_says_otherwise(usage, before, entered, difference):
    entry = entered and InventoryEntry(presence=entered[0], condition=entered[1])

    assert Line(Asset(usage_status=usage), before, entry).difference == difference
