"""Promise 6: no data without its trace; the trail, replayed, gives every record as it stands."""

import contextlib

import pytest
from django.apps import apps

from balikpapan.audit.bulk import ChangedRecord, ChangeSource, NewRecord, change_many, create_many
from balikpapan.audit.models import Change, Record
from balikpapan.audit.replay import differences, replay
from balikpapan.audit.store import archive, contents, restore, store, traced_fields
from balikpapan.audit.verification import verify_chain
from balikpapan.intake.undo import undo
from facilities.models import Bill, BillLine
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory
from tests.frozen_bills import deletable_bills
from tests.intake.importing import load
from tests.pages import FACTORIES, filled, label, url

pytestmark = pytest.mark.django_db
COMMAND = Change.Channel.COMMAND
#: What is issued is neither changed nor archived.
FROZEN = (Bill, BillLine)
RECORDS = sorted((m for m in FACTORIES if issubclass(m, Record)), key=label)


def untraced() -> dict[str, list[str]]:
    """Record -> what of it the trail does not give, over every register."""
    return {
        f"{record._meta.label} {record.pk}": names
        for model in apps.get_models()
        if issubclass(model, Record)
        for record in model._base_manager.all()
        if (names := differences(record, replay(Change.objects.of(record).order_by("id"))))
    }


def values_of(model):
    """The values of a valid record that is not stored; what it refers to is."""
    record = FACTORIES[model]()
    values = {f.attname: getattr(record, f.attname) for f in traced_fields(model)}
    with deletable_bills() if model in FROZEN else contextlib.nullcontext():
        model._base_manager.filter(pk=record.pk).delete()
    return values


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_p06_what_is_written_one_by_one_or_in_bulk_is_replayed_whole(model):
    # What a sheet does not say is left to the field's default, and the trail says it all the same.
    spoken = {
        name: value
        for name, value in values_of(model).items()
        if value not in (None, "", model._meta.get_field(name).get_default())
    }
    create_many(model, [NewRecord(spoken, 0)], ChangeSource(COMMAND))
    record = model.objects.latest("pk")

    assert differences(record, replay(Change.objects.of(record).order_by("id"))) == []

    if model not in FROZEN:
        archive(record, by=None, channel=COMMAND)
    second = model(**values_of(model))
    store(second, by=None, channel=COMMAND)

    for one in (record, second):
        one.refresh_from_db()
        assert differences(one, replay(Change.objects.of(one).order_by("id"))) == []
    assert verify_chain() == []


@pytest.mark.usefixtures("reference")
def test_p06_every_channel_leaves_records_that_their_trail_gives(client, petugas):
    client.force_login(petugas)
    rows = [["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]]
    rows += [[f"Usaha {name}", f"Pemilik {name}", 2024, 3] for name in ("Alun", "Bukit", "Cahaya")]
    first = load(rows, user=petugas)
    load([rows[0], [*rows[1][:3], 9], *rows[2:]], user=petugas)
    business = Business.objects.get(name="Usaha Alun")
    page = url(Business, "change", business)
    assert client.post(page, filled(client.get(page)) | {"brand": "Baru"}).status_code == 302
    other = Business.objects.get(name="Usaha Bukit")
    archive(other, by=petugas, channel=Change.Channel.FORM)
    restore(other, by=petugas, channel=Change.Channel.FORM)
    undo(first, by=petugas)

    assert BusinessYear.objects.get(business=business).workers_total == 9
    assert untraced() == {}
    assert verify_chain() == []


@pytest.mark.parametrize(
    ("written", "names"),
    [
        pytest.param({"brand": "Lain"}, ["brand"], id="a value"),
        pytest.param({"nib": "9120001234567"}, ["nib"], id="a value the trail never mentioned"),
        pytest.param({"version": 7}, ["version"], id="a version"),
        pytest.param({"archived_at": "2025-01-01T00:00Z"}, ["archived_at"], id="the archive"),
    ],
)
def test_p06_what_was_written_past_the_trail_is_named(written, names):
    business = BusinessFactory.build()
    store(business, by=None, channel=COMMAND)
    assert untraced() == {}

    Business.objects.update(**written)

    assert untraced() == {f"industry.Business {business.pk}": names}


def test_p06_a_step_that_does_not_follow_from_the_one_before_is_named():
    business = BusinessFactory.build(brand="Satu")
    store(business, by=None, channel=COMMAND)
    changed = ChangedRecord(business.pk, 1, {"brand": "Dua"}, {"brand": "Tiga"}, 0)
    change_many(Business, [changed], ChangeSource(COMMAND))

    state = replay(Change.objects.of(business).order_by("id"))

    assert (state.breaks, state.gaps) == ([2], [])
    assert replay(Change.objects.of(business).filter(version=2)).gaps == [2]
    assert contents(Business.objects.get())["brand"] == state.values["brand"]
