"""Promise 24, second half: what was done to the trail behind its triggers is told."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from balikpapan.audit import triggers
from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
from balikpapan.audit.chain import head, trail_transaction
from balikpapan.audit.erasure import erase
from balikpapan.audit.models import Change, Erasure, Link
from balikpapan.audit.store import store
from balikpapan.audit.trail import trace
from balikpapan.audit.verification import FaultKind, verify_chain
from industry.models import Business
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db
COMMAND = Change.Channel.COMMAND


@pytest.fixture
def trail():
    """Three links: one record, two at once, and a change."""
    business = BusinessFactory.build(nik="6471012345678901")
    store(business, by=None, channel=COMMAND)
    rows = [NewRecord({"name": name, "status": "active"}, 0) for name in ("Dua", "Tiga")]
    create_many(Business, rows, ChangeSource(COMMAND))
    business.brand = "Baru"
    store(business, by=None, channel=COMMAND)
    return list(Change.objects.order_by("id"))


def store_and_fail(within):
    with within:
        store(BusinessFactory.build(), by=None, channel=COMMAND)
        raise RuntimeError


def kinds(faults):
    return {fault.kind for fault in faults}


def test_p24_one_transaction_makes_one_link_over_the_one_before(trail):
    assert list(Link.objects.order_by("position").values_list("position", "count")) == [
        (1, 1),
        (2, 2),
        (3, 1),
    ]
    assert [change.link for change in trail][1] == trail[2].link
    assert verify_chain([str(head())]) == []


def test_p24_what_is_written_together_is_one_link():
    with trail_transaction():
        store(BusinessFactory.build(), by=None, channel=COMMAND)
        create_many(Business, [NewRecord({"name": "Dua"}, 0)], ChangeSource(COMMAND))
        store(BusinessFactory.build(), by=None, channel=COMMAND)

    assert Link.objects.get().count == 3
    assert verify_chain() == []


def test_p24_what_is_rolled_back_in_part_is_no_part_of_the_link():
    with trail_transaction():
        store(BusinessFactory.build(), by=None, channel=COMMAND)
        with pytest.raises(RuntimeError):
            store_and_fail(transaction.atomic())
    with pytest.raises(RuntimeError):
        store_and_fail(trail_transaction())

    assert Link.objects.get().count == 1
    assert verify_chain() == []


def test_p24_nothing_is_traced_outside_a_link():
    with pytest.raises(TransactionManagementError):
        trace(Change(model="x.y", record=1, version=1, action="created", channel=COMMAND))


def altered(trail):
    Change.objects.filter(pk=trail[1].pk).update(after={"name": "Lain"})


def altered_with_its_digest(trail):
    Change.objects.filter(pk=trail[1].pk).update(digest=b"x" * 32)


def dropped(trail):
    Change.objects.filter(pk=trail[1].pk).delete()


def added(trail):
    change = Change.objects.get(pk=trail[1].pk)
    change.pk, change.link = None, 10**6
    change.save(force_insert=True)


def added_to_a_link(trail):
    change = Change.objects.get(pk=trail[1].pk)
    change.pk = None
    change.save(force_insert=True)


def link_altered(trail):
    Link.objects.filter(position=2).update(digest=b"x" * 32)


def link_dropped(trail):
    Change.objects.filter(pk__in=[trail[1].pk, trail[2].pk]).delete()
    Link.objects.filter(position=2).delete()


def last_dropped(trail):
    Change.objects.filter(pk=trail[3].pk).delete()
    Link.objects.filter(position=3).delete()


def all_dropped(trail):
    Change.objects.all().delete()
    Link.objects.all().delete()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (altered, FaultKind.CHANGE_ALTERED),
        (altered_with_its_digest, FaultKind.CHANGES_MISSING),
        (dropped, FaultKind.CHANGES_MISSING),
        (added, FaultKind.CHANGE_ADDED),
        (added_to_a_link, FaultKind.CHANGE_ADDED),
        (link_altered, FaultKind.LINK_ALTERED),
        (link_dropped, FaultKind.LINK_MISSING),
        (last_dropped, FaultKind.HEAD_MISSING),
        (all_dropped, FaultKind.HEAD_MISSING),
    ],
)
def test_p24_each_damage_done_by_the_owner_is_told(trail, damage, expected):
    printed = str(head())

    with triggers.lifted():
        damage(trail)

    assert expected in kinds(verify_chain([printed]))


def test_p24_the_altered_change_is_named(trail):
    with triggers.lifted():
        altered(trail)

    [fault] = verify_chain()

    assert fault.about == trail[1].pk
    assert str(fault) == f"Perubahan {trail[1].pk} bukan lagi seperti saat ditulis."


def test_p24_a_head_printed_before_the_first_change_is_still_true(trail):
    assert verify_chain(["0-"]) == []
    assert kinds(verify_chain(["0-abc", "tidak terbaca"])) == {FaultKind.HEAD_MISSING}


def test_p24_destroying_personal_contents_keeps_the_chain(trail, verifikator):
    count = erase(
        Change.objects.all(), {"nik"}, by=verifikator, channel=COMMAND, reason="Berita acara 1"
    )

    change = Change.objects.get(pk=trail[0].pk)
    assert (count, change.after["nik"], bytes(change.digest)) == (1, None, bytes(trail[0].digest))
    assert bytes(change.salt) != bytes(trail[0].salt)
    assert verify_chain() == []
    assert Change.objects.get(model="audit.erasure").reason == "Berita acara 1"


@pytest.mark.parametrize("hidden", ["change", "erasure", "trace"])
def test_p24_no_alteration_hides_behind_a_destruction(trail, hidden):
    erase(Change.objects.all(), {"nik"}, by=None, channel=COMMAND, reason="Berita acara 1")

    with triggers.lifted():
        if hidden == "change":
            Change.objects.filter(pk=trail[0].pk).update(after={"name": "Lain"})
        elif hidden == "erasure":
            Erasure.objects.all().delete()
        else:
            Erasure.objects.create(change=trail[1].pk, digest=trail[1].digest)

    assert kinds(verify_chain()) & {FaultKind.CHANGE_ALTERED, FaultKind.ERASURE_ALTERED}


def test_p24_an_older_trail_becomes_the_first_link_and_is_named_so(trail):
    migration = import_module("balikpapan.audit.migrations.0006_chain")
    with triggers.lifted():
        Link.objects.all().delete()
        # All that the migration asks of a schema editor is its connection.
        migration.chain_old_trail(apps, SimpleNamespace(connection=connection))

    link = Link.objects.get()
    assert (link.position, link.count, link.is_before_chain) == (1, len(trail), True)
    store(BusinessFactory.build(), by=None, channel=COMMAND)
    assert verify_chain() == []
